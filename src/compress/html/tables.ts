// Tables: which of them hold data, and how their rows are written.
import { BLOCK } from './tags.js'
import { attribute, CLOSE, OPEN, type Page, TEXT } from './tree.js'

/** Cells longer than this make a table a layout. */
const MAX_CELL_CHARS = 1200
/** Text runs per filled cell, on average, up to which a table without header cells holds data. */
const MAX_RUNS_PER_CELL = 2.5
/** A longer text is not repeated in the rows that its cell spans. */
const MAX_REPEATED_CHARS = 40
/** Cells of one row beyond which spans are no longer followed; bounds the work on hostile tables. */
const MAX_ROW_CELLS = 256

interface Count {
  rows: number
  cells: number
  filled: number
  runs: number
  columns: number
  maxCell: number
  header: boolean
  layout: boolean
}

/** The data table around each element, itself included; -1 outside and inside layout tables. */
export const dataTables = (page: Page): Int32Array => {
  const counts = countTables(page)
  const around = new Int32Array(page.tags.length).fill(-1)
  for (let element = 1; element < page.tags.length; element++) {
    const count = counts.get(element)
    if (count === undefined) around[element] = around[page.parents[element]!]!
    else around[element] = isData(count) ? element : -1
  }
  return around
}

const isData = ({ rows, columns, filled, runs, maxCell, header, layout }: Count): boolean =>
  !layout && rows >= 2 && columns >= 2 && maxCell <= MAX_CELL_CHARS && (header || runs <= filled * MAX_RUNS_PER_CELL)

const SELDOM_IN_DATA: ReadonlySet<string> = new Set('h1 h2 h3 form pre article section'.split(' '))

const countTables = (page: Page): Map<number, Count> => {
  const counts = new Map<number, Count>()
  const open: Count[] = []
  let columns = 0
  let cell = 0
  let runIsOpen = false
  for (const event of page.events) {
    const kind = event & 3
    const index = event >> 2
    const table = open.at(-1)
    if (kind === TEXT) {
      if (table === undefined) continue
      const chars = page.texts[index]!.text.trim().length
      if (chars === 0) continue
      if (cell === 0) table.filled++
      if (!runIsOpen) table.runs++
      runIsOpen = true
      cell += chars
      if (cell > table.maxCell) table.maxCell = cell
      continue
    }
    const tag = page.tags[index]!
    if (BLOCK.has(tag) || tag === 'br') runIsOpen = false
    if (kind === CLOSE) {
      if (tag === 'table') open.pop()
    } else if (tag === 'table') {
      for (const outer of open) outer.layout = true
      const layout = /^(?:presentation|none)$/.test(attribute(page, index, 'role') ?? '')
      const count = { rows: 0, cells: 0, filled: 0, runs: 0, columns: 0, maxCell: 0, header: false, layout }
      counts.set(index, count)
      open.length = Math.min(open.length, MAX_OPEN_TABLES)
      open.push(count)
    } else if (table !== undefined && kind === OPEN) {
      if (tag === 'tr') {
        table.rows++
        columns = 0
      } else if (tag === 'td' || tag === 'th') {
        if (tag === 'th') table.header = true
        table.cells++
        cell = 0
        columns += spanOf(page, index, 'colspan')
        if (columns > table.columns) table.columns = columns
      } else if (SELDOM_IN_DATA.has(tag)) table.layout = true
    }
  }
  return counts
}

/** Nested tables of which the outer ones are followed; bounds the work on hostile nesting. */
const MAX_OPEN_TABLES = 32

export const spanOf = (page: Page, cell: number, name: 'colspan' | 'rowspan'): number => {
  const value = Number.parseInt(attribute(page, cell, name) ?? '1', 10)
  return value > 1 ? Math.min(value, 65_534) : 1
}

/** Name of an icon in a cell without text, or an empty text: state is often drawn, not written. */
export const labelIn = (page: Page, cell: number): string => {
  for (let element = cell + 1; element < page.tags.length && page.starts[element]! < page.closed[cell]!; element++) {
    // What can be done is no state.
    if (page.tags[element] === 'a' || page.tags[element] === 'button') return ''
    const { 'aria-label': label, title, alt } = page.attributes[element]!
    const text = (label ?? title ?? alt ?? '').replace(/\s+/g, ' ').trim()
    if (text !== '') return text
  }
  return ''
}

interface Held {
  readonly text: string
  rows: number
}

/** Rows of one data table, written when the table ends. */
export class TableRows {
  readonly #rows: string[][] = []
  #row: string[] = []
  #headers = 0
  #cells = 0
  readonly #held: (Held | undefined)[] = []
  #headerRow = false

  startRow(): void {
    if (this.#row.length > 0) this.endRow()
    this.#headers = 0
    this.#cells = 0
  }

  addCell(text: string, span: { readonly columns: number; readonly rows: number; readonly header: boolean }): void {
    this.#fillHeld()
    this.#cells++
    if (span.header) this.#headers++
    for (let column = 0; column < span.columns; column++) {
      if (column > 0 && this.#row.length >= MAX_ROW_CELLS) break
      if (span.rows > 1 && this.#row.length < MAX_ROW_CELLS)
        this.#held[this.#row.length] = {
          text: column === 0 && text.length <= MAX_REPEATED_CHARS ? text : '',
          rows: span.rows - 1,
        }
      this.#row.push(column === 0 ? text : '')
    }
  }

  endRow(): void {
    if (this.#cells === 0 && this.#row.length === 0) return
    this.#fillHeld()
    if (this.#row.some((text) => text !== '')) {
      if (this.#rows.length === 0) this.#headerRow = this.#headers > 0 && this.#headers >= this.#cells - 1
      this.#rows.push(this.#row)
    }
    this.#row = []
    this.#cells = 0
  }

  /** Cells that reach down from rows above. */
  #fillHeld(): void {
    for (let held = this.#held[this.#row.length]; held !== undefined; held = this.#held[this.#row.length]) {
      const column = this.#row.length
      if (--held.rows <= 0) this.#held[column] = undefined
      this.#row.push(held.text)
    }
  }

  /** One line a row, without columns that are empty throughout. */
  lines(): string[] {
    this.endRow()
    const width = this.#rows.reduce((most, row) => Math.max(most, row.length), 0)
    const filled = Array.from({ length: width }, () => false)
    for (const row of this.#rows)
      row.forEach((text, column) => {
        if (text !== '') filled[column] = true
      })
    const lines = this.#rows.map((row) => {
      const cells = row.filter((_, column) => filled[column])
      while (cells.length > 1 && cells.at(-1) === '') cells.pop()
      return `| ${cells.join(' | ')} |`
    })
    if (this.#headerRow && lines.length > 1)
      lines.splice(1, 0, `|${'---|'.repeat(Math.max(1, filled.filter(Boolean).length))}`)
    return lines
  }
}
