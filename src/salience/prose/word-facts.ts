// One pass over the words: which unit has which, how often each term is used, and what the words of a unit tell by their looks.
import { eachWord, Vocabulary } from './words.js'

/** A sentence, an item, a heading: what is scored as one. */
export interface Passage {
  readonly start: number
  readonly end: number
  /** Passages of one paragraph share a block; blocks are numbered from 0 without gaps. */
  readonly block: number
  /** Index of the passage that is the heading of this one, or -1. */
  readonly above: number
}

export interface Passages {
  readonly text: string
  readonly units: readonly Passage[]
  readonly blocks: number
}

export interface WordFacts extends Passages {
  readonly vocabulary: Vocabulary
  /** Spelling ids of all words in order; those of unit `i` are at `wordStarts[i]..wordStarts[i + 1]`. */
  readonly words: Int32Array
  readonly wordStarts: Int32Array
  /** Number of units that have the term. */
  readonly holders: Int32Array
  /** Flags of the unit's words, or-ed. */
  readonly flags: Uint8Array
}

export const wordFactsOf = (passages: Passages): WordFacts => {
  const { units, text, blocks } = passages
  const vocabulary = new Vocabulary()
  const wordStarts = new Int32Array(units.length + 1)
  const flags = new Uint8Array(units.length)
  let words = new Int32Array(Math.max(64, text.length >> 2))
  let count = 0
  const push = (spelling: number): void => {
    if (count === words.length) {
      const wider = new Int32Array(words.length * 2)
      wider.set(words)
      words = wider
    }
    words[count++] = spelling
  }
  units.forEach((unit, index) => {
    wordStarts[index] = count
    eachWord(text, unit, vocabulary, push)
    let seen = 0
    for (let at = wordStarts[index]!; at < count; at++) seen |= vocabulary.flags[words[at]!]!
    flags[index] = seen
  })
  wordStarts[units.length] = count
  const facts = { text, units, blocks, vocabulary, words: words.subarray(0, count), wordStarts, flags }
  return { ...facts, holders: holdersOf(facts) }
}

const holdersOf = (facts: Omit<WordFacts, 'holders'>): Int32Array => {
  const { vocabulary, words, wordStarts, units } = facts
  const holders = new Int32Array(vocabulary.termCount)
  const last = new Int32Array(vocabulary.termCount).fill(-1)
  for (let unit = 0; unit < units.length; unit++) {
    for (let at = wordStarts[unit]!; at < wordStarts[unit + 1]!; at++) {
      const terms = vocabulary.terms[words[at]!]!
      for (let index = 0; index < terms.length; index++) {
        const term = terms[index]!
        if (last[term] === unit) continue
        last[term] = unit
        holders[term]!++
      }
    }
  }
  return holders
}
