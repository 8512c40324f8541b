// Tables: header, ends, rows that differ or that the question asks for; the rest as true counts with what it has in common.
import { lineAt } from '../../base/lines.js'
import { PlanBuilder } from '../../base/plan.js'
import { skip } from '../../base/skip.js'
import { type AskedColumns, askedColumns } from '../../salience/asked-columns.js'
import { claimAsked } from '../../salience/asked-rows.js'
import { type Column, judgeGrid } from '../../salience/grid.js'
import { ALWAYS, budgetOf, Claims, costsOf, pick } from '../../salience/pick.js'
import { rowFacts } from '../../salience/row-facts.js'
import { severityOf } from '../../salience/severity.js'
import { termLines } from '../../salience/term-lines.js'
import type { CompressInput, Compressor } from '../../spec/compressor.js'
import type { Gap, Plan } from '../../spec/plan.js'
import type { Skip } from '../../spec/skip.js'
import { exactPlan, verifyExact } from './exact.js'
import type { Table } from './model.js'
import { parseTable } from './parse.js'

/** Rows that a table needs before any of them is routine. */
const MIN_ROWS = 8
/** Rows kept from each end, whatever they hold. */
const FIRST_ROWS = 4
const LAST_ROWS = 2
/** Share of rows with words of trouble up to which each is news. */
const TROUBLE_SHARE = 0.1
/** Rows from which a gap says what they have in common, and gaps that may say so. */
const FACTS_FROM = 6
const MAX_FACTS = 8

const compress = (input: CompressInput): Plan | Skip => {
  const table = parseTable(input.text)
  if (table === undefined) return skip('not-parsable', 'no table')
  if (!input.mayElide) return input.protectedSpans.length > 0 ? skip('protected') : exactPlan(table, input.count)
  if (table.cells.length < MIN_ROWS) return skip('nothing-to-drop', 'few rows')
  const asked = askedColumns(input.query)
  const grid = { names: table.names, rows: table.cells }
  const claims = new Claims(table.cells.length)
  const columns = judgeGrid(grid, claims)
  claimEnds(table, asked, claims)
  claimTrouble(table, claims)
  claimAsked({ grid, columns, lines: table.rowLines }, asked, termLines(table.lines, asked.query), claims)
  claimProtected(table, input, claims)
  const starts = table.rowLines.map((line) => table.lines.starts[line]!)
  const rowTokens = (input.tokens * (starts.at(-1)! - starts[0]!)) / Math.max(1, input.text.length)
  const kept = pick(claims, budgetOf(costsOf(starts, rowTokens), { tokens: rowTokens, asked: input.budgetTokens }))
  return kept.includes(0) ? planOf(table, kept, { columns, asked }) : skip('nothing-to-drop')
}

const claimEnds = ({ cells }: Table, { query }: AskedColumns, claims: Claims): void => {
  for (let at = 0; at < FIRST_ROWS; at++) claims.raise(at, at === 0 || query.wantsFirst ? 950 : 620 - at)
  for (let at = 0; at < LAST_ROWS; at++)
    claims.raise(cells.length - 1 - at, at === 0 || query.wantsLast ? 950 : 620 - at)
}

/** Rows that speak of failure, while few do. */
const claimTrouble = ({ cells, lines, rowLines }: Table, claims: Claims): void => {
  const found: number[] = []
  const most = Math.max(3, cells.length * TROUBLE_SHARE)
  for (let row = 0; row < cells.length && found.length <= most; row++) {
    const text = lines.text.slice(lines.starts[rowLines[row]!]!, lines.starts[rowLines[row + 1]!]!)
    if (severityOf(text) >= 2) found.push(row)
  }
  if (found.length <= most) for (const row of found) claims.raise(row, 690)
}

const claimProtected = ({ rowLines, lines }: Table, { protectedSpans }: CompressInput, claims: Claims): void => {
  for (const span of protectedSpans)
    for (let row = 0; row < rowLines.length - 1; row++)
      if (lines.starts[rowLines[row]!]! < span.end && lines.starts[rowLines[row + 1]!]! > span.start)
        claims.raise(row, ALWAYS)
}

interface Told {
  readonly columns: readonly Column[]
  readonly asked: AskedColumns
}

/** Header and lines around the rows stay; each run of left-out rows becomes one gap. */
const planOf = (table: Table, kept: Uint8Array, told: Told): Plan => {
  const { lines, rowLines, cells } = table
  const builder = new PlanBuilder()
  const gaps = gapsOf(kept)
  const talking = new Set([...gaps].sort((a, b) => b.to - b.from - (a.to - a.from)).slice(0, MAX_FACTS))
  const breakOf = lines.text.includes('\r\n') ? '\r\n' : '\n'
  for (const range of gaps) {
    const first = rowLines[range.from]!
    const last = rowLines[range.to]!
    const rows = range.to - range.from
    const facts =
      rows >= FACTS_FROM && talking.has(range)
        ? rowFacts({ names: table.names, rows: cells }, told.columns, range, told.asked.said)
        : ''
    const count = last - first
    const note = [count === rows ? '' : `${rows} rows`, facts].filter((part) => part !== '').join(', ')
    const gap: Gap = { count, unit: 'lines', range: [first + 1, last], ...(note === '' ? {} : { note }) }
    const end = lines.starts[last]!
    const open = end === lines.text.length && !lineAt(lines, last - 1).endsWith('\n') && !lines.text.endsWith('\n')
    builder.keepTo(lines.starts[first]!).elideTo(end, gap, { before: '', after: open ? '' : breakOf })
  }
  return builder.keepTo(lines.text.length).done(`table/${table.form}`)
}

interface RowRange {
  readonly from: number
  readonly to: number
}

const gapsOf = (kept: Uint8Array): readonly RowRange[] => {
  const gaps: RowRange[] = []
  for (let row = 0; row < kept.length; row++) {
    if (kept[row] === 1) continue
    let to = row
    while (to < kept.length && kept[to] === 0) to++
    gaps.push({ from: row, to })
    row = to
  }
  return gaps
}

export const table: Compressor = {
  name: 'table',
  version: 1,
  accepts: ['table'],
  compress,
  verify: (source, rendered, plan) => (plan.form.startsWith('table/exact') ? verifyExact(source, rendered) : true),
}
