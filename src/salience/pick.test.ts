import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ALWAYS, budgetOf, Claims, costsOf, pick } from './pick.js'

const claimsOf = (scores: readonly number[]): Claims => {
  const claims = new Claims(scores.length)
  scores.forEach((score, unit) => {
    claims.raise(unit, score)
  })
  return claims
}

describe('pick', () => {
  it('keeps what must stay whatever it costs, and nothing routine', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(0, 50, 200, 650, ALWAYS), { minLength: 1, maxLength: 80 }), (scores) => {
        const cost = new Float64Array(scores.length).fill(100)
        const kept = pick(claimsOf(scores), budgetOf(cost, { tokens: scores.length * 100, asked: 1 }))
        scores.forEach((score, unit) => {
          if (score === ALWAYS) expect(kept[unit]).toBe(1)
          if (score < 100) expect(kept[unit]).toBe(0)
        })
      }),
    )
  })

  it('leaves no gap that costs less than its marker', () => {
    const cost = new Float64Array(9).fill(5)
    const kept = pick(claimsOf([ALWAYS, 0, 0, ALWAYS, 0, 0, 0, 0, 0]), budgetOf(cost, { tokens: 45, asked: undefined }))
    expect([...kept]).toEqual([1, 1, 1, 1, 1, 1, 1, 1, 1])
  })

  it('estimates costs that add up to the counted tokens', () => {
    const costs = costsOf([0, 10, 40, 100], 50)
    expect(costs.reduce((sum, cost) => sum + cost, 0)).toBeCloseTo(50, 6)
  })

  it('takes at most half of the source as its own goal, and less of big ones', () => {
    const goal = (tokens: number): number => budgetOf(new Float64Array(1), { tokens, asked: undefined }).goal
    expect(goal(600)).toBeLessThanOrEqual(300)
    expect(goal(100_000)).toBeLessThan(8000)
  })
})
