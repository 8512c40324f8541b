// Columns kept apart by runs of spaces under a header: `Package    Version`, with or without a rule below.
import { type LineTable, lineAt } from '../../base/lines.js'
import type { Table } from './model.js'

const MIN_ROWS = 5
const AGREE = 0.95
const MAX_OTHER = 10
const RULE = /^[-=─ ]+$/

export const alignedTable = (lines: LineTable): Table | undefined => {
  for (let line = 0; line < Math.min(MAX_OTHER, lines.count - MIN_ROWS); line++) {
    const table = tableUnder(lines, line)
    if (table !== undefined) return table
  }
  return undefined
}

const tableUnder = (lines: LineTable, header: number): Table | undefined => {
  const text = lineAt(lines, header)
  const heads = [...text.matchAll(/\S+(?: \S+)*/g)]
  if (heads.length < 2 || !heads.every(([head]) => /^[\p{L}%#_][\p{L}\p{N} _%()/.:#-]*$/u.test(head))) return undefined
  const columns = heads.map(({ index }) => index)
  const rule = RULE.test(lineAt(lines, header + 1)) && lineAt(lines, header + 1).includes('--')
  const first = header + (rule ? 2 : 1)
  let end = lines.count
  while (end > first && lineAt(lines, end - 1).trim() === '') end--
  if (end - first < MIN_ROWS) return undefined
  const cells: string[][] = []
  const rowLines: number[] = []
  let fits = 0
  for (let line = first; line < end; line++) {
    const row = lineAt(lines, line)
    const isFit = isRow(row, columns)
    if (isFit) fits++
    // A line that does not fit the columns is one cell, and so unlike all others.
    cells.push(isFit ? columns.map((start, at) => row.slice(start, columns[at + 1] ?? row.length).trim()) : [row])
    rowLines.push(line)
  }
  if (fits < cells.length * AGREE) return undefined
  rowLines.push(end)
  const fixed = [...Array(first).keys(), ...Array.from({ length: lines.count - end }, (_, index) => end + index)]
  return { form: 'aligned', lines, names: heads.map(([head]) => head), fixed, cells, rowLines }
}

/** Each column but the first begins after a space. */
const isRow = (row: string, columns: readonly number[]): boolean =>
  row.length > columns[1]! && columns.every((start, at) => at === 0 || start >= row.length || row[start - 1] === ' ')
