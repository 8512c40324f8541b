// Aligned tables inside command output (`kubectl get`, `docker ps`, `ps`, `df`): exceptions stay, routine rows go.
import { lineAt } from '../../base/lines.js'
import type { Claims } from './claims.js'
import type { Facts } from './facts.js'

const MIN_ROWS = 4
const MAX_COLUMNS = 24
/** Rows of one state that are all named; of a more frequent state the first ones. */
const NAMED_ROWS = 40
const HEADER_CELL = /^[A-Z%#][A-Z0-9 _%()/.:#-]*$/
const HEALTHY =
  /^(?:Running|Completed|Succeeded|Ready|Bound|Active|Available|True|Up\b.*|Normal|Healthy|Complete|Online|OK|ok|running|active|healthy|enabled|established|LISTEN|ESTABLISHED|<none>|deployed|Deployed|Synced)$/
const STATE_COLUMN = /^(?:STATUS|STATE|READY|PHASE|HEALTH|CONDITION|AVAILABLE|SYNC STATUS|TYPE|REASON|RESULT)$/

interface Table {
  readonly header: number
  /** One past the last row. */
  readonly end: number
  readonly names: readonly string[]
  /** Offsets of the columns inside a line. */
  readonly columns: readonly number[]
}

/** State of each table row, to be counted where rows are left out; empty string for a row without one, undefined outside tables. */
export type RowStates = readonly (string | undefined)[]

export const claimTables = (facts: Facts, claims: Claims, words: ReadonlySet<string>): RowStates => {
  const states: (string | undefined)[] = []
  for (let line = 0; line < facts.scan.table.count; line++) {
    const table = tableAt(facts, line)
    if (table === undefined) continue
    claims.raise(line, 700)
    claimRows(facts, { table, claims, words, states })
    line = table.end - 1
  }
  return states
}

const tableAt = (facts: Facts, line: number): Table | undefined => {
  const { scan } = facts
  const length = scan.table.starts[line + 1]! - scan.table.starts[line]!
  if (length > 600 || length < 12) return undefined
  const first = scan.table.text.charCodeAt(scan.content[line]!)
  if (first < 35 || first > 90) return undefined
  for (let at = scan.content[line]!; at < scan.content[line]! + 40 && at < scan.table.starts[line + 1]!; at++) {
    const c = scan.table.text.charCodeAt(at)
    if (c >= 97 && c <= 122) return undefined
  }
  const text = lineAt(scan.table, line)
  const columns: number[] = []
  const names: string[] = []
  for (const match of text.matchAll(/\S+(?: \S+)*/g)) {
    if (!HEADER_CELL.test(match[0])) return undefined
    columns.push(match.index)
    names.push(match[0])
  }
  if (columns.length < 3 || columns.length > MAX_COLUMNS) return undefined
  let end = line + 1
  while (end < scan.table.count && isRow(facts, end, columns)) end++
  return end - line - 1 < MIN_ROWS ? undefined : { header: line, end, names, columns }
}

const isRow = (facts: Facts, line: number, columns: readonly number[]): boolean => {
  const { starts, text } = facts.scan.table
  const start = starts[line]!
  const length = starts[line + 1]! - start
  return length > columns[1]! && length < 4000 && text.charCodeAt(start + columns[1]! - 1) === 32
}

interface Rows {
  readonly table: Table
  readonly claims: Claims
  readonly words: ReadonlySet<string>
  readonly states: (string | undefined)[]
}

const claimRows = (facts: Facts, rows: Rows): void => {
  const { table, claims } = rows
  const count = table.end - table.header - 1
  const cells: string[][] = []
  for (let line = table.header + 1; line < table.end; line++)
    cells.push(cellsOf(lineAt(facts.scan.table, line), table.columns))
  const state = table.names.findIndex((name) => STATE_COLUMN.test(name) && name !== 'READY')
  const perState = new Map<string, number>()
  cells.forEach((row, index) => {
    const line = table.header + 1 + index
    const value = state === -1 ? '' : (row[state] ?? '')
    rows.states[line] = value
    const seen = (perState.get(value) ?? 0) + 1
    perState.set(value, seen)
    const odd = state !== -1 && !HEALTHY.test(value)
    const unready = table.names.some((name, k) => name === 'READY' && isUnready(row[k] ?? '', value))
    if ((odd || unready) && seen <= NAMED_ROWS) claims.raise(line, 690)
    if (row.some((cell) => rows.words.has(cell.toLowerCase()))) claims.raise(line, 880)
  })
  for (let k = 1; k < table.names.length; k++)
    if (table.names[k] !== 'AGE') claimExceptions(cells, k, { claims, first: table.header + 1, count })
}

const cellsOf = (line: string, columns: readonly number[]): string[] =>
  columns.map((start, k) => line.slice(start, columns[k + 1] ?? line.length).trim())

const isUnready = (ready: string, state: string): boolean => {
  const match = /^(\d+)\/(\d+)$/.exec(ready)
  return match !== null && match[1] !== match[2] && !/^(?:Completed|Succeeded|Complete)$/.test(state)
}

/** Rows with a rare value in a column of few values, or a number far above the others. */
const claimExceptions = (
  cells: readonly string[][],
  k: number,
  to: { claims: Claims; first: number; count: number },
): void => {
  const counts = new Map<string, number>()
  for (const row of cells) counts.set(row[k]!, (counts.get(row[k]!) ?? 0) + 1)
  const top = Math.max(...counts.values())
  if (counts.size > 1 && top >= to.count * 0.6 && counts.size <= Math.max(4, to.count / 4)) {
    cells.forEach((row, i) => {
      if (counts.get(row[k]!)! <= Math.max(1, to.count * 0.05)) to.claims.raise(to.first + i, 640)
    })
    return
  }
  const numbers = cells.map((row) => Number.parseFloat(row[k]!)).filter((value) => !Number.isNaN(value))
  if (numbers.length < to.count * 0.8) return
  numbers.sort((a, b) => a - b)
  const high = numbers[Math.floor(numbers.length * 0.75)]!
  const limit = high + 3 * (high - numbers[numbers.length >> 2]!) + 1
  cells.forEach((row, i) => {
    if (Number.parseFloat(row[k]!) > limit) to.claims.raise(to.first + i, 620)
  })
}
