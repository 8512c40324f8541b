// Volatile content in one text, by form: what looks as if the next request would hold something else in its place.
import type { Looks } from '../spec/drift.js'
import { GIT_STATUS, PATTERNS } from './looks.js'

export interface Volatile {
  /** UTF-16 offsets, half-open. */
  readonly start: number
  readonly end: number
  readonly looks: Looks
}

/** Longer lines are searched in their first characters only, where nobody asks for more. */
const MAX_LINE_CHARS = 2000

/** In order, not overlapping. One find of the most telling class wins where several fit. */
export const findVolatile = (text: string, maxLineChars: number = MAX_LINE_CHARS): Volatile[] => {
  const found: Volatile[] = []
  let at = 0
  for (const line of text.split('\n')) {
    found.push(
      ...inLine(line.slice(0, maxLineChars)).map((one) => ({ ...one, start: at + one.start, end: at + one.end })),
    )
    at += line.length + 1
  }
  return found
}

const inLine = (line: string): Volatile[] => {
  if (line.length < 4) return []
  if (GIT_STATUS.test(line)) return [{ start: 0, end: line.length, looks: 'git-status' }]
  if (!/\d/.test(line)) return []
  const found: Volatile[] = []
  for (const [looks, pattern] of PATTERNS) {
    const all = new RegExp(pattern.source, `${pattern.flags}g`)
    for (const match of line.matchAll(all)) {
      const [start, end] = [match.index, match.index + match[0].length]
      if (!found.some((one) => start < one.end && end > one.start)) found.push({ start, end, looks })
    }
  }
  return found.sort((a, b) => a.start - b.start)
}
