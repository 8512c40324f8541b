// Where a client asked for cache entries to end, and for how long. Read from the bytes: one search for the member's name.
import type { BreakCause } from '../spec/drift.js'
import type { BodyIndex } from './body-index.js'
import { systemSpan } from './difference.js'

export interface Breakpoint {
  readonly place: 'tools' | 'system' | 'turns' | 'body'
  /** Item of the list, for `turns`. */
  readonly item: number
  readonly ttlMs: number
}

const NAME = '"cache_control"'
/** Longest breakpoint that is read, e.g. `"cache_control": {"type": "ephemeral", "ttl": "1h"}`. */
const MEMBER_BYTES = 160

const MINUTE_MS = 60_000
/** Where a client asks for nothing: the shortest life that any provider names (Anthropic and OpenAI, read 2026-11). */
export const DEFAULT_TTL_MS: number = 5 * MINUTE_MS
/** Content blocks before a breakpoint in which Anthropic looks for an earlier entry (read 2026-11). */
export const LOOK_BACK_BLOCKS = 20

export const breakpointsOf = (index: BodyIndex): Breakpoint[] => {
  const { body } = index
  const buffer = Buffer.from(body.buffer as ArrayBuffer, body.byteOffset, body.byteLength)
  const found: Breakpoint[] = []
  for (let at = buffer.indexOf(NAME); at !== -1; at = buffer.indexOf(NAME, at + NAME.length)) {
    const member = buffer.toString('latin1', at, at + MEMBER_BYTES)
    const value = /^"cache_control"\s*:\s*\{([^{}]*)\}/.exec(member)?.[1]
    if (value === undefined) continue
    const ttl = /"ttl"\s*:\s*"(\d+)([mh])"/.exec(value)
    const ttlMs = ttl === null ? DEFAULT_TTL_MS : Number(ttl[1]) * (ttl[2] === 'h' ? 60 : 1) * MINUTE_MS
    found.push({ ...placeOf(index, at), ttlMs })
  }
  return found
}

const placeOf = (index: BodyIndex, at: number): Pick<Breakpoint, 'place' | 'item'> => {
  const within = (span: { start: number; end: number } | undefined): boolean =>
    span !== undefined && at >= span.start && at < span.end
  if (within(index.members.get('tools'))) return { place: 'tools', item: -1 }
  if (within(systemSpan(index))) return { place: 'system', item: -1 }
  const item = index.items.findIndex((one) => within(one))
  return item === -1 ? { place: 'body', item } : { place: 'turns', item }
}

/** Shortest life asked for: after it, part of the prefix may be gone. */
export const shortestTtlMs = (points: readonly Breakpoint[]): number =>
  points.length === 0 ? DEFAULT_TTL_MS : Math.min(...points.map(({ ttlMs }) => ttlMs))

/** What the breakpoints alone explain, where the content is the same. */
export const breakpointCause = (old: BodyIndex, now: BodyIndex): BreakCause | undefined => {
  const [before, after] = [breakpointsOf(old), breakpointsOf(now)]
  if (before.length === 0) return undefined
  if (after.length === 0) return 'breakpoint-dropped'
  for (const place of ['tools', 'system', 'turns', 'body'] as const) {
    const [a, b] = [before.filter((one) => one.place === place), after.filter((one) => one.place === place)]
    if (a.length > 0 && b.length > 0 && a.at(-1)!.ttlMs !== b.at(-1)!.ttlMs) return 'ttl-changed'
  }
  const [last, next] = [before.at(-1)!, after.at(-1)!]
  if (last.place === 'turns' && (next.place !== 'turns' || next.item < last.item)) return 'breakpoint-moved'
  return next.item - last.item > LOOK_BACK_BLOCKS ? 'breakpoint-moved' : undefined
}
