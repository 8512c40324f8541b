// Cells between commas, tabs, semicolons or bars; quoted cells may hold delimiters and line breaks (RFC 4180).
import { type LineTable, lineAt } from '../../base/lines.js'
import { isHeader, numbered, type Table } from './model.js'

const DELIMITERS = [',', '\t', ';', '|'] as const
const PROBE_LINES = 200
/** Share of rows that must have the header's number of cells. */
const AGREE = 0.9
/** Lines that one quoted cell may span; more means that a quote is only a sign. */
const MAX_CELL_LINES = 200

export const delimitedTable = (lines: LineTable): Table | undefined => {
  const delimiter = delimiterOf(lines)
  if (delimiter === undefined) return undefined
  const cells: string[][] = []
  const rowLines: number[] = []
  for (let line = 0; line < lines.count; ) {
    const row = rowAt(lines, line, delimiter)
    cells.push(row.cells)
    rowLines.push(line)
    line = row.end
  }
  rowLines.push(lines.count)
  const columns = cells[0]!.length
  const agree = cells.filter((row) => row.length === columns).length
  if (columns < 2 || agree < cells.length * AGREE) return undefined
  if (!isHeader(cells[0]!)) return { form: 'delimited', lines, names: numbered(columns), fixed: [], cells, rowLines }
  const fixed = Array.from({ length: rowLines[1]! }, (_, line) => line)
  return { form: 'delimited', lines, names: cells[0]!, fixed, cells: cells.slice(1), rowLines: rowLines.slice(1) }
}

/** The delimiter by which most of the first lines have as many cells as the first. */
const delimiterOf = (lines: LineTable): string | undefined => {
  let best: { delimiter: string; score: number } | undefined
  for (const delimiter of DELIMITERS) {
    const counts: number[] = []
    for (let line = 0; line < lines.count && counts.length < PROBE_LINES; ) {
      const row = rowAt(lines, line, delimiter)
      counts.push(row.cells.length)
      line = row.end
    }
    const columns = counts[0] ?? 0
    if (columns < 2) continue
    const agree = counts.filter((count) => count === columns).length / counts.length
    const score = agree * Math.min(columns, 6)
    if (agree >= AGREE && score > (best?.score ?? 0)) best = { delimiter, score }
  }
  return best?.delimiter
}

interface Row {
  readonly cells: string[]
  /** One past the row's last line. */
  readonly end: number
}

const rowAt = (lines: LineTable, line: number, delimiter: string): Row => {
  const text = lineAt(lines, line)
  if (!text.includes('"')) return { cells: text.split(delimiter).map((cell) => cell.trim()), end: line + 1 }
  return quotedRow(lines, line, delimiter) ?? { cells: text.split(delimiter).map((cell) => cell.trim()), end: line + 1 }
}

/** Undefined where a quote does not close. */
const quotedRow = ({ text, starts, count }: LineTable, line: number, delimiter: string): Row | undefined => {
  const limit = starts[Math.min(count, line + MAX_CELL_LINES)]!
  const cells: string[] = []
  let end = line
  let at = starts[line]!
  for (;;) {
    let cell: string
    if (text[at] === '"') {
      const close = closingQuote(text, at + 1, limit)
      if (close === -1) return undefined
      cell = text.slice(at + 1, close).replaceAll('""', '"')
      at = close + 1
    } else cell = ''
    const from = at
    while (at < limit && text[at] !== delimiter && text[at] !== '\n') at++
    cells.push((cell + text.slice(from, at)).trim())
    if (text[at] !== delimiter) break
    at++
  }
  while (end < count && starts[end]! <= at) end++
  return { cells, end: Math.max(line + 1, end) }
}

const closingQuote = (text: string, from: number, limit: number): number => {
  for (let at = text.indexOf('"', from); at !== -1 && at < limit; at = text.indexOf('"', at + 2))
    if (text[at + 1] !== '"') return at
  return -1
}
