// Positions of numbers that stand apart from the others of their column. Every test names few or none.

/** Rows beyond this many are no exception, whatever they have in common. */
export const fewOf = (rows: number): number => Math.max(2, Math.min(12, Math.floor(rows * 0.015)))

const MIN_VALUES = 6

/** Positions (ascending) of values past a hole in the sorted values, of odd sign or kind, or out of an order. NaN is absent. */
export const outliersOf = (values: Float64Array, few: number): number[] => {
  const present: number[] = []
  for (let at = 0; at < values.length; at++) if (!Number.isNaN(values[at]!)) present.push(at)
  if (present.length < MIN_VALUES) return []
  const sorted = Float64Array.from(present, (at) => values[at]!).sort()
  if (sorted[0] === sorted[sorted.length - 1]) return []
  const found = new Set<number>()
  const add = (test: (value: number) => boolean): void => {
    const hits: number[] = []
    for (const at of present) {
      if (!test(values[at]!)) continue
      hits.push(at)
      if (hits.length > few) return
    }
    for (const at of hits) found.add(at)
  }
  const { low, high } = holes(sorted, few)
  if (low > Number.NEGATIVE_INFINITY) add((value) => value <= low)
  if (high < Number.POSITIVE_INFINITY) add((value) => value >= high)
  if (sorted[0]! < 0) add((value) => value < 0)
  add((value) => value === 0)
  if (sorted[sorted.length - 1]! > 0) add((value) => value > 0)
  if (present.length >= 3 * MIN_VALUES) add((value) => !Number.isInteger(value))
  disorder(values, present, few, found)
  return [...found].sort((a, b) => a - b)
}

/** A hole is wide against the bulk of the values and leaves few beyond it. */
const holes = (sorted: Float64Array, few: number): { low: number; high: number } => {
  const n = sorted.length
  const trim = Math.min(few, n >> 2)
  const middle = sorted[n >> 1]!
  const bulk = sorted[n - 1 - trim]! - sorted[trim]!
  const deviations = sorted.map((value) => Math.abs(value - middle)).sort()
  // 1.4826 turns the median deviation of a normal distribution into its standard deviation.
  const sigma = 1.4826 * deviations[n >> 1]!
  const hole = Math.max(0.5 * bulk, 2 * sigma, Math.abs(middle) * 1e-9, Number.MIN_VALUE)
  let low = Number.NEGATIVE_INFINITY
  let high = Number.POSITIVE_INFINITY
  for (let at = 1; at <= trim; at++) {
    if (sorted[at]! - sorted[at - 1]! > hole) low = sorted[at - 1]!
    if (sorted[n - at]! - sorted[n - at - 1]! > hole) high = sorted[n - at]!
  }
  return { low, high }
}

/** Breaks of an order that nine of ten steps keep, and steps far wider than usual. */
const disorder = (values: Float64Array, present: readonly number[], few: number, found: Set<number>): void => {
  let up = 0
  let down = 0
  for (let at = 1; at < present.length; at++) {
    const step = values[present[at]!]! - values[present[at - 1]!]!
    if (step > 0) up++
    else if (step < 0) down++
  }
  const moves = up + down
  if (moves < 4 || Math.max(up, down) < 0.9 * moves) return
  const sign = up > down ? 1 : -1
  const steps = present.slice(1).map((at, index) => sign * (values[at]! - values[present[index]!]!))
  const usual = Float64Array.from(steps, Math.abs).sort()[Math.floor(steps.length * 0.9)]!
  const broken: number[] = []
  steps.forEach((step, index) => {
    if (step < 0 || (usual > 0 && step > 4 * usual)) broken.push(present[index + 1]!)
  })
  if (broken.length <= 2 * few) for (const at of broken) found.add(at)
}
