// Without compression a replay must come to what a provider billed: to the token with its receipts, and within three
// percent by counts of what is recorded.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { tempHome } from '../../test/support/home.js'
import { tokenizerFor } from '../tokenize/index.js'
import { deviationOf, whyOff } from './figures.js'
import { replay } from './index.js'
import { madeSession, type Provider } from './made-sessions.testkit.js'
import type { SessionResult } from './result.js'
import { inputTokens } from './tally.js'

const HISTORY_TOKENS = 60_000

const replayed = async (provider: Provider, seed = 3): Promise<{ session: SessionResult; billedTokens: number }> => {
  const path = join(tempHome(), 'made.jsonl')
  const { text, requests, billedTokens } = madeSession(seed, HISTORY_TOKENS, provider)
  writeFileSync(path, text)
  const { sessions } = await replay({ paths: [path], senders: [], tokenizerFor })
  expect(sessions).toHaveLength(1)
  expect(sessions[0]!.requests).toBe(requests)
  return { session: sessions[0]!, billedTokens }
}

describe('a session replayed without compression', () => {
  it.each([
    { headTokens: 21_000, slope: 1.17 },
    { headTokens: 3_000, slope: 1 },
    { headTokens: 60_000, slope: 1.31, pausesBefore: [5, 9] },
  ])(
    'has the billed tokens within three percent, however the provider counts: $headTokens, $slope (I-1)',
    async (provider) => {
      const { session, billedTokens } = await replayed(provider)
      const { receipts, policies } = session
      expect(inputTokens(receipts!.recorded.billed)).toBe(billedTokens)
      expect(Math.abs(deviationOf(receipts!))).toBeLessThan(0.03)
      // Classes are rounded to whole tokens, request by request.
      expect(Math.abs(inputTokens(policies.none!.billed) - billedTokens)).toBeLessThan(10)
    },
  )

  it('reads from the cache what the provider says it read, pauses of its lifetime included (B-10)', async () => {
    const { session } = await replayed({ headTokens: 21_000, slope: 1.17, pausesBefore: [4, 7, 8] })
    const { recorded, none, rulesAlone } = session.receipts!
    expect(recorded.billed.readTokens).toBeGreaterThan(100_000)
    for (const { billed } of [none, rulesAlone]) {
      expect(Math.abs(billed.readTokens / recorded.billed.readTokens - 1)).toBeLessThan(0.01)
      expect(Math.abs(billed.writeTokens / recorded.billed.writeTokens - 1)).toBeLessThan(0.03)
    }
  })

  it('is called off, with the reason, where the recording lacks what was sent (I-1)', async () => {
    const { session } = await replayed({ headTokens: 500, slope: 1.2, holes: 0.95 })
    const { receipts, policies } = session
    expect(deviationOf(receipts!)).toBeLessThan(-0.03)
    expect(whyOff(receipts!)).toContain('does not hold')
    for (const { billed } of [receipts!.none, receipts!.rulesAlone, policies.none!])
      for (const tokens of Object.values(billed)) expect(tokens).toBeGreaterThanOrEqual(0)
  })

  it('gives the same figures each time (B-9)', async () => {
    const once = await replayed({ headTokens: 9_000, slope: 1.1 })
    expect(await replayed({ headTokens: 9_000, slope: 1.1 })).toEqual(once)
  })
})
