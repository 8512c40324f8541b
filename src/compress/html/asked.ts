// What the question asks for and the choice left out: runs that hold its rare words come back.
import { parseQuery, type Query } from '../../salience/query.js'
import type { Role } from './roles.js'
import type { Run, Runs } from './runs.js'
import type { Page } from './tree.js'

/** Share of the best run's score that a run must reach to be an answer as well. */
const MIN_SCORE_SHARE = 0.6
/** A word in more runs than this is a theme of the page, not a place in it. */
const MAX_RARE_RUNS = 6
const MAX_BROUGHT_BACK = 12
/** A short neighbour is the label of an answer or the answer to a label. */
const MAX_NEIGHBOUR_CHARS = 80
/** Bounds the look-ups on big pages. */
const MAX_TERMS = 40

/** Clears the reasons of the runs that come back. */
export const bringBack = (page: Page, runs: Runs, left: (Role | undefined)[], query: string | undefined): void => {
  if (query === undefined || left.every((role) => role === undefined)) return
  const asked = parseQuery(query)
  if (asked.terms.length === 0) return
  const scores = scoresOf(textsOf(page, runs), asked)
  const best = scores.reduce((most, score) => Math.max(most, score), 0)
  if (best === 0) return
  const answers = [...scores.keys()]
    .filter((index) => left[index] !== undefined && scores[index]! >= best * MIN_SCORE_SHARE)
    .sort((a, b) => scores[b]! - scores[a]! || a - b)
    .slice(0, MAX_BROUGHT_BACK)
  for (const index of answers) {
    left[index] = undefined
    for (const neighbour of [index - 1, index + 1])
      if (isLabel(page, runs.runs[index]!, runs.runs[neighbour])) left[neighbour] = undefined
  }
}

const isLabel = (page: Page, run: Run, other: Run | undefined): boolean =>
  other !== undefined &&
  other.chars <= MAX_NEIGHBOUR_CHARS &&
  (page.parents[run.element] === page.parents[other.element] || run.element === other.element)

const textsOf = (page: Page, { runs, ofText, ofElement, flat }: Runs): string[] => {
  const texts = runs.map(() => '')
  for (let index = 0; index < page.texts.length; index++)
    if (ofText[index] !== -1) texts[ofText[index]!] += flat[index]!
  for (let element = 1; element < page.tags.length; element++)
    if (ofElement[element] !== -1) {
      const { alt, name, placeholder, value } = page.attributes[element]!
      texts[ofElement[element]!] += ` ${alt ?? ''} ${name ?? ''} ${placeholder ?? ''} ${value ?? ''}`
    }
  return texts.map((text) => text.toLowerCase())
}

const scoresOf = (texts: readonly string[], { terms }: Query): Float64Array => {
  const scores = new Float64Array(texts.length)
  for (const { text: term, weight } of terms.slice(0, MAX_TERMS)) {
    const holders = texts.flatMap((text, index) => (text.includes(term) ? [index] : []))
    if (holders.length === 0 || holders.length > Math.max(MAX_RARE_RUNS, texts.length / 100)) continue
    const rarity = Math.log(1 + texts.length / holders.length)
    for (const index of holders) scores[index]! += weight * rarity
  }
  return scores
}
