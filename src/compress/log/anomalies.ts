// Lines that differ from the routine of their own template: values far out, rare values, breaks in time and order.

import type { Cluster, Clusters } from './clusters.js'
import { isBlank } from './clusters.js'
import { numberAt } from './numbers.js'
import type { Scan } from './scan.js'
import { PATH, TIME } from './tokens.js'

/** How unusual a line is: 0 routine, 1 clearly out. */
export interface Anomaly {
  readonly line: number
  readonly weight: number
}

/** Lines from which a template has a routine to differ from. */
const MIN_MEMBERS = 10
/** Distinct values followed per slot. */
const MAX_VALUES = 64
/** Extremes reported per slot and side. */
const MAX_EXTREMES = 3
const FAR_BELOW = 50

export const findAnomalies = (scan: Scan, clusters: Clusters): Anomaly[] => {
  const found: Anomaly[] = []
  for (const cluster of clusters.list) {
    if (cluster.count < MIN_MEMBERS || cluster.words.length === 0) continue
    const lines = clusters.members.subarray(clusters.start[cluster.id]!, clusters.start[cluster.id + 1]!)
    for (let slot = 0; slot < cluster.words.length; slot++) slotAnomalies(scan, { cluster, lines, slot }, found)
    timeAnomalies(scan, lines, found)
  }
  globalTime(scan, found)
  rareOrder(scan, clusters, found)
  return found
}

interface Slot {
  readonly cluster: Cluster
  readonly lines: Int32Array
  readonly slot: number
}

const slotAnomalies = (scan: Scan, at: Slot, found: Anomaly[]): void => {
  const word = at.cluster.words[at.slot]!
  if (word > 4 || word < 0 || word === TIME) return
  const { tokens } = scan
  const { lines, slot } = at
  const n = lines.length
  const counts = new Map<number, number>()
  let open = true
  for (let i = 0; i < n && open; i++) {
    const hash = tokens.hash[tokens.lineStart[lines[i]!]! + slot]!
    const count = counts.get(hash)
    counts.set(hash, (count ?? 0) + 1)
    if (count === undefined && counts.size > MAX_VALUES) open = false
  }
  if (open && counts.size === 1) return
  if (open && rareValues(scan, at, { counts, found })) return
  if (word !== PATH) numericAnomalies(scan, at, found)
}

/** A slot with few distinct values, of which one to three hardly ever occur. */
const rareValues = (scan: Scan, at: Slot, seen: { counts: Map<number, number>; found: Anomaly[] }): boolean => {
  const { lines, slot } = at
  const n = lines.length
  const rareUpTo = 1 + Math.floor(n / 500)
  const rare = new Set<number>()
  let common = 0
  for (const [hash, count] of seen.counts) {
    if (count <= rareUpTo) rare.add(hash)
    else if (count >= 3) common++
  }
  if (rare.size === 0 || rare.size > 3 || common === 0) return false
  if (common > n / 6) return false
  const { tokens } = scan
  for (let i = 0; i < n; i++) {
    const line = lines[i]!
    if (rare.has(tokens.hash[tokens.lineStart[line]! + slot]!))
      seen.found.push({ line, weight: rare.size === 1 ? 1 : 0.9 })
  }
  return true
}

const numericAnomalies = (scan: Scan, at: Slot, found: Anomaly[]): void => {
  const { lines, slot } = at
  const n = lines.length
  const values = new Float64Array(n)
  let bad = 0
  let rising = 0
  for (let i = 0; i < n; i++) {
    const token = scan.tokens.lineStart[lines[i]!]! + slot
    const value = numberAt(scan.table.text, scan.tokens.offset[token]!, scan.tokens.length[token]!)
    values[i] = value
    if (Number.isNaN(value)) bad++
    else if (i > 0 && value >= values[i - 1]!) rising++
  }
  if (bad > n * 0.1) return
  if (rising > (n - 1) * 0.9) sequenceBreaks(lines, values, found)
  else extremes(lines, values, found)
}

/** A counter that jumps or falls where it otherwise steps evenly. */
const sequenceBreaks = (lines: Int32Array, values: Float64Array, found: Anomaly[]): void => {
  const steps = new Float64Array(values.length - 1)
  for (let i = 1; i < values.length; i++) steps[i - 1] = values[i]! - values[i - 1]!
  const sorted = steps.slice().sort()
  const low = sorted[Math.floor(sorted.length * 0.1)]!
  const high = sorted[Math.floor(sorted.length * 0.9)]!
  const spread = high - low
  const breaks: number[] = []
  for (let i = 0; i < steps.length; i++) {
    const step = steps[i]!
    if (
      step < 0 ||
      step < low - Math.max(2 * spread, 0) - 1e-9 ||
      step > high + Math.max(4 * spread, Math.abs(high) * 0.5) + 1e-9
    )
      breaks.push(i)
  }
  if (breaks.length === 0 || breaks.length > Math.max(4, steps.length * 0.02)) return
  for (const i of breaks) found.push({ line: lines[i]!, weight: 0.85 }, { line: lines[i + 1]!, weight: 0.95 })
}

const extremes = (lines: Int32Array, values: Float64Array, found: Anomaly[]): void => {
  const sorted = values.slice().sort()
  let n = sorted.length
  while (n > 0 && Number.isNaN(sorted[n - 1]!)) n--
  if (n < MIN_MEMBERS) return
  const q1 = sorted[Math.floor(n * 0.25)]!
  const median = sorted[n >> 1]!
  const q3 = sorted[Math.floor(n * 0.75)]!
  const spread = Math.max(q3 - q1, Math.abs(median) * 0.02, 1e-9)
  const high = q3 + 3 * spread
  // A span of sizes has no low side in plain steps: what is a fiftieth of the usual is out as well.
  const low = Math.max(q1 - 3 * spread, q1 > 0 ? q1 / FAR_BELOW : Number.NEGATIVE_INFINITY)
  const top = sorted[Math.max(0, n - MAX_EXTREMES)]!
  const bottom = sorted[Math.min(n - 1, MAX_EXTREMES - 1)]!
  let said = 0
  for (let i = 0; i < lines.length && said < 2 * MAX_EXTREMES; i++) {
    const value = values[i]!
    const out =
      value > high && value >= top ? (value - q3) / spread : value < low && value <= bottom ? (q1 - value) / spread : 0
    if (out === 0) continue
    said++
    found.push({ line: lines[i]!, weight: Math.min(1, 0.6 + out / 40) })
  }
}

/** A beat of even intervals that pauses. */
const timeAnomalies = (scan: Scan, lines: Int32Array, found: Anomaly[]): void => {
  const deltas = deltasOf(scan, lines)
  if (deltas === undefined) return
  const sorted = deltas.slice().sort()
  const median = sorted[sorted.length >> 1]!
  const spread = sorted[Math.floor(sorted.length * 0.9)]! - sorted[Math.floor(sorted.length * 0.1)]!
  if (median <= 0 || spread > median * 0.6) return
  const breaks: number[] = []
  deltas.forEach((delta, i) => {
    if (delta > median * 1.6 + spread || delta < -0.5) breaks.push(i)
  })
  if (breaks.length === 0 || breaks.length > Math.max(4, lines.length * 0.02)) return
  for (const i of breaks) found.push({ line: lines[i]!, weight: 0.9 }, { line: lines[i + 1]!, weight: 0.95 })
}

/** Seconds between neighbours; undefined where lines carry no clock. */
const deltasOf = (scan: Scan, lines: Int32Array): Float64Array | undefined => {
  const deltas = new Float64Array(lines.length - 1)
  for (let i = 1; i < lines.length; i++) {
    let delta = scan.time[lines[i]!]! - scan.time[lines[i - 1]!]!
    if (Number.isNaN(delta)) return undefined
    if (delta < -43200 && delta > -86400) delta += 86400
    deltas[i - 1] = delta
  }
  return deltas
}

/** The longest silences and steps back of the whole log, where these are few. */
const globalTime = (scan: Scan, found: Anomaly[]): void => {
  const timed: number[] = []
  for (let line = 0; line < scan.table.count; line++) if (!Number.isNaN(scan.time[line]!)) timed.push(line)
  if (timed.length < 20) return
  const lines = Int32Array.from(timed)
  const deltas = deltasOf(scan, lines)
  if (deltas === undefined) return
  const sorted = deltas.slice().sort()
  const usual = Math.max(sorted[Math.floor(sorted.length * 0.95)]!, 0.001)
  const silent: number[] = []
  const back: number[] = []
  deltas.forEach((delta, i) => {
    if (delta > Math.max(5, usual * 8)) silent.push(i)
    if (delta < -0.9) back.push(i)
  })
  silent.sort((a, b) => deltas[b]! - deltas[a]!)
  for (const i of silent.slice(0, 3))
    found.push({ line: lines[i]!, weight: 0.7 }, { line: lines[i + 1]!, weight: 0.75 })
  if (back.length > Math.max(4, timed.length * 0.005)) return
  for (const i of back) found.push({ line: lines[i]!, weight: 0.8 }, { line: lines[i + 1]!, weight: 0.95 })
}

/** Where few pairs of neighbouring templates make up the log, a pair seen once breaks the order. */
const rareOrder = (scan: Scan, clusters: Clusters, found: Anomaly[]): void => {
  const pairs = new Map<number, { count: number; line: number }>()
  const size = clusters.list.length
  let previous = -1
  let total = 0
  for (let line = 0; line < scan.table.count; line++) {
    if (isBlank(scan, line)) continue
    const cluster = clusters.of[line]!
    if (previous >= 0) {
      const key = previous * size + cluster
      const seen = pairs.get(key)
      if (seen) seen.count++
      else pairs.set(key, { count: 1, line })
      total++
    }
    previous = cluster
  }
  if (total < 30 || pairs.size > total / 5) return
  const rare = [...pairs.values()].filter((pair) => pair.count <= 1 + Math.floor(total / 2000))
  if (rare.length > Math.max(4, Math.min(12, total * 0.02))) return
  for (const pair of rare)
    found.push({ line: pair.line, weight: 0.85 }, { line: Math.max(0, pair.line - 1), weight: 0.7 })
}
