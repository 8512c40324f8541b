// Words of a text as numbers: each spelling is looked at once, whatever its number of occurrences.
import { isDigit, KIND_OF_CHAR, PAIRED, SEPARATOR, WORD } from './chars.js'
import { FORCE_OF_WORD } from './force.js'
import { beginningOf, stemOf } from './stem.js'

/** What a spelling tells by its looks. */
export const NUMBER = 8
export const NAME = 16
export const CODE = 32

/** Spellings by number, each with what is known of it in arrays beside each other. */
export class Vocabulary {
  readonly texts: string[] = []
  /** Term id of the stem. */
  readonly stems: number[] = []
  /** All term ids: the stem first, then parts of an identifier, then the beginning shared with kin. */
  readonly terms: (readonly number[])[] = []
  /** Bits of `force.ts` and of this file. */
  readonly flags: number[] = []
  readonly #ids = new Map<string, number>()
  readonly #hashes: number[] = []
  /** Open addressing; 0 is free, else spelling + 1. */
  #slots = new Int32Array(1024)

  get termCount(): number {
    return this.#ids.size
  }

  /** Id of a term that the text has, else undefined. */
  find(term: string): number | undefined {
    return this.#ids.get(term)
  }

  /** Spelling of `text` in `start..end`, whose hash the caller has made on its way; nothing is cut out where it is known. */
  spelling(text: string, start: number, end: number, hash: number): number {
    const mask = this.#slots.length - 1
    let slot = (hash ^ (hash >>> 15)) & mask
    for (; this.#slots[slot] !== 0; slot = (slot + 1) & mask) {
      const id = this.#slots[slot]! - 1
      if (this.#hashes[id] !== hash) continue
      const known = this.texts[id]!
      if (known.length === end - start && text.startsWith(known, start)) return id
    }
    return this.#add(text.slice(start, end), hash, slot)
  }

  #add(text: string, hash: number, slot: number): number {
    const id = this.texts.length
    const terms = termsOf(text).map((term) => this.#term(term))
    this.texts.push(text)
    this.terms.push(terms)
    this.stems.push(terms[0]!)
    this.flags.push(flagsOf(text))
    this.#hashes.push(hash)
    this.#slots[slot] = id + 1
    if (this.texts.length * 2 > this.#slots.length) this.#grow()
    return id
  }

  #grow(): void {
    const slots = new Int32Array(this.#slots.length * 4)
    const mask = slots.length - 1
    this.#hashes.forEach((hash, id) => {
      let slot = (hash ^ (hash >>> 15)) & mask
      while (slots[slot] !== 0) slot = (slot + 1) & mask
      slots[slot] = id + 1
    })
    this.#slots = slots
  }

  #term(text: string): number {
    const known = this.#ids.get(text)
    if (known !== undefined) return known
    const id = this.#ids.size
    this.#ids.set(text, id)
    return id
  }
}

/** Most spellings; no expression has to look at them. */
const isPlain = (spelling: string): boolean => {
  for (let at = 0; at < spelling.length; at++) {
    const code = spelling.charCodeAt(at)
    if (code < 97 || code > 122) return false
  }
  return true
}

/** `~` marks a beginning, so that it never meets a whole word. */
export const termsOf = (spelling: string): string[] => (isPlain(spelling) ? plainTerms(spelling) : mixedTerms(spelling))

const plainTerms = (word: string): string[] => {
  const stem = stemOf(word)
  const beginning = beginningOf(stem)
  return beginning === undefined ? [stem] : [stem, `~${beginning}`]
}

const mixedTerms = (spelling: string): string[] => {
  const lower = spelling.toLowerCase()
  if (!/\p{Ll}\p{Lu}|_/u.test(spelling)) return plainTerms(lower)
  const [stem, ...beginning] = plainTerms(lower)
  const parts = spelling
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1_$2')
    .split('_')
    .filter((part) => part.length > 2)
  return [...new Set([stem!, ...parts.map((part) => stemOf(part.toLowerCase())), ...beginning])]
}

const flagsOf = (text: string): number => {
  if (text === 't') return FORCE_OF_WORD.get('not')! | (FORCE_OF_WORD.get('t') ?? 0)
  if (isPlain(text)) return FORCE_OF_WORD.get(text) ?? 0
  let flags = FORCE_OF_WORD.get(text.toLowerCase()) ?? 0
  if (/\d/.test(text)) flags |= NUMBER
  if (/^\p{Lu}\p{Ll}/u.test(text)) flags |= NAME
  if (/\p{Ll}\p{Lu}|_|^\p{Lu}{2,}[\p{Lu}\d]*$/u.test(text)) flags |= CODE
  return flags
}

const COMMA = 44
const DOT = 46
const MAX_WORD_CHARS = 80
/** FNV-1a, 32 bits. */
const SEED = 0x811c9dc5
const PRIME = 0x01000193

/** Calls `found` with the spelling of each word of `text` in the span, in order. */
export const eachWord = (
  text: string,
  { start, end }: { readonly start: number; readonly end: number },
  vocabulary: Vocabulary,
  found: (spelling: number) => void,
): void => {
  for (let at = start; at < end; ) {
    const first = text.charCodeAt(at)
    const kind = KIND_OF_CHAR[first]!
    if (kind === SEPARATOR) {
      at++
      continue
    }
    let to = at + 1
    if (kind !== WORD) {
      while (to < end && KIND_OF_CHAR[text.charCodeAt(to)] === kind) to++
      eachGram(text, { start: at, end: to, chars: kind === PAIRED ? 2 : 3 }, vocabulary, found)
    } else {
      let hash = Math.imul(SEED ^ first, PRIME)
      for (; to < end && to - at < MAX_WORD_CHARS; to++) {
        const code = text.charCodeAt(to)
        if (KIND_OF_CHAR[code] !== WORD && !isInNumber(text, to, code)) break
        hash = Math.imul(hash ^ code, PRIME)
      }
      found(vocabulary.spelling(text, at, to, hash >>> 0))
    }
    at = to
  }
}

/** `3.14`, `17,786,419`, `1.2.3` are one word each. */
const isInNumber = (text: string, at: number, code: number): boolean =>
  (code === DOT || code === COMMA) && isDigit(text.charCodeAt(at - 1)) && isDigit(text.charCodeAt(at + 1))

const eachGram = (
  text: string,
  { start, end, chars }: { start: number; end: number; chars: number },
  vocabulary: Vocabulary,
  found: (spelling: number) => void,
): void => {
  const last = Math.max(start, end - chars)
  for (let at = start; at <= last; at++) {
    const to = Math.min(end, at + chars)
    let hash = SEED
    for (let index = at; index < to; index++) hash = Math.imul(hash ^ text.charCodeAt(index), PRIME)
    found(vocabulary.spelling(text, at, to, hash >>> 0))
  }
}
