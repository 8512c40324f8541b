// Proof that an output says nothing but what the source says: it is read back, tables and gaps included, and walked
// along with the source. Scalars compare as written; every gap must skip exactly as many rows, keys or chars as it says.
import { elides, render } from '../../base/plan.js'
import type { Plan } from '../../spec/plan.js'
import { partsOf, piecesOf } from './pieces.js'
import { COLUMNS_KEY, CONSTANTS_KEY, GAP_KEYS } from './table.js'
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
    const header = read[0] !== undefined && this.#isTable(read[0], 1) ? read.shift() : undefined
    return this.#rows(rows, read, header)
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
    if (this.#isTable(to, 2)) {
      const parts = childrenOf(this.#to, to)
      const rows = parts[parts.length - 1]!
      if (
        isContainer(this.#to, rows) &&
        this.#to.kind[rows] === kind &&
        this.#rows(children, childrenOf(this.#to, rows), to)
      )
        return true
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

  #isTable(node: number, least: number): boolean {
    const tree = this.#to
    if (tree.kind[node] !== OBJECT) return false
    const keys = childrenOf(tree, node).map((child) => `"${keyOf(tree, child)}"`)
    const constants = keys.indexOf(CONSTANTS_KEY)
    if (constants === 0 || constants === 1) keys.splice(constants, 1)
    return keys[0] === COLUMNS_KEY && keys.length === least
  }

  #gap(node: number): GapRead | undefined {
    if (this.#to.kind[node] !== STRING) return undefined
    const { mark } = this.#how
    const inner = innerOf(this.#to, node)
    if (!inner.startsWith(mark) || inner.indexOf(mark, 1) !== inner.length - 1) return undefined
    const match = /^(\d+)(\D+)$/.exec(inner.slice(1, -1))
    return match ? { count: Number(match[1]), unit: match[2]! } : undefined
  }

  /** Items of an array, or members of a map, in order; `table` holds the header of rows that are cells. */
  #rows(from: readonly number[], to: readonly number[], table: number | undefined): boolean {
    let row = 0
    for (const node of to) {
      const gap = this.#gap(node)
      const next = from[row]
      if (gap?.unit === 'rows' && !this.#isNamed(next, node)) {
        row += gap.count
        continue
      }
      if (next === undefined || !this.#sameKey(next, node)) return false
      const isCells = table !== undefined && this.#to.kind[node] === ARRAY && this.#from.kind[next] === OBJECT
      if (!(isCells ? this.#cells(next, node, table) : this.#value(next, node))) return false
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

  #cells(from: number, cells: number, table: number): boolean {
    const [first, second] = childrenOf(this.#to, table)
    const isNamed = (node: number | undefined): boolean =>
      node !== undefined && `"${keyOf(this.#to, node)}"` === CONSTANTS_KEY
    const every = [first, second].find(isNamed)
    const constants = new Map(
      every === undefined ? [] : childrenOf(this.#to, every).map((node) => [keyOf(this.#to, node), node]),
    )
    if (this.#how.exact && !this.#standsAtEnd(from, [...constants.keys()], every === first)) return false
    return this.#columns(from, cells, every === first ? second! : first!, constants)
  }

  /** The names are the first members of the row, or its last ones, in their order. */
  #standsAtEnd(row: number, names: readonly string[], isFirst: boolean): boolean {
    const keys = childrenOf(this.#from, row).map((node) => keyOf(this.#from, node))
    const from = isFirst ? 0 : keys.length - names.length
    return names.every((name, index) => keys[from + index] === name)
  }

  #columns(from: number, cells: number, columns: number, constants: ReadonlyMap<string, number>): boolean {
    const names = childrenOf(this.#to, columns)
    const values = childrenOf(this.#to, cells)
    let column = 0
    for (const member of childrenOf(this.#from, from)) {
      const key = keyOf(this.#from, member)
      const constant = constants.get(key)
      if (constant !== undefined) {
        if (!this.#value(member, constant)) return false
        continue
      }
      const name = names[column]
      const value = values[column]
      column++
      if (name === undefined || value === undefined) return false
      if (this.#to.kind[name] === STRING) {
        if (innerOf(this.#to, name) !== key || !this.#value(member, value)) return false
      } else {
        const sub = childrenOf(this.#to, name)[0]!
        if (
          keyOf(this.#to, sub) !== key ||
          this.#to.kind[value] !== ARRAY ||
          !this.#columns(member, value, sub, new Map())
        )
          return false
      }
    }
    return column === names.length && column === values.length
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
