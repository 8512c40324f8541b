// How long after its last use a provider may still hold a prompt in its cache. Errs on the long side: a prefix that is
// taken for cold while it is warm costs a rewrite of everything after it.
import type { Dialect } from '../spec/wire.js'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

/**
 * Bytes of a request that ask for the longer of a provider's lifetimes, wherever they stand, and what it is then.
 * Anthropic: 5 minutes, or an hour with `"ttl":"1h"` (docs.anthropic.com, prompt caching, read 2026-11).
 * OpenAI: 5 to 10 minutes of inactivity, at most an hour; 24 hours with `prompt_cache_retention` (platform.openai.com,
 * prompt caching, read 2026-11). Gemini names no lifetime for implicit caching, and explicit caches live as long as they
 * were made for: a day is chosen, and what names a cache is never cold.
 */
const LIFETIMES: Readonly<Record<Dialect, { ms: number; sign: string; longMs: number }>> = {
  anthropic: { ms: 5 * MINUTE_MS, sign: '"ttl"', longMs: HOUR_MS },
  'openai-chat': { ms: HOUR_MS, sign: '"prompt_cache_retention"', longMs: 24 * HOUR_MS },
  'openai-responses': { ms: HOUR_MS, sign: '"prompt_cache_retention"', longMs: 24 * HOUR_MS },
  gemini: { ms: 24 * HOUR_MS, sign: '"cachedContent"', longMs: Number.POSITIVE_INFINITY },
}

/** Clocks differ, and a request takes its time to arrive. */
const MARGIN_MS = 30_000

/** Milliseconds of idleness after which nothing of this request's prefix can be cached any more. One search in the bytes. */
export const lifetimeMs = (dialect: Dialect, body: Uint8Array): number => {
  const { ms, sign, longMs } = LIFETIMES[dialect]
  const bytes = Buffer.from(body.buffer as ArrayBuffer, body.byteOffset, body.byteLength)
  return (bytes.includes(sign) ? longMs : ms) + MARGIN_MS
}
