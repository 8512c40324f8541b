// Largest and smallest values of a template's numbers, for questions about slow, most, highest, least.
import type { Query } from '../../salience/query.js'
import type { Claims } from './claims.js'
import type { Facts } from './facts.js'
import { numberAt } from './numbers.js'
import { NUMBER } from './tokens.js'

const SLOW = /^(?:slow\w*|latenc\w*|performance|delay\w*|long\w*|took|duration|time|hang\w*|stuck|lag\w*|respons\w*)$/
const DURATION_KEY =
  /(?:time|duration|elapsed|latency|took|delay|_ms|ms|rtt|lag|wait|cost|in)["']?\s{0,2}[=: ]\s{0,2}["']?$/i
const MIN_MEMBERS = 4
/** Templates looked at, most frequent first, and lines taken of each slot. */
const MAX_TEMPLATES = 12
const TAKEN = 3

export const claimExtremes = (facts: Facts, query: Query, claims: Claims): void => {
  const slow = query.terms.some((term) => SLOW.test(term.text))
  if (!slow && !query.wantsMost && !query.wantsLeast) return
  const { list, members, start } = facts.clusters
  const busy = list.filter((cluster) => cluster.count >= MIN_MEMBERS).sort((a, b) => b.count - a.count || a.id - b.id)
  for (const cluster of busy.slice(0, MAX_TEMPLATES)) {
    const lines = members.subarray(start[cluster.id]!, start[cluster.id + 1]!)
    for (let slot = 0; slot < cluster.words.length; slot++) {
      if (cluster.words[slot] !== NUMBER || !isDuration(facts, lines[0]!, slot)) continue
      const ranked = ranking(facts, lines, slot)
      if (slow || query.wantsMost) for (const line of ranked.slice(-TAKEN)) claims.raise(line, 650)
      if (query.wantsLeast) for (const line of ranked.slice(0, TAKEN)) claims.raise(line, 640)
    }
  }
}

const isDuration = (facts: Facts, line: number, slot: number): boolean => {
  const { tokens, table } = facts.scan
  const token = tokens.lineStart[line]! + slot
  const at = tokens.offset[token]!
  const word = table.text.slice(at, at + tokens.length[token]!)
  return (
    /\d(?:ms|s|us|µs|sec|m|min)$/.test(word) ||
    DURATION_KEY.test(table.text.slice(Math.max(0, at - 20), at)) ||
    /^ ?(?:ms|s|sec|seconds|millis)\b/.test(table.text.slice(at + word.length, at + word.length + 8))
  )
}

const ranking = (facts: Facts, lines: Int32Array, slot: number): number[] => {
  const { tokens, table } = facts.scan
  const values = new Map<number, number>()
  for (const line of lines) {
    const token = tokens.lineStart[line]! + slot
    const value = numberAt(table.text, tokens.offset[token]!, tokens.length[token]!)
    if (!Number.isNaN(value)) values.set(line, value)
  }
  return [...values.keys()].sort((a, b) => values.get(a)! - values.get(b)! || a - b)
}
