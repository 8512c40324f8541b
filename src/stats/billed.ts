// Requests as their providers billed them, with what forms took out and what was asked back.
import type { SqlDatabase, SqlRow } from '../base/database/driver.js'
import type { BilledRequest } from '../spec/money.js'
import type { Repack } from '../spec/repack.js'
import type { CountBasis } from '../spec/tokenizer.js'

/** About 40 MB while they are added up. Newest first. */
export const MOST_BILLED = 100_000

export interface BilledPeriod {
  readonly requests: readonly BilledRequest[]
  readonly unbilledRequests: number
  readonly isCut: boolean
}

const usage = (name: string): string => `COALESCE(s.${name}, e.${name})`
const lines = (value: string, where: string): string =>
  `COALESCE((SELECT SUM(${value}) FROM lines l WHERE l.event_id = e.id AND ${where}), 0)`
const SAVED = 'l.tokens_before - l.tokens_after'
const ASKED = `l.skip = 'retrieved-content'`

const BILLED = `SELECT e.event, e.at_ms, e.model, e.session, e.reason, e.basis, e.repack,
  ${usage('input_tokens')} AS input, ${usage('output_tokens')} AS output,
  ${usage('cache_read_tokens')} AS cache_read, ${usage('cache_write_tokens')} AS cache_write,
  ${lines(SAVED, 'l.replayed = 0')} AS saved_new, ${lines(SAVED, 'l.replayed = 1')} AS saved_again,
  ${lines('l.tokens_after', `${ASKED} AND l.replayed = 0`)} AS asked_new,
  ${lines('l.tokens_after', `${ASKED} AND l.replayed = 1`)} AS asked_again
  FROM events e LEFT JOIN settlements s ON s.event = e.event`
const HAS_BILL = `${usage('input_tokens')} IS NOT NULL`

export const readBilled = (database: SqlDatabase, sinceMs: number): BilledPeriod => {
  const rows = database
    .prepare(`${BILLED} WHERE e.at_ms >= ? AND ${HAS_BILL} ORDER BY e.at_ms DESC, e.id DESC LIMIT ${MOST_BILLED + 1}`)
    .all([sinceMs])
  const without = database
    .prepare(
      `SELECT COUNT(*) AS requests FROM events e LEFT JOIN settlements s ON s.event = e.event
       WHERE e.at_ms >= ? AND NOT (${HAS_BILL})`,
    )
    .get([sinceMs])
  return {
    requests: rows.slice(0, MOST_BILLED).map(requestOf),
    unbilledRequests: Number(without?.requests),
    isCut: rows.length > MOST_BILLED,
  }
}

const requestOf = (row: SqlRow): BilledRequest => ({
  id: String(row.event),
  atMs: Number(row.at_ms),
  ...(typeof row.model === 'string' ? { model: row.model } : {}),
  ...(typeof row.session === 'string' ? { session: row.session } : {}),
  ...(typeof row.reason === 'string' ? { reason: row.reason } : {}),
  basis: row.basis as CountBasis,
  billed: {
    freshTokens: Number(row.input),
    readTokens: Number(row.cache_read ?? 0),
    writeTokens: Number(row.cache_write ?? 0),
    write1hTokens: 0,
    outputTokens: Number(row.output ?? 0),
  },
  savedNewTokens: Number(row.saved_new),
  savedAgainTokens: Number(row.saved_again),
  askedNewTokens: Number(row.asked_new),
  askedAgainTokens: Number(row.asked_again),
  repackTokens: typeof row.repack === 'string' ? (JSON.parse(row.repack) as Repack).costTokens : 0,
})
