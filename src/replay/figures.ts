// Figures that every form of the report shows the same way.
import type { Billed } from '../spec/money.js'
import type { CensusRow, ReceiptCheck, ReplayResult, SessionResult } from './result.js'
import type { PolicyLabel } from './senders.js'
import { inputTokens } from './tally.js'

export { inputTokens } from './tally.js'

/** -0.12 where 12 % less is left. */
export const changeOf = (before: number, after: number): number => (before === 0 ? 0 : after / before - 1)

/** With its sign, and none for what rounds to nothing. */
export const signedPercent = (share: number): string => {
  const text = (share * 100).toFixed(1)
  return text === '0.0' || text === '-0.0' ? '0.0 %' : `${share > 0 ? '+' : ''}${text} %`
}

/** Share of the input that was read from the cache. */
export const cacheShare = ({ freshTokens, readTokens, writeTokens, write1hTokens }: Billed): number => {
  const all = freshTokens + readTokens + writeTokens + write1hTokens
  return all === 0 ? 0 : readTokens / all
}

export const byBill = (sessions: readonly SessionResult[]): readonly SessionResult[] =>
  [...sessions].sort((a, b) => (b.policies.none?.plainTokens ?? 0) - (a.policies.none?.plainTokens ?? 0))

/** Difference of rebuilt from billed input tokens from which on a report says why. */
export const MAX_DEVIATION = 0.03

/** Input tokens by counts of what is recorded against those that were billed; 0.01 is one percent more. */
export const deviationOf = ({ recorded, rebuiltTokens }: ReceiptCheck): number =>
  changeOf(inputTokens(recorded.billed), rebuiltTokens)

/** Why a recording cannot be rebuilt, where it cannot. */
export const whyOff = (check: ReceiptCheck): string | undefined => {
  const deviation = deviationOf(check)
  if (Math.abs(deviation) <= MAX_DEVIATION) return undefined
  return deviation < 0
    ? 'the client sent texts that its recording does not hold'
    : 'the client left out texts that its recording holds'
}

/** How a policy served the session that it served worst. */
export interface Verdict {
  readonly policy: PolicyLabel
  readonly worst: SessionResult
  readonly change: number
  /** Sessions whose input costs more than without. */
  readonly dearer: number
}

/** Less than this is rounding. */
const NOISE = 0.00005

export const verdictsOf = ({ sessions, policies }: ReplayResult): readonly Verdict[] =>
  policies.flatMap((policy): Verdict[] => {
    let [worst, most, dearer]: [SessionResult | undefined, number, number] = [undefined, Number.NEGATIVE_INFINITY, 0]
    for (const session of sessions) {
      const { none, [policy]: own } = session.policies
      if (policy === 'none' || none === undefined || own === undefined) continue
      const change = changeOf(none.plainTokens, own.plainTokens)
      if (change > NOISE) dearer++
      if (change > most) [worst, most] = [session, change]
    }
    return worst === undefined ? [] : [{ policy, worst, change: most, dearer }]
  })

/** Words for a reason code; a form stands for itself. */
export type WordsFor = (code: string) => string

/** Why the tokens that are no tool's are as they are. */
const NOT_TOOLS: Readonly<Record<string, string>> = {
  assistant: "the model's own turns are never changed",
  user: 'what the user wrote is never changed',
  system: 'instructions are never changed',
  'system and tools': 'instructions and tool definitions are never changed',
  'not recorded': 'difference between bills and what is recorded',
}

/** Why a row of the census is sent as it is: the form it has, or what stands against a shorter one. */
export const reasonOf = ({ of, contentType, state = '' }: CensusRow, words: WordsFor): string => {
  if (contentType === undefined) return NOT_TOOLS[of] ?? ''
  const said = words(state)
  return said === state ? state : `${state}: ${said}`
}

export interface Reason {
  readonly reason: string
  readonly sentTokens: number
  /** Of all that is sent. */
  readonly share: number
}

/** The census by reason, the largest first. */
export const reasonsIn = (rows: readonly CensusRow[], words: WordsFor): readonly Reason[] => {
  const sums = new Map<string, number>()
  for (const row of rows) {
    const { contentType, state = '' } = row
    const isForm = contentType !== undefined && state !== '' && words(state) === state
    const reason = isForm ? 'sent in a short form' : reasonOf(row, words) || 'sent as it came'
    sums.set(reason, (sums.get(reason) ?? 0) + row.sentTokens)
  }
  const all = Math.max(
    1,
    rows.reduce((total, { sentTokens }) => total + sentTokens, 0),
  )
  return [...sums]
    .map(([reason, sentTokens]) => ({ reason, sentTokens, share: sentTokens / all }))
    .sort((a, b) => b.sentTokens - a.sentTokens)
}
