// Lines unlike the others: words that hardly any other match has, alarms, a count out of scale, a name of another kind.
import { severityOf } from '../../salience/severity.js'
import { nameOf, type SearchLine, type SearchResult } from './parse.js'

/** Oddities beyond this share of the lines (or this number) are the rule, not the exception. */
const ODD_SHARE = 0.03
const ODD_LINES = 3
/** A word is rare while it stands in no more lines than this share, at least in one. */
const RARE_SHARE = 0.01
const MIN_LINES = 12
/** Characters of a line that are read for words. */
const REACH = 400
/** A count this many times the median is out of scale. */
const OUT_OF_SCALE = 20
const ALARM =
  /\b(?:FIXME|XXX|HACK|BUG|SECURITY|DANGER|WARNING|UNSAFE|password|passwd|secret|api_?key|private_?key|eval|exec|rm -rf|DROP TABLE|disable|bypass|backdoor)\b/i

/** Indices of the odd lines, in order; none where so many are odd that oddness tells nothing. */
export const oddLines = (result: SearchResult): number[] => {
  const own = result.lines.flatMap((line, index) => (line.kind === (result.isList ? 'entry' : 'match') ? [index] : []))
  if (own.length < MIN_LINES) return []
  const limit = Math.max(ODD_LINES, Math.floor(own.length * ODD_SHARE))
  const few = (indices: readonly number[]): readonly number[] => (indices.length <= limit ? indices : [])
  const line = (index: number): SearchLine => result.lines[index]!
  const odd = result.isList
    ? [
        ...few(strangeNames(result, own, kindOf)),
        ...few(strangeNames(result, own, leadOf)),
        ...few(outOfScale(result, own)),
      ]
    : [
        ...byRareWords(result, own, limit),
        ...few(own.filter((index) => ALARM.test(line(index).text.slice(0, REACH)))),
        ...few(own.filter((index) => severityOf(line(index).text) >= 2)),
      ]
  return [...new Set(odd)].sort((a, b) => a - b)
}

/** Lines with most rare words, from the least number of them that singles out few lines, well above what is usual. */
const byRareWords = (result: SearchResult, own: readonly number[], limit: number): readonly number[] => {
  const words = new Map<string, Word>()
  const perLine = own.map((index, nth) => wordsOf(result.lines[index]!.text, nth, words))
  const rare = Math.max(1, Math.floor(own.length * RARE_SHARE))
  const counts = perLine.map((line) => line.reduce((sum, word) => sum + (word.lines <= rare ? 1 : 0), 0))
  const sorted = [...counts].sort((a, b) => b - a)
  const usual = sorted[sorted.length >> 1]!
  const least = Math.max(2 * usual + 1, (sorted[limit] ?? 0) + 1)
  return own.filter((_, nth) => counts[nth]! >= least)
}

interface Word {
  /** Lines that hold it, and the last of them seen. */
  lines: number
  lastLine: number
}

const WORD = /[a-z0-9_$\u0080-\uffff]+/g

/** Distinct words in lower case; those with digits are ids and numbers, which differ on every line. */
const wordsOf = (text: string, line: number, words: Map<string, Word>): Word[] => {
  const found: Word[] = []
  for (const match of text.slice(0, REACH).toLowerCase().match(WORD) ?? []) {
    if (hasDigit(match)) continue
    const word = words.get(match) ?? { lines: 0, lastLine: -1 }
    if (word.lastLine === -1) words.set(match, word)
    if (word.lastLine === line) continue
    word.lastLine = line
    word.lines++
    found.push(word)
  }
  return found
}

const hasDigit = (word: string): boolean => {
  for (let at = 0; at < word.length; at++) {
    const code = word.charCodeAt(at)
    if (code >= 48 && code <= 57) return true
  }
  return false
}

/** Entries whose names have, seen so, what hardly any other has. */
const strangeNames = (result: SearchResult, own: readonly number[], aspect: (path: string) => string): number[] => {
  const kinds = own.map((index) => aspect(result.files[result.lines[index]!.file]?.path ?? ''))
  const holders = new Map<string, number>()
  for (const kind of kinds) holders.set(kind, (holders.get(kind) ?? 0) + 1)
  const rare = Math.max(1, Math.floor(own.length * RARE_SHARE))
  return own.filter((_, nth) => holders.get(kinds[nth]!)! <= rare)
}

/** Extension, and whether the name starts with a dot. */
const kindOf = (path: string): string => {
  const name = nameOf(path)
  const dot = name.lastIndexOf('.')
  return `${name.startsWith('.') ? '.' : ''}|${dot > 0 ? name.slice(dot + 1).toLowerCase() : ''}`
}

/** First word of the name: `module` of `module_7.ts`. */
const leadOf = (path: string): string => /^[^\W\d_]*/u.exec(nameOf(path))![0]

const outOfScale = (result: SearchResult, own: readonly number[]): number[] => {
  const counts = own.map((index) => result.lines[index]!.count ?? 0)
  const median = [...counts].sort((a, b) => a - b)[counts.length >> 1]!
  return median === 0 ? [] : own.filter((_, nth) => counts[nth]! >= median * OUT_OF_SCALE)
}
