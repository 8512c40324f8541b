// Durations and sizes in lines of one kind, and which of them are far from the others.
import type { Question } from './spec.js'

const FIGURE =
  /(?<![\w.])(\d[\d,]*(?:\.\d+)?)\s?(ns|us|µs|μs|ms|s|secs?|seconds?|m|mins?|minutes?|h|[kKMGT]i?B|[KMGT]|B|bytes)(?![\w/])/g
const SCALE: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  μs: 1e-3,
  ms: 1,
  s: 1e3,
  sec: 1e3,
  secs: 1e3,
  second: 1e3,
  seconds: 1e3,
  m: 6e4,
  min: 6e4,
  mins: 6e4,
  minute: 6e4,
  minutes: 6e4,
  h: 3.6e6,
  B: 1,
  bytes: 1,
  kB: 1e3,
  KB: 1e3,
  KiB: 1024,
  MB: 1e6,
  MiB: 1024 ** 2,
  GB: 1e9,
  GiB: 1024 ** 3,
  TB: 1e12,
  TiB: 1024 ** 4,
  K: 1024,
  M: 1024 ** 2,
  G: 1024 ** 3,
  T: 1024 ** 4,
}
/** Figures read of a line. */
const MOST_FIGURES = 3
/** Lines from which figures can be far from the others. */
const LEAST_LINES = 5
/** Times the median, and quartile ranges above the upper quartile, from which a figure is news. */
const MEDIANS = 8
const RANGES = 8
/** A test that takes less is never slow, whatever the others take. */
const LEAST_MS = 300
const MOST_UNUSUAL = 5
/** Lines kept at each end where the question asks for the most or the least. */
const EXTREMES = 3

interface Series {
  readonly isTime: boolean
  readonly lines: number[]
  readonly values: number[]
}

export class Figures {
  readonly #series = new Map<string, Series>()

  read(line: number, text: string): void {
    if (!/\d ?[a-zA-Zµμ]/.test(text)) return
    let at = 0
    for (const match of text.matchAll(FIGURE)) {
      if (at === MOST_FIGURES) break
      const isTime = !/[BKMGT]$|bytes/.test(match[2]!)
      this.#put(`${isTime}${at++}`, { line, isTime, value: Number(match[1]!.replaceAll(',', '')) * SCALE[match[2]!]! })
    }
  }

  /** A figure without a unit. */
  add(line: number, value: number): void {
    this.#put('own', { line, isTime: false, value })
  }

  #put(key: string, { line, isTime, value }: { line: number; isTime: boolean; value: number }): void {
    let series = this.#series.get(key)
    if (series === undefined) {
      series = { isTime, lines: [], values: [] }
      this.#series.set(key, series)
    }
    series.lines.push(line)
    series.values.push(value)
  }

  /** Lines whose figures are far above the others, among the `top` greatest, or asked for. */
  unusual({ wantsMost, wantsLeast }: Pick<Question, 'wantsMost' | 'wantsLeast'>, top: number): number[] {
    const lines: number[] = []
    for (const series of this.#series.values()) {
      if (series.values.length < LEAST_LINES && top === 0) continue
      const order = series.values.map((_, index) => index).sort((a, b) => series.values[b]! - series.values[a]!)
      const limit = limitOf(series)
      order.forEach((index, rank) => {
        const isFar = rank < MOST_UNUSUAL && series.values[index]! > limit
        const isAsked = rank < top || (wantsMost && rank < EXTREMES) || (wantsLeast && rank >= order.length - EXTREMES)
        if (isFar || isAsked) lines.push(series.lines[index]!)
      })
    }
    return lines
  }
}

const limitOf = ({ values, isTime }: Series): number => {
  const sorted = Float64Array.from(values).sort()
  const quarter = (share: number): number => sorted[Math.floor((sorted.length - 1) * share)]!
  const spread = quarter(0.75) - quarter(0.25)
  return Math.max(quarter(0.5) * MEDIANS, quarter(0.75) + spread * RANGES, isTime ? LEAST_MS : 0)
}
