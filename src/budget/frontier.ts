// Exact choice for few blocks: every combination that no other one beats, ladder by ladder (Nemhauser and Ullmann, 1969).
// Where there are too many, one per bucket of tokens stays, with its true cost. The budget plays no part until the end,
// so that a larger one can only have more to choose from.
import type { Rung } from '../spec/budget.js'

/** A combination of one rung for each ladder so far. */
export interface Combination {
  readonly tokens: number
  readonly value: number
  readonly rung: number
  readonly before: Combination | undefined
}

/** Combinations that are carried from one ladder to the next. */
const MAX_KEPT = 1024

/** Ascending in tokens and in value. Time O(ladders × rungs × kept × log), memory O(ladders × kept). */
export const frontierOf = (ladders: readonly (readonly Rung[])[]): readonly Combination[] => {
  let kept: readonly Combination[] = [{ tokens: 0, value: 0, rung: -1, before: undefined }]
  for (const ladder of ladders) {
    const made = kept.flatMap((before) =>
      ladder.map(
        ({ tokens, value }, rung): Combination => ({
          tokens: before.tokens + tokens,
          value: before.value + value,
          rung,
          before,
        }),
      ),
    )
    kept = thinned(undominated(made))
  }
  return kept
}

/** Sorting is stable, so that of equal combinations the one made first stays. */
const undominated = (made: Combination[]): Combination[] => {
  made.sort((a, b) => a.tokens - b.tokens || b.value - a.value)
  let best = Number.NEGATIVE_INFINITY
  return made.filter(({ value }) => {
    if (value <= best) return false
    best = value
    return true
  })
}

/**
 * The best of each bucket, and the cheapest of all. Buckets are narrow near the least and widen with the square of their number:
 * a tight budget has room for few upgrades, so each of them counts.
 */
const thinned = (kept: Combination[]): Combination[] => {
  if (kept.length <= MAX_KEPT) return kept
  const [least, most] = [kept[0]!.tokens, kept.at(-1)!.tokens]
  const bucket = ({ tokens }: Combination): number =>
    Math.min(MAX_KEPT - 2, Math.floor(Math.sqrt((tokens - least) / (most - least)) * (MAX_KEPT - 1)))
  return kept.filter((one, at) => at === 0 || at === kept.length - 1 || bucket(kept[at + 1]!) !== bucket(one))
}

export const rungsOf = (combination: Combination): number[] => {
  const rungs: number[] = []
  for (let one: Combination | undefined = combination; one?.before !== undefined; one = one.before) rungs.push(one.rung)
  return rungs.reverse()
}
