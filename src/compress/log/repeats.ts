// Lines of a log that say again, in the same order, what it has said before: one failure in each package that shares its cause.
import { type Classes, EXIT, SUMMARY } from './classify.js'
import type { Scan } from './scan.js'

/** Longer logs have a budget that grows slower than they do, and every pass over their lines costs. */
const MAX_CHARS = 64 * 1024

/** By line: the first line of the same text, where it follows or leads the same neighbour there; else -1. Undefined for long logs. */
export const repeatsOf = (scan: Scan, classes: Classes): Int32Array | undefined => {
  const { text, starts, count } = scan.table
  if (text.length > MAX_CHARS) return undefined
  const ids = new Int32Array(count)
  const firsts = new Map<string, number>()
  for (let line = 0; line < count; line++) {
    const content = text.slice(starts[line], starts[line + 1]).trimEnd()
    const first = firsts.get(content)
    if (first === undefined && content !== '') firsts.set(content, line)
    ids[line] = content === '' ? -1 : (first ?? line)
  }
  const repeats = new Int32Array(count).fill(-1)
  const pairs = new Set<number>()
  let before = -1
  for (let line = 0; line < count; line++) {
    if (ids[line] === -1) continue
    const pair = before === -1 ? -1 : ids[before]! * count + ids[line]!
    if (pairs.has(pair)) for (const one of [before, line]) if (ids[one] !== one) repeats[one] = ids[one]!
    pairs.add(pair)
    before = line
  }
  // How something ended is told each time.
  for (let line = 0; line < count; line++) if (classes.role[line]! & (SUMMARY | EXIT)) repeats[line] = -1
  return repeats
}
