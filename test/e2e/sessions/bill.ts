// A provider's prompt cache as priced: what a sequence of requests costs, in tokens of plain input.
import type { Dialect } from '../../../src/spec/wire.js'
import { type Piece, type Sent, tokensOf } from './prefix.js'

const READ = 0.1
const WRITE = 1.25
const MINIMUM_TOKENS = 1024
/** Blocks that the provider looks back from a breakpoint for an entry. */
const LOOK_BACK = 20
/** Cached tokens of an automatic prefix come in steps of this size. */
const AUTOMATIC_STEP = 128

/** Costs and cache entries of one provider account; entries never expire here. */
export class CacheBill {
  total = 0
  readonly #entries = new Set<string>()

  add(dialect: Dialect, pieces: readonly Piece[]): void {
    if (dialect === 'anthropic') this.#addMarked(pieces)
    else this.#addAutomatic(pieces)
  }

  #addMarked(pieces: readonly Piece[]): void {
    const { keys, sums } = chainOf(pieces)
    const all = sums.at(-1) ?? 0
    const points = pieces.flatMap((piece, index) =>
      piece.isBreakpoint && sums[index]! >= MINIMUM_TOKENS ? [index] : [],
    )
    const last = points.at(-1)
    if (last === undefined) {
      this.total += all
      return
    }
    let hit = -1
    for (const point of points)
      for (let index = point; index >= 0 && index > point - LOOK_BACK; index--)
        if (index > hit && this.#entries.has(keys[index]!)) hit = index
    const read = hit === -1 ? 0 : sums[hit]!
    const write = Math.max(0, sums[last]! - read)
    this.total += read * READ + write * WRITE + (all - read - write)
    for (const point of points) this.#entries.add(keys[point]!)
  }

  #addAutomatic(pieces: readonly Piece[]): void {
    const { keys, sums } = chainOf(pieces)
    const all = sums.at(-1) ?? 0
    let shared = 0
    for (let index = 0; index < keys.length && this.#entries.has(keys[index]!); index++) shared = sums[index]!
    const read = shared < MINIMUM_TOKENS ? 0 : shared - (shared % AUTOMATIC_STEP)
    this.total += read * READ + (all - read) * (all < MINIMUM_TOKENS ? 1 : WRITE)
    for (const key of keys) this.#entries.add(key)
  }
}

const chains = new Map<string, string>()

/** Identity and tokens of every prefix. Keys are numbered, so that they stay short. */
const chainOf = (pieces: readonly Piece[]): { keys: string[]; sums: number[] } => {
  const keys: string[] = []
  const sums: number[] = []
  let [key, sum] = ['', 0]
  for (const piece of pieces) {
    const long = `${key}\n${piece.text}`
    key = chains.get(long) ?? String(chains.size)
    chains.set(long, key)
    sum += tokensOf(piece)
    keys.push(key)
    sums.push(sum)
  }
  return { keys, sums }
}

export const billsOf = (sent: readonly Sent[]): { without: number; with: number } => {
  const [without, through] = [new CacheBill(), new CacheBill()]
  for (const { dialect, camePieces, wentPieces } of sent) {
    without.add(dialect, camePieces)
    through.add(dialect, wentPieces)
  }
  return { without: without.total, with: through.total }
}
