// Proof that an output says nothing but what the source says: it is read back, tables and gaps included, and walked
// along with the source. Scalars compare as written; every gap must skip exactly as many rows, keys or chars as it says.
import { elides, render } from '../../base/plan.js'
import type { Plan } from '../../spec/plan.js'
import { type CsvCell, isScalarCell, readCsvLine } from './csv-cells.js'
import { partsOf, piecesOf } from './pieces.js'
import { COLUMNS_KEY, CONSTANTS_KEY, CSV_KEY, GAP_KEYS, ROWS_KEY } from './table.js'
import {
  ARRAY,
  childrenOf,
  innerOf,
  isContainer,
  keyOf,
  minified,
  OBJECT,
  parseTree,
  STRING,
  TRUE,
  type Tree,
} from './tree.js'
import { unescapeJson } from './unescape.js'

export const verifyJson = (source: string, rendered: string, plan: Plan): boolean => {
  const mark = unusedMark(source)
  if (mark === undefined) return false
  const read = render(plan, source, (gap) => `${mark}${gap.count}${gap.unit}${mark}`)
  if (!holdsPieces(rendered, read, mark)) return false
  const original = parseTree(source)
  if (original === undefined) return verifyPieces(source, plan, mark)
  const output = parseTree(read)
  return output !== undefined && new Pair(original, output, { mark, exact: !elides(plan) }).roots()
}

/** A text that was cut already: what stands for each run of rows says what the run says, and nothing else has changed. */
const verifyPieces = (source: string, plan: Plan, mark: string): boolean => {
  const parts = partsOf(plan, piecesOf(source))
  if (parts === undefined || parts.length === 0) return false
  return parts.every(({ piece, plan: part }) => {
    if (part === undefined || part.segments.every(({ kind }) => kind === 'keep')) return true
    const output = parseTree(render(part, source, (gap) => `${mark}${gap.count}${gap.unit}${mark}`))
    return output !== undefined && new Pair(piece.tree, output, { mark, exact: !elides(part) }).roots()
  })
}

/** A private-use character that the source does not have. */
const unusedMark = (source: string): string | undefined => {
  for (let code = 0xe000; code < 0xe010; code++) {
    const mark = String.fromCharCode(code)
    if (!source.includes(mark)) return mark
  }
  return undefined
}

/** What stands between the gaps stands in the rendered text, in order, from its start to its end. */
const holdsPieces = (rendered: string, read: string, mark: string): boolean => {
  const pieces = read.split(mark).filter((_, index) => index % 2 === 0)
  if (pieces.length === 1) return rendered === read
  let at = 0
  for (const [index, piece] of pieces.entries()) {
    const found = index === 0 ? (rendered.startsWith(piece) ? 0 : -1) : rendered.indexOf(piece, at)
    if (found === -1) return false
    at = found + piece.length
  }
  return rendered.endsWith(pieces[pieces.length - 1]!)
}

interface Reading {
  readonly mark: string
  /** No gap anywhere: order and number of keys must agree as well. */
  readonly exact: boolean
}

interface GapRead {
  readonly count: number
  readonly unit: string
}

/** Header of rows that are cells. */
interface TableRead {
  readonly node: number
  /** Strings are rows of cells, too. */
  readonly isCsv: boolean
}

const NO_CONSTANTS: ReadonlyMap<string, number> = new Map()

/** The cells of one row, read from left to right. */
interface Cells {
  /** The next cell says what this member of the source says. */
  agrees(member: number): boolean
  /** The cells of nested columns agree. */
  nested(read: (inner: Cells) => boolean): boolean
  isDone(): boolean
}

class Pair {
  readonly #from: Tree
  readonly #to: Tree
  readonly #how: Reading

  constructor(from: Tree, to: Tree, how: Reading) {
    this.#from = from
    this.#to = to
    this.#how = how
  }

  roots(): boolean {
    if (!this.#from.lines) return !this.#to.lines && this.#value(this.#from.root, this.#to.root)
    const rows = childrenOf(this.#from, 0)
    const read = this.#to.lines ? childrenOf(this.#to, 0) : [this.#to.root]
    const table = read[0] === undefined ? undefined : this.#linesTable(read[0])
    return this.#rows(rows, table ? read.slice(1) : read, table)
  }

  #value(from: number, to: number): boolean {
    const kind = this.#from.kind[from]!
    if (this.#from.size[from] === this.#to.size[to] && minified(this.#from, from) === minified(this.#to, to))
      return true
    if (kind === STRING) return this.#to.kind[to] === STRING && this.#string(from, to)
    if (kind > ARRAY) return false
    const gap = this.#gap(to)
    if (gap) return gap.count === this.#from.count[from] && gap.unit === (kind === OBJECT ? 'keys' : 'rows')
    const children = childrenOf(this.#from, from)
    const table = this.#table(to)
    if (table !== undefined) {
      const rows = childrenOf(this.#to, to).at(-1)!
      if (this.#to.kind[rows] === kind && this.#rows(children, childrenOf(this.#to, rows), table)) return true
    }
    if (this.#to.kind[to] !== kind) return false
    const read = childrenOf(this.#to, to)
    if (kind === ARRAY || this.#isList(read)) return this.#rows(children, read, undefined)
    return this.#members(children, read)
  }

  /** An object whose gaps are of rows. */
  #isList(read: readonly number[]): boolean {
    return read.some(
      (node) => this.#gap(node)?.unit === 'rows' && GAP_KEYS.some((key) => `"${keyOf(this.#to, node)}`.startsWith(key)),
    )
  }

  /** The header that stands before lines of rows. */
  #linesTable(node: number): TableRead | undefined {
    const [columns, csv, more] = this.#headerKeys(node)
    if (columns !== COLUMNS_KEY || more !== undefined) return undefined
    if (csv === undefined) return { node, isCsv: false }
    const isCsv = csv === CSV_KEY && this.#how.exact && this.#to.kind[childrenOf(this.#to, node).at(-1)!] === TRUE
    return isCsv ? { node, isCsv } : undefined
  }

  /** A header with its rows as the last member. */
  #table(node: number): TableRead | undefined {
    const [columns, rows, more] = this.#headerKeys(node)
    if (columns !== COLUMNS_KEY || more !== undefined) return undefined
    if (rows === ROWS_KEY) return { node, isCsv: false }
    return rows === CSV_KEY && this.#how.exact ? { node, isCsv: true } : undefined
  }

  /** Keys of an object but for that of its constants, which stand first or second. */
  #headerKeys(node: number): string[] {
    const tree = this.#to
    if (tree.kind[node] !== OBJECT) return []
    const keys = childrenOf(tree, node).map((child) => `"${keyOf(tree, child)}"`)
    const constants = keys.indexOf(CONSTANTS_KEY)
    if (constants === 0 || constants === 1) keys.splice(constants, 1)
    return keys
  }

  #gap(node: number): GapRead | undefined {
    if (this.#to.kind[node] !== STRING) return undefined
    const { mark } = this.#how
    const inner = innerOf(this.#to, node)
    if (!inner.startsWith(mark) || inner.indexOf(mark, 1) !== inner.length - 1) return undefined
    const match = /^(\d+)(\D+)$/.exec(inner.slice(1, -1))
    return match ? { count: Number(match[1]), unit: match[2]! } : undefined
  }

  /** Items of an array, or members of a map, in order. */
  #rows(from: readonly number[], to: readonly number[], table: TableRead | undefined): boolean {
    let row = 0
    for (const node of to) {
      const gap = this.#gap(node)
      const next = from[row]
      if (gap?.unit === 'rows' && !this.#isNamed(next, node)) {
        row += gap.count
        continue
      }
      if (next === undefined || !this.#sameKey(next, node)) return false
      if (!(table === undefined ? this.#value(next, node) : this.#tableRow(next, node, table))) return false
      row++
    }
    return row === from.length
  }

  /** The gap stands for the value of this very member, not for a run of members. */
  #isNamed(from: number | undefined, to: number): boolean {
    return from !== undefined && this.#to.keyStart[to] !== -1 && this.#sameKey(from, to)
  }

  #sameKey(from: number, to: number): boolean {
    return keyOf(this.#from, from) === keyOf(this.#to, to)
  }

  #tableRow(from: number, to: number, table: TableRead): boolean {
    const kind = this.#to.kind[to]
    if (kind === STRING && table.isCsv) {
      const cells = this.#from.kind[from] === OBJECT ? this.#csvCells(to) : undefined
      return cells !== undefined && this.#cells(from, cells, table.node)
    }
    const isCells = kind === ARRAY && this.#from.kind[from] === OBJECT
    return isCells ? this.#cells(from, this.#arrayCells(to), table.node) : this.#value(from, to)
  }

  #arrayCells(array: number): Cells {
    const values = childrenOf(this.#to, array)
    let at = 0
    const nested: Cells['nested'] = (read) => {
      const value = values[at++]
      if (value === undefined || this.#to.kind[value] !== ARRAY) return false
      const inner = this.#arrayCells(value)
      return read(inner) && inner.isDone()
    }
    const agrees: Cells['agrees'] = (member) => {
      const value = values[at++]
      return value !== undefined && this.#value(member, value)
    }
    return { agrees, nested, isDone: () => at === values.length }
  }

  /** Undefined where the string is no line of cells, or has escapes other than of quotes: cells are compared as written. */
  #csvCells(node: number): Cells | undefined {
    const inner = innerOf(this.#to, node)
    const line = inner.replaceAll('\\"', '"')
    const read = line.includes('\\') ? undefined : readCsvLine(line)
    if (read === undefined) return undefined
    let at = 0
    const agrees = (member: number): boolean => {
      const cell = read[at++]
      return cell !== undefined && this.#isCell(member, cell)
    }
    const cells: Cells = { agrees, nested: (readInner) => readInner(cells), isDone: () => at === read.length }
    return cells
  }

  #isCell(member: number, cell: CsvCell): boolean {
    const isString = this.#from.kind[member] === STRING
    return (
      !isContainer(this.#from, member) && isString !== isScalarCell(cell) && innerOf(this.#from, member) === cell.text
    )
  }

  #cells(from: number, cells: Cells, table: number): boolean {
    const [first, second] = childrenOf(this.#to, table)
    const isNamed = (node: number | undefined): boolean =>
      node !== undefined && `"${keyOf(this.#to, node)}"` === CONSTANTS_KEY
    const every = [first, second].find(isNamed)
    const constants = new Map(
      every === undefined ? [] : childrenOf(this.#to, every).map((node) => [keyOf(this.#to, node), node]),
    )
    if (this.#how.exact && !this.#standsAtEnd(from, [...constants.keys()], every === first)) return false
    return this.#columns(from, cells, every === first ? second! : first!, constants) && cells.isDone()
  }

  /** The names are the first members of the row, or its last ones, in their order. */
  #standsAtEnd(row: number, names: readonly string[], isFirst: boolean): boolean {
    const keys = childrenOf(this.#from, row).map((node) => keyOf(this.#from, node))
    const from = isFirst ? 0 : keys.length - names.length
    return names.every((name, index) => keys[from + index] === name)
  }

  #columns(from: number, cells: Cells, columns: number, constants: ReadonlyMap<string, number>): boolean {
    const names = childrenOf(this.#to, columns)
    let column = 0
    for (const member of childrenOf(this.#from, from)) {
      const key = keyOf(this.#from, member)
      const constant = constants.get(key)
      if (constant !== undefined) {
        if (!this.#value(member, constant)) return false
        continue
      }
      const name = names[column++]
      if (name === undefined) return false
      if (this.#to.kind[name] === STRING) {
        if (innerOf(this.#to, name) !== key || !cells.agrees(member)) return false
        continue
      }
      const sub = childrenOf(this.#to, name)[0]!
      const isSub = keyOf(this.#to, sub) === key && this.#from.kind[member] === OBJECT
      if (!isSub || !cells.nested((inner) => this.#columns(member, inner, sub, NO_CONSTANTS))) return false
    }
    return column === names.length
  }

  #members(from: readonly number[], to: readonly number[]): boolean {
    const inOrder =
      from.length === to.length &&
      from.every((node, index) => this.#sameKey(node, to[index]!) && this.#value(node, to[index]!))
    if (inOrder || this.#how.exact) return inOrder
    const left = new Map<string, number[]>()
    for (const node of from) {
      const key = keyOf(this.#from, node)
      const known = left.get(key)
      if (known) known.push(node)
      else left.set(key, [node])
    }
    let told = 0
    for (const node of to) {
      const gap = this.#gap(node)
      const candidates = left.get(keyOf(this.#to, node))
      const match = candidates?.findIndex((candidate) => this.#value(candidate, node)) ?? -1
      if (match !== -1) {
        candidates!.splice(match, 1)
        told++
      } else if (gap?.unit === 'keys') told += gap.count
      else return false
    }
    return told === from.length
  }

  /** Equal but for gaps of chars; or both hold JSON that agrees. */
  #string(from: number, to: number): boolean {
    const { mark } = this.#how
    const source = innerOf(this.#from, from)
    const parts = innerOf(this.#to, to).split(mark)
    let at = 0
    const fits = parts.every((part, index) => {
      if (index % 2 === 0) {
        const matches = source.startsWith(part, at)
        at += part.length
        return matches
      }
      const match = /^(\d+)chars$/.exec(part)
      at += Number(match?.[1] ?? Number.NaN)
      return match !== null
    })
    if (fits && at === source.length) return true
    const inner = unescapeJson(this.#from.text, this.#from.start[from]! + 1, this.#from.end[from]! - 1)
    const read = unescapeJson(this.#to.text, this.#to.start[to]! + 1, this.#to.end[to]! - 1)
    const original = parseTree(inner.text)
    const output = parseTree(read.text)
    return original !== undefined && output !== undefined && new Pair(original, output, this.#how).roots()
  }
}
