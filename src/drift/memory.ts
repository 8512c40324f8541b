// The newest request of each conversation, bounded in bytes, and the one that a new request continues.
import { commonPrefixLength } from '../base/bytes.js'
import type { SentRequest } from '../spec/drift.js'
import type { BodyIndex } from './body-index.js'
import { systemSpan } from './difference.js'
import type { Spot } from './spots.js'

export interface Remembered {
  readonly index: BodyIndex
  readonly request: SentRequest
  readonly atMs: number
  readonly model: string | undefined
  /** Tokens that the provider may hold; undefined while unknown. */
  cachedTokens: number | undefined
  inputTokens: number | undefined
  spots: readonly Spot[]
}

const MAX_CONVERSATIONS = 200

export class Conversations {
  #turns: Remembered[] = []
  readonly #maxBytes: number

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes
  }

  get all(): readonly Remembered[] {
    return this.#turns
  }

  /** Shares the longest prefix: what indexing can build on. */
  nearest(body: Uint8Array): BodyIndex | undefined {
    let [best, longest]: [BodyIndex | undefined, number] = [undefined, 0]
    for (const { index } of this.#turns) {
      const shared = commonPrefixLength(index.body, body)
      if (shared > longest) [best, longest] = [index, shared]
    }
    return best
  }

  /** The request that this one continues, as far as its session and its content tell. */
  previousOf(index: BodyIndex, session: string | undefined, model: string | undefined): Remembered | undefined {
    const digests = new Set(index.items.map(({ digest }) => digest))
    let [best, highest]: [Remembered | undefined, number] = [undefined, 0]
    for (const turn of this.#turns) {
      if (turn.request.session !== session) continue
      const score = scoreOf(turn, { index, digests, model })
      if (score > highest) [best, highest] = [turn, score]
    }
    return best
  }

  remember(turn: Remembered, replaces: Remembered | undefined): void {
    this.#turns = [turn, ...this.#turns.filter((other) => other !== replaces)].slice(0, MAX_CONVERSATIONS)
    let bytes = 0
    this.#turns = this.#turns.filter(({ index }, at) => {
      bytes += index.body.length
      return at === 0 || bytes <= this.#maxBytes
    })
  }
}

interface Asked {
  readonly index: BodyIndex
  readonly digests: ReadonlySet<string>
  readonly model: string | undefined
}

/** Turns in common count most; then the same model, then the same head. 0: another conversation. */
const scoreOf = (turn: Remembered, { index, digests, model }: Asked): number => {
  const shared = turn.index.items.filter(({ digest }) => digests.has(digest)).length
  const sameModel = turn.model === model
  const head = headShare(turn.index, index)
  // A side call of the client may repeat one message under another model or prompt.
  const isSame = shared >= 3 || (sameModel && shared >= 1 && head >= 0.5)
  if (!isSame && !(sameModel && head === 1 && onlyFirstDiffers(turn.index, index))) return 0
  return 1 + shared - 0.001 * (turn.index.items.length - shared) + (sameModel ? 0.9 : 0) + head / 2
}

/** How much of tools and system the two have in common, from both ends; 1 where both have none. */
const headShare = (old: BodyIndex, now: BodyIndex): number => {
  const [a, b] = [headOf(old), headOf(now)]
  const size = Math.max(...a.map(({ length }) => length), ...b.map(({ length }) => length), 0)
  if (size === 0) return 1
  let [shared, all] = [0, 0]
  for (const [at, span] of a.entries()) {
    const other = b[at] ?? new Uint8Array()
    all += Math.max(span.length, other.length)
    shared += Math.min(commonEnds(span, other), span.length, other.length)
  }
  return all === 0 ? 1 : shared / all
}

const headOf = (index: BodyIndex): Uint8Array[] =>
  [index.members.get('tools'), systemSpan(index)].map((span) =>
    span === undefined ? new Uint8Array() : index.body.subarray(span.start, span.end),
  )

const commonEnds = (a: Uint8Array, b: Uint8Array): number => {
  const start = commonPrefixLength(a, b)
  let tail = 0
  const most = Math.min(a.length, b.length) - start
  while (tail < most && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++
  return start + tail
}

/** A first message that is edited in place, in a conversation that has gone on. */
const onlyFirstDiffers = (old: BodyIndex, now: BodyIndex): boolean => {
  const [a, b] = [old.items[0], now.items[0]]
  if (a === undefined || b === undefined || old.items.length !== 1 || now.items.length <= 1) return false
  const [x, y] = [old.body.subarray(a.start, a.end), now.body.subarray(b.start, b.end)]
  return commonEnds(x, y) >= 0.6 * Math.max(x.length, y.length)
}
