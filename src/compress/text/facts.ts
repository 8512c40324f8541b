// Units of a text and what their words tell.
import { type WordFacts, wordFactsOf } from '../../salience/prose/word-facts.js'
import type { Structure } from './units.js'

export interface Facts extends Structure, Omit<WordFacts, 'units'> {}

export const factsOf = (structure: Structure): Facts => ({ ...wordFactsOf(structure), ...structure })
