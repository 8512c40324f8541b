// Entries that a question is about. What a file is for is said by its name first, then by the folders above it.
import type { AskedColumns } from '../../salience/asked-columns.js'
import { ALWAYS, type Claims } from '../../salience/pick.js'
import { stem, wordParts } from '../../salience/query.js'
import { type TermLines, termLines } from '../../salience/term-lines.js'
import type { Entry, Listing } from './model.js'

/** Candidates that are looked at closely, and entries that are shown. */
const LOOKED_AT = 2000
const MOST = 14
const MORE = 30
const LEAST_SHARE = 0.45
/** Weight of a word in a folder, of one that only begins alike, and of the whole name. */
const IN_FOLDER = 0.5
const ALIKE = 0.4
const WHOLE_NAME = 1.6
/** Places where one looks last, unless the question says their name. */
const ASIDE =
  /(?:^|\/)(?:tests?|spec|__tests__|fixtures?|mocks?|examples?|docs?|vendor|third_party|node_modules|dist|build|\.[^/.]+)\//i

export const claimAskedEntries = (listing: Listing, asked: AskedColumns, claims: Claims): void => {
  const { query, source } = asked
  if (query.terms.length === 0) return
  const found = termLines(listing.lines, query)
  for (const line of found.named) claims.raise(line, ALWAYS)
  const scored = scoresOf(listing, asked, found)
  const best = scored[0]?.score ?? 0
  if (best === 0) return
  const about = scored.filter(({ score }) => score >= best * LEAST_SHARE)
  about.slice(0, MORE).forEach(({ entry, score }, rank) => {
    claims.raise(entry.line, rank < MOST ? 760 * (0.75 + (0.25 * score) / best) : 300 - rank)
  })
  if (asked.most || asked.least)
    claimExtremes(
      about.map(({ entry }) => entry),
      asked,
      claims,
    )
  if (/\bcount|how many|number of\b/i.test(source)) claims.raise(listing.lines.count - 1, 500)
}

/** The largest and smallest of what the question names: `largest file in collect`. */
const claimExtremes = (about: readonly Entry[], { most, least }: AskedColumns, claims: Claims): void => {
  const sized = about.filter(({ size }) => size !== undefined).sort((a, b) => b.size! - a.size! || a.line - b.line)
  if (most) for (const { line } of sized.slice(0, 3)) claims.raise(line, 880)
  if (least) for (const { line } of sized.slice(-3)) claims.raise(line, 880)
}

interface Scored {
  readonly entry: Entry
  readonly score: number
}

const scoresOf = (listing: Listing, { query, source }: AskedColumns, found: TermLines): readonly Scored[] => {
  const words = query.terms.map(({ text, weight }) => ({ text, weight }))
  const rarity = rarityOf(
    listing,
    words.map(({ text }) => text),
  )
  const said = source.toLowerCase()
  const scored: Scored[] = []
  const candidates = listing.entries
    .filter(({ line, path }) => found.score[line]! > 0 || words.some(({ text }) => startsAlike(path, text)))
    .sort((a, b) => found.score[b.line]! - found.score[a.line]! || a.line - b.line)
  for (const entry of candidates.slice(0, LOOKED_AT)) {
    const name = entry.name.toLowerCase().replace(/\.\w{1,12}$/, '')
    const nameWords = new Set(wordParts(entry.name).map(stem))
    const folderWords = new Set(wordParts(entry.folder).map(stem))
    let score = 0
    words.forEach(({ text, weight }, at) => {
      const root = stem(text)
      const gain = weight * rarity[at]!
      if (name === text || name === root || entry.name.toLowerCase() === text) score += gain * WHOLE_NAME
      else if (nameWords.has(root)) score += gain
      else if (name.includes(text)) score += gain * 0.8
      else if (folderWords.has(root) || entry.path.toLowerCase().includes(text)) score += gain * IN_FOLDER
      else if (startsAlike(entry.name, text)) score += gain * ALIKE
    })
    if (score === 0) continue
    const aside = ASIDE.exec(`${entry.folder}/`)?.[0]
      .replace(/[^a-z]/gi, '')
      .toLowerCase()
    if (aside !== undefined && !said.includes(aside.replace(/s$/, ''))) score *= 0.75
    scored.push({ entry, score })
  }
  return scored.sort((a, b) => b.score - a.score || a.entry.line - b.entry.line)
}

/** idf of each word over entries, with words that no entry holds at 0. */
const rarityOf = ({ entries, lines }: Listing, words: readonly string[]): Float64Array => {
  const text = lines.text.toLowerCase()
  return Float64Array.from(words, (word) => {
    let count = 0
    for (let at = text.indexOf(word); at !== -1 && count < entries.length; at = text.indexOf(word, at + word.length))
      count++
    return Math.log(1 + (entries.length + 0.5) / (count + 0.5))
  })
}

/** `auth` for `authentication`, `configs` for `configuration`: the same first letters, four or more. */
const startsAlike = (path: string, word: string): boolean => {
  if (word.length < 6) return false
  return path.toLowerCase().includes(word.slice(0, Math.max(4, Math.ceil(word.length * 0.55))))
}
