// A few words on rows that are not shown, so that counts, ranges and presence stay answerable:
// `status ok x35, retry x2; ms 10 to 80`, or their names where the list is short.
import type { Column } from './columns.js'
import type { Question } from './question.js'
import type { Study } from './study.js'
import { innerOf, keyOf, NUMBER, type Tree } from './tree.js'

const PLAIN = /^[\w .:/@+-]{1,28}$/
const MAX_VALUES = 4
const MAX_PARTS = 3
/** Rows from which a gap gets a digest, and how many gaps of one list get one. */
const MIN_ROWS = 10
const MAX_DIGESTS = 2
/** Lists up to this length tell the names of missing rows, if all names together stay short beside the rows. */
const MAX_NAMED_ROWS = 80
const NAMES_SHARE = 0.1
const NAME_COLUMNS = /^(?:name|title|label|login|path|file|filename|key|id|.*[_-](?:name|id)|.*(?:Name|Id))$/

export interface Tell {
  /** About the rows `from..to` (half-open). */
  note(from: number, to: number): string | undefined
}

interface Rows {
  readonly items: readonly number[]
  readonly columns: readonly Column[]
  readonly rooms: Float64Array
  /** Nodes of the values that name the rows, column by column. */
  readonly names: readonly number[]
  /** True of the whole list; told with its first gap. */
  readonly facts: readonly string[]
}

export const tellOf = (study: Study, rows: Rows): Tell => {
  const { tree, question } = study
  const names = namesOf(tree, rows)
  const telling = names ? [] : tellingColumns(tree, rows.columns, question)
  const asked = question.query.wantsCount ? countsOf(tree, rows.items, question) : []
  let counts = asked.length + rows.facts.length === 0 ? undefined : [...asked, ...rows.facts].join(', ')
  let left = MAX_DIGESTS
  return {
    note: (from, to) => {
      const parts = counts === undefined ? [] : [counts]
      counts = undefined
      if (names) parts.push(names.slice(from, to).join(', '))
      else if (to - from >= MIN_ROWS && left > 0 && telling.length > 0) {
        left--
        const digest = digestOf(tree, telling, from, to)
        if (digest !== undefined) parts.push(digest)
      }
      return parts.length === 0 ? undefined : parts.join('; ')
    },
  }
}

/** A short name for each row, where rows have one, it is theirs alone, and names are cheap beside the rows. */
const namesOf = (tree: Tree, { items, columns, rooms, names: naming }: Rows): string[] | undefined => {
  if (items.length > MAX_NAMED_ROWS) return undefined
  const size = items.reduce((sum, item) => sum + tree.size[item]!, 0)
  const keyed = tree.keyStart[items[0]!] !== -1 && items.map((item) => keyOf(tree, item))
  const named = columns.filter((column) => column.present === items.length && column.nodes.length === items.length)
  const candidates = named
    .filter((column) => NAME_COLUMNS.test(column.name))
    .map((column) => column.nodes.map((node) => innerOf(tree, node)))
  const first = naming.slice(0, items.length).map((node) => innerOf(tree, node))
  const known = [...(keyed ? [keyed] : []), ...(first.length === items.length ? [first] : [])]
  for (const names of [...known, ...candidates]) {
    const chars = names.reduce((sum, name, row) => sum + (rooms[row] === 0 ? name.length + 3 : 0), 0)
    if (new Set(names).size < names.length || !names.every((name) => PLAIN.test(name))) continue
    if (chars <= NAMES_SHARE * size) return names
  }
  return undefined
}

/** How many rows have a value that the question names, where that is many. */
const countsOf = (tree: Tree, items: readonly number[], question: Question): string[] =>
  question.strong
    .flatMap(({ whole, at }) => {
      if (whole === undefined || !PLAIN.test(whole)) return []
      let place = 0
      const rows = items.filter((item) => {
        while (place < at.length && at[place]! < tree.start[item]!) place++
        return place < at.length && at[place]! < tree.end[item]!
      }).length
      return rows > 3 && rows < items.length ? [`${whole} in ${rows} of all ${items.length} rows`] : []
    })
    .slice(0, 3)

const nameOf = (column: Column): string => (column.name === '' ? 'values' : column.name)

/** Columns worth telling of, best first. */
const tellingColumns = (tree: Tree, columns: readonly Column[], question: Question): Column[] => {
  const ranked = columns.slice(0, 80).flatMap((column) => {
    const kind = tellingKind(tree, column)
    if (kind === 0 || !PLAIN.test(nameOf(column))) return []
    return [{ column, rank: question.named(column.name) * 2 + kind }]
  })
  return ranked
    .sort((a, b) => b.rank - a.rank)
    .slice(0, MAX_PARTS)
    .map(({ column }) => column)
}

/** 0 says nothing, 1 a range of numbers, 1.5 few values. */
const tellingKind = (tree: Tree, column: Column): number => {
  const values = new Set<string>()
  let numbers = 0
  for (const node of column.nodes) {
    if (tree.kind[node] === NUMBER) numbers++
    else if (values.size > MAX_VALUES) return 0
    if (values.size <= MAX_VALUES) values.add(innerOf(tree, node))
  }
  if (values.size < 2) return 0
  if (values.size <= MAX_VALUES) return [...values].every((value) => PLAIN.test(value)) ? 1.5 : 0
  return numbers >= 0.9 * column.nodes.length ? 1 : 0
}

const digestOf = (tree: Tree, columns: readonly Column[], from: number, to: number): string | undefined => {
  const parts = columns.flatMap((column) => {
    const values = new Map<string, number>()
    let low: string | undefined
    let high: string | undefined
    column.rows.forEach((row, index) => {
      if (row < from || row >= to) return
      const node = column.nodes[index]!
      const value = innerOf(tree, node)
      if (values.size <= MAX_VALUES) values.set(value, (values.get(value) ?? 0) + 1)
      if (tree.kind[node] !== NUMBER) return
      if (low === undefined || Number(value) < Number(low)) low = value
      if (high === undefined || Number(value) > Number(high)) high = value
    })
    if (values.size === 0) return []
    if (values.size <= MAX_VALUES)
      return [`${nameOf(column)} ${[...values].map(([value, count]) => `${value} x${count}`).join(', ')}`]
    return low === undefined || high === undefined || low.length + high.length > 22
      ? []
      : [`${nameOf(column)} ${low} to ${high}`]
  })
  return parts.length === 0 ? undefined : parts.join('; ')
}
