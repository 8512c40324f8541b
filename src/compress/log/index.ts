// Logs and command output: failures whole, one of each kind, what the question is about, and true gaps.
import { lineTable } from '../../base/lines.js'
import { skip } from '../../base/skip.js'
import type { CompressInput, Compressor } from '../../spec/compressor.js'
import type { Plan } from '../../spec/plan.js'
import type { Skip } from '../../spec/skip.js'
import { factsOf } from './facts.js'
import { planOf } from './gaps.js'
import { budgetOf, MARKER_TOKENS, selectLines } from './select.js'
import { wantedLines } from './wanted.js'

const MIN_LINES = 8
/** Least share of tokens that a plan must save. */
const MIN_GAIN = 0.1

const compress = (input: CompressInput): Plan | Skip => {
  if (!input.mayElide) return skip('policy-lossless-only')
  const table = lineTable(input.text)
  if (table.count < MIN_LINES) return skip('nothing-to-drop', 'few lines')
  const facts = factsOf(table)
  const { claims, states } = wantedLines(facts, input)
  const budget = budgetOf(facts, input.tokens, input.budgetTokens)
  const kept = selectLines(claims, budget)
  let saved = 0
  for (let line = 0; line < table.count; line++)
    if (!kept[line]) saved += budget.cost[line]! - (kept[line - 1] === 0 ? 0 : MARKER_TOKENS)
  if (saved <= 0) return skip('nothing-to-drop')
  if (saved < input.tokens * MIN_GAIN) return skip('gain-too-small')
  return planOf(facts, kept, states)
}

export const log: Compressor = { name: 'log', version: 3, accepts: ['log'], compress }
