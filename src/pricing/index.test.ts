import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Billed } from '../spec/money.js'
import { costOf, priceOf, weightsOf } from './index.js'
import { PRICED_MODELS } from './table.js'

const none: Billed = { freshTokens: 0, readTokens: 0, writeTokens: 0, write1hTokens: 0, outputTokens: 0 }
const day = (text: string): number => Date.parse(`${text}T12:00:00Z`)

describe('prices', () => {
  it('bills each class of a request at its own rate, in whole micro-dollars', () => {
    const price = priceOf('claude-opus-4-5-20251101')!
    const billed = { freshTokens: 8, readTokens: 42_384, writeTokens: 719, write1hTokens: 0, outputTokens: 132 }
    // 8 at $5, 42,384 at $0.50, 719 at $6.25 and 132 at $25 for a million.
    expect(costOf(billed, price)).toEqual({
      inputMicroUsd: Math.round(8 * 5 + 42_384 * 0.5 + 719 * 6.25),
      outputMicroUsd: 3300,
    })
  })

  it('knows one-hour writes, and takes twice the input where a table has writes but not these', () => {
    expect(
      costOf({ ...none, write1hTokens: 1_000_000 }, priceOf('claude-opus-4-6', day('2026-06-01'))!).inputMicroUsd,
    ).toBe(10_000_000)
    const own = priceOf('m', undefined, { m: { input: 2, output: 4, cacheWrite: 2.5 } })!
    expect(costOf({ ...none, write1hTokens: 1_000_000 }, own).inputMicroUsd).toBe(4_000_000)
    expect(weightsOf(own)).toEqual({ read: 1, write: 1.25, write1h: 2 })
  })

  it('takes the price of the day of the request, and the tier of its size', () => {
    const long = { ...none, freshTokens: 300_000 }
    expect(costOf(long, priceOf('claude-opus-4-6', day('2026-02-10'))!).inputMicroUsd).toBe(3_000_000)
    expect(costOf(long, priceOf('claude-opus-4-6', day('2026-04-10'))!).inputMicroUsd).toBe(1_500_000)
    expect(
      costOf({ ...none, freshTokens: 100_000 }, priceOf('claude-opus-4-6', day('2026-02-10'))!).inputMicroUsd,
    ).toBe(500_000)
  })

  it('has no price for a model that it does not know, rather than a likely one', () => {
    expect(priceOf('claude-opus-99')).toBeUndefined()
    expect(priceOf('my-own-model')).toBeUndefined()
    expect(priceOf('')).toBeUndefined()
  })

  it('prefers the prices of the user, by exact name and by beginning', () => {
    const own = { 'my-*': { input: 1, output: 2 }, 'claude-opus-4-5': { input: 0, output: 0 } }
    expect(priceOf('my-model', undefined, own)).toMatchObject({ source: 'user', model: 'my-*' })
    expect(costOf({ ...none, freshTokens: 5_000_000 }, priceOf('claude-opus-4-5', undefined, own)!).inputMicroUsd).toBe(
      0,
    )
    expect(priceOf('claude-opus-4-5-20251101', undefined, own)).toMatchObject({ source: 'table' })
  })

  it('never costs less for more tokens of a class', () => {
    const models = PRICED_MODELS.map(({ id }) => priceOf(id)).filter((price) => price !== undefined)
    const classes = ['freshTokens', 'readTokens', 'writeTokens', 'write1hTokens', 'outputTokens'] as const
    fc.assert(
      fc.property(
        fc.constantFrom(...models),
        fc.constantFrom(...classes),
        fc.nat(400_000),
        fc.nat(400_000),
        (price, name, few, more) => {
          const total = (tokens: number): number => {
            const { inputMicroUsd, outputMicroUsd } = costOf({ ...none, [name]: tokens }, price)
            return inputMicroUsd + outputMicroUsd
          }
          expect(total(few + more)).toBeGreaterThanOrEqual(total(few))
        },
      ),
    )
  })

  it('holds whole numbers of micro-dollars, and finds nearly every model by its own id', () => {
    const rates = PRICED_MODELS.flatMap(({ periods }) => periods.flatMap(({ from: _, ...own }) => Object.values(own)))
    const numbers = rates.flatMap((rate) => (typeof rate === 'number' ? [rate] : [rate.base, ...rate.tiers.flat()]))
    expect(numbers.length).toBeGreaterThan(500)
    expect(numbers.every((value) => Number.isInteger(value) && value >= 0)).toBe(true)
    const unfound = PRICED_MODELS.filter(({ id }) => priceOf(id) === undefined)
    expect(unfound.length).toBeLessThan(PRICED_MODELS.length / 20)
  })
})
