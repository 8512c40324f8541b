// Reads shortened JSON back against its source: tables, gaps and cut strings. Independent of the code that wrote it.
import { cellsOf } from './read-csv.js'
import { readLines } from './read-lines.js'

const GAP = /^\[(\d+) (row|key|char)s? not shown[^\]\n]*\]$/
/** A log in JSON Lines keeps its lines as they are. */
const LINES = /^\[\d+ lines? not shown/
const CUT = /\[(\d+) chars? not shown[^\]\n]*\]/
type Json = unknown
type Members = Record<string, Json>

const isObject = (value: Json): value is Members => typeof value === 'object' && value !== null && !Array.isArray(value)

const gapOf = (value: Json): { count: number; unit: string } | undefined => {
  const match = typeof value === 'string' ? GAP.exec(value) : null
  return match ? { count: Number(match[1]), unit: match[2]! } : undefined
}

const same = (a: Json, b: Json): boolean =>
  a === b || (typeof a === 'object' && JSON.stringify(a) === JSON.stringify(b))

/** Values of a JSON or JSON Lines text. */
export const parseValues = (text: string): { values: readonly Json[]; isLines: boolean } => {
  const plain = text.replace(/^\ufeff/, '')
  try {
    return { values: [JSON.parse(plain)], isLines: false }
  } catch {
    return {
      values: plain
        .split('\n')
        .filter((line) => line.trim() !== '')
        .map((line): Json => JSON.parse(line)),
      isLines: true,
    }
  }
}

/** What is untrue in the output, or undefined. */
export const jsonFault = (source: string, output: string): string | undefined => {
  const fence = /^```\w*\n/.exec(source)?.[0]
  if (fence !== undefined) {
    if (!output.startsWith(fence) || !output.endsWith('\n```')) return 'the fence is gone'
    return jsonFault(source.slice(fence.length, -4), output.slice(fence.length, -4))
  }
  const from = parseValues(source)
  const to = parseValues(output)
  if (!from.isLines) return to.isLines ? 'one value became many' : valueFault(from.values[0], to.values[0], '$')
  if (to.values.some((value) => typeof value === 'string' && LINES.test(value))) return readLines(source, output).fault
  const header = to.values[0]
  if (isObject(header) && 'columns' in header && !('rows' in header))
    return rowsFault(from.values, to.values.slice(1), header, '$')
  return rowsFault(from.values, to.values, undefined, '$')
}

const valueFault = (from: Json, to: Json, path: string): string | undefined => {
  if (same(from, to)) return undefined
  if (typeof from === 'string')
    return typeof to === 'string' ? stringFault(from, to) : `${path}: a string became ${typeof to}`
  if (typeof from !== 'object' || from === null)
    return `${path}: ${JSON.stringify(from)} became ${JSON.stringify(to)?.slice(0, 80)}`
  const gap = gapOf(to)
  const length = Array.isArray(from) ? from.length : Object.keys(from).length
  if (gap) return gap.count === length ? undefined : `${path}: a gap of ${gap.count} stands for ${length}`
  if (isObject(to) && 'columns' in to && ('rows' in to || 'csv' in to) && tableFault(from, to, path) === undefined)
    return undefined
  if (Array.isArray(from)) {
    if (Array.isArray(to)) return rowsFault(from, to, undefined, path)
    return isObject(to) && 'columns' in to ? tableFault(from, to, path) : `${path}: a list became ${typeof to}`
  }
  return isObject(to) ? membersFault(from as Members, to, path) : `${path}: an object became ${typeof to}`
}

const tableFault = (from: object, to: Members, path: string): string | undefined => {
  const rows = to.csv ?? to.rows
  if (Array.isArray(from)) return Array.isArray(rows) ? rowsFault(from, rows, to, path) : `${path}: rows are gone`
  return isObject(rows) ? mapFault(from as Members, rows, to, path) : `${path}: rows are gone`
}

const stringFault = (from: string, to: string): string | undefined => {
  const parts = to.split(CUT)
  let at = 0
  const fits = parts.every((part, index) => {
    if (index % 2 === 0 && !from.startsWith(part, at)) return false
    at += index % 2 === 0 ? part.length : Number(part)
    return true
  })
  if (parts.length > 1 && fits && at === from.length) return undefined
  if (/^\s*[[{]/.test(from)) return jsonFault(from, to)
  return readLines(from, to).fault
}

const rowsFault = (
  from: readonly Json[],
  to: readonly Json[],
  table: Members | undefined,
  path: string,
): string | undefined => {
  let at = 0
  for (const value of to) {
    const gap = gapOf(value)
    if (gap?.unit === 'row') at += gap.count
    else {
      const fault = rowFault(from[at], value, table, `${path}[${at}]`)
      if (fault !== undefined) return fault
      at++
    }
  }
  return at === from.length ? undefined : `${path}: rows and gaps add up to ${at}, the source has ${from.length}`
}

const rowFault = (from: Json, to: Json, table: Members | undefined, path: string): string | undefined => {
  if (table === undefined || !isObject(from)) return valueFault(from, to, path)
  const columns = table.columns as Json[]
  const csv = 'csv' in table && typeof to === 'string' ? cellsOf(to) : undefined
  if (csv === undefined && !Array.isArray(to)) return valueFault(from, to, path)
  if (csv !== undefined && csv.length !== leavesOf(columns)) return `${path}: ${csv.length} cells in ${to}`
  const cells = csv === undefined ? rowOf(columns, to as Json[]) : csvRowOf(columns, [...csv])
  const read = { ...((table.every_row as Members | undefined) ?? {}), ...cells }
  const keys = Object.keys(from)
  if (keys.length !== Object.keys(read).length)
    return `${path}: ${keys.length} members became ${Object.keys(read).length}`
  for (const key of keys) {
    const fault = valueFault(from[key], read[key], `${path}.${key}`)
    if (fault !== undefined) return fault
  }
  return undefined
}

/** Cells under a header whose nested columns are `{"key":["a","b"]}`. */
const rowOf = (columns: readonly Json[], cells: readonly Json[]): Members => {
  const row: Members = {}
  for (const [index, column] of columns.entries()) {
    if (typeof column === 'string') row[column] = cells[index]
    else {
      const [key, sub] = Object.entries(column as Members)[0]!
      row[key] = rowOf(sub as Json[], cells[index] as Json[])
    }
  }
  return row
}

const leavesOf = (columns: readonly Json[]): number =>
  columns.reduce<number>(
    (sum, column) => sum + (isObject(column) ? leavesOf(Object.values(column)[0] as Json[]) : 1),
    0,
  )

/** The same of cells that follow one another, nested or not. */
const csvRowOf = (columns: readonly Json[], left: Json[]): Members =>
  Object.fromEntries(
    columns.map((column): [string, Json] => {
      if (!isObject(column)) return [column as string, left.shift()]
      const [key, sub] = Object.entries(column)[0]!
      return [key, csvRowOf(sub as Json[], left)]
    }),
  )

const isGapKey = (key: string): boolean => /^(?:…|\(not shown\))\d*$/.test(key)

/** Members that are rows of a map, in order. */
const mapFault = (from: Members, to: Members, table: Members | undefined, path: string): string | undefined => {
  const keys = Object.keys(from)
  let at = 0
  for (const [key, value] of Object.entries(to)) {
    const gap = isGapKey(key) && !(key in from) ? gapOf(value) : undefined
    if (gap) at += gap.count
    else {
      if (keys[at] !== key) return `${path}: member ${key} stands where ${keys[at]} should`
      const fault = rowFault(from[key], value, table, `${path}.${key}`)
      if (fault !== undefined) return fault
      at++
    }
  }
  return at === keys.length ? undefined : `${path}: members and gaps add up to ${at}, the source has ${keys.length}`
}

const membersFault = (from: Members, to: Members, path: string): string | undefined => {
  const gaps = Object.entries(to).filter(([key, value]) => isGapKey(key) && !(key in from) && gapOf(value))
  if (gaps.some(([, value]) => gapOf(value)?.unit === 'row')) return mapFault(from, to, undefined, path)
  let told = gaps.reduce((sum, [, value]) => sum + gapOf(value)!.count, 0)
  for (const [key, value] of Object.entries(to)) {
    if (gaps.some(([gapKey]) => gapKey === key)) continue
    if (!(key in from)) return `${path}: member ${key} is invented`
    const fault = valueFault(from[key], value, `${path}.${key}`)
    if (fault !== undefined) return fault
    told++
  }
  return told === Object.keys(from).length
    ? undefined
    : `${path}: ${told} of ${Object.keys(from).length} members are told of`
}
