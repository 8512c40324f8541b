/** What a ledger is told, as values: queued on the hot path and written later. */
import { immediately, type SqlDatabase, type SqlValue } from '../base/database/driver.js'
import type { CacheBreak } from '../spec/drift.js'
import type { LedgerEvent, LedgerLine, Stats } from '../spec/ledger.js'
import type { Usage } from '../spec/wire.js'
import type { BilledPeriod } from './billed.js'
import { writeBreak } from './breaks.js'

export interface Settlement {
  readonly id: string
  readonly status: number
  readonly usage?: Usage
}

export interface Retrieval {
  readonly atMs: number
  readonly ref: string
  readonly tokens: number
  readonly whole: boolean
}

export type Entry =
  | { readonly event: LedgerEvent }
  | { readonly settlement: Settlement }
  | { readonly retrieval: Retrieval }
  | { readonly broke: CacheBreak }

/** Where entries end up. */
export interface LedgerTarget {
  /** False when nothing was written. */
  write(entries: readonly Entry[]): boolean
  stats(sinceMs: number): Stats
  billed(sinceMs: number): BilledPeriod
  close(): void
}

/** All or none. An event whose id is known already changes nothing. */
export const writeEntries = (database: SqlDatabase, entries: readonly Entry[]): void =>
  immediately(database, () => {
    for (const entry of entries) {
      if ('event' in entry) writeEvent(database, entry.event)
      else if ('settlement' in entry) writeSettlement(database, entry.settlement)
      else if ('broke' in entry) writeBreak(database, entry.broke)
      else writeRetrieval(database, entry.retrieval)
    }
  })

const INSERT_EVENT = `INSERT INTO events (event, at_ms, way, dialect, model, session, project, outcome, reason,
  bytes_in, bytes_out, tokens_before, tokens_after, basis, duration_ms, status,
  input_tokens, output_tokens, cache_read_tokens, cache_write_tokens, cache_write_1h_tokens, repack, arm, agent)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (event) DO NOTHING`
const INSERT_LINE = `INSERT INTO lines (event_id, compressor, skip, tool, content_type, blocks, tokens_before, tokens_after, replayed)
  VALUES ((SELECT id FROM events WHERE event = ?), ?, ?, ?, ?, ?, ?, ?, ?)`

const writeEvent = (database: SqlDatabase, event: LedgerEvent): void => {
  const added = database
    .prepare(INSERT_EVENT)
    .run([
      event.id,
      event.atMs,
      event.way,
      event.dialect ?? null,
      event.model ?? null,
      event.session ?? null,
      event.project ?? null,
      event.outcome,
      event.reason ?? null,
      event.bytesIn,
      event.bytesOut,
      event.tokensBefore,
      event.tokensAfter,
      event.basis,
      event.durationMs,
      event.status ?? null,
      ...usageValues(event.usage),
      event.repack === undefined ? null : JSON.stringify(event.repack),
      event.arm ?? null,
      event.agent ?? null,
    ])
  if (added > 0) for (const line of event.lines) database.prepare(INSERT_LINE).run([event.id, ...lineValues(line)])
}

const lineValues = (line: LedgerLine): SqlValue[] => [
  line.compressor ?? null,
  line.skip ?? null,
  line.tool ?? null,
  line.contentType ?? null,
  line.blocks,
  line.tokensBefore,
  line.tokensAfter,
  line.replayed ? 1 : 0,
]

const usageValues = (usage: Usage | undefined): SqlValue[] => [
  usage?.inputTokens ?? null,
  usage?.outputTokens ?? null,
  usage?.cacheReadTokens ?? null,
  usage?.cacheWriteTokens ?? null,
  usage?.cacheWrite1hTokens ?? null,
]

const writeSettlement = (database: SqlDatabase, { id, status, usage }: Settlement): void => {
  database
    .prepare(
      `INSERT INTO settlements (event, status, input_tokens, output_tokens, cache_read_tokens, cache_write_tokens,
         cache_write_1h_tokens)
       VALUES (?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (event) DO UPDATE SET status = excluded.status,
         input_tokens = COALESCE(excluded.input_tokens, input_tokens),
         output_tokens = COALESCE(excluded.output_tokens, output_tokens),
         cache_read_tokens = COALESCE(excluded.cache_read_tokens, cache_read_tokens),
         cache_write_tokens = COALESCE(excluded.cache_write_tokens, cache_write_tokens),
         cache_write_1h_tokens = COALESCE(excluded.cache_write_1h_tokens, cache_write_1h_tokens)`,
    )
    .run([id, status, ...usageValues(usage)])
}

const writeRetrieval = (database: SqlDatabase, { atMs, ref, tokens, whole }: Retrieval): void => {
  database
    .prepare('INSERT INTO retrievals (at_ms, ref, tokens, whole) VALUES (?, ?, ?, ?)')
    .run([atMs, ref, tokens, whole ? 1 : 0])
}
