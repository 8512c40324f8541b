// Texts with words that hardly any other text of their column has: the one `Deployed release 4.18.2` among lines that a
// few dozen templates make, however often these templates differ in names and numbers.
import { entriesWhere, type Values } from './values.js'

/** Rows from which on the usual words can be told. */
const MIN_ROWS = 12
/** Characters of a text that are read for words. */
const REACH = 160
/** A word is rare while it stands in no more rows than this share, at least in one. */
const RARE_SHARE = 0.01
/** More rows than this share are the rule. */
const MOST_SHARE = 0.15

export interface Wordings {
  /** Rows with the most rare words, at most as many as asked for. */
  readonly odd: { readonly rows: readonly number[]; readonly nodes: readonly number[] }
  /** Rows with any, if these are few. */
  readonly unusual: readonly number[]
}

/** Undefined where texts are no prose, or are written freely, so that most have rare words. O(characters). */
export const wordingsOf = (values: Values, most: number): Wordings | undefined => {
  const { ids, texts, counts } = values
  if (ids.length < MIN_ROWS || !isProse(values)) return undefined
  const words = new Words(texts.length)
  texts.forEach((text, id) => {
    words.learn(text, id, counts[id]!)
  })
  const limit = Math.max(1, Math.floor(ids.length * RARE_SHARE))
  const rare = texts.map((text) => words.rarer(text, limit))
  const sorted = Uint16Array.from(ids, (id) => rare[id]!).sort()
  if (sorted[sorted.length >> 1]! > 0) return undefined
  const least = (sorted[sorted.length - 1 - most] ?? 0) + 1
  const unusual = entriesWhere(values, (entry) => rare[ids[entry]!]! > 0).rows
  return {
    odd: entriesWhere(values, (entry) => rare[ids[entry]!]! >= least),
    unusual: unusual.length <= ids.length * MOST_SHARE ? unusual : [],
  }
}

const isProse = ({ ids, texts, counts }: Values): boolean => {
  let spaced = 0
  texts.forEach((text, id) => {
    if (text.includes(' ')) spaced += counts[id]!
  })
  return spaced * 2 > ids.length
}

/** Rows by word, in slots of its hash: two words in one slot seem more frequent, never rarer. */
class Words {
  readonly #mask: number
  readonly #rows: Int32Array
  readonly #lastText: Int32Array

  constructor(texts: number) {
    const slots = 1 << Math.min(17, Math.max(10, 32 - Math.clz32(texts * 16)))
    this.#mask = slots - 1
    this.#rows = new Int32Array(slots)
    this.#lastText = new Int32Array(slots).fill(-1)
  }

  learn(text: string, id: number, rows: number): void {
    this.#each(text, (slot) => {
      if (this.#lastText[slot] === id) return
      this.#lastText[slot] = id
      this.#rows[slot]! += rows
    })
  }

  /** Words of the text that stand in at most `limit` rows. */
  rarer(text: string, limit: number): number {
    let found = 0
    this.#each(text, (slot) => {
      if (this.#rows[slot]! <= limit) found++
    })
    return found
  }

  /** Runs of two letters and more, case folded; runs with digits are ids and numbers, which differ on every row. */
  #each(text: string, visit: (slot: number) => void): void {
    const end = Math.min(text.length, REACH)
    let hash = 7
    let letters = 0
    let digits = false
    for (let at = 0; at <= end; at++) {
      const code = at === end ? 32 : text.charCodeAt(at)
      if (code >= 48 && code <= 57) digits = true
      else if ((code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code > 127) {
        hash = Math.imul(hash ^ (code | 32), 0x01000193)
        letters++
      } else {
        if (letters > 1 && !digits) visit((hash ^ (hash >>> 15)) & this.#mask)
        hash = 7
        letters = 0
        digits = false
      }
    }
  }
}
