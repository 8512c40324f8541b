// Seeded draws for the generators, and JSON with the spaces that Python programs print.
import { createHash } from 'node:crypto'
import { seeded } from '../../test/support/session.js'

export interface Draw {
  /** Whole number from `low` to `high`, both included. */
  int(low: number, high: number): number
  float(low: number, high: number, digits: number): number
  pick<T>(values: readonly T[]): T
  /** Distinct values in random order. */
  some<T>(values: readonly T[], count: number): T[]
}

export const drawOf = (seed: number): Draw => {
  const random = seeded(seed)
  const int = (low: number, high: number): number => low + Math.floor(random() * (high - low + 1))
  return {
    int,
    float: (low, high, digits) => Number((low + random() * (high - low)).toFixed(digits)),
    pick: (values) => values[int(0, values.length - 1)]!,
    some(values, count) {
      const rest = [...values]
      return Array.from({ length: count }, () => rest.splice(int(0, rest.length - 1), 1)[0]!)
    },
  }
}

export const hexOf = (algorithm: 'md5' | 'sha1', text: string): string =>
  createHash(algorithm).update(text).digest('hex')

/** A day of January 2024, as `2024-01-17`. */
export const dayOf = (draw: Draw): string => `2024-01-${String(draw.int(1, 28)).padStart(2, '0')}`

export const twoDigits = (value: number): string => String(value).padStart(2, '0')

export const indented = (value: unknown): string => JSON.stringify(value, null, 2)

/** One line with a space after each comma and colon. */
export const spaced = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(spaced).join(', ')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  return `{${Object.entries(value)
    .map(([key, item]) => `${JSON.stringify(key)}: ${spaced(item)}`)
    .join(', ')}}`
}
