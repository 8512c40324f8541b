// Units that stand in the same place of repeated structures, side by side: the rows of a list, the services of a map.
import type { Yaml } from './parse.js'

export interface Group {
  /** Units that are rows: all have the same pattern. */
  readonly rows: readonly number[]
  /** Keys of the units directly inside them. */
  readonly keys: readonly string[]
  /** Unit of each key, row by row; -1 where a row has no such key. */
  readonly cells: Int32Array
}

/** A map with this many children that are maps themselves is a list with names. */
const WIDE = 5
const WIDE_SHARE = 0.8
const MIN_ROWS = 4
const MAX_KEYS = 80

export interface Structure {
  readonly groups: readonly Group[]
  /** For each unit: how many units of its pattern came before it. */
  readonly ordinal: Int32Array
  /** For each unit: how many have its pattern. */
  readonly alike: Int32Array
  /** For each unit: the row (itself or above it) that it belongs to, or -1. */
  readonly rowOf: Int32Array
}

export const structureOf = (yaml: Yaml): Structure => {
  const { units } = yaml
  const patterns = new Map<string, number>()
  const members: number[][] = []
  const of = new Int32Array(units.length)
  const ordinal = new Int32Array(units.length)
  const rowOf = new Int32Array(units.length).fill(-1)
  const isWide = units.map(({ kind }, index) => kind !== 'text' && isWideMap(yaml, index))
  const wideTop = isWideTop(yaml)
  units.forEach(({ kind, key, parent }, index) => {
    const named = parent === -1 ? wideTop : isWide[parent]!
    const step = kind === 'item' ? '[]' : kind === 'pair' ? (named ? '*' : key) : kind
    const name = `${parent === -1 ? '' : of[parent]}/${step}`
    let pattern = patterns.get(name)
    if (pattern === undefined) {
      pattern = patterns.size
      patterns.set(name, pattern)
      members.push([])
    }
    of[index] = pattern
    ordinal[index] = members[pattern]!.length
    members[pattern]!.push(index)
    const isRow = kind === 'item' || kind === 'document' || (kind === 'pair' && named)
    rowOf[index] = isRow ? index : parent === -1 ? -1 : rowOf[parent]!
  })
  const alike = Int32Array.from(of, (pattern) => members[pattern]!.length)
  const groups = members.filter((rows) => rows.length >= MIN_ROWS).map((rows) => groupOf(yaml, rows))
  return { groups, ordinal, alike, rowOf }
}

const isWideMap = ({ units, children }: Yaml, index: number): boolean => isWideList(units, children, children[index]!)

const isWideTop = ({ units, children, roots }: Yaml): boolean => isWideList(units, children, roots)

const isWideList = (units: Yaml['units'], children: Yaml['children'], inside: readonly number[]): boolean => {
  let pairs = 0
  let maps = 0
  for (const child of inside) {
    if (units[child]!.kind !== 'pair') continue
    pairs++
    if (units[child]!.value === '' && children[child]!.length > 0) maps++
  }
  return pairs >= WIDE && maps >= pairs * WIDE_SHARE
}

/** The first key of `- key: value` is inside the row although it stands on the row's own line. */
const groupOf = ({ units, children }: Yaml, rows: readonly number[]): Group => {
  const keys = new Map<string, number>()
  const own = (unit: number): string | undefined => {
    const { kind, key, value } = units[unit]!
    return kind === 'item' ? key : value === '' ? undefined : ''
  }
  const see = (key: string): void => {
    if (!keys.has(key) && keys.size < MAX_KEYS) keys.set(key, keys.size)
  }
  for (const unit of rows) {
    const first = own(unit)
    if (first !== undefined) see(first)
    for (const child of children[unit]!) if (units[child]!.kind === 'pair') see(units[child]!.key)
  }
  const cells = new Int32Array(rows.length * keys.size).fill(-1)
  const set = (row: number, key: string, unit: number): void => {
    const column = keys.get(key)
    if (column !== undefined && cells[row * keys.size + column] === -1) cells[row * keys.size + column] = unit
  }
  rows.forEach((unit, row) => {
    const first = own(unit)
    if (first !== undefined) set(row, first, unit)
    for (const child of children[unit]!) if (units[child]!.kind === 'pair') set(row, units[child]!.key, child)
  })
  return { rows, keys: [...keys.keys()], cells }
}
