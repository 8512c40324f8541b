// Runs of added or removed lines that differ in nothing but words and numbers: tables, translations, a rename.
import type { LineTable } from '../../base/lines.js'
import type { Span } from '../../spec/plan.js'

/** Shorter runs stay: two lines are shown at the front and one at the end, and the gap costs about one. */
const MIN_RUN_LINES = 12
const FRONT_LINES = 2
const END_LINES = 1

/** Middle parts of such runs among lines `from..to`, without the lines that must stay. */
export const similarRuns = (table: LineTable, from: number, to: number, stays: (index: number) => boolean): Span[] => {
  const spans: Span[] = []
  for (let start = from; start < to; ) {
    const shape = shapeOf(table, start)
    let end = start + 1
    while (end < to && shape !== 0 && shapeOf(table, end) === shape) end++
    if (end - start >= MIN_RUN_LINES) addStretches(spans, { start: start + FRONT_LINES, end: end - END_LINES }, stays)
    start = end
  }
  return spans
}

const addStretches = (spans: Span[], { start, end }: Span, stays: (index: number) => boolean): void => {
  let first = start
  for (let index = start; index <= end; index++) {
    if (index < end && !stays(index)) continue
    if (index - first >= 2) spans.push({ start: first, end: index })
    first = index + 1
  }
}

const PLUS = 43
const MINUS = 45

/** Hash of the sign and of what is neither letter nor digit, each word counting as one sign; 0 for context. */
const shapeOf = (table: LineTable, index: number): number => {
  const { text, starts } = table
  const start = starts[index]!
  const sign = text.charCodeAt(start)
  if (sign !== PLUS && sign !== MINUS) return 0
  let hash = 2166136261 ^ sign
  let last = 0
  for (let at = start + 1; at < starts[index + 1]!; at++) {
    const code = text.charCodeAt(at)
    const kind =
      code > 127 || (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122) ? 1 : code
    if (kind === last && (kind === 1 || kind === 32)) continue
    hash = Math.imul(hash ^ kind, 16777619)
    last = kind
  }
  return hash | 1
}
