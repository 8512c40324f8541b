// Requests as their providers billed them, with what forms took out and what was asked back.
import type { SqlDatabase, SqlRow } from '../base/database/driver.js'
import type { Arm, Billed, BilledRequest } from '../spec/money.js'
import type { Repack } from '../spec/repack.js'
import type { CountBasis } from '../spec/tokenizer.js'
import type { Usage } from '../spec/wire.js'

/** About 40 MB while they are added up. Newest first. */
const MOST_BILLED = 100_000

export interface BilledPeriod {
  readonly requests: readonly BilledRequest[]
  readonly unbilledRequests: number
  readonly isCut: boolean
}

const usage = (name: string): string => `COALESCE(s.${name}, e.${name})`
const HAS_BILL = `${usage('input_tokens')} IS NOT NULL`
const FROM = 'FROM events e LEFT JOIN settlements s ON s.event = e.event WHERE e.at_ms >= ?'
const sum = (value: string, where: string): string => `COALESCE(SUM(CASE WHEN ${where} THEN ${value} END), 0)`
const SAVED = 'l.tokens_before - l.tokens_after'
const ASKED = `l.skip = 'retrieved-content'`

const BILLED = `SELECT e.*, ${sum(SAVED, 'l.replayed = 0')} AS saved_new, ${sum(SAVED, 'l.replayed = 1')} AS saved_again,
  ${sum('l.tokens_after', `${ASKED} AND l.replayed = 0`)} AS asked_new,
  ${sum('l.tokens_after', `${ASKED} AND l.replayed = 1`)} AS asked_again
  FROM (SELECT e.id, e.event, e.at_ms, e.model, e.session, e.agent, e.reason, e.arm, e.basis, e.repack,
    ${usage('input_tokens')} AS input, ${usage('output_tokens')} AS output,
    ${usage('cache_read_tokens')} AS cache_read, ${usage('cache_write_tokens')} AS cache_write,
    ${usage('cache_write_1h_tokens')} AS cache_write_1h
    ${FROM} AND ${HAS_BILL} ORDER BY e.at_ms DESC, e.id DESC LIMIT ${MOST_BILLED + 1}) e
  LEFT JOIN lines l ON l.event_id = e.id GROUP BY e.id ORDER BY e.at_ms DESC, e.id DESC`

/** O(requests and lines of the period). */
export const readBilled = (database: SqlDatabase, sinceMs: number): BilledPeriod => {
  const rows = database.prepare(BILLED).all([sinceMs])
  const without = database.prepare(`SELECT COUNT(*) AS requests ${FROM} AND NOT (${HAS_BILL})`).get([sinceMs])
  return {
    requests: rows.slice(0, MOST_BILLED).map(requestOf),
    unbilledRequests: Number(without?.requests),
    isCut: rows.length > MOST_BILLED,
  }
}

/** Tokens by price class of an answer's usage. */
export const classesOf = (told: Usage): Billed => {
  const { inputTokens = 0, outputTokens = 0, cacheReadTokens = 0, cacheWriteTokens = 0, cacheWrite1hTokens = 0 } = told
  return {
    freshTokens: inputTokens,
    readTokens: cacheReadTokens,
    writeTokens: Math.max(0, cacheWriteTokens - cacheWrite1hTokens),
    write1hTokens: cacheWrite1hTokens,
    outputTokens,
  }
}

/** What a rewrite of history cost, and what of its saving that figure holds already. */
export const repackOf = (repack: Repack | undefined): Pick<BilledRequest, 'repackTokens' | 'repackSavedTokens'> =>
  repack?.pays !== true || repack.cause === 'cold'
    ? { repackTokens: 0, repackSavedTokens: 0 }
    : { repackTokens: repack.costTokens, repackSavedTokens: repack.savedTokens }

const requestOf = (row: SqlRow): BilledRequest => ({
  id: String(row.event),
  atMs: Number(row.at_ms),
  ...(typeof row.model === 'string' ? { model: row.model } : {}),
  ...(typeof row.session === 'string' ? { session: row.session } : {}),
  ...(typeof row.agent === 'string' ? { agent: row.agent } : {}),
  ...(typeof row.reason === 'string' ? { reason: row.reason } : {}),
  ...(typeof row.arm === 'string' ? { arm: row.arm as Arm } : {}),
  basis: row.basis as CountBasis,
  billed: classesOf({
    inputTokens: Number(row.input),
    outputTokens: Number(row.output ?? 0),
    cacheReadTokens: Number(row.cache_read ?? 0),
    cacheWriteTokens: Number(row.cache_write ?? 0),
    cacheWrite1hTokens: Number(row.cache_write_1h ?? 0),
  }),
  tellsReads: row.cache_read !== null,
  savedNewTokens: Number(row.saved_new),
  savedAgainTokens: Number(row.saved_again),
  askedNewTokens: Number(row.asked_new),
  askedAgainTokens: Number(row.asked_again),
  ...repackOf(typeof row.repack === 'string' ? (JSON.parse(row.repack) as Repack) : undefined),
})
