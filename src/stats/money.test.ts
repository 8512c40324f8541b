import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Billed, BilledRequest, CostOf } from '../spec/money.js'
import { moneyOf } from './money.js'

/** Dollars per million: 3 plain, 0.3 read, 3.75 written, 15 out; above 200,000 input tokens everything doubles. */
const costOf: CostOf = (model, { freshTokens, readTokens, writeTokens, outputTokens }) => {
  if (model.startsWith('unknown')) return undefined
  const times = freshTokens + readTokens + writeTokens > 200_000 ? 2 : 1
  return {
    inputMicroUsd: Math.round(times * (freshTokens * 3 + readTokens * 0.3 + writeTokens * 3.75)),
    outputMicroUsd: Math.round(times * outputTokens * 15),
  }
}

const DAY_MS = 86_400_000
const bill = (more: Partial<Billed> = {}): Billed => ({
  freshTokens: 1000,
  readTokens: 50_000,
  writeTokens: 2000,
  write1hTokens: 0,
  outputTokens: 500,
  ...more,
})
const request = (id: string, more: Partial<BilledRequest> = {}): BilledRequest => ({
  id,
  atMs: 10 * DAY_MS,
  model: 'a',
  session: 's',
  basis: 'estimate',
  billed: bill(),
  savedNewTokens: 0,
  savedAgainTokens: 0,
  tellsReads: true,
  askedNewTokens: 0,
  askedAgainTokens: 0,
  repackTokens: 0,
  repackSavedTokens: 0,
  ...more,
})
const money = (requests: readonly BilledRequest[]) =>
  moneyOf({
    sinceMs: 0,
    requests,
    unbilledRequests: 0,
    isCut: false,
    costOf,
    prices: { source: 'made', date: '2026-01-01' },
  })

const anyRequest = fc
  .record({
    at: fc.nat(20),
    model: fc.constantFrom('a', 'b', 'unknown-c'),
    session: fc.constantFrom('s', 't'),
    agent: fc.constantFrom('codex', 'other', undefined),
    readTokens: fc.nat(300_000),
    tokens: fc.array(fc.nat(20_000), { minLength: 5, maxLength: 5 }),
  })
  .map(({ at, model, session, agent, readTokens, tokens: [a, b, c, d, e] }) =>
    request(`${at}`, {
      atMs: at * DAY_MS,
      ...{ model, session, ...(agent === undefined ? {} : { agent }) },
      billed: bill({ readTokens }),
      ...{ savedNewTokens: a!, savedAgainTokens: b!, askedNewTokens: c!, askedAgainTokens: d!, repackTokens: e! },
    }),
  )

describe('dollars (I-1)', () => {
  it('bills what was left out once as plain input, and later as a read, unless the provider tells of no cache', () => {
    const { total } = money([request('1', { savedNewTokens: 10_000, savedAgainTokens: 100_000 })])
    expect(total.paidMicroUsd).toBe(3000 + 15_000 + 7500 + 7500)
    expect(total.savedMicroUsd).toBe(30_000 + 30_000)
    expect(total.netMicroUsd).toBe(60_000)
    const missed = { savedAgainTokens: 1000, billed: bill({ readTokens: 0 }) }
    expect(money([request('1', missed)]).total.savedMicroUsd).toBe(300)
    expect(money([request('1', { ...missed, tellsReads: false })]).total.savedMicroUsd).toBe(3000)
  })

  it('takes off what was asked back, the request that this took, and history that was changed', () => {
    const { total } = money([request('1', { askedNewTokens: 2000, askedAgainTokens: 10_000, repackTokens: 100 })])
    expect(total.costMicroUsd).toBe(6000 + 3000 + 15_900 + 300)
    expect(total.netMicroUsd).toBe(-25_200)
    const followUp = money([request('1', { reason: 'retrieval-follow-up' })])
    expect(followUp.total.netMicroUsd).toBe(-followUp.total.paidMicroUsd)
  })

  it('credits the new forms of a rewrite only once, in its cost', () => {
    const rewrite = { savedNewTokens: 40_000, repackSavedTokens: 40_000, repackTokens: 65_000 }
    expect(money([request('1', rewrite)]).total.netMicroUsd).toBe(-195_000)
  })

  it('claims no dearer tier that a larger request might have been in', () => {
    const almost = request('1', { billed: bill({ readTokens: 190_000 }), savedNewTokens: 20_000 })
    expect(money([almost]).total.savedMicroUsd).toBe(60_000)
  })

  it('keeps the sum where there are more sessions than rows, or some without a name', () => {
    const { session: _, ...unnamed } = request('x')
    const { bySession, total } = money([
      ...Array.from({ length: 30 }, (_, n) => request(`${n}`, { session: `s${n}` })),
      unnamed,
    ])
    expect(bySession.at(-1)).toMatchObject({ name: 'others', requests: 11 })
    expect(bySession.reduce((sum, { paidMicroUsd }) => sum + paidMicroUsd, 0)).toBe(total.paidMicroUsd)
  })

  it('shows no dollars for a model without a price, and names it', () => {
    const { total, unpriced } = money([
      request('1', { model: 'unknown-x', savedNewTokens: 1e6 }),
      request('2', { savedNewTokens: 1000 }),
    ])
    expect(total).toMatchObject({ requests: 1, savedMicroUsd: 3000 })
    expect(unpriced).toEqual({ requests: 1, models: ['unknown-x'] })
  })

  it('adds up: days, models, agents and sessions come to the total, and nothing saved is nothing', () => {
    fc.assert(
      fc.property(fc.array(anyRequest, { maxLength: 30 }), (requests) => {
        const { total, byDay, byModel, byAgent, bySession, unpriced } = money(requests)
        for (const rows of [byDay, byModel, byAgent, bySession])
          for (const name of ['requests', 'paidMicroUsd', 'savedMicroUsd', 'costMicroUsd', 'netMicroUsd'] as const)
            expect(rows.reduce((sum, row) => sum + row[name], 0)).toBe(total[name])
        expect(total.requests + unpriced.requests).toBe(requests.length)
        expect(total.netMicroUsd).toBe(total.savedMicroUsd - total.costMicroUsd)
        const idle = money(requests.map(({ id, atMs, billed }) => request(id, { atMs, billed })))
        expect(idle.total).toMatchObject({ savedMicroUsd: 0, costMicroUsd: 0 })
      }),
    )
  })
})
