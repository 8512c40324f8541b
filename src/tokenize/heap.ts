// Byte-pair merging of long pieces in n log n: linked list of parts, binary heap of candidate pairs.

import { NO_RANK, type Ranks } from './ranks.js'
import type { Source } from './source.js'

/** A candidate is rank * POSITIONS + position: smallest rank first, leftmost among equals. Exact in a double. */
const POSITIONS = 2 ** 32
/** Pieces up to this many bytes share one set of buffers; longer ones get their own, freed afterwards. */
const KEPT_BYTES = 1 << 14

/** Binary min-heap of doubles. */
class Candidates {
  private readonly items: Float64Array
  private size = 0

  constructor(room: number) {
    this.items = new Float64Array(room)
  }

  clear(): void {
    this.size = 0
  }

  /** Adds without ordering; `order` must follow. */
  append(item: number): void {
    this.items[this.size++] = item
  }

  order(): void {
    for (let i = (this.size >> 1) - 1; i >= 0; i--) this.sink(i, this.items[i]!)
  }

  push(item: number): void {
    const items = this.items
    let i = this.size++
    while (i > 0) {
      const parent = (i - 1) >> 1
      if (items[parent]! <= item) break
      items[i] = items[parent]!
      i = parent
    }
    items[i] = item
  }

  /** Smallest candidate, or -1 when there is none. */
  pop(): number {
    if (this.size === 0) return -1
    const top = this.items[0]!
    this.size--
    if (this.size > 0) this.sink(0, this.items[this.size]!)
    return top
  }

  private sink(from: number, item: number): void {
    const items = this.items
    const size = this.size
    let i = from
    for (;;) {
      let child = 2 * i + 1
      if (child >= size) break
      if (child + 1 < size && items[child + 1]! < items[child]!) child++
      if (items[child]! >= item) break
      items[i] = items[child]!
      i = child
    }
    items[i] = item
  }
}

interface Buffers {
  readonly next: Int32Array
  readonly previous: Int32Array
  readonly ranks: Int32Array
  readonly heap: Candidates
}

const buffersFor = (length: number): Buffers => ({
  next: new Int32Array(length + 1),
  previous: new Int32Array(length + 1),
  ranks: new Int32Array(length + 1),
  // Every merge takes one candidate out and puts at most two in.
  heap: new Candidates(2 * length),
})

const kept: Buffers = buffersFor(KEPT_BYTES)

/** One part for each byte, and a candidate for each pair that has a rank. */
const fill = (buffers: Buffers, pairs: Int32Array, bytes: Uint8Array): void => {
  const { next, previous, ranks, heap } = buffers
  const length = bytes.length
  heap.clear()
  for (let i = 0; i < length; i++) {
    next[i] = i + 1
    previous[i + 1] = i
    const rank = i + 1 < length ? pairs[(bytes[i]! << 8) | bytes[i + 1]!]! : NO_RANK
    ranks[i] = rank
    if (rank !== NO_RANK) heap.append(rank * POSITIONS + i)
  }
  heap.order()
}

/** Tokens of the `length` bytes at `at`. */
export const mergeByHeap = (table: Ranks, source: Source, at: number, length: number): number => {
  const buffers = length <= KEPT_BYTES ? kept : buffersFor(length)
  const { next, previous, ranks, heap } = buffers
  const view = source.view
  fill(buffers, table.pairs, source.bytes.subarray(at, at + length))
  let parts = length
  for (let candidate = heap.pop(); candidate >= 0; candidate = heap.pop()) {
    // `| 0` keeps both in integer registers.
    const rank = Math.floor(candidate / POSITIONS) | 0
    const start = (candidate - rank * POSITIONS) | 0
    // Stale: the part is gone or its pair has changed since.
    if (ranks[start] !== rank) continue
    const middle = next[start]!
    const end = next[middle]!
    ranks[middle] = NO_RANK
    next[start] = end
    previous[end] = start
    parts--
    const after = end < length ? table.find(view, at + start, next[end]! - start) : NO_RANK
    ranks[start] = after
    if (after !== NO_RANK) heap.push(after * POSITIONS + start)
    if (start === 0) continue
    const before = previous[start]!
    const joined = table.find(view, at + before, end - before)
    ranks[before] = joined
    if (joined !== NO_RANK) heap.push(joined * POSITIONS + before)
  }
  return parts
}
