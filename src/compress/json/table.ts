// Rows that share their keys as one header and arrays of cells: {"columns":["id","ok"],"rows":[[1,true],…]}.
// Columns of nested objects nest in the header; values that every row has go to "every_row". Other rows stay objects.
import { ARRAY, childrenOf, minified, OBJECT, type Tree } from './tree.js'

export const COLUMNS_KEY = '"columns"'
export const ROWS_KEY = '"rows"'
/** In place of `rows`: strings among them are rows of cells. */
export const CSV_KEY = '"csv"'
/** Keys of gaps in objects; the second where the source uses the first. */
export const GAP_KEYS = ['"…', '"(not shown)'] as const
export const CONSTANTS_KEY = '"every_row"'

/** Keys with their quotes, in order; `subs` has the header of a nested object's own columns. */
export interface Header {
  readonly keys: readonly string[]
  readonly subs: readonly (Header | undefined)[]
  /** Minified value where all rows have the same. */
  readonly constants: readonly (string | undefined)[]
  /** They are the last members of every row, and stand behind the columns. */
  readonly constantsLast?: boolean
}

/** Values that are written once where every one of these rows has them; they are true of rows that are not shown, too. */
export interface Lifted {
  readonly rows: readonly number[]
  /** Only those that begin every row, or end it: with the place of `every_row` the order of members comes back. */
  readonly keepsOrder?: boolean
}

export interface Table {
  readonly header: Header
  /** Rows written as cells. */
  readonly fits: readonly boolean[]
}

const MIN_ROWS = 3
/** Characters a table must save over objects: a header costs more tokens a character than text does. */
const MIN_SAVING = 40
const MAX_NESTING = 3
/** Characters that constants must save over cells where order is kept: a header of their own costs about ten tokens. */
const MIN_LIFTED = 60

/** Undefined where objects are as short. `rows` are nodes; -1 stands for a row that may not be a row of cells. */
export const tableOf = (tree: Tree, rows: readonly number[], lifted?: Lifted): Table | undefined => {
  if (rows.some((row) => row !== -1 && tree.kind[row] === ARRAY)) return undefined
  const objects = rows.filter((row) => row !== -1 && tree.kind[row] === OBJECT && tree.count[row]! > 0)
  if (objects.length < MIN_ROWS) return undefined
  const modal = modalRow(tree, objects)
  const top = flatHeader(tree, modal)
  const alike = objects.filter((row) => hasKeys(tree, row, top.keys))
  if (alike.length < MIN_ROWS) return undefined
  const header = nestedHeader(tree, alike, MAX_NESTING, lifted)
  const fits = rows.map((row) => row !== -1 && fitsHeader(tree, row, header))
  const cells = rows.filter((_, index) => fits[index])
  const saved = cells.length * keyChars(header) - headerText(header).length - 30
  return cells.length >= MIN_ROWS && saved >= MIN_SAVING ? { header, fits } : undefined
}

const keyTexts = (tree: Tree, node: number): string[] =>
  childrenOf(tree, node).map((child) => tree.text.slice(tree.keyStart[child], tree.keyEnd[child]))

const flatHeader = (tree: Tree, node: number): Header => {
  const keys = keyTexts(tree, node)
  return { keys, subs: keys.map(() => undefined), constants: keys.map(() => undefined) }
}

/** First row of the commonest key sequence among up to 200 rows. */
const modalRow = (tree: Tree, objects: readonly number[]): number => {
  const counts = new Map<string, { row: number; count: number }>()
  let best = { row: objects[0]!, count: 0 }
  const step = Math.ceil(objects.length / 200)
  for (let index = 0; index < objects.length; index += step) {
    const row = objects[index]!
    const keys = keyTexts(tree, row).join(',')
    const entry = counts.get(keys) ?? { row, count: 0 }
    entry.count++
    counts.set(keys, entry)
    if (entry.count > best.count) best = entry
  }
  return best.row
}

const hasKeys = (tree: Tree, node: number, keys: readonly string[]): boolean => {
  if (tree.kind[node] !== OBJECT || tree.count[node] !== keys.length) return false
  let index = 0
  for (let child = node + 1, end = tree.next[node]!; child < end; child = tree.next[child]!, index++) {
    const key = keys[index]!
    const start = tree.keyStart[child]!
    if (tree.keyEnd[child]! - start !== key.length || !tree.text.startsWith(key, start)) return false
  }
  return true
}

const nestedHeader = (tree: Tree, rows: readonly number[], nesting: number, lifted?: Lifted): Header => {
  const keys = keyTexts(tree, rows[0]!)
  const cells = rows.map((row) => childrenOf(tree, row))
  const found = keys.map((key, column) => (lifted ? constantOf(tree, lifted.rows, key, cells[0]![column]!) : undefined))
  const { constants, constantsLast } = lifted?.keepsOrder
    ? atOneEnd(found, rows.length)
    : { constants: found, constantsLast: false }
  const subs = keys.map((_, column) => {
    const first = cells[0]![column]!
    if (nesting === 0 || constants[column] !== undefined || tree.kind[first] !== OBJECT || tree.count[first] === 0)
      return undefined
    const nodes = cells.map((row) => row[column]!)
    const inner = keyTexts(tree, first)
    const alike = nodes.filter((node) => hasKeys(tree, node, inner))
    return alike.length === nodes.length ? nestedHeader(tree, nodes, nesting - 1) : undefined
  })
  return { keys, subs, constants, constantsLast }
}

/** The run of constants at the beginning or at the end that saves more, if one saves enough. A column at least stays. */
const atOneEnd = (
  found: readonly (string | undefined)[],
  rows: number,
): Required<Pick<Header, 'constants' | 'constantsLast'>> => {
  const first = found.indexOf(undefined)
  const [head, tail] = first === -1 ? [found.length - 1, found.length] : [first, found.lastIndexOf(undefined) + 1]
  const chars = (from: number, to: number): number =>
    found.slice(from, to).reduce((sum, value) => sum + (value?.length ?? 0) + 1, 0) * rows
  const constantsLast = chars(tail, found.length) > chars(0, head)
  const [from, to] = constantsLast ? [tail, found.length] : [0, head]
  const isWorth = chars(from, to) >= MIN_LIFTED
  return { constants: found.map((value, at) => (isWorth && at >= from && at < to ? value : undefined)), constantsLast }
}

/** The value of `cell` where all rows are objects with the same value under the key. */
const constantOf = (tree: Tree, all: readonly number[], key: string, cell: number): string | undefined => {
  const first = minified(tree, cell)
  const holds = (row: number): boolean => {
    if (tree.kind[row] !== OBJECT) return false
    for (let child = row + 1, end = tree.next[row]!; child < end; child = tree.next[child]!) {
      const start = tree.keyStart[child]!
      if (tree.keyEnd[child]! - start !== key.length || !tree.text.startsWith(key, start)) continue
      return tree.size[child] === first.length && minified(tree, child) === first
    }
    return false
  }
  return all.every(holds) ? first : undefined
}

const fitsHeader = (tree: Tree, node: number, header: Header): boolean => {
  if (!hasKeys(tree, node, header.keys)) return false
  let column = 0
  for (let child = node + 1, end = tree.next[node]!; child < end; child = tree.next[child]!, column++) {
    const sub = header.subs[column]
    if (sub && !fitsHeader(tree, child, sub)) return false
    const constant = header.constants[column]
    if (constant !== undefined && (tree.size[child] !== constant.length || minified(tree, child) !== constant))
      return false
  }
  return true
}

/** Characters of keys and constants that one row no longer writes. */
const keyChars = (header: Header): number =>
  header.keys.reduce((sum, key, column) => {
    const constant = header.constants[column]
    const sub = header.subs[column]
    return sum + key.length + 1 + (constant === undefined ? 0 : constant.length + 1) + (sub ? keyChars(sub) : 0)
  }, 0)

const columnsText = (header: Header): string => {
  const names = header.keys.flatMap((key, column) => {
    if (header.constants[column] !== undefined) return []
    const sub = header.subs[column]
    return [sub ? `{${key}:${columnsText(sub)}}` : key]
  })
  return `[${names.join(',')}]`
}

/** The header's members, up to and without the rows. */
export const headerText = (header: Header): string => {
  const constants = header.keys.flatMap((key, column) =>
    header.constants[column] === undefined ? [] : [`${key}:${header.constants[column]}`],
  )
  const columns = `${COLUMNS_KEY}:${columnsText(header)}`
  if (constants.length === 0) return columns
  const every = `${CONSTANTS_KEY}:{${constants.join(',')}}`
  return header.constantsLast ? `${columns},${every}` : `${every},${columns}`
}

/** Writes a fitting row's cells; `cell` writes one value. */
export const writeCells = (
  tree: Tree,
  node: number,
  header: Header,
  to: { text(text: string): void; cell(node: number): void },
): void => {
  let column = 0
  let first = true
  to.text('[')
  for (let child = node + 1, end = tree.next[node]!; child < end; child = tree.next[child]!, column++) {
    if (header.constants[column] !== undefined) continue
    if (!first) to.text(',')
    first = false
    const sub = header.subs[column]
    if (sub) writeCells(tree, child, sub, to)
    else to.cell(child)
  }
  to.text(']')
}
