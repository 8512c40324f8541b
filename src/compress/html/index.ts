// HTML to the Markdown of what the page is about. Text is the page's own, in its order; what is left out is said where
// it stood. Never recurses and never builds a document object model.
import { isSkip, skip } from '../../base/skip.js'
import type { CompressInput, Compressor } from '../../spec/compressor.js'
import type { Plan } from '../../spec/plan.js'
import type { Skip } from '../../spec/skip.js'
import { bringBack } from './asked.js'
import { emit } from './emit.js'
import { dissolveTables, mergeGaps, settleHidden } from './gaps.js'
import { headOf } from './head.js'
import { type LinkPlan, planLinks } from './links.js'
import { chooseContent } from './main-content.js'
import { parsePage } from './parse.js'
import type { Role } from './roles.js'
import { type Runs, runsOf } from './runs.js'
import { framed } from './surroundings.js'
import { dataTables } from './tables.js'
import type { Page } from './tree.js'
import { withVerbatim } from './verbatim.js'

/** Visible characters below which a page is asked what it says without scripts. */
const POOR_PAGE_CHARS = 200
/** Elements without which a text is not HTML. */
const MIN_ELEMENTS = 3

const compress = (input: CompressInput): Plan | Skip => {
  if (!input.mayElide) return skip('nothing-to-drop', 'markup cannot be shortened without loss')
  const { text, html } = framed(input.text)
  if (html.start === html.end) return skip('not-parsable', 'no HTML')
  const page = parsePage(text.slice(html.start, html.end))
  if (page.tags.length <= MIN_ELEMENTS) return skip('not-parsable', 'hardly any tags')
  const plan = planOf(page, input.query)
  return isSkip(plan) ? plan : withVerbatim(plan, html, input)
}

const planOf = (page: Page, query: string | undefined): Plan | Skip => {
  const runs = visibleRuns(page)
  const dataTable = dataTables(page)
  const { left, isArticle } = chooseContent(page, runs, dataTable)
  settleHidden(page, runs, left, dataTable)
  bringBack(page, runs, left, query)
  mergeGaps(runs, left)
  dissolveTables(page, runs, left, dataTable)
  const links = planLinks({ page, runs, left, isArticle }, query)
  const head = headOf(page, shownText(page, runs, left), firstHeading(page, runs, left))
  const plan = emit(
    { page, runs, left, dataTable, links, isArticle },
    { head: head.lines.join('\n'), headEnd: head.end ?? 0, summary: summaryOf(page, links, left) },
  )
  return plan ?? skip('nothing-to-drop')
}

const visibleRuns = (page: Page): Runs => {
  const runs = runsOf(page, false)
  const chars = runs.runs.reduce((sum, run) => sum + run.chars, 0)
  return chars < POOR_PAGE_CHARS && page.tags.includes('noscript') ? runsOf(page, true) : runs
}

const shownText = (page: Page, { ofText, flat }: Runs, left: readonly (Role | undefined)[]): string => {
  const parts: string[] = []
  for (let index = 0; index < page.texts.length; index++)
    if (ofText[index] !== -1 && left[ofText[index]!] === undefined) parts.push(flat[index]!)
  return parts.join(' ').replace(/\s+/g, ' ')
}

const firstHeading = (page: Page, { ofText, flat }: Runs, left: readonly (Role | undefined)[]): string => {
  const heading = page.tags.indexOf('h1')
  if (heading === -1) return ''
  const parts: string[] = []
  for (let index = 0; index < page.texts.length; index++) {
    const { start } = page.texts[index]!
    if (start >= page.closed[heading]!) break
    if (start >= page.opened[heading]! && ofText[index] !== -1 && left[ofText[index]!] === undefined)
      parts.push(flat[index]!)
  }
  return parts.join('').replace(/\s+/g, ' ').trim()
}

const summaryOf = (page: Page, { mode, shown }: LinkPlan, left: readonly (Role | undefined)[]): string => {
  const count = (tag: string): number => page.tags.reduce((sum, name) => sum + (name === tag ? 1 : 0), 0)
  const parts = ['tags']
  for (const [tag, one, many] of [
    ['script', 'script', 'scripts'],
    ['style', 'style sheet', 'style sheets'],
    ['iframe', 'frame', 'frames'],
  ] as const) {
    const found = count(tag)
    if (found > 0) parts.push(`${found} ${found === 1 ? one : many}`)
  }
  if (shown > 0 && mode !== 'inline') parts.push(mode === 'none' ? `${shown} link targets` : 'most link targets')
  const hidden = left.reduce((sum, role) => sum + (role === 'unseen' ? 1 : 0), 0)
  if (hidden > 0) parts.push(`${hidden} hidden ${hidden === 1 ? 'text' : 'texts'}`)
  return `whole page without ${parts.join(', ')}`
}

export const html: Compressor = { name: 'html', version: 1, accepts: ['html'], compress }
