// For many blocks: upgrades along the upper convex hulls, best value per token first, then one exchange that uses what is
// left over. The order of upgrades does not depend on the budget, and every prefix of it may be exchanged: a larger
// budget has all the choices of a smaller one.
import type { Rung } from '../spec/budget.js'

interface Upgrade {
  readonly ladder: number
  readonly from: number
  readonly to: number
  readonly tokens: number
  readonly value: number
}

export interface Greedy {
  readonly rungs: readonly number[]
  readonly tokens: number
  readonly value: number
}

/** Indices of rungs on the upper hull, ascending in tokens. The rungs are ascending in tokens and value. */
const hullOf = (ladder: readonly Rung[]): number[] => {
  const hull: number[] = []
  const rises = (a: number, b: number, c: number): boolean => {
    const [first, middle, last] = [ladder[a]!, ladder[b]!, ladder[c]!]
    return (
      (middle.value - first.value) * (last.tokens - middle.tokens) >
      (last.value - middle.value) * (middle.tokens - first.tokens)
    )
  }
  for (let at = 0; at < ladder.length; at++) {
    while (hull.length > 1 && !rises(hull.at(-2)!, hull.at(-1)!, at)) hull.pop()
    hull.push(at)
  }
  return hull
}

const upgradesOf = (ladders: readonly (readonly Rung[])[]): Upgrade[] =>
  ladders
    .flatMap((ladder, index) => {
      const hull = hullOf(ladder)
      return hull.slice(1).map((to, at): Upgrade => {
        const from = hull[at]!
        const [low, high] = [ladder[from]!, ladder[to]!]
        return { ladder: index, from, to, tokens: high.tokens - low.tokens, value: high.value - low.value }
      })
    })
    .sort((a, b) => b.value * a.tokens - a.value * b.tokens || a.ladder - b.ladder || a.to - b.to)

/**
 * Best of all prefixes of the upgrades with at most one ladder on another rung. Undefined: not even the cheapest rungs
 * fit. Time O(upgrades × log + ladders × rungs × prefixes looked at); a prefix is looked at only while it may still win.
 */
export const greedyChoice = (ladders: readonly (readonly Rung[])[], budgetTokens: number): Greedy | undefined => {
  const sumAt = (pick: (rung: Rung) => number): number => ladders.reduce((sum, ladder) => sum + pick(ladder[0]!), 0)
  let [tokens, value] = [sumAt((rung) => rung.tokens), sumAt((rung) => rung.value)]
  if (tokens > budgetTokens) return undefined
  const rungs = ladders.map(() => 0)
  const upgrades = upgradesOf(ladders)
  let taken = 0
  while (taken < upgrades.length && tokens + upgrades[taken]!.tokens <= budgetTokens) {
    const { ladder, to } = upgrades[taken++]!
    rungs[ladder] = to
    tokens += upgrades[taken - 1]!.tokens
    value += upgrades[taken - 1]!.value
  }
  let best: Greedy = { rungs: [...rungs], tokens, value }
  const largest = largestGain(ladders)
  for (; ; taken--) {
    if (value + largest <= best.value) break
    best = exchanged(ladders, { rungs, tokens, value }, { budgetTokens, best })
    if (taken === 0) break
    const undone = upgrades[taken - 1]!
    rungs[undone.ladder] = undone.from
    tokens -= undone.tokens
    value -= undone.value
  }
  return best
}

/** More than one exchange can bring. */
const largestGain = (ladders: readonly (readonly Rung[])[]): number =>
  ladders.reduce((most, ladder) => Math.max(most, ladder.at(-1)!.value - ladder[0]!.value), 0)

/** The best of `best` and every change of one ladder's rung within the budget. Of equal ones the first stays. */
const exchanged = (
  ladders: readonly (readonly Rung[])[],
  { rungs, tokens, value }: Greedy,
  { budgetTokens, best }: { readonly budgetTokens: number; readonly best: Greedy },
): Greedy => {
  let found: { ladder: number; rung: number; tokens: number; value: number } | undefined
  for (const [ladder, options] of ladders.entries()) {
    const now = options[rungs[ladder]!]!
    for (const [rung, option] of options.entries()) {
      const cost = tokens - now.tokens + option.tokens
      const gain = value - now.value + option.value
      if (cost <= budgetTokens && gain > (found?.value ?? best.value))
        found = { ladder, rung, tokens: cost, value: gain }
    }
  }
  if (found === undefined) return best
  const changed = [...rungs]
  changed[found.ladder] = found.rung
  return { rungs: changed, tokens: found.tokens, value: found.value }
}
