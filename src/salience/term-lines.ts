// Lines that hold the words of a question, with weights: found by searching the whole text, so that no line is cut out.
import type { LineTable } from '../base/lines.js'
import type { Query } from './query.js'

/** Occurrences after which a term says nothing. */
const MAX_HITS = 20_000
/** Weight of a term inside a longer word: `port` in `support`. */
const INSIDE_WORD = 0.4
/** Lines that hold a literal, up to which it names one place. */
const NAMES_ONE_PLACE = 3

export interface TermLines {
  /** By line, 0 where no word is; idf over lines. */
  readonly score: Float64Array
  /** Lines that hold a literal which few lines hold. */
  readonly named: readonly number[]
  /** Lines that hold such a literal as a whole word or cell. */
  readonly best: number
}

export const termLines = (table: LineTable, query: Query): TermLines => {
  const score = new Float64Array(table.count)
  const lower = table.text.toLowerCase()
  const text = lower.length === table.text.length ? lower : table.text
  for (const term of query.terms) {
    const hits = hitsOf({ ...table, text }, term.text, MAX_HITS)
    const idf = Math.log(1 + (table.count - hits.lines.length + 0.5) / (hits.lines.length + 0.5))
    hits.lines.forEach((line, index) => {
      score[line]! += term.weight * idf * (hits.whole[index] ? 1 : INSIDE_WORD)
    })
  }
  const named: number[] = []
  for (const literal of query.literals) {
    if (literal.length < 2) continue
    const { lines, whole } = hitsOf(table, literal, 4 * NAMES_ONE_PLACE)
    const exact = lines.filter((_, index) => whole[index])
    const most = exact.length > 0 && exact.length <= NAMES_ONE_PLACE ? exact : lines
    if (lines.length <= NAMES_ONE_PLACE && literal.length > 3) named.push(...lines)
    else if (most.length <= NAMES_ONE_PLACE) named.push(...most)
  }
  let best = 0
  for (const value of score) if (value > best) best = value
  return { score, named, best }
}

interface Hits {
  /** Ascending, each once. */
  readonly lines: readonly number[]
  /** Whether the occurrence is a word of its own, a plural s aside. */
  readonly whole: readonly boolean[]
}

const hitsOf = ({ text, starts, count }: LineTable, needle: string, limit: number): Hits => {
  const lines: number[] = []
  const whole: boolean[] = []
  if (needle === '') return { lines, whole }
  let line = 0
  for (let at = text.indexOf(needle); at !== -1 && lines.length < limit; ) {
    line = lineAtOffset(starts, count, line, at)
    const isWhole = !isWordChar(text.charCodeAt(at - 1)) && endsWord(text, at + needle.length)
    if (lines.at(-1) !== line) {
      lines.push(line)
      whole.push(isWhole)
    } else if (isWhole) whole[whole.length - 1] = true
    at = text.indexOf(needle, isWhole ? starts[line + 1]! : at + needle.length)
  }
  return { lines, whole }
}

/** Line that holds an offset at or after line `from`: a short walk, then halving. */
const lineAtOffset = (starts: Int32Array, count: number, from: number, at: number): number => {
  let low = from
  for (let step = 0; step < 8 && low < count; step++, low++) if (starts[low + 1]! > at) return low
  let high = count
  while (low + 1 < high) {
    const middle = (low + high) >> 1
    if (starts[middle]! <= at) low = middle
    else high = middle
  }
  return low
}

const isWordChar = (code: number): boolean =>
  (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57)

const endsWord = (text: string, end: number): boolean => {
  const code = text.charCodeAt(end)
  return !isWordChar(code) || (code === 115 && !isWordChar(text.charCodeAt(end + 1)))
}
