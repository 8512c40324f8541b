import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { seeded } from '../../test/support/session.js'
import type { Rung } from '../spec/budget.js'
import { choose } from './choose.js'
import { frontierOf } from './frontier.js'
import { greedyChoice } from './greedy.js'

const rung = fc.record({ tokens: fc.integer({ min: 0, max: 400 }), value: fc.integer({ min: -500, max: 5000 }) })
const ladders = (most: number) =>
  fc.array(fc.array(rung, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: most })
const budget = fc.integer({ min: 0, max: 2500 })

/** Greatest value within the budget, by trying everything; undefined: nothing fits. */
const optimum = (all: readonly (readonly Rung[])[], left: number): number | undefined => {
  const [first, ...rest] = all
  if (first === undefined) return left >= 0 ? 0 : undefined
  let most: number | undefined
  for (const { tokens, value } of first) {
    const below = tokens > left ? undefined : optimum(rest, left - tokens)
    if (below !== undefined && (most === undefined || below + value > most)) most = below + value
  }
  return most
}

const sums = (all: readonly (readonly Rung[])[], rungs: readonly number[]): Rung =>
  all.reduce(
    (sum, ladder, at) => ({
      tokens: sum.tokens + ladder[rungs[at]!]!.tokens,
      value: sum.value + ladder[rungs[at]!]!.value,
    }),
    { tokens: 0, value: 0 },
  )

/** Rungs of which each costs more and is worth more than the one before. */
const rising = (ladder: readonly Rung[]): Rung[] => {
  let most = Number.NEGATIVE_INFINITY
  return [...ladder]
    .sort((a, b) => a.tokens - b.tokens || b.value - a.value)
    .filter(({ value }) => {
      if (value <= most) return false
      most = value
      return true
    })
}

const many = (count: number): Rung[][] =>
  Array.from({ length: count }, (_, at) =>
    Array.from({ length: 6 }, (__, step) => ({
      tokens: 20 + step * (10 + ((at * 37) % 91)),
      value: Math.round(100 * Math.sqrt(step) * (1 + ((at * 53) % 17))),
    })),
  )

/** Blocks of very different sizes, as calls have them: 50 to 20,000 tokens, most of them small. */
const uneven = (seed: number, count: number): Rung[][] => {
  const random = seeded(seed)
  return Array.from({ length: count }, () => {
    const whole = 50 + Math.floor(random() * random() * random() * 20_000)
    const weight = random()
    return [0.05, 0.1, 0.2, 0.4, 0.6, 1].map((share) => ({
      tokens: Math.ceil(whole * share),
      value: Math.round(1000 * weight * whole * (1 - (1 - share) * (1 - share)) * (0.9 + 0.2 * random())),
    }))
  })
}

/** Greatest value within the budget by a frontier of which nothing is thinned out. */
const unthinned = (all: readonly (readonly Rung[])[], budgetTokens: number): number => {
  let kept: Rung[] = [{ tokens: 0, value: 0 }]
  for (const ladder of all) {
    const sumsSoFar = kept.flatMap((one) =>
      ladder.map(({ tokens, value }) => ({ tokens: one.tokens + tokens, value: one.value + value })),
    )
    kept = rising(sumsSoFar.filter(({ tokens }) => tokens <= budgetTokens))
  }
  return kept.at(-1)!.value
}

describe('choosing a rung of each ladder (I42)', () => {
  it('is never over a budget that can be met, and says so truly where it cannot', () => {
    fc.assert(
      fc.property(ladders(6), budget, (all, tokens) => {
        const least = all.reduce((sum, ladder) => sum + Math.min(...ladder.map((one) => one.tokens)), 0)
        const choice = choose(all, tokens)
        expect(choice).toMatchObject(sums(all, choice.rungs))
        expect(choice.leastTokens).toBe(least)
        expect(choice.fits).toBe(least <= tokens)
        if (choice.fits) expect(choice.tokens).toBeLessThanOrEqual(tokens)
        else expect(choice.tokens).toBe(least)
      }),
      { numRuns: 500 },
    )
  })

  it('finds the optimum of small cases, as trying everything does', () => {
    fc.assert(
      fc.property(ladders(5), budget, (all, tokens) => {
        const most = optimum(all, tokens)
        if (most !== undefined) expect(choose(all, tokens).value).toBe(most)
      }),
      { numRuns: 500 },
    )
  })

  it('stays within 1.5 % of the optimum where combinations are thinned out, also just above the least', () => {
    for (const count of [14, 20])
      for (let seed = 1; seed <= 6; seed++) {
        const all = uneven(seed, count)
        const { leastTokens } = choose(all, 0)
        for (const share of [1.01, 1.05, 1.1, 1.3, 2]) {
          const room = Math.floor(leastTokens * share)
          expect(choose(all, room).value).toBeGreaterThanOrEqual(0.985 * unthinned(all, room))
        }
      }
  })

  it('comes within 5 % of the frontier where there are too many ladders for it', () => {
    for (const count of [65, 200]) {
      const all = many(count)
      const full = all.reduce((sum, ladder) => sum + ladder.at(-1)!.tokens, 0)
      const frontier = frontierOf(all)
      for (const share of [0.2, 0.4, 0.6, 0.8]) {
        const room = Math.round(full * share)
        const other = frontier.findLast(({ tokens }) => tokens <= room)!
        const { fits, tokens, value } = choose(all, room)
        expect(fits).toBe(true)
        expect(tokens).toBeLessThanOrEqual(room)
        expect(value).toBeGreaterThanOrEqual(0.95 * other.value)
      }
    }
  })

  it('by the greedy way alone comes within 5 % of the optimum in 19 of 20 small cases', () => {
    let [cases, near] = [0, 0]
    fc.assert(
      fc.property(ladders(5), budget, (all, tokens) => {
        const shapely = all.map((ladder) => rising(ladder))
        const most = optimum(shapely, tokens)
        if (most === undefined) return
        cases++
        if (greedyChoice(shapely, tokens)!.value >= most - 0.05 * Math.abs(most)) near++
      }),
      { numRuns: 500, seed: 7 },
    )
    expect(near / cases).toBeGreaterThan(0.95)
  })

  it('never gives less value for more budget, by either way', () => {
    const holds = (all: readonly (readonly Rung[])[], tokens: number, more: number): void => {
      const [small, large] = [choose(all, tokens), choose(all, tokens + more)]
      if (small.fits) expect(large.value).toBeGreaterThanOrEqual(small.value)
    }
    fc.assert(fc.property(ladders(8), budget, fc.integer({ min: 0, max: 300 }), holds), { numRuns: 500 })
    const all = many(70)
    for (let tokens = 1400; tokens < 9000; tokens += 7) holds(all, tokens, 7)
  })

  it('by the greedy way makes one exchange, with what is left over or with what was taken', () => {
    const ladder = (tokens: number, value: number): Rung[] => [
      { tokens: 0, value: 0 },
      { tokens, value },
    ]
    expect(greedyChoice([ladder(10, 100), ladder(9, 50)], 9)).toEqual({ rungs: [0, 1], tokens: 9, value: 50 })
    expect(greedyChoice([ladder(2, 10), ladder(10, 40)], 10)).toEqual({ rungs: [0, 1], tokens: 10, value: 40 })
  })

  it('answers the same again, and takes fewer tokens, then the first, where values tie', () => {
    const all = many(40)
    expect(choose(all, 3000)).toEqual(choose(all, 3000))
    const tie = [
      { tokens: 30, value: 5 },
      { tokens: 20, value: 5 },
      { tokens: 20, value: 5 },
    ]
    expect(choose([tie, tie], 100).rungs).toEqual([1, 1])
  })
})
