// Rows that a question asks for: those that hold its words, and the extremes of the columns it names.
import type { AskedColumns } from './asked-columns.js'
import type { Column, Grid } from './grid.js'
import { ALWAYS, type Claims } from './pick.js'
import type { TermLines } from './term-lines.js'

/** Rows kept because they hold the question's words, best first, and the share of the best score that is still about it. */
const MOST_ROWS = 24
const LEAST_SHARE = 0.5
/** Rows shown of more that hold the words equally: the counts tell the rest. */
const FEW_OF_MANY = 8
const MATCH = 760
const MORE_MATCHES = 220
/** Rows from each end of a column that a superlative asks for. */
const EXTREMES = 3
const EXTREME = 900
/** Rows of one group (all with a value that the question says) from which their own extremes count. */
const MIN_GROUP = 2
const MAX_GROUPS = 12

export interface Rows {
  readonly grid: Grid
  readonly columns: readonly Column[]
  /** First line of each row, one past the last row's lines at the end. */
  readonly lines: ArrayLike<number>
}

export const claimAsked = (rows: Rows, asked: AskedColumns, found: TermLines, claims: Claims): void => {
  const score = rowScores(rows, found)
  for (const line of found.named) claims.raise(rowOfLine(rows.lines, line), ALWAYS)
  claimMatches(score, claims)
  if (asked.most || asked.least) claimExtremes(rows, asked, claims)
}

const rowScores = ({ lines, grid }: Rows, { score }: TermLines): Float64Array => {
  const byRow = new Float64Array(grid.rows.length)
  for (let row = 0; row < byRow.length; row++)
    for (let line = lines[row]!; line < lines[row + 1]!; line++) byRow[row]! += score[line]!
  return byRow
}

/** -1 where the line belongs to no row. */
const rowOfLine = (lines: ArrayLike<number>, line: number): number => {
  let low = 0
  let high = lines.length - 1
  if (high < 1 || line < lines[0]! || line >= lines[high]!) return -1
  while (low + 1 < high) {
    const middle = (low + high) >> 1
    if (lines[middle]! <= line) low = middle
    else high = middle
  }
  return low
}

/** Best rows first; words that most rows hold tell nothing and have a score near zero. */
const claimMatches = (score: Float64Array, claims: Claims): void => {
  let best = 0
  for (const value of score) if (value > best) best = value
  if (best < 0.5) return
  const hits: number[] = []
  for (let row = 0; row < score.length; row++) if (score[row]! >= best * LEAST_SHARE) hits.push(row)
  hits.sort((a, b) => score[b]! - score[a]! || a - b)
  const alike = hits.filter((row) => score[row]! >= best * 0.999).length
  const most = alike > MOST_ROWS ? FEW_OF_MANY : MOST_ROWS
  hits.slice(0, MOST_ROWS).forEach((row, rank) => {
    claims.raise(row, rank < most ? MATCH * (0.7 + (0.3 * score[row]!) / best) : MORE_MATCHES - rank)
  })
}

const claimExtremes = ({ grid, columns }: Rows, asked: AskedColumns, claims: Claims): void => {
  const numeric = columns.filter(({ numbers }) => numbers !== undefined)
  const best = Math.max(0, ...numeric.map(({ name }) => asked.said(name)))
  const wanted = best > 0 ? numeric.filter(({ name }) => asked.said(name) >= best) : numeric.slice(0, 3)
  const groups = saidGroups(grid, columns, asked)
  for (const { numbers } of wanted) {
    if (numbers === undefined) continue
    claimEnds(numbers, undefined, asked, claims)
    for (const group of groups) claimEnds(numbers, group, asked, claims)
  }
}

/** Rows by a value of a repeating column that the question says: `the highest price in Berlin`. */
const saidGroups = (
  { rows }: Grid,
  columns: readonly Column[],
  { source }: AskedColumns,
): readonly (readonly number[])[] => {
  const text = ` ${source.toLowerCase().replace(/[^\p{L}\p{N}.-]+/gu, ' ')} `
  const groups: number[][] = []
  for (const { index, counts } of columns) {
    if (counts === undefined) continue
    for (const [value, times] of counts) {
      if (times < MIN_GROUP || value.length < 2 || groups.length >= MAX_GROUPS) continue
      if (!text.includes(` ${value.toLowerCase()} `)) continue
      groups.push(rows.flatMap((row, at) => (row[index] === value ? [at] : [])))
    }
  }
  return groups
}

const claimEnds = (
  numbers: Float64Array,
  group: readonly number[] | undefined,
  { most, least }: AskedColumns,
  claims: Claims,
): void => {
  const among = group ?? Array.from(numbers.keys())
  const rows = among.filter((row) => !Number.isNaN(numbers[row]!)).sort((a, b) => numbers[a]! - numbers[b]! || a - b)
  if (most) for (const row of rows.slice(-EXTREMES)) claims.raise(row, EXTREME)
  if (least) for (const row of rows.slice(0, EXTREMES)) claims.raise(row, EXTREME)
  // Ties at the very end are all answers, while they are few.
  for (const [wanted, end] of [
    [most, rows.at(-1)],
    [least, rows[0]],
  ] as const) {
    if (!wanted || end === undefined) continue
    const ties = rows.filter((row) => numbers[row] === numbers[end])
    if (ties.length <= MOST_ROWS) for (const row of ties) claims.raise(row, EXTREME)
  }
}
