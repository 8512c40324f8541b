// What a unit is worth to a reader who has asked nothing: place, rules and warnings, numbers, names of code, common themes.

import { BREAKING, LIMIT, RULE } from '../../salience/prose/force.js'
import { CODE, NUMBER } from '../../salience/prose/words.js'
import { repeatsOf } from './duplicates.js'
import type { Facts } from './facts.js'

export interface Worth {
  /** About 0..2. */
  readonly score: Float64Array
  /** 1 where a unit must be shown whoever asks: rules and warnings of a text that has few of them, and what is unlike all else. */
  readonly rule: Uint8Array
  readonly legal: Uint8Array
}

const LEGAL =
  /WITHOUT (?:ANY )?WARRANT|hereby granted|Redistribution and use in|"AS IS"|Licensed under the|all rights reserved|THE COPYRIGHT HOLDERS?|GNU (?:Lesser )?General Public License/i
const WARNING =
  /\b(?:WARNING|CAUTION|IMPORTANT|DANGER|NOTE|BREAKING)\b[*_:! ]|\b(?:Warning|Caution|Important|Danger|Deprecated|Breaking changes?)[*_]{0,2}[:!]|⚠|\b(?:[Dd]o not|[Dd]on['’]t|DO NOT)\b|\bCVE-\d{4}-\d+/
/** Share of its worth that the last entry of release notes loses: newer ones come first. */
const AGING = 0.7
/** Listings up to this length are examples one may want to see. */
const SHORT_CODE_CHARS = 500

/** The first listing of a manual shows how the thing is used. */
const FIRST_LISTING = 0.8

export const worthOf = (facts: Facts): Worth => {
  const { units } = facts
  const score = new Float64Array(units.length)
  const rule = new Uint8Array(units.length)
  const legal = legalOf(facts)
  const repeats = repeatsOf(facts)
  const odd = oddOf(facts)
  const themes = themesOf(facts)
  const notes = isReleaseNotes(facts)
  let section = -2
  let listings = 0
  for (let index = 0; index < units.length; index++) {
    const unit = units[index]!
    if (unit.kind === 'heading') continue
    const leads = unit.above !== section
    section = unit.above
    let value = 0.2 + 0.5 * themes[index]! + flagWorth(facts, index, notes)
    if (notes) value *= 1 - AGING * (index / units.length)
    else if (leads) value += unit.kind === 'code' ? 0.3 : 0.8
    else if (unit.opens && unit.kind === 'prose') value += 0.3
    if (unit.kind === 'code') value = unit.end - unit.start <= SHORT_CODE_CHARS ? value * 0.7 : value * 0.3
    if (unit.kind === 'code' && listings++ === 0) value += FIRST_LISTING
    if (unit.kind === 'filler') value = 0.02
    if (legal[index] === 1) value *= 0.1
    else if (repeats[index] === 1) value *= 0.15
    else if (isRule(facts, index, notes) || odd[index] === 1) rule[index] = 1
    score[index] = value
  }
  if (units.length > 0 && units[0]!.kind !== 'heading') score[0]! += 0.5
  return { score, rule, legal }
}

const flagWorth = ({ flags }: Facts, index: number, notes: boolean): number => {
  const own = flags[index]!
  let value = 0
  if ((own & NUMBER) !== 0) value += 0.2
  if ((own & CODE) !== 0) value += 0.15
  if ((own & LIMIT) !== 0) value += notes ? 0.05 : 0.25
  if ((own & RULE) !== 0) value += notes ? 0.1 : 0.5
  if ((own & BREAKING) !== 0) value += 0.3
  return value
}

const isRule = ({ units, table, flags }: Facts, index: number, notes: boolean): boolean => {
  const own = flags[index]!
  const unit = units[index]!
  if (unit.kind === 'code') return false
  if (notes)
    return (
      (own & BREAKING) !== 0 &&
      /\b(?:breaking|security|cve-|vulnerab|deprecat|incompatib)/i.test(table.text.slice(unit.start, unit.end))
    )
  if ((own & (RULE | LIMIT)) !== 0) return true
  return (own & (LIMIT | BREAKING)) !== 0 && WARNING.test(table.text.slice(unit.start, unit.end))
}

const VERSION = /\d+\.\d+/
/** Share of headings that name a version from which on a text is release notes. */
const RELEASE_SHARE = 0.2

/** Release notes are full of `do not` and `must` that tell of old faults. */
const isReleaseNotes = ({ units, table }: Facts): boolean => {
  let headings = 0
  let versions = 0
  for (const unit of units) {
    if (unit.kind !== 'heading') continue
    headings++
    if (VERSION.test(table.text.slice(unit.start, Math.min(unit.end, unit.start + 120)))) versions++
  }
  return versions >= 3 && versions >= headings * RELEASE_SHARE
}

const legalOf = ({ units, table }: Facts): Uint8Array => {
  const legal = new Uint8Array(units.length)
  units.forEach((unit, index) => {
    const above = unit.above === -1 ? undefined : units[unit.above]!
    const inLegal =
      above !== undefined && /licen[cs]e\s*$|disclaimer|warranty/i.test(table.text.slice(above.start, above.end).trim())
    if (inLegal || LEGAL.test(table.text.slice(unit.start, unit.end))) legal[index] = 1
  })
  return legal
}

/** 0..1: how much a unit speaks of what the whole text speaks of. */
const themesOf = (facts: Facts): Float64Array => {
  const { units, vocabulary, words, wordStarts, holders } = facts
  const weight = new Float64Array(vocabulary.termCount)
  const ceiling = Math.max(8, units.length * 0.2)
  // Terms of very many units are function words, those of one unit are no theme.
  holders.forEach((held, term) => {
    weight[term] = held < 2 || held > ceiling ? 0 : Math.log(held)
  })
  const themes = new Float64Array(units.length)
  let most = 0
  for (let unit = 0; unit < units.length; unit++) {
    const count = wordStarts[unit + 1]! - wordStarts[unit]!
    if (count === 0) continue
    let sum = 0
    for (let at = wordStarts[unit]!; at < wordStarts[unit + 1]!; at++) sum += weight[vocabulary.stems[words[at]!]!]!
    themes[unit] = sum / (count + 6)
    most = Math.max(most, themes[unit]!)
  }
  if (most > 0) for (let unit = 0; unit < units.length; unit++) themes[unit]! /= most
  return themes
}

const MAX_ODD = 12
const MIN_UNITS = 30

/** In a text of few and repeated words: units with far more words of their own than the rest. */
const oddOf = (facts: Facts): Uint8Array => {
  const { units, vocabulary, words, wordStarts, holders } = facts
  const odd = new Uint8Array(units.length)
  const shares = new Float64Array(units.length)
  const singles = new Int32Array(units.length)
  let count = 0
  let sum = 0
  let squares = 0
  for (let unit = 0; unit < units.length; unit++) {
    const length = wordStarts[unit + 1]! - wordStarts[unit]!
    if (length < 3 || units[unit]!.kind === 'filler') continue
    for (let at = wordStarts[unit]!; at < wordStarts[unit + 1]!; at++) {
      const spelling = words[at]!
      if (holders[vocabulary.stems[spelling]!] === 1)
        singles[unit]! += (vocabulary.flags[spelling]! & NUMBER) !== 0 ? 0.3 : 1
    }
    shares[unit] = singles[unit]! / length
    count++
    sum += shares[unit]!
    squares += shares[unit]! ** 2
  }
  if (count < MIN_UNITS) return odd
  const mean = sum / count
  const deviation = Math.sqrt(Math.max(0, squares / count - mean * mean))
  if (mean > 0.12) return odd
  const found = [...shares.keys()].filter((unit) => singles[unit]! >= 2 && shares[unit]! > mean + 3 * deviation)
  found.sort((a, b) => shares[b]! - shares[a]! || a - b)
  for (const unit of found.slice(0, MAX_ODD)) odd[unit] = 1
  return odd
}
