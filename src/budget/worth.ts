// What is lost with a stretch of text: its size, times what its lines say (failures, words of the query), and what the
// reader would pay to get the original back. Numbers without a source are chosen, not measured.
import type { Rendering, TextWorth } from '../spec/budget.js'

/** How much a line matters beside an ordinary one: 0 for ordinary. Deterministic. */
export type ImportanceOf = (line: string) => number

/** Longest piece that is judged as one: one-line JSON is judged in pieces. */
const PIECE_CHARS = 240
const CHARS_PER_TOKEN = 4
/** Share of readers that want a whole original back when all of its worth is left out. */
const RETRIEVAL_SHARE = 0.3
/** A retrieval is one more call: its arguments and the turn around it. */
const CALL_TOKENS = 150
/** Blocks after which what a block is worth beyond its floor has halved. */
const HALF_LIFE_BLOCKS = 8
const OLDEST_SHARE = 0.5
/** Values are integers, so that ties are ties on every machine. */
const SCALE = 16

/** Worth up to each piece's end; a range inside a piece takes its share of it. Time: O(text) to build, O(log pieces) to ask. */
export const worthOf = (text: string, importanceOf: ImportanceOf): TextWorth => {
  const ends: number[] = []
  const sums: number[] = []
  let sum = 0
  for (let start = 0; start < text.length; ) {
    const newline = text.indexOf('\n', start)
    const end = Math.min(newline === -1 ? text.length : newline + 1, start + PIECE_CHARS)
    sum += ((end - start) / CHARS_PER_TOKEN) * (1 + importanceOf(text.slice(start, end)))
    ends.push(end)
    sums.push(sum)
    start = end
  }
  const upTo = (at: number): number => {
    const piece = firstNotBefore(ends, at)
    if (piece >= ends.length) return sum
    const [from, before] = piece === 0 ? [0, 0] : [ends[piece - 1]!, sums[piece - 1]!]
    return before + ((sums[piece]! - before) * (at - from)) / (ends[piece]! - from)
  }
  return { total: sum, between: (start, end) => (end <= start ? 0 : upTo(end) - upTo(start)) }
}

const firstNotBefore = (ends: readonly number[], at: number): number => {
  let [low, high] = [0, ends.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (ends[middle]! < at) low = middle + 1
    else high = middle
  }
  return low
}

export const worthLeft = ({ worth, leftOut, tokensBefore, blocksAfter }: Rendering): number => {
  const lost = leftOut.reduce((sum, { start, end }) => sum + worth.between(start, end), 0)
  const share = worth.total === 0 ? 0 : lost / worth.total
  const retrieval = share * RETRIEVAL_SHARE * (tokensBefore + CALL_TOKENS)
  const recency = OLDEST_SHARE + (1 - OLDEST_SHARE) * 2 ** (-blocksAfter / HALF_LIFE_BLOCKS)
  return Math.round((worth.total - lost - retrieval) * recency * SCALE)
}
