// Units that say again what an earlier one said. Other numbers, names of code, rules or negations make another sense.
import type { Facts } from './facts.js'
import { BREAKING, LIMIT, RULE } from './force.js'
import { CODE, NUMBER } from './words.js'

/** Shorter units are headings, labels and steps: alike without being repeats. */
const MIN_WORDS = 6
/** Share of words in common (Jaccard) from which two units say the same. */
const ALIKE = 0.75
const TELLING = RULE | LIMIT | BREAKING | NUMBER | CODE
/** Earlier units of one sketch that are compared. */
const MAX_COMPARED = 8

/** 1 for each unit that repeats an earlier one. Sketches of word pairs find the candidates, so the cost is linear. */
export const repeatsOf = (facts: Facts): Uint8Array => {
  const repeats = new Uint8Array(facts.units.length)
  const buckets = new Map<number, number[]>()
  for (let unit = 0; unit < facts.units.length; unit++) {
    const { kind } = facts.units[unit]!
    if (kind === 'heading' || kind === 'code' || kind === 'row') continue
    if (facts.wordStarts[unit + 1]! - facts.wordStarts[unit]! < MIN_WORDS) continue
    const sketches = sketchesOf(facts, unit)
    const found = sketches.some((sketch) => buckets.get(sketch)?.some((earlier) => isRepeat(facts, earlier, unit)))
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

const stemAt = (facts: Facts, at: number): number => facts.vocabulary.list[facts.words[at]!]!.terms[0]!

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

const isRepeat = (facts: Facts, earlier: number, later: number): boolean => {
  const a = termsOf(facts, earlier)
  const b = termsOf(facts, later)
  let common = 0
  for (const term of a.all) if (b.all.has(term)) common++
  if (common < ALIKE * (a.all.size + b.all.size - common)) return false
  return a.telling.size === b.telling.size && [...a.telling].every((term) => b.telling.has(term))
}

const termsOf = (facts: Facts, unit: number): { all: Set<number>; telling: Set<number> } => {
  const all = new Set<number>()
  const telling = new Set<number>()
  for (let at = facts.wordStarts[unit]!; at < facts.wordStarts[unit + 1]!; at++) {
    const spelling = facts.vocabulary.list[facts.words[at]!]!
    all.add(spelling.terms[0]!)
    if ((spelling.flags & TELLING) !== 0) telling.add(spelling.terms[0]!)
  }
  return { all, telling }
}
