/** Bounded clean-up: by age, then by size, oldest use first; an original always goes together with the decisions that point to it. */
import { immediately, type SqlDatabase } from '../base/database/driver.js'
import { removeExposed } from './exposed.js'
import { LIVE_MS } from './uses.js'

export interface SweepBounds {
  readonly home: string
  readonly maxBytes: number
  readonly maxAgeMs: number
}

/** Work of one call: 5 to 15 ms on 2 busy cores (2026-11). Callers repeat until a call frees nothing. */
const ORIGINALS_PER_CALL = 64
const DECISIONS_PER_CALL = 500
/** Pages given back to the file system per call; 4 KiB each. */
const VACUUM_PAGES = 256

/** Freed bytes of content. Nothing used within the last day goes, however full the store is. */
export const sweepDatabase = (database: SqlDatabase, bounds: SweepBounds, nowMs: number): number => {
  const expiredMs = nowMs - Math.max(bounds.maxAgeMs, LIVE_MS)
  const liveMs = nowMs - LIVE_MS
  const freed = immediately(database, () => {
    let bytes = dropOriginals(database, bounds.home, { usedBeforeMs: expiredMs, liveMs, untilBytes: Infinity })
    bytes += dropPlainDecisions(database, expiredMs)
    const excess = usedBytes(database) - bounds.maxBytes
    if (excess <= 0) return bytes
    const bySize = dropOriginals(database, bounds.home, { usedBeforeMs: liveMs, liveMs, untilBytes: excess })
    return bytes + bySize + (bySize < excess ? dropPlainDecisions(database, liveMs) : 0)
  })
  if (freed > 0) database.exec(`PRAGMA incremental_vacuum(${VACUUM_PAGES})`)
  return freed
}

/** Bytes of pages in use: the file may be larger until its free pages are given back. */
const usedBytes = (database: SqlDatabase): number => {
  const pragma = (name: string): number => Number(database.prepare(`PRAGMA ${name}`).get([])?.[name] ?? 0)
  return (pragma('page_count') - pragma('freelist_count')) * pragma('page_size')
}

interface Range {
  readonly usedBeforeMs: number
  readonly liveMs: number
  readonly untilBytes: number
}

/** The exposed file goes inside the transaction: whoever stores the same original next has to wait, and exposes it anew. */
const dropOriginals = (database: SqlDatabase, home: string, { usedBeforeMs, liveMs, untilBytes }: Range): number => {
  const victims = database
    .prepare(
      `SELECT id, ref, stored FROM originals WHERE used_ms < ?
       AND NOT EXISTS (SELECT 1 FROM decisions WHERE decisions.ref = originals.ref AND decisions.used_ms >= ?)
       ORDER BY used_ms LIMIT ${ORIGINALS_PER_CALL}`,
    )
    .all([usedBeforeMs, liveMs])
  let bytes = 0
  for (const { id, ref, stored } of victims) {
    if (bytes >= untilBytes) break
    database.prepare('DELETE FROM decisions WHERE ref = ?').run([String(ref)])
    database.prepare('DELETE FROM bodies WHERE id = ?').run([Number(id)])
    database.prepare('DELETE FROM owners WHERE id = ?').run([Number(id)])
    database.prepare('DELETE FROM originals WHERE id = ?').run([Number(id)])
    removeExposed(home, String(ref))
    bytes += Number(stored)
  }
  return bytes
}

/** Decisions without an original: refusals and forms that lose nothing. Size of a row without text is counted as 200 bytes. */
const dropPlainDecisions = (database: SqlDatabase, usedBeforeMs: number): number => {
  const chosen = `SELECT id FROM decisions WHERE ref IS NULL AND used_ms < ? ORDER BY used_ms LIMIT ${DECISIONS_PER_CALL}`
  const sum = database
    .prepare(`SELECT COALESCE(SUM(200 + COALESCE(LENGTH(text), 0)), 0) AS bytes FROM decisions WHERE id IN (${chosen})`)
    .get([usedBeforeMs])
  const bytes = Number(sum?.bytes ?? 0)
  if (bytes > 0) database.prepare(`DELETE FROM decisions WHERE id IN (${chosen})`).run([usedBeforeMs])
  return bytes
}
