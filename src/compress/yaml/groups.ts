// Units that stand in the same place of repeated structures, side by side: the rows of a list, the services of a map.
import type { Yaml } from './parse.js'

export interface Group {
  /** Units that are rows: all have the same pattern. */
  readonly rows: readonly number[]
  /** Keys of the units directly inside them, and for each row the unit of that key, or -1. */
  readonly keys: readonly string[]
  readonly cells: readonly Int32Array[]
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
  const { units, children } = yaml
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
  const groups = members.filter((rows) => rows.length >= MIN_ROWS).map((rows) => groupOf(yaml, rows, children))
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
const groupOf = ({ units }: Yaml, rows: readonly number[], children: Yaml['children']): Group => {
  const keys = new Map<string, number>()
  const cells = rows.map(() => new Map<number, number>())
  const note = (row: number, key: string, unit: number): void => {
    if (!keys.has(key) && keys.size < MAX_KEYS) keys.set(key, keys.size)
    const column = keys.get(key)
    if (column !== undefined && !cells[row]!.has(column)) cells[row]!.set(column, unit)
  }
  rows.forEach((unit, row) => {
    const { kind, key, value } = units[unit]!
    if (kind === 'item' || value !== '') note(row, kind === 'item' ? key : '', unit)
    for (const child of children[unit]!) if (units[child]!.kind === 'pair') note(row, units[child]!.key, child)
  })
  return {
    rows,
    keys: [...keys.keys()],
    cells: cells.map((cell) => Int32Array.from({ length: keys.size }, (_, column) => cell.get(column) ?? -1)),
  }
}
