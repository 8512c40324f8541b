// How the CPU time of one family grows with the size of its output.
import type { Engine } from '../../src/index.js'
import type { Family } from './sample.js'

/** Characters, about. */
export const SIZES: readonly number[] = [1 << 16, 1 << 18, 1 << 20, 1 << 22]
/** Times a size is measured; the fastest counts. */
const RUNS = 2

export interface Growth {
  /** Slope of the straight line through log(size), log(time): 1 is linear. */
  readonly exponent: number
  readonly msBySize: readonly number[]
  readonly msPerMb: number
}

export const growthOf = async (engine: Engine, family: Family, sizes: readonly number[] = SIZES): Promise<Growth> => {
  const probe = family.sample(1, 200)
  const perItem = probe.text.length / 200
  const points: { chars: number; ms: number }[] = []
  for (const chars of sizes) {
    const { text, tool } = family.sample(1, Math.ceil(chars / perItem))
    let best = Number.POSITIVE_INFINITY
    for (let run = 0; run < (points.length === 0 ? 3 * RUNS : RUNS); run++) {
      const before = process.cpuUsage()
      await engine.compressText(text, { query: 'anything unusual here?', ...(tool === undefined ? {} : { tool }) })
      const { user, system } = process.cpuUsage(before)
      best = Math.min(best, (user + system) / 1000)
    }
    points.push({ chars: text.length, ms: best })
  }
  const last = points[points.length - 1]!
  return {
    exponent: slopeOf(points.map(({ chars, ms }) => [Math.log(chars), Math.log(Math.max(0.05, ms))])),
    msBySize: points.map(({ ms }) => ms),
    msPerMb: (last.ms / last.chars) * (1 << 20),
  }
}

/** Least squares. */
const slopeOf = (points: readonly (readonly [number, number])[]): number => {
  const meanX = points.reduce((sum, [x]) => sum + x, 0) / points.length
  const meanY = points.reduce((sum, [, y]) => sum + y, 0) / points.length
  const over = points.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0)
  return over / points.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0)
}
