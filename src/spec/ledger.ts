import type { CacheBreak, CacheBreaks } from './drift.js'
import type { Arm, Money, Pricing } from './money.js'
import type { Repack } from './repack.js'
import type { CountBasis } from './tokenizer.js'
import type { Usage } from './wire.js'

/** Sums over the blocks of one request that share compressor (or skip reason), tool and content type. */
export interface LedgerLine {
  readonly compressor?: string
  readonly skip?: string
  readonly tool?: string
  readonly contentType?: string
  readonly blocks: number
  readonly tokensBefore: number
  readonly tokensAfter: number
  /** True where the form was replayed, not made, in this request: the saving repeats, the decision does not. */
  readonly replayed: boolean
}

/** Append-only. No text, no headers, no keys. */
export interface LedgerEvent {
  readonly id: string
  readonly atMs: number
  readonly way: 'proxy' | 'library' | 'mcp' | 'cli' | 'hook'
  readonly dialect?: string
  readonly model?: string
  readonly session?: string
  /** Who sent it, by a name from a fixed list. */
  readonly agent?: string
  readonly project?: string
  readonly outcome: 'compressed' | 'passthrough'
  readonly reason?: string
  readonly bytesIn: number
  readonly bytesOut: number
  readonly tokensBefore: number
  readonly tokensAfter: number
  readonly basis: CountBasis
  readonly durationMs: number
  readonly status?: number
  readonly usage?: Usage
  readonly lines: readonly LedgerLine[]
  /** Set while a share of sessions is held out. */
  readonly arm?: Arm
  /** History was changed in this request, and all that was weighed. */
  readonly repack?: Repack
}

export interface LedgerTotals {
  readonly requests: number
  readonly compressed: number
  readonly bytesIn: number
  readonly bytesOut: number
  /** All located tool-result tokens as sent by clients, resends included. */
  readonly tokensBefore: number
  readonly tokensAfter: number
  /** Of blocks decided in the period, each once. */
  readonly firstSeenBefore: number
  readonly firstSeenAfter: number
  readonly usage: Usage
  /** Tokens handed back by retrievals in the period: the cost side of the net figure. */
  readonly retrievedTokens: number
}

export interface StatsRow {
  readonly name: string
  readonly blocks: number
  readonly tokensBefore: number
  readonly tokensAfter: number
}

export interface Stats {
  readonly sinceMs: number
  readonly totals: LedgerTotals
  readonly byCompressor: readonly StatsRow[]
  readonly byTool: readonly StatsRow[]
  /** By who sent the request; what names none is left out. */
  readonly byAgent: readonly StatsRow[]
  readonly bySkip: readonly StatsRow[]
  readonly recent: readonly LedgerEvent[]
  /** Losses of cached tokens in the period; absent where nothing watches for them. */
  readonly cacheBreaks?: CacheBreaks
}

export interface Ledger {
  append(event: LedgerEvent): void
  retrieved(ref: string, tokens: number, whole: boolean): void
  /** Adds what the answer said to an appended event. */
  settle(id: string, status: number, usage?: Usage): void
  /** A loss of cached tokens; the newest ones are kept. */
  broke(event: CacheBreak): void
  stats(sinceMs: number): Stats
  /** What was billed and what we changed of it, by the requests whose answers told. O(requests of the period). */
  money(sinceMs: number, pricing: Pricing): Money
  close(): void
}
