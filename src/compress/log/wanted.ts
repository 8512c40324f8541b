// All claims on the lines of one log.
import { parseQuery } from '../../salience/query.js'
import type { CompressInput } from '../../spec/compressor.js'
import { findAnomalies } from './anomalies.js'
import { ALWAYS, Claims } from './claims.js'
import type { Facts } from './facts.js'
import { claimFailures } from './failures.js'
import { claimQuery } from './query-lines.js'
import { claimAnomalies, claimEnds, claimOutcomes, claimTemplates, claimWarnings } from './routine.js'

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
