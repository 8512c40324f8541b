// The values of one column, each different text held once.
import type { Column } from './columns.js'
import type { Series } from './numbers.js'
import { FALSE, NULL, NUMBER, STRING, TRUE, type Tree } from './tree.js'

export interface Values {
  readonly column: Column
  /** Which text each entry of the column has. */
  readonly ids: Int32Array
  /** As written, without quotes; the number 5 and the string "5" are one text. */
  readonly texts: readonly string[]
  /** First node of each text. */
  readonly firsts: readonly number[]
  /** Entries of each text. */
  readonly counts: readonly number[]
  /** Kind of each entry, `true` counted as `false`. */
  readonly kinds: Uint8Array
  /** Entries of each kind. */
  readonly ofKind: readonly number[]
}

export const valuesOf = (tree: Tree, column: Column): Values => {
  const { text } = tree
  const { nodes } = column
  const ids = new Int32Array(nodes.length)
  const kinds = new Uint8Array(nodes.length)
  const ofKind = [0, 0, 0, 0, 0, 0, 0, 0]
  const texts: string[] = []
  const firsts: number[] = []
  const counts: number[] = []
  const known = new Map<string, number>()
  let last = ''
  let lastId = -1
  for (let entry = 0; entry < nodes.length; entry++) {
    const node = nodes[entry]!
    const kind = tree.kind[node] === TRUE ? FALSE : tree.kind[node]!
    kinds[entry] = kind
    ofKind[kind]!++
    const quote = kind === STRING ? 1 : 0
    const start = tree.start[node]! + quote
    const end = tree.end[node]! - quote
    if (lastId === -1 || end - start !== last.length || !text.startsWith(last, start)) {
      last = text.slice(start, end)
      lastId = known.get(last) ?? -1
      if (lastId === -1) {
        lastId = texts.length
        known.set(last, lastId)
        texts.push(last)
        firsts.push(node)
        counts.push(0)
      }
    }
    ids[entry] = lastId
    counts[lastId]!++
  }
  return { column, ids, texts, firsts, counts, kinds, ofKind }
}

/** The entries for which `test` holds, as rows and nodes. */
export const entriesWhere = (values: Values, test: (entry: number) => boolean): { rows: number[]; nodes: number[] } => {
  const { column, ids } = values
  const rows: number[] = []
  const nodes: number[] = []
  for (let entry = 0; entry < ids.length; entry++) {
    if (!test(entry)) continue
    rows.push(column.rows[entry]!)
    nodes.push(column.nodes[entry]!)
  }
  return { rows, nodes }
}

const NUMERIC = /^-?\d{1,15}(?:\.\d+)?$/
const ISO_DATE = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d(?:\.\d+)?))?)?/
/** Texts looked at to see what a column of strings holds. */
const PROBES = 6

/** A column's numbers, its numbers in strings, or its dates as days. */
export const seriesOf = (values: Values): Series | undefined => {
  const { ids, texts, kinds, ofKind, column } = values
  const real = ids.length - ofKind[NULL]!
  if (ofKind[NUMBER]! + ofKind[STRING]! < 0.8 * real || real === 0) return undefined
  const read = readerOf(values, real)
  if (!read) return undefined
  const numbers = texts.map(read)
  const rows: number[] = []
  const nodes: number[] = []
  const series: number[] = []
  for (let entry = 0; entry < ids.length; entry++) {
    const number = kinds[entry] === NUMBER || kinds[entry] === STRING ? numbers[ids[entry]!]! : Number.NaN
    if (!Number.isFinite(number)) continue
    rows.push(column.rows[entry]!)
    nodes.push(column.nodes[entry]!)
    series.push(number)
  }
  return series.length >= 0.8 * real ? { rows, nodes, values: series } : undefined
}

const readerOf = (values: Values, real: number): ((text: string) => number) | undefined => {
  if (values.ofKind[NUMBER]! >= 0.5 * real) return Number
  const probes = values.texts.slice(0, PROBES)
  const share = (pattern: RegExp): number => probes.filter((text) => pattern.test(text)).length / probes.length
  if (share(NUMERIC) > 0.5) return (text) => (NUMERIC.test(text) ? Number(text) : Number.NaN)
  return share(ISO_DATE) > 0.5 ? daysOf : undefined
}

/** Grows with time; months count 31 days. */
const daysOf = (text: string): number => {
  const match = ISO_DATE.exec(text)
  if (!match) return Number.NaN
  const [, year, month, day, hour = '0', minute = '0', second = '0'] = match
  const minutes = Number(hour) * 60 + Number(minute) + Number(second) / 60
  return Number(year) * 372 + Number(month) * 31 + Number(day) + minutes / 1440
}
