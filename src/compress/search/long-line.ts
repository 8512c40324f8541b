// Minified and generated lines: the start, which names file and line, and the part around what the question asks for.

import { parseQuery } from '../../salience/query.js'
import type { Span } from '../../spec/plan.js'

const HEAD_CHARS = 160
/** Kept on each side of the first hit of a query term. */
const AROUND_CHARS = 90
/** A cut shorter than this costs more than it saves. */
const MIN_CUT_CHARS = 160

/** Parts of the line `start..end` to leave out, in order. */
export const cutLine = (text: string, start: number, end: number, query: string): Span[] => {
  const last = text.charCodeAt(end - 1) === 10 ? (text.charCodeAt(end - 2) === 13 ? end - 2 : end - 1) : end
  const from = start + HEAD_CHARS
  const hit = firstHit(text.slice(from, last), query)
  const cuts =
    hit === undefined
      ? [{ start: from, end: last }]
      : [
          { start: from, end: from + hit.start - AROUND_CHARS },
          { start: from + hit.end + AROUND_CHARS, end: last },
        ]
  return cuts.map((cut) => whole(text, cut)).filter((cut) => cut.end - cut.start >= MIN_CUT_CHARS)
}

const firstHit = (tail: string, query: string): Span | undefined => {
  const lower = tail.toLowerCase()
  const terms = [...parseQuery(query).terms].sort((a, b) => b.weight - a.weight)
  for (const { text } of terms) {
    const at = lower.indexOf(text)
    if (at !== -1 && text.length > 2) return { start: at, end: at + text.length }
  }
  return undefined
}

const whole = (text: string, cut: Span): Span => ({ start: onBorder(text, cut.start), end: onBorder(text, cut.end) })

const onBorder = (text: string, at: number): number => {
  const code = text.charCodeAt(at)
  return code >= 0xdc00 && code <= 0xdfff ? at - 1 : at
}
