// The rows of a list seen by column: every scalar of every row, under its path. A path met before costs one comparison.
import { ARRAY, childrenOf, isContainer, keyOf, type Tree } from './tree.js'

export interface Column {
  /** Last key of the path; empty for items that are scalars themselves, `#` for the keys of a map. */
  readonly name: string
  /** Key above `name`; empty at the top of a row. */
  readonly parent: string
  /** Row of each value, ascending; a row may come several times where its path runs through an array. */
  readonly rows: number[]
  /** Node of each value. Empty containers count as values. */
  readonly nodes: number[]
  /** Number of different rows. */
  present: number
}

const MAX_COLUMNS = 240
const MAX_PATH = 6
const MAX_POSITIONS = 60
const MAX_INNER_POSITIONS = 8
/** Scalars read of one row. */
const MAX_ROW_SCALARS = 300

interface Step {
  readonly parent: string
  /** Key with its quotes as written, for comparison in place. */
  readonly raw: string
  readonly name: string
  readonly kids: Map<string, Step>
  /** Steps in the order in which the last row had them. */
  readonly order: Step[]
  /** Steps of an array's items by position, the last for all others. */
  readonly items: Step[]
  column?: Column
}

const step = (raw: string, parent: string): Step => {
  const name = raw.slice(1, -1)
  return { raw, name: name === '[]' || name === '*' ? parent : name, parent, kids: new Map(), order: [], items: [] }
}
/** Keys with ids in them name rows of an inner map, not columns. */
const isIdKey = (name: string): boolean => /\d{3}|[0-9a-f]{8}-|[/@]/.test(name)

/** `names` are those of a header, for rows that are arrays. */
export const columnsOf = (tree: Tree, items: readonly number[], names: readonly string[] = []): Column[] =>
  new Collector(tree).collect(items).map((column) => ({
    ...column,
    name: /^#\d+$/.test(column.name) ? (names[Number(column.name.slice(1))] ?? '') : column.name,
  }))

class Collector {
  readonly #tree: Tree
  readonly #columns: Column[] = []
  #left = 0

  constructor(tree: Tree) {
    this.#tree = tree
  }

  collect(items: readonly number[]): Column[] {
    const root = step('""', '')
    items.forEach((item, row) => {
      this.#left = MAX_ROW_SCALARS
      this.#walk(item, row, root, 0)
    })
    return this.#columns
  }

  #walk(node: number, row: number, at: Step, depth: number): void {
    const tree = this.#tree
    if (!isContainer(tree, node) || tree.count[node] === 0) {
      this.#add(at, row, node)
      return
    }
    if (depth >= MAX_PATH) return
    let index = 0
    for (let child = node + 1, end = tree.next[node]!; child < end && this.#left > 0; child = tree.next[child]!) {
      const kid = tree.kind[node] === ARRAY ? this.#item(at, depth, index++) : this.#keyed(at, child, index++)
      this.#walk(child, row, kid, depth + 1)
    }
  }

  /** Rows that are arrays, and items that are short ones, have columns by position; other arrays are one column. */
  #item(at: Step, depth: number, index: number): Step {
    const positions = depth === 0 ? MAX_POSITIONS : at.raw === '"[]"' ? MAX_INNER_POSITIONS : 0
    const place = Math.min(index, positions)
    at.items[place] ??= this.#kid(at, place < positions ? `"#${place}"` : '"[]"')
    return at.items[place]!
  }

  #keyed(at: Step, child: number, index: number): Step {
    const { text, keyStart, keyEnd } = this.#tree
    const start = keyStart[child]!
    const guess = at.order[index]
    if (guess && guess.raw.length === keyEnd[child]! - start && text.startsWith(guess.raw, start)) return guess
    const found = this.#kid(at, text.slice(start, keyEnd[child]!))
    at.order[index] = found
    return found
  }

  #kid(at: Step, raw: string): Step {
    let kid = at.kids.get(raw)
    if (kid) return kid
    if (isIdKey(raw)) {
      kid = at.kids.get('"*"') ?? step('"*"', at.name)
      at.kids.set('"*"', kid)
      return kid
    }
    kid = step(raw, at.name)
    at.kids.set(raw, kid)
    return kid
  }

  #add(at: Step, row: number, node: number): void {
    this.#left--
    if (!at.column) {
      if (this.#columns.length >= MAX_COLUMNS) return
      at.column = { name: at.name, parent: at.parent, rows: [], nodes: [], present: 0 }
      this.#columns.push(at.column)
    }
    const { column } = at
    if (column.rows[column.rows.length - 1] !== row) column.present++
    column.rows.push(row)
    column.nodes.push(node)
  }
}

/** Share of keys that two objects have in common (Jaccard), by their text. */
export const likeness = (tree: Tree, a: number, b: number): number => {
  const keys = new Set(childrenOf(tree, a).map((member) => keyOf(tree, member)))
  const others = childrenOf(tree, b).map((member) => keyOf(tree, member))
  const shared = others.filter((key) => keys.has(key)).length
  const all = keys.size + others.length - shared
  return all === 0 ? 1 : shared / all
}
