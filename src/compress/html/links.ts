// Targets of links: text always stays; a target is shown where a reader will follow it.
import type { Role } from './roles.js'
import type { Runs } from './runs.js'
import { HEADING } from './tags.js'
import { attribute, type Page } from './tree.js'

/** `inline`: behind every link. `entries`: behind lines that are little more than a link. `few`: the page has few. */
export type LinkMode = 'none' | 'inline' | 'entries' | 'few'

const ASKS = /\b(?:urls?|links?|hrefs?|hyperlinks?|link targets?|download (?:page|address)|web ?sites?|web ?address)\b/i
const MAX_FEW_LINKS = 6
/** Share of the shown text that few targets may cost. */
const MAX_FEW_SHARE = 0.04
/** Share of link text from which a page is a list of links. */
const MIN_ENTRIES_SHARE = 0.35
/** Targets longer than the texts they belong to are an index by name: the names do. */
const MAX_ENTRIES_COST = 1.2
const MAX_TARGET_CHARS = 200

/** Target worth showing, or undefined: no script, no place on the same page, no data. */
export const targetOf = (page: Page, element: number): string | undefined => {
  if (page.tags[element] !== 'a') return undefined
  const target = attribute(page, element, 'href')?.trim()
  if (target === undefined || target === '' || target.startsWith('#') || target.length > MAX_TARGET_CHARS)
    return undefined
  return /^(?:javascript|data|blob|about):/i.test(target) || /\s/.test(target) ? undefined : target
}

export interface LinkPlan {
  readonly mode: LinkMode
  /** Links in shown text. */
  readonly shown: number
}

interface Shown {
  readonly page: Page
  readonly runs: Runs
  readonly left: readonly (Role | undefined)[]
  readonly isArticle: boolean
}

export const planLinks = ({ page, runs, left, isArticle }: Shown, query: string | undefined): LinkPlan => {
  const targets = new Set<string>()
  const seen = new Set<number>()
  let chars = 0
  let linkChars = 0
  runs.runs.forEach((run, index) => {
    if (left[index] !== undefined) return
    chars += run.chars
    linkChars += run.linkChars
  })
  page.texts.forEach(({ element }, index) => {
    const run = runs.ofText[index]!
    if (runs.inLink[element] !== 1 || run === -1 || left[run] !== undefined) return
    const link = linkAround(page, element)
    if (seen.has(link)) return
    seen.add(link)
    const target = targetOf(page, link)
    if (target !== undefined) targets.add(target)
  })
  const mode = (): LinkMode => {
    if (query !== undefined && ASKS.test(query)) return 'inline'
    const cost = [...targets].reduce((sum, target) => sum + target.length, 0)
    const isList = isArticle ? hasEntries(page, runs, left) : linkChars >= chars * MIN_ENTRIES_SHARE
    if (isList && cost <= chars * MAX_ENTRIES_COST) return 'entries'
    return targets.size <= MAX_FEW_LINKS && cost <= chars * MAX_FEW_SHARE ? 'few' : 'none'
  }
  return { mode: mode(), shown: seen.size }
}

/** Headings that are links, from which on a page with prose is a list of entries: search results, a blog's front page. */
const MIN_LINKED_HEADINGS = 4
const MIN_LINKED_SHARE = 0.6

const hasEntries = (page: Page, { runs }: Runs, left: readonly (Role | undefined)[]): boolean => {
  let headings = 0
  let linked = 0
  runs.forEach((run, index) => {
    if (left[index] !== undefined || !isInHeading(page, run.element)) return
    headings++
    if (run.linkChars >= run.chars * 0.9) linked++
  })
  return linked >= MIN_LINKED_HEADINGS && linked >= headings * MIN_LINKED_SHARE
}

const isInHeading = (page: Page, element: number): boolean => {
  for (let at = element, level = 0; at > 0 && level < 4; at = page.parents[at]!, level++)
    if (HEADING.has(page.tags[at]!)) return true
  return false
}

/** Levels between a text and the link around it that are looked at. */
const REACH = 64

export const linkAround = (page: Page, element: number): number => {
  for (let at = element, level = 0; at > 0 && level < REACH; at = page.parents[at]!, level++)
    if (page.tags[at] === 'a') return at
  return element
}
