// Byte-pair merging of long pieces in n log n: linked list of parts, binary heap of candidate pairs.

import type { Source } from './classes.js'
import { NO_RANK, type Ranks } from './ranks.js'

/** A candidate is rank * POSITIONS + position: smallest rank first, leftmost among equals. Exact in a double. */
const POSITIONS = 2 ** 32

/** Binary min-heap of doubles with room for a known number. */
class Candidates {
  private readonly items: Float64Array
  size = 0

  constructor(room: number) {
    this.items = new Float64Array(room)
  }

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

  pop(): number {
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

/** Tokens of the `length` bytes at `at`. */
export const mergeByHeap = (
  table: Ranks,
  pairs: Int32Array,
  source: Source,
  piece: readonly [number, number],
): number => {
  const [at, length] = piece
  const { bytes, view } = source
  const next = new Int32Array(length + 1)
  const previous = new Int32Array(length + 1)
  const ranks = new Int32Array(length).fill(NO_RANK)
  // Every merge takes one candidate out and puts at most two in.
  const heap = new Candidates(2 * length)
  for (let i = 0; i < length; i++) {
    next[i] = i + 1
    previous[i + 1] = i
    if (i + 1 === length) break
    const rank = pairs[(bytes[at + i]! << 8) | bytes[at + i + 1]!]!
    ranks[i] = rank
    if (rank !== NO_RANK) heap.append(rank * POSITIONS + i)
  }
  heap.order()
  let parts = length
  const offer = (start: number, end: number): void => {
    const rank = table.find(view, at + start, end - start)
    ranks[start] = rank
    if (rank !== NO_RANK) heap.push(rank * POSITIONS + start)
  }
  while (heap.size > 0) {
    const candidate = heap.pop()
    const rank = Math.floor(candidate / POSITIONS)
    const start = candidate - rank * POSITIONS
    // Stale: the part is gone or its pair has changed since.
    if (ranks[start] !== rank) continue
    const middle = next[start]!
    const end = next[middle]!
    ranks[middle] = NO_RANK
    next[start] = end
    previous[end] = start
    parts--
    if (end < length) offer(start, next[end]!)
    else ranks[start] = NO_RANK
    if (start > 0) offer(previous[start]!, end)
  }
  return parts
}
