// How long after its last use a provider may still hold a prompt in its cache. Errs on the long side: a prefix that is
// taken for cold while it is warm costs a rewrite of everything after it.
import type { Dialect } from '../spec/wire.js'
import { GEMINI_LIVES, OPENAI_LIVES, TTL_MS } from './cache-rules.js'

/** Clocks differ, and a request takes its time to arrive. */
const MARGIN_MS = 30_000

const RETENTION = '"prompt_cache_retention"'
const IN_MEMORY = /^\s*:\s*"in[_-]memory"/

/** Extended retention is the default unless an account has opted out of it, which no request tells. */
const openaiMs = (bytes: Buffer): number => {
  const at = bytes.indexOf(RETENTION)
  const value = at === -1 ? '' : bytes.subarray(at + RETENTION.length, at + RETENTION.length + 32).toString('latin1')
  return IN_MEMORY.test(value) ? OPENAI_LIVES.mostMs : OPENAI_LIVES.extendedMs
}

/** Marks that ask for another lifetime count wherever they stand. Gemini's own caches live as long as they were made for. */
const LIFETIMES: Readonly<Record<Dialect, (bytes: Buffer) => number>> = {
  anthropic: (bytes) => TTL_MS[bytes.includes('"ttl"') ? '1h' : '5m'],
  'openai-chat': openaiMs,
  'openai-responses': openaiMs,
  gemini: (bytes) => (bytes.includes('"cachedContent"') ? Number.POSITIVE_INFINITY : GEMINI_LIVES.mostMs),
}

/** Milliseconds of idleness after which nothing of this request's prefix can be cached any more. One search in the bytes. */
export const lifetimeMs = (dialect: Dialect, body: Uint8Array): number =>
  LIFETIMES[dialect](Buffer.from(body.buffer as ArrayBuffer, body.byteOffset, body.byteLength)) + MARGIN_MS
