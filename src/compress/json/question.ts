// Where the words of a question stand in a JSON text: as whole values or keys (strong) or anywhere (weak).
import { parseQuery, type Query, stem, wordParts } from '../../salience/query.js'
import { type Superlative, superlativeOf } from './superlative.js'
import { groupsOf } from './synonyms.js'
import { NUMBER, STRING, type Tree } from './tree.js'

/** Ascending offsets in the text. */
interface Places {
  readonly weight: number
  /** The phrase, where it is a whole value or key; else absent. */
  readonly whole?: string
  readonly at: readonly number[]
}

export interface Question {
  readonly query: Query
  readonly superlative: Superlative
  /** Whole values and keys that are said in the question, and occurrences of its literals; one entry for each phrase. */
  readonly strong: readonly Places[]
  readonly weak: readonly Places[]
  /** Share of the key's words that are said in the question, 0..1. */
  named(key: string): number
  /** The value at `start..end` is, as a whole, what a phrase of the question says. */
  says(start: number, end: number): boolean
  /** Something strong stands in `start..end`, and is rare in the whole text. */
  points(start: number, end: number): boolean
  /** A rare literal or whole value of the question stands here, or a word does. */
  touches(start: number, end: number): boolean
}

/** Occurrences of a word that are looked at; what is more frequent tells rows apart badly anyway. */
const MAX_PLACES = 4000
/** Occurrences in the whole text up to which a phrase points at single places. */
const FEW = 12
const MAX_PHRASE_WORDS = 6
/** `billing lib` may stand for `billing-lib`, `billing_lib`, `billingLib`. */
const JOINTS = ['-', '_', ''] as const
/** What no word is: emoji, `./route`, `@scope/name`, `*.ts`. */
const ODD_TOKEN = /(?<=^|[\s"'`(])(?![\p{L}\p{N}])[^\s"'`()]{1,80}/gu
const WORD = /[\p{L}\p{N}_$][\p{L}\p{N}_$./:@#+-]*[\p{L}\p{N}_$+#]|[\p{L}\p{N}]/gu

export const askOf = (tree: Tree, source: string | undefined): Question => {
  const query = parseQuery(source)
  const lower = query.terms.length > 0 ? asciiLower(tree.text) : ''
  const weak = query.terms.map(({ text, weight }) => ({ weight, at: placesOf(lower, text) }))
  const literals = query.literals
    .filter((literal) => literal.length > 1)
    .map((literal) => ({ weight: 3, at: placesOf(lower, asciiLower(literal)) }))
  const said = phrasesOf(source ?? '', query)
  const lengths = lengthsOf(said)
  const strong = [...wholeValues(tree, said, lengths), ...lastSteps(lower, query, weak), ...literals].filter(
    ({ at }) => at.length > 0,
  )
  const stems = new Set(query.terms.flatMap(({ text }) => wordParts(text).map(stem)))
  const groups = new Set(wordsOf(source ?? '').flatMap((word) => [...groupsOf(word), ...groupsOf(stem(word))]))
  const memory = new Map<string, number>()
  const rare = strong.filter(({ at }) => at.length <= FEW)
  const points = (start: number, end: number): boolean => rare.some(({ at }) => between(at, start, end) > 0)
  return {
    query,
    superlative: superlativeOf((source ?? '').slice(0, 4000), query),
    strong,
    weak,
    points,
    says: (start, end) => lengths[end - start] === 1 && said.has(tree.text.slice(start, end).toLowerCase()),
    touches: (start, end) => points(start, end) || weak.some(({ at }) => between(at, start, end) > 0),
    named: (key) => {
      let share = memory.get(key)
      if (share === undefined) {
        share = saidShare(key, stems, groups)
        memory.set(key, share)
      }
      return share
    },
  }
}

/** Keeps the length, which `toLowerCase` of the whole text need not. */
const asciiLower = (text: string): string => {
  const lower = text.toLowerCase()
  return lower.length === text.length ? lower : text.replace(/[A-Z]+/g, (run) => run.toLowerCase())
}

const placesOf = (lower: string, term: string): number[] => {
  const places: number[] = []
  if (term === '') return places
  for (
    let at = lower.indexOf(term);
    at !== -1 && places.length < MAX_PLACES;
    at = lower.indexOf(term, at + term.length)
  )
    places.push(at)
  return places
}

/** 1 at every length that a phrase has. */
const lengthsOf = (said: ReadonlyMap<string, number>): Uint8Array => {
  const lengths = new Uint8Array(4096)
  for (const phrase of said.keys()) lengths[phrase.length] = 1
  return lengths
}

const wholeValues = (tree: Tree, said: ReadonlyMap<string, number>, lengths: Uint8Array): Places[] => {
  if (said.size === 0) return []
  const found = new Map<string, number[]>()
  const look = (start: number, end: number): void => {
    if (lengths[end - start] !== 1) return
    const value = tree.text.slice(start, end).toLowerCase()
    if (!said.has(value)) return
    const places = found.get(value)
    if (places) places.push(start)
    else found.set(value, [start])
  }
  for (let node = 1; node < tree.nodes; node++) {
    if (tree.keyStart[node] !== -1) look(tree.keyStart[node]! + 1, tree.keyEnd[node]! - 1)
    if (tree.kind[node] === STRING) look(tree.start[node]! + 1, tree.end[node]! - 1)
    else if (tree.kind[node] === NUMBER) look(tree.start[node]!, tree.end[node]!)
  }
  return [...found].map(([phrase, at]) => ({ weight: said.get(phrase)!, whole: phrase, at }))
}

/** Keys and values of which a word of the question is the last step: `node_modules/undici`, `/v1/shards`. */
const lastSteps = (lower: string, query: Query, weak: readonly Places[]): Places[] =>
  weak.map(({ weight, at }, term) => {
    const { length } = query.terms[term]!.text
    return { weight: weight + 1, at: length > 2 ? at.filter((place) => endsPath(lower, place, place + length)) : [] }
  })

const endsPath = (lower: string, start: number, end: number): boolean => {
  if (lower.charCodeAt(start - 1) !== 47) return false
  const plural = lower.charCodeAt(end) === 115 ? 1 : 0
  return lower.charCodeAt(end + plural) === 34
}

/** Runs of up to six words of the question, lower case. Single words only where they carry meaning. */
const phrasesOf = (source: string, query: Query): Map<string, number> => {
  const phrases = new Map<string, number>()
  const text = source.slice(0, 4000)
  const words = [...text.matchAll(WORD)]
  const meaning = new Set(query.terms.map(({ text: term }) => term))
  words.forEach((word, first) => {
    for (let last = first; last < Math.min(words.length, first + MAX_PHRASE_WORDS); last++) {
      const end = words[last]!
      const phrase = text.slice(word.index, end.index + end[0].length).toLowerCase()
      if (last > first) {
        phrases.set(phrase, 4)
        if (last < first + 3) for (const joint of JOINTS) phrases.set(phrase.replaceAll(' ', joint), 4)
      } else if (meaning.has(phrase) || meaning.has(stem(phrase))) phrases.set(phrase, 3)
    }
  })
  for (const literal of query.literals) phrases.set(literal.toLowerCase(), 4)
  for (const [match] of text.matchAll(ODD_TOKEN)) {
    const token = match.replace(/[.,;:!?]+$/, '').toLowerCase()
    if (token.length > 1) phrases.set(token, 4)
  }
  return phrases
}

const wordsOf = (source: string): string[] =>
  source
    .slice(0, 4000)
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)

/** What a part of a key counts that is said by another word. */
const OTHER_WORD = 0.6

const saidShare = (key: string, stems: ReadonlySet<string>, groups: ReadonlySet<number>): number => {
  const parts = wordParts(key).map(stem)
  if (parts.length === 0) return 0
  const shares = parts.map((part): number =>
    isSaid(part, stems) ? 1 : groupsOf(part).some((group) => groups.has(group)) ? OTHER_WORD : 0,
  )
  return shares.reduce((sum, share) => sum + share, 0) / parts.length
}

/** `expect` meets `expectancy`; short words meet only themselves. */
const isSaid = (part: string, stems: ReadonlySet<string>): boolean => {
  if (stems.has(part)) return true
  if (part.length < 4) return false
  for (const said of stems) {
    if (said.length >= 4 && (said.startsWith(part) || part.startsWith(said))) return true
  }
  return false
}

/** How many of the ascending places lie in `start..end`. */
export const between = (places: readonly number[], start: number, end: number): number =>
  lowerBound(places, end) - lowerBound(places, start)

const lowerBound = (places: readonly number[], value: number): number => {
  let low = 0
  let high = places.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (places[middle]! < value) low = middle + 1
    else high = middle
  }
  return low
}

// Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009); idf over the rows of this list.
const K1 = 1.2
const B = 0.75

/** BM25 of rows to the question's words, counted from their places, so that no row is cut out as a string. */
export const relevance = (tree: Tree, items: readonly number[], question: Question): Float64Array => {
  const scores = new Float64Array(items.length)
  if (items.length === 0) return scores
  const startOf = (item: number): number => (tree.keyStart[item] === -1 ? tree.start[item]! : tree.keyStart[item]!)
  const meanSize = items.reduce((sum, item) => sum + tree.size[item]!, 0) / items.length || 1
  for (const { weight, at } of question.weak) {
    if (at.length === 0) continue
    const frequencies = items.map((item) => between(at, startOf(item), tree.end[item]!))
    const holders = frequencies.reduce((sum, frequency) => sum + (frequency > 0 ? 1 : 0), 0)
    if (holders === 0) continue
    const idf = Math.log(1 + (items.length - holders + 0.5) / (holders + 0.5))
    frequencies.forEach((frequency, row) => {
      if (frequency === 0) return
      const length = tree.size[items[row]!]! / meanSize
      scores[row]! += (weight * idf * frequency * (K1 + 1)) / (frequency + K1 * (1 - B + B * length))
    })
  }
  return scores
}
