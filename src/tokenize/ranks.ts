// Finds byte strings in a rank table. Same hash as scripts/build-tables.mjs.
import type { RankTable } from './table.js'

/** Above every rank. */
export const NO_RANK = 0x7fffffff

const RANK_BITS = 18
const RANK_MASK = (1 << RANK_BITS) - 1
const INLINE_BYTES = 12
const FILTER_SHIFT = 11

/** Mask of the bytes of a little-endian word that belong to a string of length n, by n & 3. */
export const TAIL_MASK: Int32Array = Int32Array.of(-1, 0xff, 0xffff, 0xffffff)

const mix = (hash: number, word: number): number => {
  const h = Math.imul(hash ^ word, 0x9e3779b1)
  return h ^ (h >>> 15)
}

const finish = (hash: number): number => {
  const h = Math.imul(hash, 0x85ebca6b)
  return h ^ (h >>> 13)
}

/** Hash of `length` bytes at `at`; the view reaches at least 3 bytes beyond them. */
export const hashOf = (view: DataView, at: number, length: number): number => {
  let hash = length
  let left = length
  let word = at
  for (; left > 4; left -= 4, word += 4) hash = mix(hash, view.getInt32(word, true))
  return finish(mix(hash, view.getInt32(word, true) & TAIL_MASK[left & 3]!))
}

export class Ranks {
  /** Rank of every two-byte string. */
  readonly pairs: Int32Array
  private readonly keys: Int32Array
  private readonly arena: Int32Array
  private readonly filter: Int32Array
  private readonly shift: number
  private readonly longest: number

  constructor(table: RankTable) {
    this.pairs = table.pairs
    this.keys = table.keys
    this.arena = table.arena
    this.filter = table.filter
    this.shift = table.shift
    this.longest = table.longest
  }

  /** Rank of the `length` bytes at `at` (length ≥ 1), or NO_RANK. */
  find(view: DataView, at: number, length: number): number {
    if (length > INLINE_BYTES) return length > this.longest ? NO_RANK : this.findLong(view, at, length)
    const tail = TAIL_MASK[length & 3]!
    let word0 = view.getInt32(at, true)
    let word1 = 0
    let word2 = 0
    let hash: number
    if (length <= 4) {
      word0 &= tail
      hash = mix(length, word0)
    } else if (length <= 8) {
      word1 = view.getInt32(at + 4, true) & tail
      hash = mix(mix(length, word0), word1)
    } else {
      word1 = view.getInt32(at + 4, true)
      word2 = view.getInt32(at + 8, true) & tail
      hash = mix(mix(mix(length, word0), word1), word2)
    }
    hash = finish(hash)
    const bit = hash >>> FILTER_SHIFT
    if (((this.filter[bit >> 5]! >> (bit & 31)) & 1) === 0) return NO_RANK
    const keys = this.keys
    const last = keys.length - 1
    for (let entry = (hash >>> this.shift) << 4; ; entry = (entry + 4) & last) {
      const meta = keys[entry + 3]!
      if (
        keys[entry] === word0 &&
        keys[entry + 1] === word1 &&
        keys[entry + 2] === word2 &&
        meta >> RANK_BITS === length
      )
        return meta & RANK_MASK
      if (meta === 0) return NO_RANK
    }
  }

  private findLong(view: DataView, at: number, length: number): number {
    const hash = hashOf(view, at, length)
    const bit = hash >>> FILTER_SHIFT
    if (((this.filter[bit >> 5]! >> (bit & 31)) & 1) === 0) return NO_RANK
    const keys = this.keys
    const last = keys.length - 1
    for (let entry = (hash >>> this.shift) << 4; ; entry = (entry + 4) & last) {
      const meta = keys[entry + 3]!
      if (keys[entry + 1] === hash && meta >> RANK_BITS === length && this.same(view, at, length, keys[entry + 2]!))
        return meta & RANK_MASK
      if (meta === 0) return NO_RANK
    }
  }

  private same(view: DataView, at: number, length: number, word: number): boolean {
    const arena = this.arena
    let arenaWord = word
    let left = length
    let byte = at
    for (; left > 4; left -= 4, byte += 4) if (arena[arenaWord++] !== view.getInt32(byte, true)) return false
    return arena[arenaWord] === (view.getInt32(byte, true) & TAIL_MASK[left & 3]!)
  }
}
