/** Lines around what a query names, in source order, with the gaps counted. Long lines give windows around each match. */
import { lineAt, lineTable } from '../base/lines.js'

/** Lines shown before and after a match: what `grep -C 3` shows. */
const CONTEXT_LINES = 3
/** Lines that can match in one answer, best first. Chosen, not measured. */
const MAX_MATCHES = 200
/** A line counts as a match from this share of the best line's score. */
const GOOD_SHARE = 0.6
/** Longer lines (minified code, JSON in one line) are shown as windows. */
const LONG_LINE_CHARS = 2000
/** Characters shown before and after a match in a long line. */
const WINDOW_CHARS = 300
const MAX_WINDOWS = 20

const EMPTY_WORDS: ReadonlySet<string> = new Set(
  'a an and are as at be by do does for from how in is it of on or that the this to was were what when where which who why with'.split(
    ' ',
  ),
)

interface Term {
  readonly text: string
  readonly weight: number
}

/** `firstLine` is the number of lines that come before `text` in its original; gaps print numbers of the original. */
export const matchingText = (text: string, query: string, firstLine: number): string => {
  const terms = termsOf(query)
  const table = lineTable(text)
  const lines = Array.from({ length: table.count }, (_, index) => foldCase(lineAt(table, index)))
  const matches = bestLines(lines, terms)
  if (matches.length === 0) return `[no match in ${countOf(table.count, 'line')}]\n`
  const parts: string[] = []
  let at = 0
  for (const [start, end] of around(matches, table.count)) {
    parts.push(gapLine(at, start, { total: table.count, firstLine }))
    for (let index = start; index < end; index++)
      parts.push(`${shortened(lineAt(table, index), lines[index]!, terms)}\n`)
    at = end
  }
  parts.push(gapLine(at, table.count, { total: table.count, firstLine }))
  return parts.join('')
}

/** Lower case at the same offsets: a letter whose lower case has another length (`İ`) stays as it is. */
const foldCase = (text: string): string => {
  const lower = text.toLowerCase()
  return lower.length === text.length ? lower : text.replace(/\p{Lu}/gu, foldLetter)
}

const foldLetter = (letter: string): string => {
  const lower = letter.toLowerCase()
  return lower.length === letter.length ? lower : letter
}

/** The whole query as written counts most, then quoted phrases and names of one thing, then words. */
const termsOf = (query: string): Term[] => {
  const source = foldCase(query.slice(0, 1000).trim())
  const weights = new Map<string, number>()
  const add = (text: string, weight: number): void => {
    if (text !== '') weights.set(text, Math.max(weight, weights.get(text) ?? 0))
  }
  const words = source.split(/[\s,;"'`()[\]{}<>?!]+/).flatMap((word) => word.replace(/^[.:]+|[.:]+$/g, ''))
  for (const word of words) if (!EMPTY_WORDS.has(word)) add(word, /[^\p{L}]/u.test(word) ? 3 : 1)
  if (weights.size === 0) for (const word of words) add(word, 1)
  for (const [, quoted] of source.matchAll(/["'`]([^"'`]{2,200})["'`]/g)) add(quoted ?? '', 6)
  add(source, 12)
  return [...weights].map(([text, weight]) => ({ text, weight }))
}

/** Indices of the best lines, ascending. A term's weight falls with the share of lines that hold it (idf). */
const bestLines = (lines: readonly string[], terms: readonly Term[]): number[] => {
  const scores = new Float64Array(lines.length)
  for (const { text, weight } of terms) {
    const holders = lines.flatMap((line, index) => (line.includes(text) ? [index] : []))
    const value = weight * Math.log(1 + (lines.length - holders.length + 0.5) / (holders.length + 0.5) + 0.1)
    for (const index of holders) scores[index]! += value
  }
  const best = scores.reduce((highest, score) => Math.max(highest, score), 0)
  if (best === 0) return []
  return [...scores.keys()]
    .filter((index) => scores[index]! >= best * GOOD_SHARE)
    .sort((a, b) => scores[b]! - scores[a]! || a - b)
    .slice(0, MAX_MATCHES)
    .sort((a, b) => a - b)
}

/** Half-open ranges of line indices with their context, merged where they meet or leave a gap of one line. */
const around = (matches: readonly number[], count: number): [start: number, end: number][] => {
  const ranges: [start: number, end: number][] = []
  for (const index of matches) {
    const start = Math.max(0, index - CONTEXT_LINES)
    const end = Math.min(count, index + CONTEXT_LINES + 1)
    const last = ranges.at(-1)
    if (last !== undefined && start <= last[1] + 1) last[1] = end
    else ranges.push([start <= 1 ? 0 : start, end])
  }
  const last = ranges.at(-1)
  if (last !== undefined && count - last[1] === 1) last[1] = count
  return ranges
}

const gapLine = (start: number, end: number, { total, firstLine }: { total: number; firstLine: number }): string => {
  if (end <= start) return ''
  const where = start === 0 ? 'before' : end === total ? 'after' : 'between'
  const numbers = end - start === 1 ? `${firstLine + end}` : `${firstLine + start + 1}-${firstLine + end}`
  return `[${countOf(end - start, 'line')} ${where}: ${numbers}]\n`
}

const countOf = (count: number, unit: string): string => `${count} ${unit}${count === 1 ? '' : 's'}`

/** A long line as windows around its matches, the rest counted in characters; other lines as they are. */
const shortened = (line: string, lower: string, terms: readonly Term[]): string => {
  if (line.length <= LONG_LINE_CHARS) return line
  const parts: string[] = []
  let at = 0
  for (const [start, end] of windows(line, lower, terms)) {
    if (start > at) parts.push(`[${countOf(start - at, 'char')} ${at === 0 ? 'before' : 'between'}]`)
    parts.push(line.slice(start, end))
    at = end
  }
  if (at < line.length) parts.push(`[${countOf(line.length - at, 'char')} ${at === 0 ? 'long' : 'after'}]`)
  return parts.join('')
}

const windows = (line: string, lower: string, terms: readonly Term[]): [start: number, end: number][] => {
  const hits: number[] = []
  for (const { text } of [...terms].sort((a, b) => b.weight - a.weight))
    for (
      let at = lower.indexOf(text);
      at !== -1 && hits.length < MAX_WINDOWS;
      at = lower.indexOf(text, at + text.length)
    )
      hits.push(at)
  const ranges: [start: number, end: number][] = []
  for (const hit of hits.sort((a, b) => a - b)) {
    const start = wholeCharacter(line, Math.max(0, hit - WINDOW_CHARS))
    const end = wholeCharacter(line, Math.min(line.length, hit + WINDOW_CHARS))
    const last = ranges.at(-1)
    if (last !== undefined && start <= last[1]) last[1] = end
    else ranges.push([start, end])
  }
  return ranges
}

/** Moves back by one where `at` is inside a surrogate pair. */
const wholeCharacter = (text: string, at: number): number => {
  const code = text.charCodeAt(at)
  return code >= 0xdc00 && code <= 0xdfff ? at - 1 : at
}
