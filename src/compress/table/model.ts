// A table as read, and what a header is.
import type { LineTable } from '../../base/lines.js'

export interface Table {
  readonly form: 'delimited' | 'ruled' | 'aligned'
  readonly lines: LineTable
  readonly names: readonly string[]
  /** Line of the header and of the rules around it; these always stay. */
  readonly fixed: readonly number[]
  readonly cells: readonly (readonly string[])[]
  /** First line of each row, one past the last row's lines at the end. Lines before and after belong to no row. */
  readonly rowLines: readonly number[]
}

/** A header says what columns are called: no cell is a number or empty, all differ. */
export const isHeader = (cells: readonly string[]): boolean =>
  cells.length > 1 &&
  new Set(cells).size === cells.length &&
  cells.every(
    (cell) =>
      cell.length > 0 &&
      cell.length < 80 &&
      !/^[-+]?[$€£]?[\d.,:/-]*\d[\d.,:/-]*%?$|^[^@\s]+@[^@\s]+\.\w+$|^https?:/.test(cell),
  )

/** `c1`, `c2`, … for a table without a header. */
export const numbered = (columns: number): string[] =>
  Array.from({ length: columns }, (_, index) => `column ${index + 1}`)
