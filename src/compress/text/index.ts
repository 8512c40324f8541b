// Prose and Markdown: whole sentences chosen by what is asked, by rules and by structure; every cut has its true count.
import { lineTable } from '../../base/lines.js'
import { elides } from '../../base/plan.js'
import { skip } from '../../base/skip.js'
import type { CompressInput, Compressor } from '../../spec/compressor.js'
import type { Plan } from '../../spec/plan.js'
import type { Skip } from '../../spec/skip.js'
import { costsOf } from './cost.js'
import { factsOf } from './facts.js'
import { planOf } from './gaps.js'
import { prioritiesOf } from './priority.js'
import { select } from './select.js'
import { structureOf } from './structure.js'

/**
 * Share of the source that stays, falling with its length: a question has one answer however long the text is.
 * Chosen on questions to articles, manuals and change logs of 1,000 to 100,000 tokens.
 */
const SHARE = { short: 0.42, long: 0.2 } as const
const SHORT_TOKENS = 2000
const LONG_TOKENS = 60_000
const MAX_FACTOR = 0.7
/** Share of what rules cost that comes on top of the budget: they stay, and must not push out what was asked for. */
const RULE_ROOM = 0.1
/** Least share of tokens that a plan must save. */
const MIN_GAIN = 0.1
/** Fewer units leave nothing to choose from. */
const MIN_UNITS = 4

const compress = (input: CompressInput): Plan | Skip => {
  if (!input.mayElide) return skip('policy-lossless-only')
  const facts = factsOf(structureOf(lineTable(input.text)))
  if (facts.units.length < MIN_UNITS) return skip('nothing-to-drop', 'few sentences')
  const costs = costsOf(input.text, facts.units, input.tokens)
  const budget = input.budgetTokens ?? input.tokens * shareOf(input)
  const told = prioritiesOf(facts, input, costs, budget)
  const chosen = select({
    facts,
    costs,
    priority: told.priority,
    must: told.must,
    budgetTokens: budget + told.ruleTokens * RULE_ROOM,
  })
  if (chosen.tokens > input.tokens * (1 - MIN_GAIN)) return skip('gain-too-small')
  const plan = planOf(facts, chosen.keep, told)
  return elides(plan) ? plan : skip('nothing-to-drop')
}

const shareOf = ({ tokens, policy }: CompressInput): number => {
  const place = Math.log(tokens / SHORT_TOKENS) / Math.log(LONG_TOKENS / SHORT_TOKENS)
  const share = SHARE.short + (SHARE.long - SHARE.short) * Math.min(1, Math.max(0, place))
  return policy === 'max' ? share * MAX_FACTOR : share
}

export const text: Compressor = { name: 'text', version: 2, accepts: ['text'], compress }
