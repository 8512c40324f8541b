// In which order units stay: what the question is about, rules and warnings, the outline, then what is worth most.

import { type Ask, askOf } from '../../salience/prose/ask.js'
import { relevanceOf } from '../../salience/prose/relevance.js'
import type { CompressInput } from '../../spec/compressor.js'
import type { Facts } from './facts.js'
import { outlineOf } from './headings.js'
import { worthOf } from './worth.js'

export interface Priorities {
  readonly priority: Float64Array
  readonly must: Uint8Array
  /** Tokens of all units with a rule or a warning. */
  readonly ruleTokens: number
  /** 1 for units with a rule or a warning. */
  readonly rule: Uint8Array
  readonly legal: Uint8Array
  readonly release: Uint8Array
}

/** Relevance against worth, both about 0..1. */
const RELEVANCE = 4
const WORTH = 0.4
/** Best answers that stay whatever they cost. */
const SURE_ANSWERS = 2
/** Occurrences up to which a literal of the question names single places. */
const RARE = 3
export const prioritiesOf = (facts: Facts, input: CompressInput, costs: Float64Array, budget: number): Priorities => {
  const { units } = facts
  const ask = askOf(input.query, facts.vocabulary)
  const worth = worthOf(facts)
  const outline = outlineOf(facts, costs, budget)
  const must = new Uint8Array(units.length)
  const priority = new Float64Array(units.length)
  const relevance = ask ? relevanceOf(facts, ask) : undefined
  const most = relevance?.reduce((max, value) => Math.max(max, value), 0) ?? 0
  for (let unit = 0; unit < units.length; unit++) {
    const asked = relevance && most > 0 ? relevance[unit]! / most : 0
    priority[unit] = Math.max(outline.priority[unit]!, asked * RELEVANCE + worth.score[unit]! * (ask ? WORTH : 1))
  }
  if (ask && relevance) markAnswers({ facts, costs, budget, must }, ask, relevance)
  let ruleTokens = 0
  for (let unit = 0; unit < units.length; unit++) {
    if (worth.rule[unit] === 0) continue
    must[unit] = 1
    ruleTokens += costs[unit]!
  }
  markProtected(facts, input, must)
  return { priority, must, ruleTokens, rule: worth.rule, legal: worth.legal, release: outline.release }
}

interface Answers {
  readonly facts: Facts
  readonly costs: Float64Array
  readonly budget: number
  readonly must: Uint8Array
}

const markAnswers = ({ facts, costs, budget, must }: Answers, ask: Ask, relevance: Float64Array): void => {
  const best = [...relevance.keys()].filter((unit) => relevance[unit]! > 0)
  best.sort((a, b) => relevance[b]! - relevance[a]! || a - b)
  best.slice(0, SURE_ANSWERS).forEach((unit, rank) => {
    if (rank === 0 || costs[unit]! < budget / 2) must[unit] = 1
  })
  const { text } = facts.table
  for (const literal of ask.literals) {
    if (literal.length < 4) continue
    const places: number[] = []
    for (
      let at = text.indexOf(literal);
      at !== -1 && places.length <= RARE;
      at = text.indexOf(literal, at + literal.length)
    )
      places.push(at)
    if (places.length > RARE) continue
    for (const at of places)
      for (let unit = unitAt(facts, at); facts.units[unit] && facts.units[unit]!.start < at + literal.length; unit++)
        must[unit] = 1
  }
}

const markProtected = (facts: Facts, input: CompressInput, must: Uint8Array): void => {
  for (const span of input.protectedSpans)
    for (let unit = unitAt(facts, span.start); facts.units[unit] && facts.units[unit]!.start < span.end; unit++)
      must[unit] = 1
}

/** Unit that holds the offset. */
const unitAt = ({ units }: Facts, at: number): number => {
  let low = 0
  let high = units.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (units[middle]!.start <= at) low = middle
    else high = middle - 1
  }
  return low
}
