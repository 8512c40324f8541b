// Rows of text cells: which rows differ from the others, column by column.

import { shapeOf } from './cell-shape.js'
import { fewOf, outliersOf } from './outliers.js'
import type { Claims } from './pick.js'
import { quantityOf } from './quantity.js'

export interface Grid {
  readonly names: readonly string[]
  /** Cells by row, trimmed; a row may have fewer or more than there are names. */
  readonly rows: readonly (readonly string[])[]
}

export interface Column {
  readonly name: string
  readonly index: number
  /** By row; NaN where the cell is no number. Present where nearly all cells are numbers or dates. */
  readonly numbers?: Float64Array
  /** Rows by value, where values repeat much. */
  readonly counts?: ReadonlyMap<string, number>
}

/** What an exception is worth: it may exceed the goal. */
const ODD = 680
const EXTREME = 260
/** Below this many rows nothing is usual. */
const MIN_ROWS = 6
const NUMERIC_SHARE = 0.9
/** Values of a free-text column that are compared by shape; more cost time and tell nothing new. */
const MAX_SHAPED = 20_000

/** Judges all columns; raises claims on rows that are not like the rest. O(cells). */
export const judgeGrid = (grid: Grid, claims: Claims): readonly Column[] => {
  const { rows, names } = grid
  const few = fewOf(rows.length)
  const enough = rows.length >= MIN_ROWS
  if (enough)
    flag(
      rowsWhere(rows, few, (row) => row.length !== names.length),
      ODD + 10,
      claims,
    )
  return names.map((name, index) => judgeColumn(grid, { name, index }, { claims, few, enough }))
}

interface Judging {
  readonly claims: Claims
  readonly few: number
  readonly enough: boolean
}

const judgeColumn = ({ rows }: Grid, { name, index }: { name: string; index: number }, to: Judging): Column => {
  const { claims, few, enough } = to
  const numbers = new Float64Array(rows.length).fill(Number.NaN)
  const counts = new Map<string, number>()
  let filled = 0
  let numeric = 0
  for (let row = 0; row < rows.length; row++) {
    const cell = rows[row]![index] ?? ''
    counts.set(cell, (counts.get(cell) ?? 0) + 1)
    if (isEmpty(cell)) continue
    filled++
    const value = quantityOf(cell)
    if (Number.isNaN(value)) continue
    numbers[row] = value
    numeric++
  }
  if (enough) flagPresence(rows, index, { filled, ...to })
  const isNumeric = filled > 0 && numeric >= filled * NUMERIC_SHARE
  const repeats = counts.size <= Math.max(8, Math.sqrt(rows.length) * 1.5)
  if (enough && isNumeric) {
    if (numeric < filled)
      flag(
        rowsWhere(rows, few, (row, at) => Number.isNaN(numbers[at]!) && !isEmpty(row[index] ?? '')),
        ODD,
        claims,
      )
    if (counts.size > 1) flagNumbers(numbers, to)
  } else if (enough && counts.size > 1) {
    if (repeats) flagRare(rows, index, counts, to)
    else flagTexts(rows, index, counts, to)
  }
  return { name, index, ...(isNumeric ? { numbers } : {}), ...(repeats ? { counts } : {}) }
}

export const isEmpty = (cell: string): boolean =>
  cell === '' ||
  cell === '-' ||
  cell === 'NULL' ||
  cell === 'null' ||
  cell === 'None' ||
  cell === 'NaN' ||
  cell === '<none>'

/** Rows for which `test` holds; none where there are more than `few`. */
const rowsWhere = (
  rows: Grid['rows'],
  few: number,
  test: (row: readonly string[], at: number) => boolean,
): readonly number[] => {
  const found: number[] = []
  for (let at = 0; at < rows.length; at++) {
    if (!test(rows[at]!, at)) continue
    found.push(at)
    if (found.length > few) return []
  }
  return found
}

const flag = (found: readonly number[], score: number, claims: Claims): void => {
  for (const row of found) claims.raise(row, score)
}

const flagPresence = (
  rows: Grid['rows'],
  index: number,
  { filled, few, claims }: Judging & { filled: number },
): void => {
  const empty = rows.length - filled
  if (empty > 0 && empty <= few)
    flag(
      rowsWhere(rows, few, (row) => isEmpty(row[index] ?? '')),
      ODD,
      claims,
    )
  if (filled > 0 && filled <= few)
    flag(
      rowsWhere(rows, few, (row) => !isEmpty(row[index] ?? '')),
      ODD,
      claims,
    )
}

const flagNumbers = (numbers: Float64Array, { claims, few }: Judging): void => {
  flag(outliersOf(numbers, few), ODD, claims)
  let low = -1
  let high = -1
  for (let row = 0; row < numbers.length; row++) {
    const value = numbers[row]!
    if (low === -1 || value < numbers[low]!) low = Number.isNaN(value) ? low : row
    if (high === -1 || value > numbers[high]!) high = Number.isNaN(value) ? high : row
  }
  claims.raise(low, EXTREME)
  claims.raise(high, EXTREME)
}

const flagRare = (rows: Grid['rows'], index: number, counts: ReadonlyMap<string, number>, to: Judging): void => {
  const rare = Math.max(1, Math.min(3, Math.floor(rows.length * 0.01)))
  const top = Math.max(...counts.values())
  if (top < Math.max(4, rare * 4)) return
  flag(
    rowsWhere(rows, to.few, (row) => counts.get(row[index] ?? '')! <= rare),
    ODD,
    to.claims,
  )
}

/** Texts that hardly repeat: odd shapes, odd lengths, and the few that do repeat. */
const flagTexts = (rows: Grid['rows'], index: number, counts: ReadonlyMap<string, number>, to: Judging): void => {
  const { claims, few } = to
  const { length } = rows
  if (counts.size >= length * 0.95 && counts.size < length)
    flag(
      rowsWhere(rows, few * 2, (row) => counts.get(row[index] ?? '')! > 1 && !isEmpty(row[index] ?? '')),
      ODD - 20,
      claims,
    )
  const lengths = Float64Array.from(rows, (row) => row[index]?.length ?? 0)
  flag(
    outliersOf(lengths, few).filter((row) => lengths[row]! > 0),
    ODD - 40,
    claims,
  )
  if (length > MAX_SHAPED) return
  for (const aspect of shapeOf) {
    const shapes = rows.map((row) => aspect(row[index] ?? ''))
    const seen = new Map<string, number>()
    for (const shape of shapes) seen.set(shape, (seen.get(shape) ?? 0) + 1)
    if (seen.size < 2 || seen.size > Math.max(6, Math.sqrt(length))) continue
    flag(
      rowsWhere(rows, few, (_, at) => seen.get(shapes[at]!)! <= Math.max(1, few / 4)),
      ODD - 10,
      claims,
    )
  }
}
