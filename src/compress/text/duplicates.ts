// Units that say again what an earlier one said. Other numbers, names of code, rules or negations make another sense.

import { BREAKING, LIMIT, RULE } from '../../salience/prose/force.js'
import { CODE, NUMBER } from '../../salience/prose/words.js'
import type { Facts } from './facts.js'

/** Shorter units are headings, labels and steps: alike without being repeats. */
const MIN_WORDS = 6
/** Share of words in common (Jaccard) from which two units say the same. */
const ALIKE = 0.75
const TELLING = RULE | LIMIT | BREAKING | NUMBER | CODE
/** Earlier units of one sketch that are compared. */
const MAX_COMPARED = 4

/** 1 for each unit that repeats an earlier one. Sketches of word pairs find the candidates, so the cost is linear. */
export const repeatsOf = (facts: Facts): Uint8Array => {
  const repeats = new Uint8Array(facts.units.length)
  const buckets = new Map<number, number[]>()
  const comparer = new Comparer(facts)
  for (let unit = 0; unit < facts.units.length; unit++) {
    const { kind } = facts.units[unit]!
    if (kind === 'heading' || kind === 'code' || kind === 'row') continue
    if (facts.wordStarts[unit + 1]! - facts.wordStarts[unit]! < MIN_WORDS) continue
    const sketches = sketchesOf(facts, unit)
    const found = sketches.some((sketch) => buckets.get(sketch)?.some((earlier) => comparer.isRepeat(earlier, unit)))
    if (found) {
      repeats[unit] = 1
      continue
    }
    for (const sketch of sketches) {
      const bucket = buckets.get(sketch)
      if (bucket === undefined) buckets.set(sketch, [unit])
      else if (bucket.length < MAX_COMPARED) bucket.push(unit)
    }
  }
  return repeats
}

const stemAt = (facts: Facts, at: number): number => facts.vocabulary.stems[facts.words[at]!]!

const mixed = (value: number, seed: number): number => {
  let hash = Math.imul(value ^ seed, 0x85ebca6b)
  hash ^= hash >>> 13
  return Math.imul(hash, 0xc2b2ae35) >>> 0
}

/** Broder's min-wise hashing (1997) over pairs of neighbouring words, two bands. */
const sketchesOf = (facts: Facts, unit: number): [number, number] => {
  const least = [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff]
  const end = facts.wordStarts[unit + 1]!
  for (let at = facts.wordStarts[unit]!; at + 1 < end; at++) {
    const pair = Math.imul(stemAt(facts, at), 0x9e3779b1) ^ stemAt(facts, at + 1)
    for (let seed = 0; seed < 4; seed++) {
      const hash = mixed(pair, seed * 0x27d4eb2f + 1)
      if (hash < least[seed]!) least[seed] = hash
    }
  }
  return [mixed(least[0]!, least[1]!), mixed(least[2]!, least[3]!)]
}

/** Compares the unit marked last with earlier ones, without building sets. */
class Comparer {
  readonly #facts: Facts
  readonly #of: Int32Array
  readonly #seen: Int32Array
  #stamp = 0
  #later = -1
  #size = 0
  #telling = 0

  constructor(facts: Facts) {
    this.#facts = facts
    this.#of = new Int32Array(facts.vocabulary.termCount).fill(-1)
    this.#seen = new Int32Array(facts.vocabulary.termCount)
  }

  isRepeat(earlier: number, later: number): boolean {
    const { vocabulary, words, wordStarts } = this.#facts
    if (this.#later !== later) this.#mark(later)
    this.#stamp++
    let size = 0
    let common = 0
    let telling = 0
    for (let at = wordStarts[earlier]!; at < wordStarts[earlier + 1]!; at++) {
      const spelling = words[at]!
      const term = vocabulary.stems[spelling]!
      if (this.#seen[term] === this.#stamp) continue
      this.#seen[term] = this.#stamp
      size++
      const shared = this.#of[term] === later
      if (shared) common++
      if ((vocabulary.flags[spelling]! & TELLING) === 0) continue
      if (!shared) return false
      telling++
    }
    return telling === this.#telling && common >= ALIKE * (size + this.#size - common)
  }

  #mark(later: number): void {
    const { vocabulary, words, wordStarts } = this.#facts
    this.#later = later
    this.#size = 0
    this.#telling = 0
    for (let at = wordStarts[later]!; at < wordStarts[later + 1]!; at++) {
      const spelling = words[at]!
      const term = vocabulary.stems[spelling]!
      if (this.#of[term] === later) continue
      this.#of[term] = later
      this.#size++
      if ((vocabulary.flags[spelling]! & TELLING) !== 0) this.#telling++
    }
  }
}
