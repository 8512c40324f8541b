import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { RepackOffer } from '../spec/repack.js'
import { lifetimeMs } from './lifetime.js'
import { bankedBy, weighRepack } from './net-cost.js'

const offer = (more: Partial<RepackOffer>): RepackOffer => ({
  dialect: 'anthropic',
  lifetimeMs: 330_000,
  savedTokens: 40_000,
  suffixTokens: 100_000,
  requestsSoFar: 96,
  bankedTokens: 1_000_000,
  ...more,
})

describe('changing what was sent before (B-5, B-6)', () => {
  it('pays without a price once nothing can be cached any more, and not a moment sooner', () => {
    const few = { requestsSoFar: 1, bankedTokens: 0 }
    expect(weighRepack(offer({ ...few, idleMs: 330_000 }), 'net-cost').pays).toBe(false)
    expect(weighRepack(offer({ ...few, idleMs: 330_001 }), 'net-cost')).toMatchObject({
      pays: true,
      cause: 'cold',
      costTokens: 0,
    })
    expect(weighRepack(offer(few), 'net-cost').pays).toBe(false)
  })

  it('pays warm where later reads outweigh the rewrite twice over', () => {
    // Rewritten: 60,000 tokens at 1.25 instead of 100,000 at 0.1; saved: 4,000 a request.
    const at = (requestsSoFar: number) => weighRepack(offer({ requestsSoFar }), 'net-cost')
    expect(at(33)).toMatchObject({ pays: true, cause: 'net-cost', costTokens: 65_000, gainTokens: 132_000 })
    expect(at(32).pays).toBe(false)
    expect(weighRepack(offer({ requestsSoFar: 33, bankedTokens: 64_999 }), 'net-cost').pays).toBe(false)
  })

  it('never risks more than the session has saved', () => {
    fc.assert(
      fc.property(
        fc.record({
          savedTokens: fc.nat(200_000),
          more: fc.nat(200_000),
          requestsSoFar: fc.nat(1000),
          bankedTokens: fc.nat(1_000_000),
          idleMs: fc.option(fc.nat(400_000), { nil: undefined }),
        }),
        ({ more, idleMs, ...rest }) => {
          const result = weighRepack(
            offer({ ...rest, suffixTokens: rest.savedTokens + more, ...(idleMs === undefined ? {} : { idleMs }) }),
            'net-cost',
          )
          if (result.pays) expect(result.costTokens).toBeLessThanOrEqual(rest.bankedTokens)
          if (result.pays && result.cause === 'net-cost')
            expect(result.gainTokens).toBeGreaterThanOrEqual(2 * result.costTokens - 1)
          if (rest.savedTokens === 0) expect(result.pays).toBe(false)
        },
      ),
    )
  })

  it('holds a cache for warm as long as the request may have asked for', () => {
    const bytes = (text: string) => Buffer.from(text)
    expect(lifetimeMs('anthropic', bytes('{"cache_control":{"type":"ephemeral"}}'))).toBe(330_000)
    expect(lifetimeMs('anthropic', bytes('{"cache_control":{"type":"ephemeral", "ttl" : "1h"}}'))).toBe(3_630_000)
    expect(lifetimeMs('openai-chat', bytes('{}'))).toBe(86_430_000)
    expect(lifetimeMs('openai-chat', bytes('{"prompt_cache_retention": "in_memory"}'))).toBe(3_630_000)
    expect(lifetimeMs('openai-responses', bytes('{"tools":["in_memory"]}'))).toBe(86_430_000)
    expect(lifetimeMs('openai-responses', bytes('{"prompt_cache_retention":"24h"}'))).toBe(86_430_000)
    expect(lifetimeMs('gemini', bytes('{"cachedContent":"cachedContents/1"}'))).toBe(Number.POSITIVE_INFINITY)
  })

  it('takes a rewrite to cost what the dearest model of a provider bills for it', () => {
    const openai = offer({ dialect: 'openai-responses' })
    expect(weighRepack(openai).costTokens).toBe(60_000 * 1.25 - 100_000 * 0.1)
    expect(weighRepack(offer({ lifetimeMs: 3_630_000 }), 'net-cost').costTokens).toBe(60_000 * 2 - 100_000 * 0.1)
  })

  it('counts what forms save by class', () => {
    expect(bankedBy('anthropic', { newTokens: 100, replayedTokens: 1000 })).toBe(225)
    expect(bankedBy('openai-chat', { newTokens: 100, replayedTokens: 1000 })).toBe(200)
  })
})
