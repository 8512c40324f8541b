// The code inside a text: its lines without line numbers. Rows of a syntax tree are lines of the text, numbered or not.
import { type Gutter, gutterOf } from '../../base/gutter.js'
import { type LineTable, lineTable } from '../../base/lines.js'

export interface Source {
  readonly table: LineTable
  /** What the parser reads; the text itself where lines carry no numbers. */
  readonly code: LineTable
  readonly gutter: Gutter | undefined
}

export const sourceOf = (text: string): Source => {
  const table = lineTable(text)
  const gutter = gutterOf(table)
  if (gutter === undefined) return { table, code: table, gutter }
  const lines: string[] = []
  for (let row = 0; row < table.count; row++) {
    const end = table.starts[row + 1]!
    // A line without a number was written by the tool, not by the author.
    if (gutter.numbers[row] === -1) lines.push(text[end - 1] === '\n' ? '\n' : '')
    else lines.push(text.slice(gutter.contentStarts[row]!, end))
  }
  return { table, code: codeTable(lines), gutter }
}

/** Lines of the code by the rows of the text: the last one may be empty and still is a row. */
const codeTable = (lines: readonly string[]): LineTable => {
  const starts = new Int32Array(lines.length + 1)
  for (let row = 0; row < lines.length; row++) starts[row + 1] = starts[row]! + lines[row]!.length
  return { text: lines.join(''), count: lines.length, starts }
}

/** Line `row` of the code as it stands, line break included. */
export const rowText = ({ code }: Source, row: number): string =>
  code.text.slice(code.starts[row], code.starts[row + 1])

export const rowsText = ({ code }: Source, first: number, last: number): string =>
  code.text.slice(code.starts[first], code.starts[last + 1])

export const isBlank = (source: Source, row: number): boolean => rowText(source, row).trim() === ''

export const indentOf = (source: Source, row: number): string => /^[ \t]*/.exec(rowText(source, row))![0]

/** Number by which a reader knows the line: the file's own where it is printed, else its place in the text. */
export const lineNumber = ({ gutter }: Source, row: number): number =>
  gutter === undefined ? row + 1 : (gutter.numbers[row] ?? -1)

/** The same rows with a head before the first and a tail after the last, for a text cut out of a file. */
export const wrapped = (source: Source, before: string, after: string): Source => {
  const { text, count, starts } = source.code
  const shifted = starts.map((start, row) => (row === 0 ? 0 : start + before.length))
  return { ...source, code: { text: before + text + after, count, starts: shifted } }
}

/** What stands after the last row. */
export const tailOf = ({ code }: Source): string => code.text.slice(code.starts[code.count])
