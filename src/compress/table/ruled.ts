// Tables drawn with bars and rules: Markdown, psql, mysql and box drawing. One line is one row.
import { type LineTable, lineAt } from '../../base/lines.js'
import { numbered, type Table } from './model.js'

const RULE = /^[\s|+:=\-─━═┼┿╪├┤┌┐└┘┬┴╞╡╔╗╚╝╠╣╬╤╧╟╢╭╮╰╯│┃║]+$/
const BAR = /[|│┃║]/
/** Lines around a table that are no rows, each of which stays. */
const MAX_OTHER = 40
const FEW_ROWS = 4

export const ruledTable = (lines: LineTable): Table | undefined => {
  const isRule = (line: string): boolean => RULE.test(line) && /-{2}|─{2}|━{2}|═{2}|={3}/.test(line)
  let rule = -1
  for (let line = 0; line < Math.min(lines.count, MAX_OTHER) && rule === -1; line++) {
    const text = lineAt(lines, line)
    if (line > 0 && isRule(text) && BAR.test(lineAt(lines, line - 1)) && !isRule(lineAt(lines, line - 1))) rule = line
  }
  if (rule === -1) return undefined
  const header = cellsOf(lineAt(lines, rule - 1))
  if (header.length < 2) return undefined
  const cells: string[][] = []
  const rowLines: number[] = []
  let line = rule + 1
  for (; line < lines.count; line++) {
    const text = lineAt(lines, line)
    if (!BAR.test(text) || isRule(text)) break
    cells.push(cellsOf(text))
    rowLines.push(line)
  }
  if (cells.length < FEW_ROWS || lines.count - line > MAX_OTHER) return undefined
  rowLines.push(line)
  const names = header.map((name, index) => (name === '' ? numbered(index + 1)[index]! : name))
  const fixed = [...range(0, rule + 1), ...range(line, lines.count)]
  return { form: 'ruled', lines, names, fixed, cells, rowLines }
}

const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, index) => from + index)

/** `\|` is a sign of the cell. */
const cellsOf = (line: string): string[] => {
  const text = line.trim()
  const inner = /^[|│┃║]/.test(text) ? text.slice(1, /[^\\][|│┃║]$/.test(text) ? -1 : undefined) : text
  return inner.split(/(?<!\\)[|│┃║]/).map((cell) => cell.trim())
}
