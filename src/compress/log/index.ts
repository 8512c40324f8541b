// Logs and command output: failures whole, one of each kind, what the question is about, and true gaps.
import { type LineTable, lineTable } from '../../base/lines.js'
import { skip } from '../../base/skip.js'
import { parseQuery } from '../../salience/query.js'
import type { CompressInput, Compressor } from '../../spec/compressor.js'
import type { Plan } from '../../spec/plan.js'
import type { Skip } from '../../spec/skip.js'
import { findAnomalies } from './anomalies.js'
import { ALWAYS, Claims } from './claims.js'
import { classify } from './classify.js'
import { clusterShapes } from './clusters.js'
import type { Facts } from './facts.js'
import { claimFailures } from './failures.js'
import { planOf } from './gaps.js'
import { claimQuery } from './query-lines.js'
import { claimAnomalies, claimEnds, claimOutcomes, claimTemplates, claimWarnings } from './routine.js'
import { scanLog } from './scan.js'
import { defaultBudget, lineCosts, MARKER_TOKENS, selectLines } from './select.js'

const MIN_LINES = 8
/** Least share of tokens that a plan must save. */
const MIN_GAIN = 0.1

const compress = (input: CompressInput): Plan | Skip => {
  if (!input.mayElide) return skip('policy-lossless-only')
  const table = lineTable(input.text)
  if (table.count < MIN_LINES) return skip('nothing-to-drop', 'few lines')
  const facts = factsOf(table)
  const claims = claimsOf(facts, input)
  const budget = {
    tokens: input.budgetTokens ?? defaultBudget(input.tokens),
    cost: lineCosts(facts.scan, input.tokens),
  }
  const kept = selectLines(claims, budget)
  let saved = 0
  for (let line = 0; line < table.count; line++)
    if (!kept[line]) saved += budget.cost[line]! - (kept[line - 1] === 0 ? 0 : MARKER_TOKENS)
  if (saved <= 0) return skip('nothing-to-drop')
  if (saved < input.tokens * MIN_GAIN) return skip('gain-too-small')
  return planOf(facts, kept)
}

export const factsOf = (table: LineTable): Facts => {
  const scan = scanLog(table)
  const classes = classify(scan)
  return { scan, classes, clusters: clusterShapes(scan, classes) }
}

export const claimsOf = (facts: Facts, input: CompressInput): Claims => {
  const { table } = facts.scan
  const claims = new Claims(table.count)
  claimEnds(facts, claims)
  claimFailures(facts, claims)
  claimOutcomes(facts, claims)
  claimWarnings(facts, claims)
  claimTemplates(facts, claims)
  claimAnomalies(facts, findAnomalies(facts.scan, facts.clusters), claims)
  claimQuery(facts, parseQuery(input.query), claims)
  for (let line = 0; line < table.count; line++)
    if (facts.classes.severity[line] === 3) {
      claims.raise(line, ALWAYS)
      break
    }
  for (const span of input.protectedSpans)
    for (let line = 0; line < table.count; line++)
      if (table.starts[line]! < span.end && table.starts[line + 1]! > span.start) claims.raise(line, ALWAYS)
  return claims
}

export const log: Compressor = { name: 'log', version: 1, accepts: ['log'], compress }
