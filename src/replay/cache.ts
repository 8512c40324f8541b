// A provider's prompt cache for one session: which tokens of a request are read, written or neither.

import { type CacheRules, LOOK_BACK } from '../economics/cache-rules.js'
import type { Billed } from '../spec/money.js'

/** A piece as the provider caches it. */
export interface Cached {
  /** Same content, same id. */
  readonly id: string
  readonly tokens: number
  /** The client asks for an entry that ends here, and for how long; `marked` caches only. */
  readonly ttlMs?: number
}

export interface Asked {
  readonly pieces: readonly Cached[]
  readonly rules: CacheRules
  readonly model: string
  readonly atMs: number
}

export type Input = Omit<Billed, 'outputTokens'>

/** What is known of a prefix that ends with a certain piece. */
interface Node {
  readonly next: Map<string, Node>
  /** An entry ends here and lives until then, unless it is read before. */
  untilMs: number
  ttlMs: number
  /** In a request that was billed. */
  isSent: boolean
}

const node = (): Node => ({ next: new Map(), untilMs: Number.NEGATIVE_INFINITY, ttlMs: 0, isSent: false })

const HOUR_MS = 3_600_000

/** Entries of one account, by model. Whole numbers only come out: classes are rounded so that they add up. */
export class PromptCache {
  readonly #roots = new Map<string, Node>()

  /** Bills a request and remembers what it wrote. */
  bill(asked: Asked): Input {
    const path = this.#path(asked)
    const sums = sumsOf(asked.pieces)
    const read = this.readable(asked)
    for (const one of path) one.isSent = true
    return asked.rules.kind === 'marked' ? marked(asked, { path, sums, read }) : prefixed(asked, { path, sums, read })
  }

  /** Tokens that would be read; changes nothing but the tree. */
  readable(asked: Asked): number {
    const path = this.#path(asked)
    const sums = sumsOf(asked.pieces)
    const { leastTokens, stepTokens } = asked.rules
    const isAlive = (index: number): boolean => path[index]!.untilMs >= asked.atMs
    if (asked.rules.kind === 'marked') {
      const points = pointsOf(asked, sums)
      const hit = Math.max(
        -1,
        ...points.map((point) => {
          for (let index = point; index >= 0 && index > point - LOOK_BACK; index--) if (isAlive(index)) return index
          return -1
        }),
      )
      // Pieces of less than nothing stand for what a request had less than was counted; no more than all of it is read.
      return hit === -1 ? 0 : Math.min(sums[hit]!, sums.at(-1)!)
    }
    let shared = 0
    for (let index = 0; index < path.length && isAlive(index); index++) shared = sums[index]!
    return shared < leastTokens ? 0 : shared - (shared % stepTokens)
  }

  /**
   * What a receipt shows of the cache: the first `held` pieces of the client's own request were there, and nothing after
   * them. Of another form of it so much can have been there as was sent before, or is the client's own.
   */
  observe(asked: Asked, { held, own }: { readonly held: number; readonly own: Asked }): void {
    const path = this.#path(asked)
    const changed = asked.pieces.findIndex(({ id }, index) => id !== own.pieces[index]?.id)
    const unsent = path.findIndex(({ isSent }) => !isSent)
    const owned = changed === -1 ? path.length : changed
    const possible = Math.min(held, Math.max(owned, unsent === -1 ? path.length : unsent))
    // Entries end at markers: where the one that was read lies in what differs, an earlier one may be there.
    const canEnd = (index: number): boolean => path[index]!.ttlMs > 0 || asked.pieces[index]!.ttlMs !== undefined
    let entry = possible - 1
    if (possible < held) while (entry >= 0 && !canEnd(entry)) entry--
    for (const [index, one] of path.entries()) {
      if (index >= held) one.untilMs = Number.NEGATIVE_INFINITY
      else if (asked.rules.kind === 'prefix' ? index < possible : index === entry)
        keep(one, asked.atMs, one.ttlMs || asked.rules.ttlMs)
    }
  }

  #path({ pieces, model }: Asked): Node[] {
    let at = childOf(this.#roots, model)
    return pieces.map(({ id }) => {
      at = childOf(at.next, id)
      return at
    })
  }
}

const childOf = (nodes: Map<string, Node>, key: string): Node => {
  const known = nodes.get(key) ?? node()
  nodes.set(key, known)
  return known
}

const keep = (entry: Node, atMs: number, ttlMs: number): void => {
  entry.ttlMs = Math.max(entry.ttlMs, ttlMs)
  entry.untilMs = atMs + entry.ttlMs
}

const sumsOf = (pieces: readonly Cached[]): number[] => {
  const sums: number[] = []
  for (const { tokens } of pieces) sums.push((sums.at(-1) ?? 0) + tokens)
  return sums
}

/** Where the client wants entries to end and the prefix is long enough for one. */
const pointsOf = ({ pieces, rules }: Asked, sums: readonly number[]): number[] =>
  pieces.flatMap(({ ttlMs }, index) => (ttlMs !== undefined && sums[index]! >= rules.leastTokens ? [index] : []))

interface Walk {
  readonly path: readonly Node[]
  readonly sums: readonly number[]
  readonly read: number
}

const marked = (asked: Asked, { path, sums, read }: Walk): Input => {
  const { pieces, atMs } = asked
  const points = pointsOf(asked, sums)
  const all = sums.at(-1) ?? 0
  const last = points.at(-1)
  const end = Math.min(all, last === undefined ? read : Math.max(read, sums[last]!))
  // Reading renews every entry on the way to what is read.
  for (const [index, one] of path.entries()) if (sums[index]! <= read && one.untilMs >= atMs) keep(one, atMs, one.ttlMs)
  const lastHour = points.filter((point) => pieces[point]!.ttlMs! >= HOUR_MS).at(-1)
  const hourEnd = lastHour === undefined ? read : Math.max(read, sums[lastHour]!)
  for (const point of points) {
    path[point]!.ttlMs = 0
    keep(path[point]!, atMs, pieces[point]!.ttlMs!)
  }
  return rounded({ read, write1h: hourEnd - read, write: end - hourEnd, all })
}

const prefixed = ({ rules, atMs }: Asked, { path, sums, read }: Walk): Input => {
  const all = sums.at(-1) ?? 0
  for (const one of path) keep(one, atMs, rules.ttlMs)
  // Some models bill what they cache; `write` has no price of its own for the others.
  const write = all < rules.leastTokens ? 0 : all - read
  return rounded({ read, write1h: 0, write, all })
}

const rounded = (of: { read: number; write1h: number; write: number; all: number }): Input => {
  const readTokens = Math.round(of.read)
  const write1hTokens = Math.round(of.read + of.write1h) - readTokens
  const writeTokens = Math.round(of.read + of.write1h + of.write) - readTokens - write1hTokens
  return {
    readTokens,
    write1hTokens,
    writeTokens,
    freshTokens: Math.round(of.all) - readTokens - write1hTokens - writeTokens,
  }
}
