// Forms that lose nothing: without white space, and with alike objects as tables.
import { type CsvRows, csvRows } from './csv.js'
import { isMap } from './lists.js'
import { COLUMNS_KEY, CSV_KEY, type Header, headerText, ROWS_KEY, type Table, tableOf, writeCells } from './table.js'
import { ARRAY, childrenOf, minified, OBJECT, sourceOf, type Tree } from './tree.js'

/** Each value of JSON Lines on its own line. */
export const minifiedText = (tree: Tree): string =>
  tree.lines
    ? childrenOf(tree, 0)
        .map((row) => minified(tree, row))
        .join('\n')
    : minified(tree, tree.root)

export interface Packed {
  /** Rows of cells as arrays. */
  readonly columns: string
  /** Rows of cells as comma-separated strings; absent where no table would gain by that. */
  readonly csv?: string
  /** See `CsvRows`. */
  readonly borders: number
}

const HAS_CSV_KEY = /"csv"\s*:/

/** Undefined where the source itself has a key that a reader could take for a table's. */
export const packedTexts = (tree: Tree, mayBeCsv: boolean): Packed | undefined => {
  if (tree.text.includes(COLUMNS_KEY) || tree.kind[tree.root]! > ARRAY) return undefined
  const packer = new Packer(tree, mayBeCsv && !HAS_CSV_KEY.test(tree.text))
  if (tree.lines) packer.lines()
  else packer.value(tree.root, 0)
  return packer.done()
}

const MAX_DEPTH = 40
/** Characters below which no table can be worth its header. */
const MIN_CHARS = 120

/** A table from which the rows come back, the order of their members too. */
const exactTable = (tree: Tree, rows: readonly number[]): Table | undefined =>
  tableOf(tree, rows, { rows, keepsOrder: true })

interface Row {
  readonly depth: number
  /** Undefined where the row does not fit. */
  readonly header: Header | undefined
  readonly csv: string | undefined
}

/** Writes both forms in one pass. */
class Packer {
  readonly #tree: Tree
  readonly #mayBeCsv: boolean
  readonly #columns: string[] = []
  /** From where the forms part. */
  #csv: string[] | undefined
  #borders = 0

  constructor(tree: Tree, mayBeCsv: boolean) {
    this.#tree = tree
    this.#mayBeCsv = mayBeCsv
  }

  done(): Packed {
    const packed = { columns: this.#columns.join(''), borders: this.#borders }
    return this.#csv === undefined ? packed : { ...packed, csv: this.#csv.join('') }
  }

  /** Values of JSON Lines, a header before them where they are a table. */
  lines(): void {
    const rows = childrenOf(this.#tree, 0)
    const table = exactTable(this.#tree, rows)
    const csv = this.#csvRows(rows, table)
    if (table) {
      const header = headerText(table.header)
      this.#writeEither(`{${header}}\n`, csv && `{${header},${CSV_KEY}:true}\n`)
    }
    for (const [index, node] of rows.entries()) {
      if (index > 0) this.#write('\n')
      this.#row(node, { depth: 0, header: table?.fits[index] ? table.header : undefined, csv: csv?.[index] })
    }
  }

  /** A value without loss: minified, with its lists of alike objects as tables. */
  value(node: number, depth: number): void {
    const tree = this.#tree
    const kind = tree.kind[node]!
    if (kind > ARRAY || depth > MAX_DEPTH || tree.size[node]! < MIN_CHARS) {
      this.#write(minified(tree, node))
      return
    }
    const rows = childrenOf(tree, node)
    const isKeyed = kind === OBJECT
    const table = !isKeyed || isMap(tree, node, rows) ? exactTable(tree, rows) : undefined
    const csv = this.#csvRows(rows, table)
    if (table) {
      const header = headerText(table.header)
      this.#writeEither(`{${header},${ROWS_KEY}:`, csv && `{${header},${CSV_KEY}:`)
    }
    this.#write(isKeyed ? '{' : '[')
    for (const [index, row] of rows.entries()) {
      if (index > 0) this.#write(',')
      if (isKeyed) this.#write(`${tree.text.slice(tree.keyStart[row], tree.keyEnd[row])}:`)
      this.#row(row, { depth, header: table?.fits[index] ? table.header : undefined, csv: csv?.[index] })
    }
    this.#write(isKeyed ? '}' : ']')
    if (table) this.#write('}')
  }

  #csvRows(rows: readonly number[], table: Table | undefined): CsvRows['texts'] | undefined {
    const csv = table && this.#mayBeCsv ? csvRows(this.#tree, rows, table) : undefined
    this.#borders += csv?.borders ?? 0
    return csv?.texts
  }

  #row(node: number, { depth, header, csv }: Row): void {
    if (header === undefined) this.value(node, depth + 1)
    else if (csv === undefined)
      writeCells(this.#tree, node, header, {
        text: (text) => this.#write(text),
        cell: (cell) => this.value(cell, depth + 1),
      })
    else {
      this.#fork(csv)
      const columns = this.#columns
      writeCells(this.#tree, node, header, {
        text: (text) => columns.push(text),
        cell: (cell) => columns.push(sourceOf(this.#tree, cell)),
      })
    }
  }

  #write(text: string): void {
    this.#columns.push(text)
    this.#csv?.push(text)
  }

  /** Goes into the csv form alone. */
  #fork(csv: string): void {
    this.#csv ??= [...this.#columns]
    this.#csv.push(csv)
  }

  #writeEither(columns: string, csv: string | undefined): void {
    if (csv === undefined) this.#write(columns)
    else {
      this.#fork(csv)
      this.#columns.push(columns)
    }
  }
}
