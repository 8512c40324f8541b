/** Sums of the ledger, by SQL. */
import type { SqlDatabase, SqlRow } from '../base/database/driver.js'
import type { LedgerEvent, LedgerLine, LedgerTotals, Stats, StatsRow } from '../spec/ledger.js'
import type { Arm } from '../spec/money.js'
import type { Repack } from '../spec/repack.js'
import type { Usage } from '../spec/wire.js'
import { readBreaks } from './breaks.js'

export const RECENT_EVENTS = 50

const USAGE = [
  'input_tokens',
  'output_tokens',
  'cache_read_tokens',
  'cache_write_tokens',
  'cache_write_1h_tokens',
] as const

/** Events with what their answers said: a settlement counts before what came with the event. */
const SETTLED = `events LEFT JOIN settlements ON settlements.event = events.event`
const usageColumns = (wrap: (column: string) => string): string =>
  USAGE.map((name) => `${wrap(`COALESCE(settlements.${name}, events.${name})`)} AS ${name}`).join(', ')

/** Of events at or after `sinceMs` (Unix ms). Rows by compressor, tool and skip count each decided block once. */
export const readStats = (database: SqlDatabase, sinceMs: number): Stats => ({
  sinceMs,
  totals: readTotals(database, sinceMs),
  byCompressor: readRows(database, sinceMs, 'l.compressor', SAVED_FIRST),
  byTool: readRows(database, sinceMs, 'l.tool', SAVED_FIRST),
  byAgent: readRows(database, sinceMs, 'e.agent', SAVED_FIRST),
  bySkip: readRows(database, sinceMs, 'l.skip', MOST_FIRST),
  recent: readRecent(database, sinceMs),
  cacheBreaks: readBreaks(database, sinceMs),
})

const readTotals = (database: SqlDatabase, sinceMs: number): LedgerTotals => {
  const sums = database
    .prepare(
      `SELECT COUNT(*) AS requests, COALESCE(SUM(outcome = 'compressed'), 0) AS compressed,
        COALESCE(SUM(bytes_in), 0) AS bytes_in, COALESCE(SUM(bytes_out), 0) AS bytes_out,
        COALESCE(SUM(tokens_before), 0) AS tokens_before, COALESCE(SUM(tokens_after), 0) AS tokens_after,
        ${usageColumns((column) => `SUM(${column})`)}
       FROM ${SETTLED} WHERE at_ms >= ?`,
    )
    .get([sinceMs])
  const first = database
    .prepare(
      `SELECT COALESCE(SUM(l.tokens_before), 0) AS tokens_before, COALESCE(SUM(l.tokens_after), 0) AS tokens_after
       FROM events e JOIN lines l ON l.event_id = e.id WHERE e.at_ms >= ? AND l.replayed = 0`,
    )
    .get([sinceMs])
  const back = database
    .prepare('SELECT COALESCE(SUM(tokens), 0) AS tokens FROM retrievals WHERE at_ms >= ?')
    .get([sinceMs])
  return {
    requests: Number(sums?.requests),
    compressed: Number(sums?.compressed),
    bytesIn: Number(sums?.bytes_in),
    bytesOut: Number(sums?.bytes_out),
    tokensBefore: Number(sums?.tokens_before),
    tokensAfter: Number(sums?.tokens_after),
    firstSeenBefore: Number(first?.tokens_before),
    firstSeenAfter: Number(first?.tokens_after),
    usage: usageOf(sums ?? {}),
    retrievedTokens: Number(back?.tokens),
  }
}

const SAVED_FIRST = 'tokens_before - tokens_after DESC, blocks DESC, name'
const MOST_FIRST = 'blocks DESC, tokens_before DESC, name'

const readRows = (
  database: SqlDatabase,
  sinceMs: number,
  column: 'l.compressor' | 'l.tool' | 'l.skip' | 'e.agent',
  order: string,
): StatsRow[] =>
  database
    .prepare(
      `SELECT * FROM (SELECT ${column} AS name, SUM(l.blocks) AS blocks, SUM(l.tokens_before) AS tokens_before,
        SUM(l.tokens_after) AS tokens_after
       FROM events e JOIN lines l ON l.event_id = e.id
       WHERE e.at_ms >= ? AND l.replayed = 0 AND ${column} IS NOT NULL GROUP BY ${column}) ORDER BY ${order}`,
    )
    .all([sinceMs])
    .map((row) => ({
      name: String(row.name),
      blocks: Number(row.blocks),
      tokensBefore: Number(row.tokens_before),
      tokensAfter: Number(row.tokens_after),
    }))

const NEWEST = `SELECT id FROM events WHERE at_ms >= ? ORDER BY at_ms DESC, id DESC LIMIT ${RECENT_EVENTS}`

const readRecent = (database: SqlDatabase, sinceMs: number): LedgerEvent[] => {
  const lines = new Map<number, LedgerLine[]>()
  for (const row of database.prepare(`SELECT * FROM lines WHERE event_id IN (${NEWEST}) ORDER BY id`).all([sinceMs])) {
    const id = Number(row.event_id)
    lines.set(id, [...(lines.get(id) ?? []), lineOf(row)])
  }
  return database
    .prepare(
      `SELECT events.*, COALESCE(settlements.status, events.status) AS final_status, ${usageColumns((column) => column)}
       FROM ${SETTLED} WHERE events.id IN (${NEWEST}) ORDER BY at_ms DESC, id DESC`,
    )
    .all([sinceMs])
    .map((row) => eventOf(row, lines.get(Number(row.id)) ?? []))
}

const eventOf = (row: SqlRow, lines: readonly LedgerLine[]): LedgerEvent => {
  const usage = usageOf(row)
  return {
    id: String(row.event),
    atMs: Number(row.at_ms),
    way: row.way as LedgerEvent['way'],
    ...optional('dialect', row.dialect),
    ...optional('model', row.model),
    ...optional('session', row.session),
    ...optional('agent', row.agent),
    ...optional('project', row.project),
    outcome: row.outcome as LedgerEvent['outcome'],
    ...optional('reason', row.reason),
    bytesIn: Number(row.bytes_in),
    bytesOut: Number(row.bytes_out),
    tokensBefore: Number(row.tokens_before),
    tokensAfter: Number(row.tokens_after),
    basis: row.basis as LedgerEvent['basis'],
    durationMs: Number(row.duration_ms),
    ...(row.final_status === null ? {} : { status: Number(row.final_status) }),
    ...(Object.keys(usage).length === 0 ? {} : { usage }),
    ...(typeof row.arm === 'string' ? { arm: row.arm as Arm } : {}),
    ...(typeof row.repack === 'string' ? { repack: JSON.parse(row.repack) as Repack } : {}),
    lines,
  }
}

const lineOf = (row: SqlRow): LedgerLine => ({
  ...optional('compressor', row.compressor),
  ...optional('skip', row.skip),
  ...optional('tool', row.tool),
  ...optional('contentType', row.content_type),
  blocks: Number(row.blocks),
  tokensBefore: Number(row.tokens_before),
  tokensAfter: Number(row.tokens_after),
  replayed: row.replayed === 1,
})

const optional = <Name extends string>(name: Name, value: SqlRow[string] | undefined): { [K in Name]?: string } =>
  typeof value === 'string' ? ({ [name]: value } as { [K in Name]?: string }) : {}

/** Numbers that no answer gave stay absent: unknown is not zero. */
const usageOf = (row: SqlRow): Usage => ({
  ...(typeof row.input_tokens === 'number' ? { inputTokens: row.input_tokens } : {}),
  ...(typeof row.output_tokens === 'number' ? { outputTokens: row.output_tokens } : {}),
  ...(typeof row.cache_read_tokens === 'number' ? { cacheReadTokens: row.cache_read_tokens } : {}),
  ...(typeof row.cache_write_tokens === 'number' ? { cacheWriteTokens: row.cache_write_tokens } : {}),
  ...(typeof row.cache_write_1h_tokens === 'number' ? { cacheWrite1hTokens: row.cache_write_1h_tokens } : {}),
})
