// Facts from the head of a page that its visible text does not show: title, author, dates, description, price.
import type { Page } from './tree.js'

/** Names worth a line, by the fact they give; the first name found gives it. */
const FACTS: readonly RegExp[] = [
  /^(?:og:|twitter:|dc\.)?description$/,
  /^(?:author|article:author|dc\.creator|parsely-author|sailthru\.author)$/,
  /^(?:article:published_time|date|pubdate|dc\.date|dcterms\.(?:date|created)|datepublished|parsely-pub-date|sailthru\.date)$/,
  /^(?:article:modified_time|og:updated_time|datemodified|last-modified)$/,
  /^(?:og|product):price:amount$|^price$/,
  /^(?:og|product):price:currency$|^pricecurrency$/,
  /^(?:og:|product:)?availability$/,
]
const MAX_VALUE_CHARS = 600
/** Characters of a value that must stand in the text for it to be there already. */
const PROBE_CHARS = 40

export interface Head {
  readonly lines: readonly string[]
  /** Offset after the title, or undefined where there is none. */
  readonly end?: number
}

/** `shown`: the text that the page will show, white space collapsed. */
export const headOf = (page: Page, shown: string, heading: string): Head => {
  const lines: string[] = []
  const title = titleOf(page)
  if (title !== undefined && title.text !== heading) lines.push(title.text)
  const found: (string | undefined)[] = FACTS.map(() => undefined)
  for (let element = 1; element < page.tags.length; element++) {
    if (page.tags[element] !== 'meta') continue
    const { name, property, itemprop, content } = page.attributes[element]!
    const key = (name ?? property ?? itemprop ?? '').toLowerCase()
    const value = content?.replace(/\s+/g, ' ').trim() ?? ''
    const fact = FACTS.findIndex((pattern) => pattern.test(key))
    if (
      fact === -1 ||
      found[fact] !== undefined ||
      value === '' ||
      value.length > MAX_VALUE_CHARS ||
      /^https?:/.test(value)
    )
      continue
    const isShown = shown.includes(value.slice(0, PROBE_CHARS)) || value === title?.text
    found[fact] = isShown ? '' : `${name ?? property ?? itemprop}: ${value}`
  }
  lines.push(...found.filter((line): line is string => line !== undefined && line !== ''))
  return title === undefined ? { lines } : { lines, end: title.end }
}

const titleOf = (page: Page): { text: string; end: number } | undefined => {
  for (let element = 1; element < page.tags.length; element++) {
    if (page.tags[element] !== 'title' || page.tags[page.parents[element]!] === 'svg') continue
    const text = page.texts.find((piece) => piece.element === element)
    const title = text?.text.replace(/\s+/g, ' ').trim() ?? ''
    return title === '' ? undefined : { text: title, end: page.ends[element]! }
  }
  return undefined
}
