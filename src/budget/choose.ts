// Multiple-choice knapsack: one rung from each ladder, most value within the budget.
import type { Rung, RungChoice } from '../spec/budget.js'
import { frontierOf, rungsOf } from './frontier.js'
import { type Greedy, greedyChoice } from './greedy.js'

/** Up to this many ladders the frontier is worked out: 64 ladders of 7 rungs take 0.25 s, 1024 combinations kept for each (2026-11-25). */
const FRONTIER_LADDERS = 64

interface Useful {
  readonly rungs: readonly Rung[]
  /** Index in the ladder as given. */
  readonly at: readonly number[]
}

/**
 * Deterministic: ties go to fewer tokens, then to the rung and ladder named first. Both ways are tried where there are
 * few ladders, and which ones are does not depend on the budget, so more budget never gives less value.
 */
export const choose = (ladders: readonly (readonly Rung[])[], budgetTokens: number): RungChoice => {
  const useful = ladders.map(usefulRungs)
  const options = useful.map(({ rungs }) => rungs)
  const leastTokens = options.reduce((sum, rungs) => sum + rungs[0]!.tokens, 0)
  const found = best(options, budgetTokens)
  const chosen = found ?? cheapest(options)
  return {
    rungs: chosen.rungs.map((rung, ladder) => useful[ladder]!.at[rung]!),
    tokens: chosen.tokens,
    value: chosen.value,
    fits: found !== undefined,
    leastTokens,
  }
}

const best = (options: readonly (readonly Rung[])[], budgetTokens: number): Greedy | undefined => {
  const greedy = greedyChoice(options, budgetTokens)
  if (greedy === undefined || options.length > FRONTIER_LADDERS) return greedy
  const exact = frontierOf(options).findLast(({ tokens }) => tokens <= budgetTokens)
  return exact === undefined || greedy.value > exact.value
    ? greedy
    : { rungs: rungsOf(exact), tokens: exact.tokens, value: exact.value }
}

const cheapest = (options: readonly (readonly Rung[])[]): Greedy => ({
  rungs: options.map(() => 0),
  tokens: options.reduce((sum, rungs) => sum + rungs[0]!.tokens, 0),
  value: options.reduce((sum, rungs) => sum + rungs[0]!.value, 0),
})

/** Rungs that no other one beats, ascending in tokens and in value. */
const usefulRungs = (ladder: readonly Rung[]): Useful => {
  const order = [...ladder.keys()].sort(
    (a, b) => ladder[a]!.tokens - ladder[b]!.tokens || ladder[b]!.value - ladder[a]!.value || a - b,
  )
  let most = Number.NEGATIVE_INFINITY
  const at = order.filter((index) => {
    if (ladder[index]!.value <= most) return false
    most = ladder[index]!.value
    return true
  })
  return { rungs: at.map((index) => ladder[index]!), at }
}
