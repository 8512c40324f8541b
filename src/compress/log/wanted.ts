// All claims on the lines of one log.
import { parseQuery } from '../../salience/query.js'
import type { CompressInput } from '../../spec/compressor.js'
import { findAnomalies } from './anomalies.js'
import { ALWAYS, Claims } from './claims.js'
import { claimDescribed } from './described.js'
import { claimExtremes } from './extremes.js'
import type { Facts } from './facts.js'
import { claimFailures } from './failures.js'
import { lineOf } from './line-of.js'
import { claimQuery } from './query-lines.js'
import { claimAnomalies, claimEnds, claimOutcomes, claimTemplates, claimWarnings } from './routine.js'
import { claimTables, type RowStates } from './tables.js'

export interface Wanted {
  readonly claims: Claims
  readonly states: RowStates
}

/** Claim left on a line that stands above: less than what is kept where there is room. */
const REPEATED = 60

/** Share of lines in descriptions from which there is no routine to differ from. */
const ALL_DESCRIBED = 0.6

export const wantedLines = (facts: Facts, input: CompressInput): Wanted => {
  const { scan, repeats } = facts
  const { table } = scan
  const claims = new Claims(table.count)
  const query = parseQuery(input.query)
  claimEnds(facts, claims)
  claimFailures(facts, claims)
  claimOutcomes(facts, claims)
  claimWarnings(facts, claims)
  const states = claimTables(facts, claims, new Set(query.terms.map((term) => term.text)))
  const described = claimDescribed(facts, claims)
  claimTemplates(facts, claims, { states, described })
  if (described.share < ALL_DESCRIBED)
    claimAnomalies(
      facts,
      findAnomalies(facts.scan, facts.clusters).filter(({ line }) => !described.has(line)),
      claims,
    )
  claimQuery(facts, { query, text: input.query ?? '', states }, claims)
  claimExtremes(facts, query, claims)
  repeats?.forEach((first, line) => {
    if (first !== -1) claims.pass(line, first, REPEATED)
  })
  claimFixed(facts, input, claims)
  return { claims, states }
}

/** What stays whatever it costs: the first failure, and spans that are not ours to cut. */
const claimFixed = (facts: Facts, input: CompressInput, claims: Claims): void => {
  const { starts, count } = facts.scan.table
  const failure = facts.classes.severity.indexOf(3)
  if (failure !== -1) claims.raise(failure, ALWAYS)
  for (const span of input.protectedSpans)
    for (let line = lineOf(starts, count, span.start); line < count && starts[line]! < span.end; line++)
      claims.raise(line, ALWAYS)
}
