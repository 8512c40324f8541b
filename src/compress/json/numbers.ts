// Numbers of one column: outliers that stand apart, wrong signs, breaks in an order, extremes, shifts of level.
import type { Column } from './columns.js'
import type { Marks } from './marks.js'

export interface Series {
  readonly rows: readonly number[]
  readonly nodes: readonly number[]
  readonly values: readonly number[]
}

/** Rows whose value lies past a hole in the sorted values: the tail beyond it is small, the hole is wide. */
const apart = (sorted: Float64Array, limit: number): { low: number; high: number } => {
  const n = sorted.length
  const q = (share: number): number => sorted[Math.min(n - 1, Math.floor(share * n))]!
  const trim = Math.min(limit, Math.floor(n / 4))
  const bulk = sorted[n - 1 - trim]! - sorted[trim]!
  const middle = q(0.5)
  const deviations = sorted.map((value) => Math.abs(value - middle)).sort()
  const sigma = 1.4826 * deviations[n >> 1]!
  const hole = Math.max(0.5 * bulk, 2 * sigma, Math.abs(middle) * 1e-9, Number.MIN_VALUE)
  let low = Number.NEGATIVE_INFINITY
  let high = Number.POSITIVE_INFINITY
  for (let index = 1; index <= trim; index++) {
    if (sorted[index]! - sorted[index - 1]! > hole) low = sorted[index - 1]!
    if (sorted[n - index]! - sorted[n - index - 1]! > hole) high = sorted[n - index]!
  }
  return { low, high }
}

const partOf = (series: Series, test: (index: number) => boolean): { rows: number[]; nodes: number[] } => {
  const rows: number[] = []
  const nodes: number[] = []
  for (let index = 0; index < series.values.length; index++) {
    if (!test(index)) continue
    rows.push(series.rows[index]!)
    nodes.push(series.nodes[index]!)
  }
  return { rows, nodes }
}

export const markNumbers = (
  series: Series,
  column: Column,
  marks: Marks,
  wants: { most: boolean; least: boolean },
): void => {
  const { values } = series
  if (values.length < 4) return
  const sorted = Float64Array.from(values).sort()
  if (wants.most || wants.least) markAsked(series, sorted, marks, wants)
  if (values.length < 6 || sorted[0] === sorted[sorted.length - 1]) return
  const reason = `${column.parent}.${column.name}`
  const ordered = direction(values)
  if (ordered !== 0) markDisorder(series, ordered, marks, reason)
  const { low, high } = apart(sorted, marks.cap)
  marks.flag(
    partOf(series, (index) => values[index]! <= low || values[index]! >= high),
    `${reason} outlier`,
  )
  markOdd(series, marks, reason)
  if (ordered === 0) markSpread(series, sorted, marks)
}

const markAsked = (
  series: Series,
  sorted: Float64Array,
  marks: Marks,
  wants: { most: boolean; least: boolean },
): void => {
  const top = sorted[Math.max(0, sorted.length - 3)]!
  const bottom = sorted[Math.min(sorted.length - 1, 2)]!
  let room = 8
  series.values.forEach((value, index) => {
    const extreme = (wants.most && value >= top) || (wants.least && value <= bottom)
    const best = (wants.most && value === sorted[sorted.length - 1]) || (wants.least && value === sorted[0])
    if (!extreme || (room <= 0 && !best) || room <= -20) return
    room--
    marks.must(series.rows[index]!, 'asked extreme')
    marks.hot.push(series.nodes[index]!)
    if (best) marks.asked.add(series.rows[index]!)
  })
}

/** 1 rising, -1 falling, 0 neither; nine of ten steps decide. */
const direction = (values: readonly number[]): -1 | 0 | 1 => {
  let up = 0
  let down = 0
  for (let index = 1; index < values.length; index++) {
    if (values[index]! > values[index - 1]!) up++
    else if (values[index]! < values[index - 1]!) down++
  }
  if (up + down < 4) return 0
  if (up >= 0.9 * (up + down)) return 1
  return down >= 0.9 * (up + down) ? -1 : 0
}

const markDisorder = (series: Series, sign: number, marks: Marks, reason: string): void => {
  const { values } = series
  const wrong: number[] = []
  const at = (index: number): number => sign * values[index]!
  for (let index = 0; index < values.length; index++) {
    const before = index === 0 ? Number.NEGATIVE_INFINITY : at(index - 1)
    const after = index === values.length - 1 ? Number.POSITIVE_INFINITY : at(index + 1)
    const fits = before <= at(index) && at(index) <= after
    if (!fits) wrong.push(index)
  }
  const cap = Math.max(3, marks.cap * 2)
  if (wrong.length <= cap)
    for (const index of wrong) {
      marks.must(series.rows[index]!, `${reason} order`)
      marks.hot.push(series.nodes[index]!)
    }
  const steps = new Float64Array(Math.max(0, values.length - 1))
  for (let index = 0; index < steps.length; index++) steps[index] = Math.abs(values[index + 1]! - values[index]!)
  const usual = steps.slice().sort()[Math.floor(steps.length * 0.9)]! || 0
  const jumps = partOf(series, (index) => index > 0 && usual > 0 && steps[index - 1]! > 4 * usual)
  marks.flag(jumps, `${reason} jump`)
}

/** Few negatives, zeros or fractions among many of the other sort. */
const markOdd = (series: Series, marks: Marks, reason: string): void => {
  const tests: readonly ((value: number) => boolean)[] = [
    (value) => value < 0,
    (value) => value > 0,
    (value) => value === 0,
    (value) => !Number.isInteger(value),
    (value) => Number.isInteger(value),
  ]
  tests.forEach((test, index) => {
    const odd = partOf(series, (at) => test(series.values[at]!))
    if (odd.rows.length === 0 || odd.rows.length > marks.few) return
    if (index < 3) marks.flag(odd, `${reason} sign`)
    else for (const row of odd.rows) marks.add(row, 1)
  })
}

const markSpread = (series: Series, sorted: Float64Array, marks: Marks): void => {
  const { rows, values } = series
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const sigma = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length)
  const extremes = [values.indexOf(sorted[0]!), values.indexOf(sorted[sorted.length - 1]!)]
  for (const index of extremes) marks.add(rows[index]!, 2)
  if (!(sigma > 0)) return
  values.forEach((value, index) => {
    const z = Math.abs(value - mean) / sigma
    if (z > 2) marks.add(rows[index]!, Math.min(2, z / 3))
  })
  markShift(series, sigma, marks)
}

/** Values on each side that make up the level before and after a shift. */
const WINDOW = 6

const markShift = (series: Series, sigma: number, marks: Marks): void => {
  const { rows, values } = series
  if (values.length < 4 * WINDOW) return
  let before = 0
  let after = 0
  for (let index = 0; index < WINDOW; index++) {
    before += values[index]!
    after += values[index + WINDOW]!
  }
  let best = { shift: 0, row: -1 }
  for (let index = WINDOW; index + WINDOW < values.length; index++) {
    const shift = Math.abs(after - before) / WINDOW
    if (shift > best.shift) best = { shift, row: rows[index]! }
    before += values[index]! - values[index - WINDOW]!
    after += values[index + WINDOW]! - values[index]!
  }
  if (best.row >= 0 && best.shift > 1.5 * sigma) marks.add(best.row, 2)
}
