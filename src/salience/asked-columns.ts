// Which columns a question is about, and which end of them it asks for.
import { parseQuery, type Query, stem, wordParts } from './query.js'

export interface AskedColumns {
  readonly query: Query
  readonly source: string
  readonly most: boolean
  readonly least: boolean
  /** 0 to 1: how much of a column's name the question says, or what its adjective is about. */
  said(name: string): number
}

/** Adjectives, the end they want (1 most, -1 least, 0 both), and names of columns that they may be about. */
const ADJECTIVES: readonly (readonly [RegExp, -1 | 0 | 1, RegExp])[] = [
  [/\b(?:heaviest|lightest|weighs?)\b/i, 0, /weight|mass|kg\b|grams/i],
  [/\b(?:fastest|slowest|quickest)\b/i, 0, /speed|duration|latency|elapsed|time|ms$|seconds/i],
  [
    /\b(?:oldest|youngest|newest|latest|earliest|most recent(?:ly)?|last modified)\b/i,
    0,
    /date|time|year|age|created|updated|at$|modified|since/i,
  ],
  [/\b(?:cheapest|least expensive)\b/i, -1, /price|cost|amount|fee|fare|total/i],
  [/\b(?:most expensive|dearest|priciest|costliest)\b/i, 1, /price|cost|amount|fee|fare|total/i],
  [/\b(?:tallest|highest|lowest|deepest)\b/i, 0, /height|altitude|elevation|depth|score|level|price|rate|value|%/i],
  [/\b(?:longest|shortest)\b/i, 0, /length|duration|runtime|distance|minutes|time|lines/i],
  [/\b(?:hottest|coldest|warmest|coolest)\b/i, 0, /temp|celsius|fahrenheit|degrees/i],
  [
    /\b(?:largest|biggest|smallest|huge|tiny)\b/i,
    0,
    /size|bytes|area|population|count|total|amount|volume|lines|rss|used/i,
  ],
  [/\b(?:best|worst|top.rated|most popular)\b/i, 0, /rating|score|votes|stars|popularity|rank|downloads/i],
  [/\b(?:busiest|most active)\b/i, 1, /count|total|requests|visits|events|traffic|cpu/i],
  [/\b(?:above|over|more than|at least|exceed\w*|greater)\b/i, 1, /^$/],
  [/\b(?:below|under|less than|at most|fewer than)\b/i, -1, /^$/],
]
/** What an adjective alone says of a column. */
const BY_ADJECTIVE = 0.3

export const askedColumns = (source: string | undefined): AskedColumns => {
  const text = (source ?? '').slice(0, 4000)
  const query = parseQuery(text)
  let most = query.wantsMost
  let least = query.wantsLeast
  const about: RegExp[] = []
  for (const [adjective, end, columns] of ADJECTIVES) {
    if (!adjective.test(text)) continue
    most ||= end >= 0
    least ||= end <= 0
    about.push(columns)
  }
  const words = new Set(
    text
      .toLowerCase()
      .split(/[^\p{L}\p{N}]+/u)
      .filter((word) => word.length > 1)
      .map(stem),
  )
  const said = (name: string): number => {
    const parts = wordParts(name).filter((part) => part.length > 1)
    if (parts.length === 0) return 0
    const share = parts.reduce((sum, part) => sum + (isSaid(stem(part), words) ? 1 : 0), 0) / parts.length
    return share > 0 ? Math.max(share, BY_ADJECTIVE) : about.some((columns) => columns.test(name)) ? BY_ADJECTIVE : 0
  }
  return { query, source: text, most, least, said }
}

/** `expect` meets `expectancy`; short words meet only themselves. */
const isSaid = (part: string, words: ReadonlySet<string>): boolean => {
  if (words.has(part)) return true
  if (part.length < 4) return false
  for (const word of words) if (word.length >= 4 && (word.startsWith(part) || part.startsWith(word))) return true
  return false
}
