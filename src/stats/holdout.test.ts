import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type BilledOnce, holdoutOf } from './holdout.js'

/** Park and Miller's generator: the same sessions in every run. */
const randomOf = (seed: number): (() => number) => {
  let state = (seed % 2_147_483_646) + 1
  return () => {
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647
  }
}

/** Costs of sessions spread by a factor of about three around a mean; treated ones cost `change` less or more. */
const sessions = (seed: number, counts: { held: number; treated: number }, change: number): BilledOnce[] => {
  const random = randomOf(seed)
  const normal = (): number => Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random())
  return Array.from({ length: counts.held + counts.treated }, (_, at) => {
    const isHeld = at < counts.held
    const mean = 20_000 * Math.exp(0.5 * normal()) * (isHeld ? 1 : 1 + change)
    return Array.from({ length: 5 }, (): BilledOnce => {
      return { request: { session: `s${at}`, arm: isHeld ? 'held-out' : 'treated' }, paidMicroUsd: mean }
    })
  }).flat()
}

describe('holdout', () => {
  it('tells no number below the needed sessions on either side', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 60 }), (held, treated) => {
        const found = holdoutOf(sessions(1, { held, treated }, -0.3))!
        expect(found).toMatchObject({ heldOutSessions: held, treatedSessions: treated })
        expect(found.effect === undefined).toBe(Math.min(held, treated) < found.neededSessions)
      }),
      { numRuns: 60 },
    )
    expect(holdoutOf(sessions(1, { held: 0, treated: 60 }, -0.3))).toBeUndefined()
  })

  it('covers the true effect about as often as it says', () => {
    let covered = 0
    const runs = 400
    for (let seed = 1; seed <= runs; seed++) {
      const { low, high } = holdoutOf(sessions(seed, { held: 25, treated: 80 }, -0.25))!.effect!
      if (low <= -0.25 && -0.25 <= high) covered++
    }
    expect(covered / runs).toBeGreaterThan(0.92)
    expect(covered / runs).toBeLessThan(0.99)
  })

  it('leaves out sessions of other times, and those that changed sides', () => {
    const all = sessions(3, { held: 25, treated: 25 }, -0.2)
    const before = all.map(({ request, paidMicroUsd }) => ({
      request: { session: `x${request.session}` },
      paidMicroUsd,
    }))
    const mixed = all.map(({ request, paidMicroUsd }, at) => ({
      request: { session: `y${request.session}`, arm: at % 5 === 0 ? ('mixed' as const) : ('held-out' as const) },
      paidMicroUsd: paidMicroUsd * 50,
    }))
    expect(holdoutOf([...all, ...before, ...mixed])).toEqual(holdoutOf(all))
  })

  it('shows harm as harm', () => {
    const { change, low } = holdoutOf(sessions(5, { held: 200, treated: 200 }, 0.6))!.effect!
    expect(change).toBeGreaterThan(0.3)
    expect(low).toBeGreaterThan(0)
  })
})
