// Rows of a table as strings of comma-separated cells: "1,foo,true" for [1,"foo",true]. Quotes cost tokens where strings
// stand beside numbers. Cells without quotes that read as a JSON scalar are that scalar; nested columns follow in their order.
import type { Header, Table } from './table.js'
import { innerOf, isContainer, STRING, type Tree } from './tree.js'

export interface CsvRows {
  /** By row, a JSON string; undefined where the row stays what it is. */
  readonly texts: readonly (string | undefined)[]
  /** Places where a string stands beside another scalar: about the tokens that are saved. */
  readonly borders: number
}

/** Undefined where nothing would be saved, or where a string could be a row itself. */
export const csvRows = (tree: Tree, rows: readonly number[], { header, fits }: Table): CsvRows | undefined => {
  if (rows.some((row) => tree.kind[row] === STRING)) return undefined
  let borders = 0
  const texts = rows.map((node, index) => {
    if (!fits[index]) return undefined
    const row: Row = { cells: [], borders: 0 }
    if (!addCells(tree, node, header, row)) return undefined
    borders += row.borders
    return `"${row.cells.join(',')}"`
  })
  return borders > 0 ? { texts, borders } : undefined
}

interface Row {
  readonly cells: string[]
  borders: number
  endsWithString?: boolean
}

/** False where a cell is no scalar, or has escapes: as written it cannot stand in another string. */
const addCells = (tree: Tree, node: number, header: Header, row: Row): boolean => {
  let column = 0
  for (let child = node + 1, end = tree.next[node]!; child < end; child = tree.next[child]!, column++) {
    if (header.constants[column] !== undefined) continue
    const sub = header.subs[column]
    if (!(sub ? addCells(tree, child, sub, row) : addCell(tree, child, row))) return false
  }
  return true
}

const addCell = (tree: Tree, node: number, row: Row): boolean => {
  if (isContainer(tree, node)) return false
  const isString = tree.kind[node] === STRING
  const text = innerOf(tree, node)
  if (text.includes('\\')) return false
  if (row.endsWithString === !isString) row.borders++
  row.endsWithString = isString
  row.cells.push(isString && needsQuotes(text) ? `\\"${text}\\"` : text)
  return true
}

/** Text that a reader could take for something else, or that has what ends a cell or a line. */
const UNCLEAR = /^$|^\s|\s$|[,\u007f-\u009f\u2028\u2029]|^(?:true|false|null)$/i

/** Whatever any reader takes for a number, such as 007 or 0x1F, is no clear string. */
const needsQuotes = (text: string): boolean => UNCLEAR.test(text) || !Number.isNaN(Number(text))
