// How much each unit has to do with the question: its own words, those of its paragraph, of its neighbours and of its headings.
import { type Ask, fitOf } from './ask.js'
import type { WordFacts } from './word-facts.js'
import { NAME } from './words.js'

// Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009); fields added up after saturation.
const K1 = 1.2
const B = 0.6

/** Shares of what stands around a unit in its score. Chosen on questions to encyclopaedia articles and manuals. */
const OF_BLOCK = 0.5
const OF_NEIGHBOUR = 0.25
const OF_HEADING = 0.5
const PAIR = 0.7
const MOST_OF_PAIRS = 8
/** Best units whose rare names lead on to a second step of the question. */
const STEPPING_UNITS = 3
const STEPPING_TERMS = 8
const STEPPING_WEIGHT = 0.25

/** 0 where nothing of the question is near. */
export const relevanceOf = (facts: WordFacts, ask: Ask): Float64Array => {
  const first = scored(facts, ask.weights, ask)
  const steps = steppingTerms(facts, ask, first)
  if (steps.size === 0) return first
  const weights = new Map(ask.weights)
  for (const term of steps) weights.set(term, STEPPING_WEIGHT)
  return scored(facts, weights, ask)
}

const scored = (facts: WordFacts, weights: ReadonlyMap<number, number>, ask: Ask): Float64Array => {
  const wanted = wantedOf(facts, weights)
  const own = ownScores(facts, wanted, ask)
  const blocks = blockScores(facts, wanted)
  const { units, text, flags } = facts
  const scores = new Float64Array(units.length)
  for (let index = 0; index < units.length; index++) {
    const unit = units[index]!
    let score = own[index]! + OF_BLOCK * blocks[unit.block]!
    if (units[index - 1]?.block === unit.block) score += OF_NEIGHBOUR * own[index - 1]!
    if (units[index + 1]?.block === unit.block) score += OF_NEIGHBOUR * own[index + 1]!
    let share = OF_HEADING
    for (let above = unit.above, steps = 0; above !== -1 && steps < 3; above = units[above]!.above, steps++) {
      score += share * own[above]!
      share /= 2
    }
    scores[index] = score > 0 ? score * fitOf(text.slice(unit.start, unit.end), flags[index]!, ask.wanted) : 0
  }
  return scores
}

const idfOf = (facts: WordFacts, term: number): number => {
  const holders = facts.holders[term]!
  return Math.log(1 + (facts.units.length - holders + 0.5) / (holders + 0.5))
}

/** Weight times idf of each term of the question, and which spellings have such a term. */
interface Wanted {
  readonly gain: Float64Array
  readonly spellings: Uint8Array
}

const wantedOf = (facts: WordFacts, weights: ReadonlyMap<number, number>): Wanted => {
  const gain = new Float64Array(facts.vocabulary.termCount)
  for (const [term, weight] of weights) gain[term] = weight * idfOf(facts, term)
  const spellings = Uint8Array.from(facts.vocabulary.terms, (terms) => (terms.some((term) => gain[term]! > 0) ? 1 : 0))
  return { gain, spellings }
}

const ownScores = (facts: WordFacts, { gain, spellings }: Wanted, ask: Ask): Float64Array => {
  const { units, vocabulary, words, wordStarts } = facts
  const followers = new Map<number, Set<number>>()
  for (const [a, b] of ask.pairs) followers.set(a, (followers.get(a) ?? new Set()).add(b))
  const scores = new Float64Array(units.length)
  const mean = words.length / Math.max(1, units.length) || 1
  const counts = new Map<number, number>()
  for (let unit = 0; unit < units.length; unit++) {
    counts.clear()
    let pairs = 0
    for (let at = wordStarts[unit]!; at < wordStarts[unit + 1]!; at++) {
      const spelling = words[at]!
      if (spellings[spelling] === 0) continue
      for (const term of vocabulary.terms[spelling]!) if (gain[term]! > 0) counts.set(term, (counts.get(term) ?? 0) + 1)
      const before = at > wordStarts[unit]! ? vocabulary.stems[words[at - 1]!]! : -1
      const stem = vocabulary.stems[spelling]!
      if (followers.get(before)?.has(stem)) pairs += PAIR * Math.min(gain[before]!, gain[stem]!)
    }
    if (counts.size === 0) continue
    const length = (wordStarts[unit + 1]! - wordStarts[unit]!) / mean
    let score = Math.min(pairs, MOST_OF_PAIRS)
    for (const [term, count] of counts) score += (gain[term]! * count * (K1 + 1)) / (count + K1 * (1 - B + B * length))
    scores[unit] = score
  }
  return scores
}

/** What a paragraph as a whole has of the question, each term once, by the idf of units. */
const blockScores = (facts: WordFacts, { gain, spellings }: Wanted): Float64Array => {
  const { units, vocabulary, words, wordStarts } = facts
  const scores = new Float64Array(facts.blocks)
  const seen = new Int32Array(vocabulary.termCount).fill(-1)
  for (let unit = 0; unit < units.length; unit++) {
    const { block } = units[unit]!
    for (let at = wordStarts[unit]!; at < wordStarts[unit + 1]!; at++) {
      const spelling = words[at]!
      if (spellings[spelling] === 0) continue
      for (const term of vocabulary.terms[spelling]!) {
        if (gain[term] === 0 || seen[term] === block) continue
        seen[term] = block
        scores[block]! += gain[term]!
      }
    }
  }
  return scores
}

/** Rare names in the best units that the question does not have: whom the answer may be about. */
const steppingTerms = (facts: WordFacts, ask: Ask, scores: Float64Array): Set<number> => {
  const best = [...scores.keys()].filter((unit) => scores[unit]! > 0)
  best.sort((a, b) => scores[b]! - scores[a]! || a - b)
  const found = new Map<number, number>()
  for (const unit of best.slice(0, STEPPING_UNITS)) {
    for (let at = facts.wordStarts[unit]!; at < facts.wordStarts[unit + 1]!; at++) {
      const spelling = facts.words[at]!
      const term = facts.vocabulary.stems[spelling]!
      const holders = facts.holders[term]!
      if ((facts.vocabulary.flags[spelling]! & NAME) === 0 || ask.weights.has(term) || holders < 2 || holders > 12)
        continue
      found.set(term, idfOf(facts, term))
    }
  }
  return new Set(
    [...found]
      .sort((a, b) => b[1] - a[1] || a[0] - b[0])
      .slice(0, STEPPING_TERMS)
      .map(([term]) => term),
  )
}
