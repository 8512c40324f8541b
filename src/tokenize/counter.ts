// Counts the tokens of a text: UTF-8 once, split, look each piece up, merge the few that are not tokens themselves.
import { mergeByHeap } from './heap.js'
import { mergeByScan } from './merge.js'
import { hashOf, NO_RANK, Ranks, TAIL_MASK } from './ranks.js'
import { Source } from './source.js'
import type { Split } from './split.js'
import type { RankTable } from './table.js'

const CACHE_BITS = 14
const CACHE_WORDS = 16
const CACHED_BYTES = (CACHE_WORDS - 1) * 4
/** Longer pieces that recur (rules, indentation) are kept as strings, 2 MB at most. */
const LONG_CACHED_BYTES = 512
const LONG_CACHE_ENTRIES = 4096

/** How a vocabulary is applied to text. */
export interface Scheme {
  readonly split: Split
  /** Applied before splitting; must leave ASCII as it is. */
  readonly rewrite?: (text: string) => string
}

export class Counter {
  private readonly ranks: Ranks
  private readonly source: Source
  private readonly scheme: Scheme
  /** Pieces of several tokens seen before, one per slot: [length << 8 | tokens, bytes]. Bounded, and compared byte by byte. */
  private readonly cache: Int32Array = new Int32Array(CACHE_WORDS << CACHE_BITS)
  private readonly longCache: Map<string, number> = new Map()

  constructor(table: RankTable, scheme: Scheme) {
    this.ranks = new Ranks(table)
    this.source = new Source(table.pageIndex, table.pageClasses)
    this.scheme = scheme
  }

  count(text: string): number {
    if (text.length === 0) return 0
    this.source.load(text)
    const { rewrite } = this.scheme
    if (rewrite !== undefined && this.source.end !== text.length) this.source.load(rewrite(text))
    const tokens = this.countSource(this.source)
    this.source.release()
    return tokens
  }

  private countSource(source: Source): number {
    const { ranks } = this
    const { split } = this.scheme
    const { bytes, view, end } = source
    const { pairs } = ranks
    let tokens = 0
    let at = 0
    while (at < end) {
      const next = split(source, at)
      const length = next - at
      if (length === 1) tokens++
      else if (length === 2) tokens += pairs[(bytes[at]! << 8) | bytes[at + 1]!] === NO_RANK ? 2 : 1
      else if (ranks.find(view, at, length) !== NO_RANK) tokens++
      else tokens += this.merged(source, at, length)
      at = next
    }
    return tokens
  }

  /** Tokens of a piece of three bytes or more that is no token itself. */
  private merged(source: Source, at: number, length: number): number {
    if (length === 3) return mergedThree(this.ranks.pairs, source.bytes, at)
    if (length > CACHED_BYTES) return this.mergedLong(source, at, length)
    const { cache } = this
    const { view } = source
    const slot = (hashOf(view, at, length) >>> (32 - CACHE_BITS)) * CACHE_WORDS
    const meta = cache[slot]!
    const words = (length + 3) >> 2
    const tail = TAIL_MASK[length & 3]!
    if (meta >> 8 === length) {
      let i = 1
      while (i < words && cache[slot + i] === view.getInt32(at + 4 * i - 4, true)) i++
      if (i === words && cache[slot + i] === (view.getInt32(at + 4 * i - 4, true) & tail)) return meta & 0xff
    }
    const tokens = mergeByScan(this.ranks, source, at, length)
    cache[slot] = (length << 8) | tokens
    for (let i = 1; i < words; i++) cache[slot + i] = view.getInt32(at + 4 * i - 4, true)
    cache[slot + words] = view.getInt32(at + 4 * words - 4, true) & tail
    return tokens
  }

  private mergedLong(source: Source, at: number, length: number): number {
    if (length > LONG_CACHED_BYTES) return mergeByHeap(this.ranks, source, at, length)
    const key = source.bytes.toString('latin1', at, at + length)
    const known = this.longCache.get(key)
    if (known !== undefined) return known
    const tokens = mergeByHeap(this.ranks, source, at, length)
    if (this.longCache.size >= LONG_CACHE_ENTRIES) this.longCache.clear()
    this.longCache.set(key, tokens)
    return tokens
  }
}

/** No token has all three bytes: either pair makes one token of two. */
const mergedThree = (pairs: Int32Array, bytes: Uint8Array, at: number): number => {
  const middle = bytes[at + 1]!
  const joins = pairs[(bytes[at]! << 8) | middle] !== NO_RANK || pairs[(middle << 8) | bytes[at + 2]!] !== NO_RANK
  return joins ? 2 : 3
}
