// How providers cache, by dialect and model: what they publish, with sources. Nothing here is measured by us.
import type { Weights } from '../spec/money.js'
import type { Dialect } from '../spec/wire.js'

export interface CacheRules {
  /** `marked`: entries end at the client's markers. `prefix`: the longest known beginning, by itself. */
  readonly kind: 'marked' | 'prefix'
  /** Prefixes shorter than this are not cached. */
  readonly leastTokens: number
  /** Read tokens come in steps of this size. */
  readonly stepTokens: number
  /** Idle time after which an entry is gone, where the request does not say. */
  readonly ttlMs: number
  /** Prices of the classes against plain input where the model has no price. */
  readonly weights: Weights
}

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

/** Blocks before a marker in which the provider looks for an entry; platform.claude.com, prompt caching, read 2026-11-25. */
export const LOOK_BACK = 20

/** Anthropic's two lifetimes, as a marker asks for them; platform.claude.com, prompt caching, read 2026-11-25. */
export const TTL_MS: Readonly<Record<'5m' | '1h', number>> = { '5m': 5 * MINUTE_MS, '1h': HOUR_MS }

/**
 * OpenAI: in memory entries go after 5 to 10 idle minutes and live an hour at most, with extended retention a day at most
 * (developers.openai.com and learn.microsoft.com, prompt caching, read 2026-11-25).
 */
export const OPENAI_LIVES: { readonly idleMs: number; readonly mostMs: number; readonly extendedMs: number } = {
  idleMs: 10 * MINUTE_MS,
  mostMs: HOUR_MS,
  extendedMs: DAY_MS,
}

/** Gemini publishes no lifetime of implicit entries: what is assumed as usual, and what no entry is taken to outlive. */
export const GEMINI_LIVES: { readonly usualMs: number; readonly mostMs: number } = {
  usualMs: 5 * MINUTE_MS,
  mostMs: DAY_MS,
}

/**
 * Prices of the classes against plain input. Anthropic as published; of the others the lowest read price, and writes at the
 * price of input, as most models have them (price pages, read 2026-11). Models that differ are in the price table.
 */
export const WEIGHTS: Readonly<Record<Dialect, Weights>> = {
  anthropic: { read: 0.1, write: 1.25, write1h: 2 },
  'openai-chat': { read: 0.1, write: 1, write1h: 1 },
  'openai-responses': { read: 0.1, write: 1, write1h: 1 },
  gemini: { read: 0.1, write: 1, write1h: 1 },
}

/** Least cacheable prompt of Claude models; platform.claude.com, prompt caching, as quoted in 2026-05 and read 2026-11-25. */
const CLAUDE_LEAST: readonly (readonly [RegExp, number])[] = [
  [/opus-5|fable-5|mythos-5/, 512],
  [/opus-4-[56](?!\d)|opus-4\.[56]|haiku-4/, 4096],
  [/opus-4-7|opus-4\.7|haiku-3|3-haiku|3-5-haiku|3\.5-haiku/, 2048],
]

/** Implicit caching; ai.google.dev, context caching: 1,024 for Flash, 4,096 for Pro (read 2026-11-25). */
const geminiLeast = (model: string): number => (/pro/.test(model) ? 4096 : 1024)

/** Models that have extended retention only, and those that can have it: since that day by default; same sources. */
const ONLY_EXTENDED = /gpt-(?:5\.(?:[5-9]|\d\d)|[6-9])/
const MAY_EXTEND = /gpt-(?:4\.1|5)/
const EXTENDED_BY_DEFAULT_MS = Date.UTC(2026, 4, 29)

const openaiTtl = (model: string, atMs = EXTENDED_BY_DEFAULT_MS): number =>
  ONLY_EXTENDED.test(model) || (MAY_EXTEND.test(model) && atMs >= EXTENDED_BY_DEFAULT_MS)
    ? OPENAI_LIVES.extendedMs
    : OPENAI_LIVES.idleMs

/** @param atMs when it was asked; absent: today's rules. */
export const rulesFor = (dialect: Dialect, model: string, atMs?: number): CacheRules => {
  const weights = WEIGHTS[dialect]
  if (dialect === 'anthropic') {
    const leastTokens = CLAUDE_LEAST.find(([pattern]) => pattern.test(model))?.[1] ?? 1024
    return { kind: 'marked', leastTokens, stepTokens: 1, ttlMs: TTL_MS['5m'], weights }
  }
  return dialect === 'gemini'
    ? { kind: 'prefix', leastTokens: geminiLeast(model), stepTokens: 1, ttlMs: GEMINI_LIVES.usualMs, weights }
    : { kind: 'prefix', leastTokens: 1024, stepTokens: 128, ttlMs: openaiTtl(model, atMs), weights }
}

/** A provider whose receipts show no cache has none. */
export const withoutCache = (rules: CacheRules): CacheRules => ({ ...rules, leastTokens: Number.POSITIVE_INFINITY })
