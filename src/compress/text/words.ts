// Words of a text as numbers: each spelling is looked at once, whatever its number of occurrences.
import { isDigit, KIND_OF_CHAR, PAIRED, SEPARATOR, WORD } from './chars.js'
import { FORCE_OF_WORD } from './force.js'
import { beginningOf, stemOf } from './stem.js'

/** What a spelling tells by its looks. */
export const NUMBER = 8
export const NAME = 16
export const CODE = 32

export interface Spelling {
  readonly text: string
  /** Term ids: the stem first, then parts of an identifier, then the beginning shared with kin. */
  readonly terms: readonly number[]
  /** Bits of `force.ts` and of this file. */
  readonly flags: number
}

export class Vocabulary {
  readonly #spellings = new Map<string, number>()
  readonly #terms = new Map<string, number>()
  readonly list: Spelling[] = []

  get termCount(): number {
    return this.#terms.size
  }

  /** Id of a term that the text has, else undefined. */
  find(term: string): number | undefined {
    return this.#terms.get(term)
  }

  spelling(text: string): number {
    const known = this.#spellings.get(text)
    if (known !== undefined) return known
    const id = this.list.length
    this.#spellings.set(text, id)
    this.list.push({ text, terms: termsOf(text).map((term) => this.#term(term)), flags: flagsOf(text) })
    return id
  }

  #term(text: string): number {
    const known = this.#terms.get(text)
    if (known !== undefined) return known
    const id = this.#terms.size
    this.#terms.set(text, id)
    return id
  }
}

/** `~` marks a beginning, so that it never meets a whole word. */
export const termsOf = (spelling: string): string[] => {
  const lower = spelling.toLowerCase()
  const stem = stemOf(lower)
  const terms = [stem]
  if (/\p{Ll}\p{Lu}|_/u.test(spelling)) {
    for (const part of spelling.replace(/(\p{Ll})(\p{Lu})/gu, '$1_$2').split('_'))
      if (part.length > 2) terms.push(stemOf(part.toLowerCase()))
  }
  const beginning = beginningOf(stem)
  if (beginning !== undefined) terms.push(`~${beginning}`)
  return [...new Set(terms)]
}

const flagsOf = (text: string): number => {
  let flags = FORCE_OF_WORD.get(text.toLowerCase()) ?? 0
  if (text === 't') flags |= FORCE_OF_WORD.get('not')!
  if (/\d/.test(text)) flags |= NUMBER
  if (/^\p{Lu}\p{Ll}/u.test(text)) flags |= NAME
  if (/\p{Ll}\p{Lu}|_|^\p{Lu}{2,}[\p{Lu}\d]*$/u.test(text)) flags |= CODE
  return flags
}

const COMMA = 44
const DOT = 46

/** Calls `found` with the spelling id of each word of `text` in `start..end`, in order. */
export const eachWord = (
  text: string,
  span: { readonly start: number; readonly end: number },
  vocabulary: Vocabulary,
  found: (spelling: number) => void,
): void => {
  const { end } = span
  for (let at = span.start; at < end; ) {
    const kind = KIND_OF_CHAR[text.charCodeAt(at)]!
    if (kind === SEPARATOR) {
      at++
      continue
    }
    let to = at + 1
    if (kind === WORD) {
      for (; to < end; to++) {
        const code = text.charCodeAt(to)
        if (KIND_OF_CHAR[code] === WORD) continue
        // `3.14`, `17,786,419`, `v1.2.3` are one word each.
        if ((code !== DOT && code !== COMMA) || !isDigit(text.charCodeAt(to - 1)) || !isDigit(text.charCodeAt(to + 1)))
          break
      }
      found(vocabulary.spelling(text.slice(at, Math.min(to, at + MAX_WORD_CHARS))))
    } else {
      while (to < end && KIND_OF_CHAR[text.charCodeAt(to)] === kind) to++
      const gram = kind === PAIRED ? 2 : 3
      if (to - at <= gram) found(vocabulary.spelling(text.slice(at, to)))
      else for (let from = at; from + gram <= to; from++) found(vocabulary.spelling(text.slice(from, from + gram)))
    }
    at = to
  }
}

const MAX_WORD_CHARS = 80
