// From claims on units (lines, rows, groups of lines) to the ones that stay under a budget of tokens.

/** From here on a unit stays whatever it costs. */
export const ALWAYS = 1000
/** From here on a unit may exceed the goal, up to a cap. */
export const STRONG = 600
/** Below this a unit is routine and goes even if there is room. */
export const LEAST = 100

/** Who wants which unit, and how much. The highest claim counts. */
export class Claims {
  readonly score: Float64Array

  constructor(units: number) {
    this.score = new Float64Array(units)
  }

  raise(unit: number, score: number): void {
    if (unit >= 0 && unit < this.score.length && score > this.score[unit]!) this.score[unit] = score
  }
}

export interface Budget {
  /** Tokens that may be used. */
  readonly goal: number
  /** Tokens that strong claims may use. */
  readonly most: number
  /** Estimated tokens by unit. */
  readonly cost: Float64Array
  /** Tokens of a gap's marker with its note, by estimate. */
  readonly marker: number
}

/** Strong claims may take this many of our own goals, and of one that a caller set. */
const STRONG_SHARE = 1.6
const STRONG_SHARE_SET = 1.2
/** Most of the source that the default goal may be. */
const LARGEST_SHARE = 0.5

/** Grows slower than the source: half of 500 tokens, a quarter of 5,000, a fourteenth of 100,000. Chosen on the corpus. */
export const budgetOf = (
  cost: Float64Array,
  { tokens, asked, marker = 16 }: { tokens: number; asked: number | undefined; marker?: number },
): Budget => {
  const goal = asked ?? Math.min(tokens * LARGEST_SHARE, 11 * tokens ** 0.56)
  return { goal, most: goal * (asked === undefined ? STRONG_SHARE : STRONG_SHARE_SET), cost, marker }
}

/** Estimated tokens of units whose first offsets are `starts` (one more than units), adding up to `tokens`. */
export const costsOf = (starts: Int32Array | readonly number[], tokens: number): Float64Array => {
  const units = starts.length - 1
  const cost = new Float64Array(Math.max(0, units))
  const chars = (starts[units] ?? 0) - (starts[0] ?? 0)
  const perChar = tokens / Math.max(1, chars + 2 * units)
  for (let unit = 0; unit < units; unit++) cost[unit] = (starts[unit + 1]! - starts[unit]! + 2) * perChar
  return cost
}

/** 1 for each unit that stays. Dearest claims first, ties in order; a gap cheaper than its marker is closed. */
export const pick = (claims: Claims, budget: Budget): Uint8Array => {
  const { score } = claims
  const kept = new Uint8Array(score.length)
  const order: number[] = []
  for (let unit = 0; unit < score.length; unit++) if (score[unit]! >= LEAST) order.push(unit)
  order.sort((a, b) => score[b]! - score[a]! || a - b)
  let used = 0
  for (const unit of order) {
    const cost = budget.cost[unit]! + markerChange(kept, unit, budget.marker)
    const limit = score[unit]! >= STRONG ? budget.most : budget.goal
    if (score[unit]! < ALWAYS && used + cost > limit) continue
    kept[unit] = 1
    used += cost
  }
  closeSmallGaps(kept, budget)
  return kept
}

/** What one more kept unit changes in markers: it may split a gap, shorten it, or close it. */
const markerChange = (kept: Uint8Array, unit: number, marker: number): number => {
  const before = unit === 0 || kept[unit - 1] === 1
  const after = unit === kept.length - 1 || kept[unit + 1] === 1
  return before && after ? -marker : before || after ? 0 : marker
}

const closeSmallGaps = (kept: Uint8Array, { cost, marker }: Budget): void => {
  for (let unit = 0; unit < kept.length; unit++) {
    if (kept[unit] === 1) continue
    let end = unit
    let tokens = 0
    while (end < kept.length && kept[end] === 0) tokens += cost[end++]!
    if (tokens <= marker * 1.6) kept.fill(1, unit, end)
    unit = end
  }
}
