// Whether changing what was sent before pays, in tokens of plain input. History is changed only when it does (B-6).

import type { Repack, RepackOffer, RepackRule } from '../spec/repack.js'
import type { Dialect } from '../spec/wire.js'
import { WEIGHTS } from './cache-rules.js'

/** Where models of a provider differ, a rewrite is taken to cost what it costs on the dearest: gpt-5.6 bills writes (price pages, read 2026-11). */
const DEAREST_WRITE: Readonly<Record<Dialect, number>> = {
  anthropic: WEIGHTS.anthropic.write,
  'openai-chat': 1.25,
  'openai-responses': 1.25,
  gemini: WEIGHTS.gemini.write,
}

/** What is hoped for must be worth this many times what it surely costs. Chosen: with as many requests to come as there were, half of all sessions end sooner. */
const MARGIN = 2
/** Requests ahead are never taken for more than this, however long a session has been. Chosen. */
const MAX_AHEAD = 200
const LONG_LIFETIME_MS = 30 * 60_000

/**
 * Requests still to come, by what there were: of sessions whose lengths follow a power law, half go on for as long again
 * (Lindy's law); recorded agent sessions of 5 to 439 turns fit no narrower one.
 */
export const requestsAhead = (soFar: number): number => Math.min(MAX_AHEAD, soFar)

/**
 * Cold: always, nothing that is cached is lost. Warm, under the rule `net-cost`: when the reads that are saved later outweigh the rewrite with margin,
 * and what the session has saved so far covers the rewrite, so that no session can cost more than without us.
 */
export const weighRepack = (offer: RepackOffer, rule: RepackRule = 'cold'): Repack => {
  const { dialect, lifetimeMs, idleMs, savedTokens, suffixTokens, requestsSoFar, bankedTokens } = offer
  const { read, write1h } = WEIGHTS[dialect]
  const write = lifetimeMs > LONG_LIFETIME_MS ? Math.max(write1h, DEAREST_WRITE[dialect]) : DEAREST_WRITE[dialect]
  const ahead = requestsAhead(requestsSoFar)
  const isCold = idleMs !== undefined && idleMs > lifetimeMs
  const costTokens = isCold ? 0 : (suffixTokens - savedTokens) * write - suffixTokens * read
  const gainTokens = savedTokens * read * ahead + (isCold ? savedTokens * write : 0)
  const paysWarm = rule === 'net-cost' && gainTokens >= MARGIN * costTokens && costTokens <= bankedTokens
  const pays = savedTokens > 0 && (isCold || paysWarm)
  return {
    cause: isCold ? 'cold' : 'net-cost',
    pays,
    savedTokens,
    suffixTokens,
    requestsAhead: ahead,
    costTokens: Math.round(costTokens),
    gainTokens: Math.round(gainTokens),
    bankedTokens: Math.round(bankedTokens),
    ...(idleMs === undefined ? {} : { idleMs }),
    lifetimeMs,
  }
}

/** What the forms of one request saved, in tokens of plain input: new ones a write, replayed ones a read. */
export const bankedBy = (
  dialect: Dialect,
  saved: { readonly newTokens: number; readonly replayedTokens: number },
): number => saved.newTokens * WEIGHTS[dialect].write + saved.replayedTokens * WEIGHTS[dialect].read
