// Diffs, HTML and tables: formats with a grammar of their own.
import { type Candidate, clamp, share } from './candidate.js'
import type { Sample } from './sample.js'

const DIFF_HEADER =
  /^(?:diff --(?:git|cc|combined) |Index: \S|--- (?:\S.*\t|a\/|\/dev\/null|"?a\/)|\+\+\+ (?:b\/|\/dev\/null|\S.*\t))/
const HUNK = /^@@@?(?: -\d+(?:,\d+)?)+ \+\d+(?:,\d+)? @@/

export const diffCandidate = (sample: Sample): Candidate | undefined => {
  const lines = sample.gutter ? sample.lines : sample.raw
  const hunks = lines.filter((line) => HUNK.test(line)).length
  const headers = lines.filter((line) => DIFF_HEADER.test(line)).length
  const bare = lines.some((line, index) => line.startsWith('--- ') && (lines[index + 1] ?? '').startsWith('+++ '))
  if (headers === 0 && hunks === 0) return undefined
  const body = share(
    lines,
    /^(?:[ +-]|@@|$|diff |index [0-9a-f]|(?:new|old|deleted) |rename |similarity |Binary files|\\ No newline)/,
  )
  if (hunks === 0 && lines.some((line) => line.startsWith('diff --git ')))
    return { type: 'diff', score: 0.8, evidence: 'diff headers without hunks (renames or binary files)' }
  const score = (hunks > 0 ? 0.5 : 0.1) + (headers > 0 || bare ? 0.25 : 0) + 0.3 * body - (body < 0.5 ? 0.4 : 0)
  return { type: 'diff', score: clamp(score), evidence: `${hunks} hunks and ${headers} file headers seen` }
}

const TAG =
  /<\/?(?:html|head|body|div|span|p|a|ul|ol|li|table|tr|td|th|section|article|nav|script|style|meta|link|h[1-6]|form|input|button|img|br|main|header|footer|figure|pre|code|blockquote)\b[^<>]{0,500}>/gi

export const htmlCandidate = (sample: Sample): Candidate | undefined => {
  const start = sample.head.trimStart().slice(0, 1000)
  if (!start.includes('<')) return undefined
  if (/^(?:<!--[\s\S]{0,600}?-->\s*)?<!doctype html|^<html[\s>]/i.test(start))
    return { type: 'html', score: 0.97, evidence: 'starts as an HTML document' }
  const tags = sample.head.match(TAG)?.length ?? 0
  const density = (tags * 1000) / Math.max(1000, sample.head.length)
  if (start[0] === '<' && /^<(?:\?xml|rss|feed|svg|project|testsuites?)\b/i.test(start)) return undefined
  if (density < 1) return undefined
  if (start[0] === '<' && tags >= 3)
    return { type: 'html', score: clamp(0.55 + density / 20), evidence: `starts with a tag; ${tags} HTML tags seen` }
  return tags >= 10 ? { type: 'html', score: clamp(density / 25), evidence: `${tags} HTML tags seen` } : undefined
}

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
