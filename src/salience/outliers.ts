// Positions of numbers that stand apart from the others of their column. Every test names few or none.

/** Rows beyond this many are no exception, whatever they have in common. */
export const fewOf = (rows: number): number => Math.max(2, Math.min(12, Math.floor(rows * 0.015)))

const MIN_VALUES = 6

/** Positions (ascending) of values past a hole in the sorted values, of odd sign or kind, or out of an order. NaN is absent. */
export const outliersOf = (values: Float64Array, few: number): number[] => {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort()
  const n = sorted.length
  if (n < MIN_VALUES || sorted[0] === sorted[n - 1]) return []
  const { low, high } = holes(sorted, few)
  const kinds = kindsOf(sorted)
  const isFew = (count: number): boolean => count > 0 && count <= few
  const zeros = isFew(kinds.zero)
  const negatives = isFew(kinds.negative)
  const positives = isFew(kinds.positive)
  const fractions = n >= 3 * MIN_VALUES && isFew(kinds.fraction)
  const found = new Set<number>()
  for (let at = 0; at < values.length; at++) {
    const value = values[at]!
    if (value <= low || value >= high) found.add(at)
    else if (value === 0 ? zeros : value < 0 ? negatives : value > 0 && positives) found.add(at)
    else if (fractions && !Number.isInteger(value) && !Number.isNaN(value)) found.add(at)
  }
  disorder(values, few, found)
  return [...found].sort((a, b) => a - b)
}

const kindsOf = (sorted: Float64Array): { negative: number; zero: number; positive: number; fraction: number } => {
  const kinds = { negative: 0, zero: 0, positive: 0, fraction: 0 }
  for (let at = 0; at < sorted.length; at++) {
    const value = sorted[at]!
    if (value < 0) kinds.negative++
    else if (value === 0) kinds.zero++
    else kinds.positive++
    if (!Number.isInteger(value)) kinds.fraction++
  }
  return kinds
}

/** A hole is wide against the bulk of the values and leaves few beyond it. */
const holes = (sorted: Float64Array, few: number): { low: number; high: number } => {
  const n = sorted.length
  const trim = Math.min(few, n >> 2)
  const middle = sorted[n >> 1]!
  const bulk = sorted[n - 1 - trim]! - sorted[trim]!
  // 1.4826 turns the median deviation of a normal distribution into its standard deviation.
  const sigma = 1.4826 * medianDeviation(sorted)
  const hole = Math.max(0.5 * bulk, 2 * sigma, Math.abs(middle) * 1e-9, Number.MIN_VALUE)
  let low = Number.NEGATIVE_INFINITY
  let high = Number.POSITIVE_INFINITY
  for (let at = 1; at <= trim; at++) {
    if (sorted[at]! - sorted[at - 1]! > hole) low = sorted[at - 1]!
    if (sorted[n - at]! - sorted[n - at - 1]! > hole) high = sorted[n - at]!
  }
  return { low, high }
}

/** Median distance from the median: the nearest values are taken from both sides in turn. */
const medianDeviation = (sorted: Float64Array): number => {
  const n = sorted.length
  const middle = sorted[n >> 1]!
  let left = (n >> 1) - 1
  let right = (n >> 1) + 1
  let deviation = 0
  for (let taken = 0; taken < n >> 1; taken++) {
    const below = left >= 0 ? middle - sorted[left]! : Number.POSITIVE_INFINITY
    const above = right < n ? sorted[right]! - middle : Number.POSITIVE_INFINITY
    if (below <= above) {
      deviation = below
      left--
    } else {
      deviation = above
      right++
    }
  }
  return deviation
}

/** Breaks of an order that nine of ten steps keep, and steps far wider than usual. */
const disorder = (values: Float64Array, few: number, found: Set<number>): void => {
  let up = 0
  let down = 0
  let last = Number.NaN
  for (let at = 0; at < values.length; at++) {
    const value = values[at]!
    if (value > last) up++
    else if (value < last) down++
    if (!Number.isNaN(value)) last = value
  }
  const moves = up + down
  if (moves < 4 || Math.max(up, down) < 0.9 * moves) return
  const sign = up > down ? 1 : -1
  const present: number[] = []
  for (let at = 0; at < values.length; at++) if (!Number.isNaN(values[at]!)) present.push(at)
  const steps = Float64Array.from(
    { length: present.length - 1 },
    (_, index) => sign * (values[present[index + 1]!]! - values[present[index]!]!),
  )
  const usual = steps.map(Math.abs).sort()[Math.floor(steps.length * 0.9)]!
  const broken: number[] = []
  steps.forEach((step, index) => {
    if (step < 0 || (usual > 0 && step > 4 * usual)) broken.push(present[index + 1]!)
  })
  if (broken.length <= 2 * few) for (const at of broken) found.add(at)
}
