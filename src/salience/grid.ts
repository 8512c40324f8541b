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
export const judgeGrid = ({ rows, names }: Grid, claims: Claims): readonly Column[] => {
  if (rows.length >= MIN_ROWS) {
    const few = fewOf(rows.length)
    const ragged: number[] = []
    for (let row = 0; row < rows.length && ragged.length <= few; row++)
      if (rows[row]!.length !== names.length) ragged.push(row)
    if (ragged.length <= few) flag(ragged, ODD + 10, claims)
  }
  return names.map((name, index) => {
    const cells = new Array<string>(rows.length)
    for (let row = 0; row < cells.length; row++) cells[row] = rows[row]![index] ?? ''
    return judgeColumn({ name, index, cells }, claims)
  })
}

export interface Cells {
  readonly name: string
  readonly index: number
  /** By row; empty where there is none. */
  readonly cells: readonly string[]
}

interface Judging extends Cells {
  readonly claims: Claims
  readonly few: number
}

/** Judges one column alone. */
export const judgeColumn = ({ name, index, cells }: Cells, claims: Claims): Column => {
  const counts = new Map<string, number>()
  const numbers = new Float64Array(cells.length)
  let filled = 0
  let numeric = 0
  for (let row = 0; row < cells.length; row++) {
    const cell = cells[row]!
    counts.set(cell, (counts.get(cell) ?? 0) + 1)
    const value = isEmpty(cell) ? Number.NaN : quantityOf(cell)
    numbers[row] = value
    if (!isEmpty(cell)) filled++
    if (!Number.isNaN(value)) numeric++
  }
  const isNumeric = filled > 0 && numeric >= filled * NUMERIC_SHARE
  const repeats = counts.size <= Math.max(8, Math.sqrt(cells.length) * 1.5)
  if (cells.length >= MIN_ROWS && counts.size > 1) {
    const to: Judging = { name, index, cells, claims, few: fewOf(cells.length) }
    flagPresence(filled, to)
    if (isNumeric && numeric < filled)
      flag(
        rowsWhere(to, (cell, row) => Number.isNaN(numbers[row]!) && !isEmpty(cell)),
        ODD,
        claims,
      )
    if (isNumeric) flagNumbers(numbers, to)
    else if (repeats) flagRare(counts, to)
    else flagTexts(counts, to)
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
  { cells, few }: Pick<Judging, 'cells' | 'few'>,
  test: (cell: string, row: number) => boolean,
): readonly number[] => {
  const found: number[] = []
  for (let row = 0; row < cells.length; row++) {
    if (!test(cells[row]!, row)) continue
    found.push(row)
    if (found.length > few) return []
  }
  return found
}

const flag = (found: readonly number[], score: number, claims: Claims): void => {
  for (const row of found) claims.raise(row, score)
}

const flagPresence = (filled: number, to: Judging): void => {
  const empty = to.cells.length - filled
  if (empty > 0 && empty <= to.few) flag(rowsWhere(to, isEmpty), ODD, to.claims)
  if (filled > 0 && filled <= to.few)
    flag(
      rowsWhere(to, (cell) => !isEmpty(cell)),
      ODD,
      to.claims,
    )
}

const flagNumbers = (numbers: Float64Array, { claims, few }: Judging): void => {
  flag(outliersOf(numbers, few), ODD, claims)
  let low = -1
  let high = -1
  for (let row = 0; row < numbers.length; row++) {
    const value = numbers[row]!
    if (Number.isNaN(value)) continue
    if (low === -1 || value < numbers[low]!) low = row
    if (high === -1 || value > numbers[high]!) high = row
  }
  claims.raise(low, EXTREME)
  claims.raise(high, EXTREME)
}

const flagRare = (counts: ReadonlyMap<string, number>, to: Judging): void => {
  const rare = Math.max(1, Math.min(3, Math.floor(to.cells.length * 0.01)))
  const top = Math.max(...counts.values())
  if (top < Math.max(4, rare * 4)) return
  flag(
    rowsWhere(to, (cell) => counts.get(cell)! <= rare),
    ODD,
    to.claims,
  )
}

/** Texts that hardly repeat: odd shapes, odd lengths, and the few that do repeat. */
const flagTexts = (counts: ReadonlyMap<string, number>, to: Judging): void => {
  const { claims, few, cells } = to
  const { length } = cells
  if (counts.size >= length * 0.95 && counts.size < length) {
    const twice = rowsWhere({ cells, few: few * 2 }, (cell) => counts.get(cell)! > 1 && !isEmpty(cell))
    flag(twice, ODD - 20, claims)
  }
  const lengths = Float64Array.from(cells, (cell) => cell.length)
  flag(
    outliersOf(lengths, few).filter((row) => lengths[row]! > 0),
    ODD - 40,
    claims,
  )
  if (length > MAX_SHAPED) return
  for (const aspect of shapeOf) flagShapes(aspect, to)
}

/** An aspect with too many shapes says nothing; reading stops there. */
const flagShapes = (aspect: (cell: string) => string, to: Judging): void => {
  const { cells, few, claims } = to
  const seen = new Map<string, number>()
  const shapes: string[] = []
  const most = Math.max(6, Math.sqrt(cells.length))
  for (const cell of cells) {
    const shape = aspect(cell)
    shapes.push(shape)
    seen.set(shape, (seen.get(shape) ?? 0) + 1)
    if (seen.size > most) return
  }
  if (seen.size < 2) return
  const rare = Math.max(1, few / 4)
  flag(
    rowsWhere(to, (_, row) => seen.get(shapes[row]!)! <= rare),
    ODD - 10,
    claims,
  )
}
