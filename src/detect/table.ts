// Tables: Markdown, and cells between delimiters.
import { type Candidate, clamp, share } from './candidate.js'
import type { Sample } from './sample.js'

const MARKDOWN_RULE = /^\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)+\|?\s*$/
const DELIMITERS = [',', '\t', ';', '|'] as const

/** Lines that begin with date and time are a log, whatever separates the rest. */
const STAMPED = /^\[?\d{4}-\d\d-\d\d[T ]\d\d:\d\d/

export const tableCandidate = (sample: Sample): Candidate | undefined => {
  const { lines } = sample
  const piped = share(lines, /^\s*\|.*\|\s*$/)
  if (piped > 0.6 && lines.some((line) => MARKDOWN_RULE.test(line)))
    return { type: 'table', score: clamp(0.5 + piped * 0.45), evidence: 'Markdown table' }
  if (sample.gutter || lines.length < 3 || share(lines, STAMPED) > 0.8) return undefined
  let best: Candidate | undefined
  for (const delimiter of DELIMITERS) {
    const counts = lines.map((line) => cellsOf(line, delimiter))
    const columns = counts[0]!
    if (columns < 2) continue
    const agree = counts.filter((count) => count === columns).length / counts.length
    const prose = share(lines, delimiter === ',' ? /, |[;{}]\s*$/ : /[;{}]\s*$/)
    const score = clamp(
      agree * 0.7 + Math.min(columns, 6) * 0.045 - prose * 0.6 - (columns === 2 && delimiter !== '\t' ? 0.2 : 0),
    )
    if (agree >= 0.9 && score > (best?.score ?? 0.5))
      best = { type: 'table', score, evidence: `${columns} columns separated by ${JSON.stringify(delimiter)}` }
  }
  return best
}

const cellsOf = (line: string, delimiter: string): number => {
  let cells = 1
  let quoted = false
  for (let at = 0; at < line.length; at++) {
    const char = line[at]
    if (char === '"') quoted = !quoted
    else if (char === delimiter && !quoted) cells++
  }
  return cells
}
