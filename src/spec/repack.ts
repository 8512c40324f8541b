import type { Dialect } from './wire.js'

/** When history that was sent in full may be shortened: `cold`, once the provider holds nothing of it; `net-cost`, also where later reads outweigh the rewrite. */
export type RepackRule = 'cold' | 'net-cost'

/** What a change of blocks that were sent before would bring, and what is known of the session. Tokens are counts or careful guesses. */
export interface RepackOffer {
  readonly dialect: Dialect
  /** Idleness after which the provider holds nothing of this session. */
  readonly lifetimeMs: number
  /** Since the last request of this session; absent where that is not known. */
  readonly idleMs?: number
  readonly savedTokens: number
  /** From the first changed block to the end of what may be cached. */
  readonly suffixTokens: number
  readonly requestsSoFar: number
  /** What the session has saved so far, in tokens of plain input. */
  readonly bankedTokens: number
}

/** A weighed change of history, with all that went into it. Costs and gains are in tokens of plain input. */
export interface Repack {
  /** `cold`: nothing can be cached any more. `net-cost`: later reads outweigh the rewrite. */
  readonly cause: 'cold' | 'net-cost'
  readonly pays: boolean
  readonly savedTokens: number
  readonly suffixTokens: number
  readonly requestsAhead: number
  readonly costTokens: number
  readonly gainTokens: number
  readonly bankedTokens: number
  readonly idleMs?: number
  readonly lifetimeMs: number
}

/** Economics of the provider's cache, as the pipeline is given them. */
export interface CacheEconomics {
  lifetimeMs(dialect: Dialect, body: Uint8Array): number
  weigh(offer: RepackOffer): Repack
  /** What one request's forms saved, in tokens of plain input. */
  banked(dialect: Dialect, saved: { readonly newTokens: number; readonly replayedTokens: number }): number
}
