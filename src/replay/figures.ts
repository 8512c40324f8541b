// Figures that every form of the report shows the same way.
import type { Billed } from '../pricing/index.js'
import type { SessionResult } from './result.js'

export { inputTokens } from './tally.js'

/** -0.12 where 12 % less is left. */
export const changeOf = (before: number, after: number): number => (before === 0 ? 0 : after / before - 1)

/** Share of the input that was read from the cache. */
export const cacheShare = ({ freshTokens, readTokens, writeTokens, write1hTokens }: Billed): number => {
  const all = freshTokens + readTokens + writeTokens + write1hTokens
  return all === 0 ? 0 : readTokens / all
}

export const byBill = (sessions: readonly SessionResult[]): readonly SessionResult[] =>
  [...sessions].sort((a, b) => (b.policies.none?.plainTokens ?? 0) - (a.policies.none?.plainTokens ?? 0))
