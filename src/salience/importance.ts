// How much one line says beside an ordinary one: for those who weigh texts of any kind against each other.
import { parseQuery } from './query.js'
import { type Severity, severityOf } from './severity.js'

/** By severity; chosen, not measured: a failure is worth seven ordinary lines, a warning two. */
const BY_SEVERITY: Readonly<Record<Severity, number>> = { 0: 0, 1: 1, 2: 4, 3: 6 }
/** Most that words of the query add. */
const MOST_BY_QUERY = 6
/** Terms that are looked for; bounds the cost on a long question. */
const MAX_TERMS = 24
/** Shorter terms are found inside other words everywhere. */
const MIN_TERM_CHARS = 3

/** 0 for an ordinary line. */
export const importanceOf = (query: string | undefined): ((line: string) => number) => {
  const terms = parseQuery(query)
    .terms.filter(({ text }) => text.length >= MIN_TERM_CHARS)
    .sort((a, b) => b.weight - a.weight)
    .slice(0, MAX_TERMS)
  return (line) => {
    const lower = line.toLowerCase()
    let asked = 0
    for (const { text, weight } of terms) if (lower.includes(text)) asked += weight
    return BY_SEVERITY[severityOf(line)] + Math.min(MOST_BY_QUERY, asked)
  }
}
