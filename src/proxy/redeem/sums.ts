// Usage of several answers as one: counts are added up, whatever they are called and however deep they stand.
import { withValue } from './patch.js'

/** By path, steps joined by a dot. */
export type Counts = Readonly<Record<string, number>>

export const countsOf = (usage: unknown, at = ''): Counts => {
  const counts: Record<string, number> = {}
  if (typeof usage !== 'object' || usage === null || Array.isArray(usage)) return counts
  for (const [name, value] of Object.entries(usage)) {
    if (typeof value === 'number') counts[at + name] = value
    else Object.assign(counts, countsOf(value, `${at}${name}.`))
  }
  return counts
}

export const sumOf = (a: Counts, b: Counts): Counts => {
  const sum: Record<string, number> = { ...a }
  for (const [name, count] of Object.entries(b)) sum[name] = (sum[name] ?? 0) + count
  return sum
}

/** The JSON with these counts under `path`. */
export const withCounts = (json: Buffer, path: readonly string[], counts: Counts): Buffer => {
  let changed = json
  for (const [name, count] of Object.entries(counts))
    changed = withValue(changed, [...path, ...name.split('.')], String(count))
  return changed
}
