// What rows that are not shown have in common, in a few true words: `status ok x940, failed x2 / ms 12 to 88`.
import { type Column, type Grid, isEmpty } from './grid.js'

/** A marker prints no more of a note than 120 characters. */
const MAX_CHARS = 112
const MAX_VALUES = 4
const MAX_VALUE_CHARS = 24
const PRINTABLE = /^[\p{L}\p{N}_./:@%+ -]+$/u

/** Facts about rows `from` to `to` (half-open), columns that the question names first. Empty where there are none. */
export const rowFacts = (
  grid: Grid,
  columns: readonly Column[],
  range: { from: number; to: number },
  said: (name: string) => number,
): string => {
  const ordered = columns
    .map((column) => ({ column, weight: said(column.name) }))
    .sort((a, b) => b.weight - a.weight || a.column.index - b.column.index)
  const facts: string[] = []
  let chars = 0
  for (const { column } of ordered) {
    const fact = factOf(grid, column, range)
    if (fact === undefined || chars + fact.length + 3 > MAX_CHARS) continue
    facts.push(fact)
    chars += fact.length + 3
  }
  return facts.join(' / ')
}

const factOf = ({ rows }: Grid, { name, index, counts, numbers }: Column, range: { from: number; to: number }) => {
  if (!PRINTABLE.test(name) || name.length > MAX_VALUE_CHARS) return undefined
  if (counts !== undefined) {
    const values = new Map<string, number>()
    for (let row = range.from; row < range.to; row++) {
      const cell = rows[row]![index] ?? ''
      values.set(cell, (values.get(cell) ?? 0) + 1)
      if (values.size > MAX_VALUES) break
    }
    if (values.size <= MAX_VALUES) return valuesFact(name, values)
  }
  if (numbers === undefined) return index === 0 ? orderFact(rows, name, range) : undefined
  let low = range.from
  let high = range.from
  for (let row = range.from; row < range.to; row++) {
    if (!(numbers[row]! >= numbers[low]!)) low = Number.isNaN(numbers[row]!) ? low : row
    if (!(numbers[row]! <= numbers[high]!)) high = Number.isNaN(numbers[row]!) ? high : row
  }
  const least = rows[low]![index] ?? ''
  const most = rows[high]![index] ?? ''
  if (Number.isNaN(numbers[low]!) || !PRINTABLE.test(least) || !PRINTABLE.test(most)) return undefined
  return least === most ? `${name} ${least}` : `${name} ${least} to ${most}`
}

/** First and last of rows that are in the order of their first column, so that what lies between them is known to be here. */
const orderFact = (
  rows: Grid['rows'],
  name: string,
  { from, to }: { from: number; to: number },
): string | undefined => {
  const cell = (row: number): string => rows[row]![0] ?? ''
  for (let row = from + 1; row < to; row++) if (cell(row - 1).toLowerCase() > cell(row).toLowerCase()) return undefined
  const first = cell(from)
  const last = cell(to - 1)
  if ([first, last].some((one) => one.length > MAX_VALUE_CHARS || !PRINTABLE.test(one))) return undefined
  return `${name} ${first} to ${last}`
}

const valuesFact = (name: string, values: ReadonlyMap<string, number>): string | undefined => {
  const parts: string[] = []
  for (const [value, times] of [...values].sort((a, b) => b[1] - a[1])) {
    const shown = isEmpty(value) && value === '' ? 'empty' : value
    if (shown.length > MAX_VALUE_CHARS || !PRINTABLE.test(shown)) return undefined
    parts.push(values.size === 1 ? shown : `${shown} x${times}`)
  }
  return `${name} ${parts.join(', ')}`
}
