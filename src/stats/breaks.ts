/** Losses of cached tokens on record: bounded, and without a word of what was sent. */
import type { SqlDatabase } from '../base/database/driver.js'
import type { BreakCause, CacheBreak, CacheBreaks, CauseCount } from '../spec/drift.js'

/** About 1 MB of the file. */
const KEPT_BREAKS = 2000
const RECENT_BREAKS = 50

export const writeBreak = (database: SqlDatabase, event: CacheBreak): void => {
  database
    .prepare('INSERT INTO cache_breaks (at_ms, cause, lost_tokens, lost_micro_usd, event) VALUES (?, ?, ?, ?, ?)')
    .run([event.atMs, event.cause, event.lostTokens ?? null, event.lostMicroUsd ?? null, JSON.stringify(event)])
  database.prepare(`DELETE FROM cache_breaks WHERE id <= (SELECT MAX(id) FROM cache_breaks) - ${KEPT_BREAKS}`).run([])
}

export const readBreaks = (database: SqlDatabase, sinceMs: number): CacheBreaks => ({
  byCause: database
    .prepare(
      `SELECT cause, COUNT(*) AS breaks, COALESCE(SUM(lost_tokens), 0) AS lost, COALESCE(SUM(lost_micro_usd), 0) AS usd
       FROM cache_breaks WHERE at_ms >= ? GROUP BY cause ORDER BY lost DESC, breaks DESC, cause`,
    )
    .all([sinceMs])
    .map(({ cause, breaks, lost, usd }) => ({
      cause: cause as BreakCause,
      breaks: Number(breaks),
      lostTokens: Number(lost),
      lostMicroUsd: Number(usd),
    })),
  recent: database
    .prepare(`SELECT event FROM cache_breaks WHERE at_ms >= ? ORDER BY at_ms DESC, id DESC LIMIT ${RECENT_BREAKS}`)
    .all([sinceMs])
    .map(({ event }) => JSON.parse(String(event)) as CacheBreak),
})

/** The same sums over a list. */
export const sumBreaks = (breaks: readonly CacheBreak[], sinceMs: number): CacheBreaks => {
  const within = breaks.filter(({ atMs }) => atMs >= sinceMs).sort((a, b) => b.atMs - a.atMs)
  const causes = new Map<BreakCause, CauseCount>()
  for (const { cause, lostTokens = 0, lostMicroUsd = 0 } of within) {
    const known = causes.get(cause) ?? { cause, breaks: 0, lostTokens: 0, lostMicroUsd: 0 }
    causes.set(cause, {
      cause,
      breaks: known.breaks + 1,
      lostTokens: known.lostTokens + lostTokens,
      lostMicroUsd: known.lostMicroUsd + lostMicroUsd,
    })
  }
  const byCause = [...causes.values()].sort(
    (a, b) => b.lostTokens - a.lostTokens || b.breaks - a.breaks || (a.cause < b.cause ? -1 : 1),
  )
  return { byCause, recent: within.slice(0, RECENT_BREAKS) }
}
