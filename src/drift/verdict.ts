// From what differs and what the provider billed to one loss with its cause, or to none.
import type { BreakCause } from '../spec/drift.js'
import type { ByteEdit, Usage } from '../spec/wire.js'
import type { BodyIndex } from './body-index.js'
import { breakpointCause, breakpointsOf, shortestTtlMs } from './breakpoints.js'
import type { Difference } from './difference.js'

/** Least loss worth telling: no provider caches less (1,024 tokens, read 2026-11), and reads end in steps. */
const LEAST_LOST_TOKENS = 1024
const LEAST_LOST_SHARE = 0.05

/** Tokens that the provider may hold after an answer. Where writes are not named, all of the input is (automatic caching). */
export const cachedAfter = (usage: Usage | undefined): number | undefined => {
  if (usage === undefined) return undefined
  const { inputTokens, cacheReadTokens, cacheWriteTokens } = usage
  if (cacheWriteTokens !== undefined) return (cacheReadTokens ?? 0) + cacheWriteTokens
  return inputTokens === undefined ? undefined : inputTokens + (cacheReadTokens ?? 0)
}

export interface Sides {
  readonly old: BodyIndex
  readonly now: BodyIndex
  readonly oldEdits: readonly ByteEdit[]
  readonly nowEdits: readonly ByteEdit[]
}

export interface OwnChange {
  readonly item: number
  readonly atByte: number
}

/** First turn that both bodies share and that we sent in another form than before. */
export const ownChange = ({ old, now, oldEdits, nowEdits }: Sides): OwnChange | undefined => {
  let [a, b] = [0, 0]
  for (const [item, span] of now.items.entries()) {
    const before = old.items[item]
    if (before === undefined || before.digest !== span.digest) return undefined
    const [firstA, firstB] = [a, b]
    while (a < oldEdits.length && oldEdits[a]!.end <= before.end) a++
    while (b < nowEdits.length && nowEdits[b]!.end <= span.end) b++
    const [had, has] = [oldEdits.slice(firstA, a), nowEdits.slice(firstB, b)]
    const other = Math.max(had.length, has.length) > 0 ? firstOther(had, has) : -1
    if (other !== -1) return { item, atByte: has[other]?.start ?? span.start }
  }
  return undefined
}

const firstOther = (had: readonly ByteEdit[], has: readonly ByteEdit[]): number => {
  for (let index = 0; index < Math.max(had.length, has.length); index++) {
    const [x, y] = [had[index], has[index]]
    if (x === undefined || y === undefined || Buffer.compare(x.bytes, y.bytes) !== 0) return index
  }
  return -1
}

export interface Evidence extends Sides {
  /** What differs of our own was changed on purpose. */
  readonly rewrites?: boolean
  readonly difference: Difference | undefined
  readonly cachedTokens: number | undefined
  readonly usage: Usage | undefined
  readonly idleMs: number
}

export interface Verdict {
  readonly cause: BreakCause
  readonly also: readonly BreakCause[]
  readonly own?: OwnChange
  readonly cachedTokens?: number
  readonly readTokens?: number
  readonly lostTokens?: number
}

export const verdictOf = (evidence: Evidence): Verdict | undefined => {
  const { cachedTokens, usage, difference } = evidence
  // A provider that reads nothing may leave the figure out.
  const readTokens = usage?.inputTokens === undefined ? usage?.cacheReadTokens : (usage.cacheReadTokens ?? 0)
  if (cachedTokens === undefined || readTokens === undefined)
    return difference !== undefined && isCertain(difference)
      ? { cause: difference.cause, also: difference.also }
      : undefined
  const lostTokens = cachedTokens - readTokens
  if (lostTokens < Math.max(LEAST_LOST_TOKENS, LEAST_LOST_SHARE * cachedTokens)) return undefined
  return { ...causesOf(evidence, { cachedTokens, readTokens }), cachedTokens, readTokens, lostTokens }
}

/** Nothing that a provider caches survives these, whatever it reports. */
const isCertain = ({ cause }: Difference): boolean => /^(?:model|tool|system)/.test(cause)

/** Reads of less than this share of what stayed the same have another cause than the difference. */
const LEAST_READ_SHARE = 0.5

const causesOf = (
  evidence: Evidence,
  { cachedTokens, readTokens }: { readonly cachedTokens: number; readonly readTokens: number },
): Pick<Verdict, 'cause' | 'also' | 'own'> => {
  const { old, now, difference, idleMs, rewrites } = evidence
  const own = ownChange(evidence)
  const found: BreakCause[] = difference === undefined ? [] : [difference.cause, ...difference.also]
  // What is shared ends where the client's own bytes differ, so a change of ours lies before a turn that differs.
  const isFirst = own !== undefined && !found.some((cause) => isBeforeTurns(cause))
  if (own !== undefined) found.splice(isFirst ? 0 : found.length, 0, rewrites ? 'own-rewrite' : 'own-edit')
  const kept = (isFirst || difference === undefined ? 1 : difference.keptShare) * cachedTokens
  if (idleMs > shortestTtlMs(breakpointsOf(old)) && readTokens < LEAST_READ_SHARE * kept) found.unshift('expired')
  if (found.length === 0) found.push(breakpointCause(old, now) ?? 'unknown')
  const [cause = 'unknown', ...also] = found
  return { cause, also, ...(own === undefined ? {} : { own }) }
}

const isBeforeTurns = (cause: BreakCause): boolean => /^(?:model|tool|system|settings)/.test(cause)
