// An oracle that knows nothing of compressors: what a lossy form of a text must still hold, whoever made it.
import type { Detection } from '../spec/content.js'
import { parseQuery } from './query.js'
import { firstFailure } from './severity.js'

/** Occurrences up to which a literal of the query names one place, not a theme. */
const RARE_OCCURRENCES = 3
const MIN_LITERAL_CHARS = 4
/** Head and tail of a text that are read for its first failure and its outcome; bounds the cost on big texts. */
const SCAN_CHARS = 256 * 1024

export const mustKeep = (text: string, detection: Detection, query: string | undefined): readonly string[] => {
  const needles = parseQuery(query).literals.filter(
    (literal) => literal.length >= MIN_LITERAL_CHARS && isRare(text, literal),
  )
  return detection.type === 'log' ? [...needles, ...outcomeLines(text)] : needles
}

const isRare = (text: string, literal: string): boolean => {
  let count = 0
  for (let at = text.indexOf(literal); at !== -1; at = text.indexOf(literal, at + literal.length)) {
    count++
    if (count > RARE_OCCURRENCES) return false
  }
  return count > 0
}

/** First failure and last line of a log: where it went wrong and how it ended. */
const outcomeLines = (text: string): string[] => {
  const head = text.slice(0, SCAN_CHARS)
  const failure = firstFailure(head.slice(0, head.lastIndexOf('\n') + 1))
  const last = text
    .slice(Math.max(0, text.length - 4096))
    .trimEnd()
    .split('\n')
    .at(-1)
  return [failure, last]
    .filter((line): line is string => line !== undefined && line !== '')
    .map((line) => line.replace(/\r$/, ''))
}
