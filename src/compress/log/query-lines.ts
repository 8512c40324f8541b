// Lines that a question is about: literals first, then BM25 over lines with idf by line, spread over templates.
import type { Query } from '../../salience/query.js'
import { ALWAYS, type Claims } from './claims.js'
import { SUMMARY } from './classify.js'
import type { Facts } from './facts.js'

/** Occurrences up to which a literal names places worth keeping all of. */
const RARE_LITERAL = 6
/** Occurrences up to which it names one place: those lines stay whatever they cost. */
const NAMES_ONE_PLACE = 3
/** Lines kept for their score. */
const TOP_LINES = 16
const PER_TEMPLATE = 3
const LITERAL = 900
const MATCH = 690
/** Occurrences after which a term says nothing. */
const MAX_HITS = 20_000

export const claimQuery = (facts: Facts, query: Query, claims: Claims): void => {
  if (query.terms.length === 0) return
  const text = facts.scan.table.text
  for (const literal of query.literals) {
    if (literal.length < 3) continue
    const lines = linesWith(facts, text, literal, RARE_LITERAL)
    if (lines.length > RARE_LITERAL) continue
    for (const line of lines) {
      claims.raise(line, lines.length <= NAMES_ONE_PLACE && literal.length > 3 ? ALWAYS : LITERAL)
      claims.raise(line - 1, 330)
      claims.raise(line + 1, 400)
    }
  }
  claimMatches(facts, query, claims)
  if (query.wantsCount)
    for (let line = 0; line < facts.scan.table.count; line++)
      if (facts.classes.role[line]! & SUMMARY) claims.raise(line, 320)
}

const claimMatches = (facts: Facts, query: Query, claims: Claims): void => {
  const score = lineScores(facts, query)
  let best = 0
  const hits: number[] = []
  for (let line = 0; line < score.length; line++) {
    if (score[line]! <= 0) continue
    hits.push(line)
    if (score[line]! > best) best = score[line]!
  }
  hits.sort((a, b) => score[b]! - score[a]! || a - b)
  const perTemplate = new Map<number, number>()
  let taken = 0
  for (const line of hits) {
    if (taken >= TOP_LINES || score[line]! < best * 0.35) break
    const cluster = facts.clusters.of[line]!
    const used = perTemplate.get(cluster) ?? 0
    if (used >= PER_TEMPLATE) continue
    perTemplate.set(cluster, used + 1)
    taken++
    const share = score[line]! / best
    claims.raise(line, MATCH * (0.55 + 0.45 * share))
    claims.raise(line + 1, 330 * share)
    claims.raise(line - 1, 300 * share)
  }
}

const lineScores = (facts: Facts, query: Query): Float64Array => {
  const { table } = facts.scan
  const n = table.count
  const score = new Float64Array(n)
  const lower = table.text.toLowerCase()
  const text = lower.length === table.text.length ? lower : table.text
  const seen = new Int32Array(n).fill(-1)
  query.terms.forEach((term, index) => {
    const lines = linesWith(facts, text, term.text, MAX_HITS)
    let holders = 0
    for (const line of lines) {
      if (seen[line] === index) continue
      seen[line] = index
      holders++
    }
    if (holders === 0) return
    const idf = Math.log(1 + (n - holders + 0.5) / (holders + 0.5))
    let last = -1
    for (const line of lines) {
      if (line === last) continue
      last = line
      score[line]! += term.weight * idf
    }
  })
  for (let line = 0; line < n; line++) {
    if (score[line] === 0) continue
    const length = table.starts[line + 1]! - table.starts[line]!
    if (length > 400) score[line]! *= 0.85
    if (facts.classes.severity[line]! >= 2) score[line]! *= query.wantsFailure ? 1.4 : 1.15
    if (facts.classes.role[line]! & SUMMARY && query.wantsCount) score[line]! *= 1.4
  }
  return score
}

/** Line numbers of the occurrences of `needle`, ascending; stops one past `limit`. */
const linesWith = (facts: Facts, text: string, needle: string, limit: number): number[] => {
  const { starts, count } = facts.scan.table
  const lines: number[] = []
  let line = 0
  for (let at = text.indexOf(needle); at !== -1 && lines.length <= limit; ) {
    if (starts[line + 1]! <= at) line = lineOf(starts, count, at)
    lines.push(line)
    at = text.indexOf(needle, starts[line + 1]!)
  }
  return lines
}

const lineOf = (starts: Int32Array, count: number, offset: number): number => {
  let low = 0
  let high = count - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (starts[middle]! <= offset) low = middle
    else high = middle - 1
  }
  return low
}
