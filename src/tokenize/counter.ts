// Counts the tokens of a text: UTF-8 once, split, look each piece up, merge the few that are not tokens themselves.
import { END_BYTE, Source } from './classes.js'
import { mergeByHeap } from './heap.js'
import { mergeByScan, SCAN_BYTES } from './merge.js'
import { hashOf, NO_RANK, Ranks, TAIL_MASK } from './ranks.js'
import type { Split } from './split.js'
import type { RankTable } from './table.js'

/** Word reads at the last piece reach this far beyond it. */
const PADDING_BYTES = 16
/** A scratch buffer above this is dropped after use. */
const KEPT_SCRATCH_BYTES = 4 << 20

let scratch = new Uint8Array(1 << 16)
const encoder = new TextEncoder()

/** UTF-8 of the text in `scratch`, lone surrogates as U+FFFD. Most text is ASCII: three bytes a unit only when needed. */
const encode = (text: string): number => {
  const room = text.length + PADDING_BYTES
  if (scratch.length < room) scratch = new Uint8Array(room)
  const { read, written } = encoder.encodeInto(text, scratch.subarray(0, scratch.length - PADDING_BYTES))
  if (read === text.length) return written
  const grown = new Uint8Array(written + (text.length - read) * 3 + PADDING_BYTES)
  grown.set(scratch.subarray(0, written))
  scratch = grown
  return written + encoder.encodeInto(text.slice(read), scratch.subarray(written)).written
}

const CACHE_BITS = 14
const CACHE_WORDS = 16
const CACHED_BYTES = (CACHE_WORDS - 1) * 4

export class Counter {
  private readonly ranks: Ranks
  private readonly pairs: Int32Array
  private readonly source: Source
  private readonly split: Split
  /** Pieces of several tokens seen before, one per slot: [length << 8 | tokens, bytes]. Bounded, and compared byte by byte. */
  private readonly cache: Int32Array = new Int32Array(CACHE_WORDS << CACHE_BITS)

  constructor(table: RankTable, split: Split) {
    this.ranks = new Ranks(table)
    this.pairs = table.pairs
    this.source = new Source(table.pageIndex, table.pageClasses)
    this.split = split
  }

  count(text: string): number {
    if (text.length === 0) return 0
    const end = encode(text)
    scratch[end] = END_BYTE
    const source = this.source
    source.bytes = scratch
    source.view = new DataView(scratch.buffer)
    source.end = end
    const tokens = this.countSource(source, end)
    source.bytes = new Uint8Array(0)
    if (scratch.length > KEPT_SCRATCH_BYTES) scratch = new Uint8Array(1 << 16)
    return tokens
  }

  private countSource(source: Source, end: number): number {
    const { ranks, split } = this
    const view = source.view
    let tokens = 0
    let at = 0
    while (at < end) {
      const next = split(source, at)
      const length = next - at
      if (length === 1 || ranks.find(view, at, length) !== NO_RANK) tokens++
      else tokens += this.merged(source, at, length)
      at = next
    }
    return tokens
  }

  private merged(source: Source, at: number, length: number): number {
    if (length > CACHED_BYTES) {
      const merge = length > SCAN_BYTES ? mergeByHeap : mergeByScan
      return merge(this.ranks, this.pairs, source, [at, length])
    }
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
    const tokens = mergeByScan(this.ranks, this.pairs, source, [at, length])
    cache[slot] = (length << 8) | tokens
    for (let i = 1; i < words; i++) cache[slot + i] = view.getInt32(at + 4 * i - 4, true)
    cache[slot + words] = view.getInt32(at + 4 * words - 4, true) & tail
    return tokens
  }
}
