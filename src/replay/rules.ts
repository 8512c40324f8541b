// How providers cache, by dialect and model. Facts with their sources; nothing here is measured by us.
import type { Weights } from '../pricing/index.js'
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

/** Blocks before a marker in which the provider looks for an entry; platform.claude.com, prompt caching, read 2026-11-25. */
export const LOOK_BACK = 20

export const TTL_MS: Readonly<Record<'5m' | '1h', number>> = { '5m': 5 * 60_000, '1h': 60 * 60_000 }

/** Least cacheable prompt of Claude models; platform.claude.com, prompt caching, as quoted in 2026-05 and read 2026-11-25. */
const CLAUDE_LEAST: readonly (readonly [RegExp, number])[] = [
  [/opus-5|fable-5|mythos-5/, 512],
  [/opus-4-[56](?!\d)|opus-4\.[56]|haiku-4/, 4096],
  [/opus-4-7|opus-4\.7|haiku-3|3-haiku|3-5-haiku|3\.5-haiku/, 2048],
]

/** Implicit caching; ai.google.dev, context caching: 1,024 for Flash, 4,096 for Pro (read 2026-11-25). */
const geminiLeast = (model: string): number => (/pro/.test(model) ? 4096 : 1024)

/**
 * OpenAI: from 1,024 tokens in steps of 128; entries go after 5 to 10 idle minutes, and models newer than gpt-5.4 keep
 * them for a day; platform.openai.com and learn.microsoft.com, prompt caching (read 2026-11-25).
 */
const openaiTtl = (model: string): number =>
  /gpt-(?:5\.(?:[5-9]|\d\d)|[6-9])/.test(model) ? 24 * 60 * 60_000 : 10 * 60_000

export const rulesFor = (dialect: Dialect, model: string): CacheRules => {
  if (dialect === 'anthropic')
    return {
      kind: 'marked',
      leastTokens: CLAUDE_LEAST.find(([pattern]) => pattern.test(model))?.[1] ?? 1024,
      stepTokens: 1,
      ttlMs: TTL_MS['5m'],
      weights: { read: 0.1, write: 1.25, write1h: 2 },
    }
  const prefix = { kind: 'prefix', weights: { read: 0.1, write: 1, write1h: 1 } } as const
  return dialect === 'gemini'
    ? // How long implicit entries live is not published; five minutes are assumed.
      { ...prefix, leastTokens: geminiLeast(model), stepTokens: 1, ttlMs: 5 * 60_000 }
    : { ...prefix, leastTokens: 1024, stepTokens: 128, ttlMs: openaiTtl(model) }
}

/** A provider whose receipts show no cache has none. */
export const withoutCache = (rules: CacheRules): CacheRules => ({ ...rules, leastTokens: Number.POSITIVE_INFINITY })
