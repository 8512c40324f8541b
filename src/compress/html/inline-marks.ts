// Marks inside a line: code, struck out text, powers, options, exact dates. Emphasis is not marked: it costs tokens and
// would break words that a reader looks for.
import { controlText } from './controls.js'
import { INLINE_CODE } from './tags.js'
import { attribute, type Page } from './tree.js'
import type { Writer } from './writer.js'

const ORDINAL = /^(?:st|nd|rd|th|TM|®|™|er|e|º|ª)\b/
/** What encyclopedias wrap around every formula. */
const FORMULA = /^\{\\displaystyle (.*)\}$/
const FORMULA_CLASS = /\b(?:mwe-math|math|latex|tex)/i
const FILE_NAME = /^[\w-]+\.(?:jpe?g|png|gif|svg|webp)$/i
const PAIRS: ReadonlyMap<string, readonly [open: string, close: string]> = new Map([
  ['del', ['~~', '~~']],
  ['s', ['~~', '~~']],
  ['strike', ['~~', '~~']],
  ['q', ['"', '"']],
  ['rt', ['(', ')']],
])

export class InlineMarks {
  /** Mark owed before the next text of a raised or lowered element. */
  #shift = ''
  #option: 'first' | 'next' | 'written' | undefined
  #optionIsWritten = false
  /** Texts written so far, and their number when each open date or abbreviation began. */
  #written = 0
  readonly #writtenBefore = new Map<number, number>()
  #codeDepth = 0

  constructor(readonly page: Page) {}

  get isCode(): boolean {
    return this.#codeDepth > 0
  }

  open(element: number, tag: string, out: Writer): void {
    const pair = PAIRS.get(tag)
    if (pair !== undefined) out.opener(pair[0])
    else if (INLINE_CODE.has(tag)) {
      this.#codeDepth++
      out.opener('`')
    } else if (tag === 'sup') this.#shift = '^'
    else if (tag === 'sub') this.#shift = '_'
    else if (tag === 'time' || tag === 'abbr') this.#writtenBefore.set(element, this.#written)
    else if (tag === 'option') this.#option = this.#optionIsWritten ? 'next' : 'first'
    else if (tag === 'select' || tag === 'textarea') {
      if (tag === 'select') this.#optionIsWritten = false
      const attributes = this.page.attributes[element]!
      const control = attributes.name === undefined ? undefined : controlText(tag, attributes)
      if (control !== undefined) out.opener(control)
    }
  }

  /** Called before each text. */
  beforeText(text: string, out: Writer): void {
    if (text.trim() === '') return
    this.#written++
    if (this.#shift !== '') this.#markShift(text, out)
    if (this.#option === undefined) return
    if (this.#option === 'next') out.append(' |')
    if (this.#option !== 'written') out.space()
    this.#option = 'written'
    this.#optionIsWritten = true
  }

  close(element: number, tag: string, out: Writer): void {
    const pair = PAIRS.get(tag)
    if (pair !== undefined) out.closer(pair[1], pair[0])
    else if (INLINE_CODE.has(tag)) {
      this.#codeDepth--
      out.closer('`', '`')
    } else if (tag === 'sup' || tag === 'sub') this.#shift = ''
    else if (tag === 'time') this.#addValue(attribute(this.page, element, 'datetime'), element, out)
    else if (tag === 'abbr') this.#addValue(attribute(this.page, element, 'title'), element, out)
    else if (tag === 'option') {
      if (this.#option === 'written' && attribute(this.page, element, 'selected') !== undefined)
        out.append(' (selected)')
      this.#option = undefined
    }
  }

  /** Description of an image, or undefined where it is no description. */
  image(element: number): { readonly text: string; readonly joins: boolean } | undefined {
    const text = (attribute(this.page, element, 'alt') ?? '').replace(/\s+/g, ' ').trim()
    if (FORMULA_CLASS.test(attribute(this.page, element, 'class') ?? ''))
      return { text: FORMULA.exec(text)?.[1] ?? text, joins: true }
    return FILE_NAME.test(text) ? undefined : { text: `![${text}]`, joins: false }
  }

  /** Exact value behind a shown word: the date of `3 hours ago`, the long form of `HTML`. */
  #addValue(value: string | undefined, element: number, out: Writer): void {
    const isWritten = this.#written > (this.#writtenBefore.get(element) ?? this.#written)
    this.#writtenBefore.delete(element)
    if (!isWritten || value === undefined || value.trim() === '') return
    const inside = this.page.source.slice(this.page.opened[element]!, this.page.closed[element]!)
    if (/\b(?:19|20)\d\d\b/.test(inside) || inside.includes(value.trim())) return
    out.append(` (${value.replace(/\s+/g, ' ').trim()})`)
  }

  /** `10` raised by `6` is not 106. */
  #markShift(text: string, out: Writer): void {
    const { last } = out
    const isRaised =
      this.#shift === '^' && /[\p{L}\p{N})\]]/u.test(last) && /^[\p{L}\p{N}+−-]/u.test(text) && !ORDINAL.test(text)
    const isLowered = this.#shift === '_' && /\p{N}/u.test(last) && /^\p{N}/u.test(text)
    if (isRaised || isLowered) out.append(this.#shift)
    this.#shift = ''
  }
}
