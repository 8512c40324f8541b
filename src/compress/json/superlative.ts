// "Cheapest", "heaviest", "third": which end of which column, and which position, a question asks for.
import type { Query } from '../../salience/query.js'

export interface Superlative {
  readonly most: boolean
  readonly least: boolean
  /** Columns that the adjective itself is about, where the question names none. */
  readonly about: RegExp | undefined
  /** 0-based positions asked for by number. */
  readonly positions: readonly number[]
}

/** Adjective, ends, columns. `both` where the column decides which end is meant. */
const ADJECTIVES: readonly (readonly [RegExp, 'most' | 'least' | 'both', RegExp])[] = [
  [/\b(heaviest|lightest|weigh\w*)\b/i, 'both', /weight|mass|kg|lbs/i],
  [/\b(fastest|slowest|quickest)\b/i, 'both', /speed|duration|latency|elapsed|time|ms$|seconds|accel|velocity/i],
  [
    /\b(oldest|youngest|newest|latest|earliest|most recent\w*)\b/i,
    'both',
    /date|time|year|age|created|updated|at$|born|dob|since/i,
  ],
  [/\b(cheapest|least expensive)\b/i, 'least', /price|cost|amount|fee|fare|total|rate/i],
  [/\b(most expensive|dearest|priciest)\b/i, 'most', /price|cost|amount|fee|fare|total|rate/i],
  [/\b(tallest|highest|lowest|deepest)\b/i, 'both', /height|altitude|elevation|depth|score|level/i],
  [/\b(longest|shortest)\b/i, 'both', /length|duration|runtime|distance|minutes|time/i],
  [/\b(hottest|coldest|warmest|coolest)\b/i, 'both', /temp|celsius|fahrenheit|degrees/i],
  [/\b(largest|biggest|smallest)\b/i, 'both', /size|bytes|area|population|count|total|amount|volume|length/i],
  [/\b(strongest|weakest|most powerful)\b/i, 'both', /power|strength|magnitude|force|mag$/i],
  [
    /\b(most popular|best.rated|top.rated|worst.rated|best|worst)\b/i,
    'both',
    /rating|score|votes|stars|popularity|rank|count|downloads/i,
  ],
  [/\b(busiest|most active)\b/i, 'most', /count|total|requests|visits|events|traffic/i],
]
const ORDINALS: readonly (readonly [RegExp, number])[] = [
  [/\b(second|2nd)\b(?! to)/i, 1],
  [/\b(third|3rd)\b/i, 2],
  [/\b(fourth|4th)\b/i, 3],
  [/\b(fifth|5th)\b/i, 4],
]

export const superlativeOf = (source: string, query: Query): Superlative => {
  let most = query.wantsMost
  let least = query.wantsLeast
  const about: string[] = []
  for (const [adjective, end, columns] of ADJECTIVES) {
    if (!adjective.test(source)) continue
    most ||= end !== 'least'
    least ||= end !== 'most'
    about.push(columns.source)
  }
  const positions = ORDINALS.flatMap(([ordinal, position]) => (ordinal.test(source) ? [position] : []))
  return { most, least, about: about.length === 0 ? undefined : new RegExp(about.join('|'), 'i'), positions }
}
