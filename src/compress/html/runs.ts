// Text of a page as runs: what stands on one line between two blocks, and how much of it is links.
import { BLOCK, UNSEEN } from './tags.js'
import { attribute, labelOf, OPEN, type Page, TEXT } from './tree.js'

/** Pieces of text between two block boundaries; the unit that is shown or left out. */
export interface Run {
  /** Innermost element at its first piece. */
  readonly element: number
  readonly start: number
  end: number
  /** Visible characters, white space collapsed. */
  chars: number
  linkChars: number
}

export interface Runs {
  readonly runs: readonly Run[]
  /** Run of each text; -1 where the text is never shown. */
  readonly ofText: Int32Array
  /** Run of each element that stands for text itself: images with a description, form fields. -1 for others. */
  readonly ofElement: Int32Array
  /** Texts with white space collapsed; inner edges keep one space. */
  readonly flat: readonly string[]
  /** 1 where an element's content is code, styling or drawing; 2 where the page hides it. */
  readonly unseen: Uint8Array
  readonly inLink: Uint8Array
}

const HIDDEN_STYLE = /(?:display\s*:\s*none|visibility\s*:\s*hidden)/i
/** Hidden until somebody clicks, but part of the page: tabs, accordions, answers. */
const UNFOLDS = /(?:^|[^a-z])(?:tab|accord|collaps|panel|faq|answer|toggle|expand|spoiler|readmore|read-more)/i
const NEVER_PART = /(?:^|[^a-z])(?:modal|popup|pop-up|overlay|lightbox|dialog|menu|dropdown|nav|tooltip|cookie|share)/i

/** Handles of the page, not words of it: edit and copy buttons, anchors of headings. */
const HANDLE =
  /(?:^|[\s_-])(?:mw-editsection|headerlink|anchorjs-link|copybtn|copy-btn|copy-button|clipboard-copy)(?!\w)/i
/** Numbers of lines beside code; other things are named so too, so that the text must be numbers. */
const LINE_NUMBERS = /(?:^|[\s_-])(?:linenos?|line-numbers?-rows|gutter|blob-num|linenodiv)(?!\w)/i
const MAX_HANDLE_CHARS = 40
/** Longest part of the source that is looked through for line numbers. */
const MAX_NUMBERS_CHARS = 200_000

/** Characters that may still be looked through for handles on this page. */
interface Budget {
  chars: number
}

const isHandle = (page: Page, element: number, budget: Budget): boolean => {
  const { class: names } = page.attributes[element]!
  if (names === undefined) return false
  const isNumbers = LINE_NUMBERS.test(names)
  if (!isNumbers && !HANDLE.test(names)) return false
  const text = innerText(page, element, budget)
  return text !== undefined && (isNumbers ? /^[\d\s]*$/.test(text) : text.trim().length <= MAX_HANDLE_CHARS)
}

const innerText = ({ source, opened, closed }: Page, element: number, budget: Budget): string | undefined => {
  const length = closed[element]! - opened[element]!
  if (length > MAX_NUMBERS_CHARS || length > budget.chars) return undefined
  budget.chars -= length
  return source.slice(opened[element]!, closed[element]!).replace(/<[^<>]*>/g, '')
}

const isHidden = (page: Page, element: number): boolean => {
  const attributes = page.attributes[element]!
  if (attributes.hidden === undefined && attributes.style === undefined) return false
  if (attributes.hidden === undefined && !HIDDEN_STYLE.test(attributes.style ?? '')) return false
  const label = labelOf(page, element)
  return !UNFOLDS.test(label) || NEVER_PART.test(label)
}

/** `showNoscript`: where the page says nothing else, what it says without scripts is its text. */
export const runsOf = (page: Page, showNoscript: boolean): Runs => {
  const count = page.tags.length
  const unseen = new Uint8Array(count)
  const inLink = new Uint8Array(count)
  const inPre = new Uint8Array(count)
  const budget = { chars: page.source.length * 2 }
  for (let element = 1; element < count; element++) {
    const parent = page.parents[element]!
    const tag = page.tags[element]!
    unseen[element] = unseen[parent]!
    if (UNSEEN.has(tag) || tag === 'head' || tag === 'title' || (tag === 'noscript' && !showNoscript))
      unseen[element] = 1
    else if (unseen[element] === 0 && isHidden(page, element)) unseen[element] = 2
    if ((tag === 'button' && inPre[parent] === 1) || isHandle(page, element, budget)) unseen[element] = 1
    inLink[element] = tag === 'a' && attribute(page, element, 'href') !== undefined ? 1 : inLink[parent]!
    inPre[element] = tag === 'pre' || tag === 'textarea' || tag === 'listing' || tag === 'xmp' ? 1 : inPre[parent]!
  }
  const collector = new Collector(page, { unseen, inLink, inPre })
  for (const event of page.events) collector.take(event)
  return {
    runs: collector.runs,
    ofText: collector.ofText,
    ofElement: collector.ofElement,
    flat: collector.flat,
    unseen,
    inLink,
  }
}

interface Marks {
  readonly unseen: Uint8Array
  readonly inLink: Uint8Array
  readonly inPre: Uint8Array
}

class Collector {
  readonly runs: Run[] = []
  readonly ofText: Int32Array
  readonly ofElement: Int32Array
  readonly flat: string[] = []
  #open = false

  constructor(
    readonly page: Page,
    readonly marks: Marks,
  ) {
    this.ofText = new Int32Array(page.texts.length).fill(-1)
    this.ofElement = new Int32Array(page.tags.length).fill(-1)
  }

  take(event: number): void {
    const index = event >> 2
    const kind = event & 3
    if (kind === TEXT) {
      this.#text(index)
      return
    }
    const tag = this.page.tags[index]!
    if (kind === OPEN && (tag === 'img' || tag === 'input')) this.#atom(index, tag)
    if ((BLOCK.has(tag) && this.marks.inPre[this.page.parents[index]!] === 0) || (tag === 'br' && !this.#inPre(index)))
      this.#open = false
  }

  #inPre(element: number): boolean {
    return this.marks.inPre[element] === 1
  }

  #text(index: number): void {
    const { element, start, end, text } = this.page.texts[index]!
    if (this.marks.unseen[element] === 1) {
      this.flat.push('')
      return
    }
    const flat = this.#inPre(element) ? text : text.replace(/[ \t\r\n\f]+/g, ' ')
    this.flat.push(flat)
    const chars = this.#inPre(element) ? text.replace(/\s+/g, ' ').length : flat.trim().length
    if (chars === 0 && !this.#open) return
    this.ofText[index] = this.#add(element, { start, end, chars })
  }

  #atom(element: number, tag: string): void {
    if (this.marks.unseen[element] === 1) return
    const { alt, type } = this.page.attributes[element]!
    if (tag === 'img' ? (alt ?? '').trim() === '' : type?.toLowerCase() === 'hidden') return
    const chars = tag === 'img' ? alt!.trim().length : 12
    this.ofElement[element] = this.#add(element, {
      start: this.page.starts[element]!,
      end: this.page.opened[element]!,
      chars,
    })
  }

  #add(element: number, piece: { readonly start: number; readonly end: number; readonly chars: number }): number {
    const last = this.runs.at(-1)
    // One run is hidden or shown as a whole.
    if (!this.#open || last === undefined || this.marks.unseen[last.element] !== this.marks.unseen[element]) {
      this.runs.push({ element, start: piece.start, end: piece.end, chars: 0, linkChars: 0 })
      this.#open = true
    }
    const run = this.runs.at(-1)!
    run.end = piece.end
    run.chars += piece.chars
    if (this.marks.inLink[element] === 1) run.linkChars += piece.chars
    return this.runs.length - 1
  }
}
