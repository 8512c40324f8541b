// Byte-pair merging of one piece: how many tokens are left when no neighbouring pair has a rank.

import { NO_RANK, type Ranks } from './ranks.js'
import type { Source } from './source.js'

/** Longest piece that is merged by minimum scan, in bytes. */
const SCAN_BYTES = 64

const starts = new Int32Array(SCAN_BYTES + 2)
const ranks = new Int32Array(SCAN_BYTES + 2)

/** Tokens of the `length` bytes at `at`, 2 ≤ length ≤ SCAN_BYTES. Quadratic in a bounded length, and quick for short pieces. */
export const mergeByScan = (table: Ranks, source: Source, at: number, length: number): number => {
  const { bytes, view } = source
  const { pairs } = table
  for (let i = 0; i < length; i++) {
    starts[i] = at + i
    ranks[i] = pairs[(bytes[at + i]! << 8) | bytes[at + i + 1]!]!
  }
  let parts = length
  starts[parts] = at + length
  ranks[parts - 1] = NO_RANK
  for (;;) {
    let least = NO_RANK
    let where = -1
    for (let i = 0; i < parts - 1; i++) {
      const rank = ranks[i]!
      if (rank < least) {
        least = rank
        where = i
      }
    }
    if (where < 0) return parts
    parts--
    for (let i = where + 1; i <= parts; i++) {
      starts[i] = starts[i + 1]!
      ranks[i] = ranks[i + 1]!
    }
    const start = starts[where]!
    ranks[where] = where + 1 < parts ? table.find(view, start, starts[where + 2]! - start) : NO_RANK
    if (where > 0) {
      const before = starts[where - 1]!
      ranks[where - 1] = table.find(view, before, starts[where + 1]! - before)
    }
  }
}
