// Lines that a question is about: literals first, then BM25 over lines with idf by line, spread over templates.
import type { LineTable } from '../../base/lines.js'
import type { Query } from '../../salience/query.js'
import { ALWAYS, type Claims } from './claims.js'
import { contentOf, SUMMARY } from './classify.js'
import type { Facts } from './facts.js'
import { lineOf } from './line-of.js'
import { fitOf, relatedTerms } from './question.js'
import type { RowStates } from './tables.js'

/** Occurrences up to which a literal names places worth keeping all of. */
const RARE_LITERAL = 6
/** Occurrences up to which it names one place: those lines stay whatever they cost. */
const NAMES_ONE_PLACE = 3
/** Lines kept for their score. */
const TOP_LINES = 16
const PER_TEMPLATE = 3
/** Lines kept where there is room, with less of a claim. */
const MOST_LINES = 60
/** A whole task instead of a question: its words touch many lines, so only what holds most of them is about it. */
const BROAD_TERMS = 16
const LEAST_SHARE_BROAD = 0.5
const MOST_PER_TEMPLATE = 8
const FILL = 0.6
/** Share of the best score below which a line is not about the question. */
const LEAST_SHARE = 0.25
/** Best lines that are looked at for the kind of answer. */
const LOOKED_AT = 400
/** Weight of a term inside a longer word: `port` in `support`. */
const INSIDE_WORD = 0.5
const LITERAL = 900
const MATCH = 690
/** Occurrences after which a term says nothing. */
const MAX_HITS = 20_000

export const claimQuery = (facts: Facts, asked: Asked, claims: Claims): void => {
  const { query } = asked
  if (query.terms.length === 0) return
  for (const literal of query.literals) {
    if (literal.length < 3) continue
    const { lines } = linesWith(facts.scan.table, literal, RARE_LITERAL)
    if (lines.length > RARE_LITERAL) continue
    for (const line of lines) {
      claims.raise(line, lines.length <= NAMES_ONE_PLACE && literal.length > 3 ? ALWAYS : LITERAL)
      claims.raise(line - 1, 330)
      claims.raise(line + 1, 400)
    }
  }
  claimMatches(facts, asked, claims)
  if (query.wantsCount)
    for (let line = 0; line < facts.scan.table.count; line++)
      if (facts.classes.role[line]! & SUMMARY) claims.raise(line, 320)
}

interface Asked {
  readonly query: Query
  readonly text: string
  /** Table rows are chosen by their cells. */
  readonly states: RowStates
}

const claimMatches = (facts: Facts, asked: Asked, claims: Claims): void => {
  const score = lineScores(facts, asked)
  const hits = bestHits(facts, score, asked.text)
  const best = score[hits[0]!] ?? 0
  const broad = asked.query.terms.length > BROAD_TERMS
  const most = broad ? TOP_LINES : MOST_LINES
  const least = best * (broad ? LEAST_SHARE_BROAD : LEAST_SHARE)
  const perTemplate = new Map<number, number>()
  let taken = 0
  for (const line of hits) {
    if (taken >= most || score[line]! < least) break
    const cluster = facts.clusters.of[line]!
    const used = perTemplate.get(cluster) ?? 0
    perTemplate.set(cluster, used + 1)
    const near = used < PER_TEMPLATE
    if (!near && (used >= MOST_PER_TEMPLATE || asked.states[line] !== undefined)) continue
    taken++
    const share = score[line]! / best
    claims.raise(line, MATCH * (0.55 + 0.45 * share) * (near && taken <= TOP_LINES ? 1 : FILL))
    if (!near) continue
    claims.raise(line + 1, 330 * share)
    claims.raise(line - 1, 300 * share)
    claims.raise(line + 2, 200 * share)
  }
}

/** Lines with a score, best first, once the kind of answer that is asked for counts. */
const bestHits = (facts: Facts, score: Float64Array, asked: string): number[] => {
  const byScore = (a: number, b: number): number => score[b]! - score[a]! || a - b
  const hits: number[] = []
  for (let line = 0; line < score.length; line++) if (score[line]! > 0) hits.push(line)
  hits.sort(byScore)
  const suits = fitOf(asked)
  const looked = hits.slice(0, LOOKED_AT)
  for (const line of looked) score[line]! *= suits(contentOf(facts.scan, line).slice(0, 400))
  return looked.sort(byScore)
}

const lineScores = (facts: Facts, asked: Asked): Float64Array => {
  const { table } = facts.scan
  const { query } = asked
  const n = table.count
  const score = new Float64Array(n)
  const lower = table.text.toLowerCase()
  const text = lower.length === table.text.length ? lower : table.text
  for (const term of query.terms) {
    const hits = linesWith({ ...table, text }, term.text, MAX_HITS)
    const gain = term.weight * idfOf(n, hits.lines.length)
    hits.lines.forEach((line, index) => {
      score[line]! += gain * (hits.whole[index] ? 1 : INSIDE_WORD)
    })
  }
  const byShape = relatedScores(facts, asked, text)
  for (let line = 0; line < n; line++) {
    score[line]! += byShape[facts.scan.shape[line]!]!
    if (score[line] === 0) continue
    const length = table.starts[line + 1]! - table.starts[line]!
    if (length > 400) score[line]! *= 0.85
    if (facts.classes.severity[line]! >= 2) score[line]! *= query.wantsFailure ? 1.4 : 1.15
    if (facts.classes.role[line]! & SUMMARY && query.wantsCount) score[line]! *= 1.4
  }
  return score
}

const idfOf = (lines: number, holders: number): number => Math.log(1 + (lines - holders + 0.5) / (holders + 0.5))

/** Score of related words by shape: lines of one shape agree in their plain words, so one line of each is searched. */
const relatedScores = (facts: Facts, asked: Asked, text: string): Float64Array => {
  const { shapes, table } = facts.scan
  const score = new Float64Array(shapes.length)
  const terms = relatedTerms(asked.query, asked.text)
  if (terms.length === 0) return score
  const starts = new Int32Array(shapes.length + 1)
  const parts = shapes.map((shape, index) => {
    const part = text.slice(facts.scan.content[shape.first]!, table.starts[shape.first + 1]!)
    starts[index + 1] = starts[index]! + part.length
    return part
  })
  const reduced: LineTable = { text: parts.join(''), count: shapes.length, starts }
  for (const term of terms) {
    const hits = linesWith(reduced, term.text, MAX_HITS)
    const holders = hits.lines.reduce((sum, shape) => sum + shapes[shape]!.count, 0)
    const gain = term.weight * idfOf(table.count, holders)
    hits.lines.forEach((shape, index) => {
      if (hits.whole[index]) score[shape]! += gain
    })
  }
  return score
}

interface Hits {
  readonly lines: readonly number[]
  /** Whether the occurrence starts a word. */
  readonly whole: readonly boolean[]
}

/** Lines that hold `needle`, ascending, each once; stops one past `limit`. */
const linesWith = (table: LineTable, needle: string, limit: number): Hits => {
  const { text, starts, count } = table
  const lines: number[] = []
  const whole: boolean[] = []
  let line = 0
  for (let at = text.indexOf(needle); at !== -1 && lines.length <= limit; ) {
    if (starts[line + 1]! <= at) line = lineOf(starts, count, at)
    lines.push(line)
    whole.push(!isLetter(text.charCodeAt(at - 1)))
    at = text.indexOf(needle, starts[line + 1]!)
  }
  return { lines, whole }
}

const isLetter = (c: number): boolean => (c >= 97 && c <= 122) || (c >= 65 && c <= 90)
