// Markdown of one page: what each element does to the text inside it.
import { controlText, formText } from './controls.js'
import type { Shown } from './emit.js'
import { languageOf } from './language.js'
import { linkAround, targetOf } from './links.js'
import { spanOf, TableRows } from './tables.js'
import { BLOCK, HEADING, INLINE_CODE, LIST } from './tags.js'
import { attribute } from './tree.js'
import { Writer } from './writer.js'

/** Elements set apart by an empty line. */
const PARAGRAPHS: ReadonlySet<string> = new Set(
  'p pre blockquote table ul ol dl figure h1 h2 h3 h4 h5 h6 form details'.split(' '),
)
/** Share of a line that its link must be for the line to be an entry. */
const MIN_ENTRY_SHARE = 0.4
/** Inline elements that may stand inside a word. */
const JOINS: ReadonlySet<string> = new Set('sub sup wbr img br rt rp ruby input mark font'.split(' '))
/** Starts with a letter or digit of a script that sets spaces. */
const SPLIT = /^(?![\u3040-\u30ff\u3400-\u9fff\u0e00-\u0eff])[\p{L}\p{N}]/u
/** What stands for a link to the heading it belongs to. */
const PERMALINK = /^[\s¶#§🔗∞🔗]*$/u
/** What encyclopedias wrap around every formula. */
const FORMULA = /^\{\\displaystyle (.*)\}$/
const ORDINAL = /^(?:st|nd|rd|th|TM|®|™|er|e|º|ª)\b/

interface ListState {
  readonly ordered: boolean
  next: number
}

export class Blocks {
  readonly #main = new Writer()
  /** Where text goes: the page or the cell of a data table. */
  #out: Writer = this.#main
  readonly #lists: ListState[] = []
  /** Whether each open definition list has had a term. */
  readonly #terms: boolean[] = []
  #heading = 0
  #table: TableRows | undefined
  #cell: { readonly element: number; empty: boolean } | undefined
  #code: { readonly element: number; text: string } | undefined
  /** Mark owed before the next text of a raised or lowered element. */
  #shift = ''
  /** Targets to be written when the line ends. */
  #targets: string[] = []
  readonly #seenTargets = new Set<string>()
  #linkText = 0
  /** Characters of the link whose target the line will show. */
  #entryText = 0

  constructor(readonly shown: Shown) {}

  /** Inside a table or code, which are written as a whole. */
  get isBuffering(): boolean {
    return this.#table !== undefined || this.#code !== undefined
  }

  take(): string {
    return this.#main.take()
  }

  lineIsOpen(text: string): boolean {
    return this.#main.lineIsOpen || (text !== '' && !text.endsWith('\n'))
  }

  afterMarker(): void {
    this.#main.afterMarker()
  }

  end(): void {
    this.#writeTargets()
  }

  open(element: number, isShown: boolean): void {
    const { page, runs, dataTable } = this.shown
    if (runs.unseen[element] === 1) return
    const tag = page.tags[element]!
    if (this.#code !== undefined) {
      if (tag === 'br') this.#code.text += '\n'
      else if (BLOCK.has(tag)) this.#codeBreaks = true
      else if (isShown && tag === 'img') this.#code.text += attribute(page, element, 'alt')!
      return
    }
    if (BLOCK.has(tag) && tag !== 'option') this.#break(tag)
    else if (this.#justClosed && !JOINS.has(tag) && this.#codeDepth === 0) this.#splits = true
    if (tag !== 'wbr') this.#justClosed = false
    if (dataTable[element] === element) {
      this.#table = new TableRows()
      return
    }
    if (this.#table !== undefined && this.#openInTable(element, tag)) return
    this.#openBlock(element, tag)
    this.#openInline(element, tag, isShown)
  }

  #openInTable(element: number, tag: string): boolean {
    if (tag === 'tr') this.#table!.startRow()
    else if (tag === 'td' || tag === 'th') {
      this.#cell = { element, empty: true }
      this.#out = new Writer()
    } else if (tag === 'caption') this.#out = this.#main
    else return false
    return true
  }

  #openBlock(element: number, tag: string): void {
    const out = this.#out
    if (HEADING.has(tag)) {
      this.#heading++
      if (this.#cell === undefined) out.enter('', `${'#'.repeat(Number(tag[1]))} `)
    } else if (LIST.has(tag)) {
      const start = Number.parseInt(attribute(this.shown.page, element, 'start') ?? '1', 10)
      this.#lists.push({ ordered: tag === 'ol', next: Number.isFinite(start) ? start : 1 })
    } else if (tag === 'li') {
      const list = this.#lists.at(-1)
      if (list?.ordered) {
        const value = Number.parseInt(attribute(this.shown.page, element, 'value') ?? '', 10)
        if (Number.isFinite(value)) list.next = value
        out.enter('   ', `${list.next++}. `)
      } else out.enter('  ', '- ')
    } else if (tag === 'dl') this.#terms.push(false)
    else if (tag === 'dt') this.#terms[this.#terms.length - 1] = true
    else if (tag === 'dd') {
      // Without a term it is a way to indent.
      if (this.#terms.at(-1) === true) out.enter('  ', ': ')
      else out.enter('', '')
    } else if (tag === 'blockquote') out.enter('> ', '> ')
    else if (tag === 'pre' || tag === 'listing' || tag === 'xmp') this.#code = { element, text: '' }
    else if (tag === 'form' && !this.shown.isArticle) {
      const form = formText(this.shown.page.attributes[element]!)
      if (form !== undefined) out.opener(`${form}\n`)
    }
  }

  #openInline(element: number, tag: string, isShown: boolean): void {
    const out = this.#out
    const attributes = this.shown.page.attributes[element]!
    if (tag === 'br') {
      if (this.#heading > 0) out.space()
      else this.#break(tag)
    } else if (INLINE_CODE.has(tag)) {
      this.#codeDepth++
      out.opener('`')
    } else if (tag === 'del' || tag === 's' || tag === 'strike') out.opener('~~')
    else if (tag === 'q') out.opener('"')
    else if (tag === 'sup') this.#shift = '^'
    else if (tag === 'sub') this.#shift = '_'
    else if (tag === 'rt') out.opener('(')
    else if (tag === 'a') {
      this.#linkText = 0
      if (this.shown.links.mode === 'inline' && targetOf(this.shown.page, element) !== undefined) out.opener('[')
    } else if (tag === 'label' && out.last !== '>') this.#break(tag)
    else if (tag === 'button' || tag === 'label' || tag === 'select') out.space()
    else if (tag === 'option') this.#option = this.#optionIsWritten ? 'next' : 'first'
    else if (isShown && tag === 'img') this.#image(element, attributes.alt!)
    else if (isShown && tag === 'input') this.#write(controlText(tag, attributes))
    if (tag === 'select') this.#optionIsWritten = false
    if (tag === 'select' || tag === 'textarea') {
      const control = attributes.name === undefined ? undefined : controlText(tag, attributes)
      if (control !== undefined) out.opener(control)
    }
  }

  #write(text: string | undefined): void {
    if (text === undefined) return
    this.#out.space()
    this.#out.text(text)
    this.#out.space()
    this.#filled()
  }

  #image(element: number, alt: string): void {
    const text = alt.replace(/\s+/g, ' ').trim()
    const isFormula = /\b(?:mwe-math|math|latex|tex)/i.test(attribute(this.shown.page, element, 'class') ?? '')
    if (isFormula) this.#out.text(FORMULA.exec(text)?.[1] ?? text)
    else if (!/^[\w-]+\.(?:jpe?g|png|gif|svg|webp)$/i.test(text)) this.#write(`![${text}]`)
  }

  close(element: number): void {
    const { page, runs, dataTable } = this.shown
    if (runs.unseen[element] === 1) return
    const tag = page.tags[element]!
    if (this.#code !== undefined) {
      if (this.#code.element === element) this.#endCode(element)
      else if (BLOCK.has(tag)) this.#codeBreaks = true
      return
    }
    if (dataTable[element] === element) {
      this.#endTable()
      return
    }
    if (!BLOCK.has(tag) && !JOINS.has(tag)) this.#justClosed = true
    if (this.#table !== undefined && this.#closeInTable(element, tag)) return
    this.#closeInline(element, tag)
    if (BLOCK.has(tag) && tag !== 'option') this.#break(tag)
    if (HEADING.has(tag)) {
      this.#heading--
      if (this.#cell === undefined) this.#out.leave()
    } else if (LIST.has(tag)) this.#lists.pop()
    else if (tag === 'dl') this.#terms.pop()
    else if (tag === 'li' || tag === 'dd' || tag === 'blockquote') this.#out.leave()
  }

  #closeInTable(element: number, tag: string): boolean {
    if (tag === 'tr') this.#table!.endRow()
    else if (tag === 'td' || tag === 'th') {
      if (this.#cell?.element !== element) return true
      this.#writeTargets()
      const text = this.#out
        .take()
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== '')
        .join('<br>')
        .replaceAll('|', '\\|')
      const { page } = this.shown
      this.#table!.addCell(text === '' ? this.#labelIn(element) : text, {
        columns: spanOf(page, element, 'colspan'),
        rows: spanOf(page, element, 'rowspan'),
        header: tag === 'th',
      })
      this.#cell = undefined
      this.#out = this.#main
    } else return false
    return true
  }

  /** Name of an icon in a cell without text: state is often drawn, not written. */
  #labelIn(cell: number): string {
    const { page } = this.shown
    for (let element = cell + 1; element < page.tags.length && page.starts[element]! < page.closed[cell]!; element++) {
      // What can be done is no state.
      if (page.tags[element] === 'a' || page.tags[element] === 'button') return ''
      const { 'aria-label': label, title, alt } = page.attributes[element]!
      const text = (label ?? title ?? alt ?? '').replace(/\s+/g, ' ').trim()
      if (text !== '') return text.replaceAll('|', '\\|')
    }
    return ''
  }

  #endTable(): void {
    const lines = this.#table!.lines()
    this.#table = undefined
    this.#out = this.#main
    this.#main.break(2)
    for (const line of lines) {
      this.#main.text(line)
      this.#main.break(1)
    }
    this.#main.break(2)
  }

  #endCode(element: number): void {
    const text = this.#code!.text.replace(/\r\n?/g, '\n').replace(/^\n/, '').trimEnd()
    this.#code = undefined
    if (text === '') return
    if (this.#cell !== undefined) {
      this.#out.text(text.replace(/\s+/g, ' '))
      return
    }
    const fence = text.includes('```') ? '````' : '```'
    this.#out.break(2)
    this.#out.lines(`${fence}${languageOf(this.shown.page, element)}\n${text}\n${fence}`)
    this.#out.break(2)
  }

  #closeInline(element: number, tag: string): void {
    const out = this.#out
    const { page } = this.shown
    if (INLINE_CODE.has(tag)) {
      this.#codeDepth--
      out.closer('`', '`')
    } else if (tag === 'del' || tag === 's' || tag === 'strike') out.closer('~~', '~~')
    else if (tag === 'q') out.closer('"', '"')
    else if (tag === 'rt') out.closer(')', '(')
    else if (tag === 'sup' || tag === 'sub') this.#shift = ''
    else if (tag === 'a') this.#endLink(element)
    else if (tag === 'button' || tag === 'label' || tag === 'select') out.space()
    else if (tag === 'time') this.#addValue(attribute(page, element, 'datetime'), element)
    else if (tag === 'abbr') this.#addValue(attribute(page, element, 'title'), element)
    else if (tag === 'option') this.#endOption(element)
  }

  #endOption(element: number): void {
    if (this.#option === 'written' && attribute(this.shown.page, element, 'selected') !== undefined)
      this.#out.append(' (selected)')
    this.#option = undefined
  }

  /** Exact value behind a shown word: the date of `3 hours ago`, the long form of `HTML`. */
  #addValue(value: string | undefined, element: number): void {
    const { page } = this.shown
    if (value === undefined || value.trim() === '' || this.#out.last === '') return
    const inside = page.source.slice(page.opened[element]!, page.closed[element]!)
    if (/\b(?:19|20)\d\d\b/.test(inside) || inside.includes(value.trim())) return
    this.#out.append(` (${value.replace(/\s+/g, ' ').trim()})`)
  }

  #endLink(element: number): void {
    const { page, links, runs } = this.shown
    const target = targetOf(page, element)
    if (target === undefined || links.mode === 'none') return
    if (links.mode === 'inline') {
      this.#out.closer(`](${target})`, '[')
      return
    }
    if (this.#linkText === 0 || this.#seenTargets.has(target)) return
    if (links.mode === 'entries') {
      // One target a line: that of the link that the line is about.
      const run = runs.runs[this.#lastRun]
      if (run === undefined || this.#linkText < run.chars * MIN_ENTRY_SHARE || this.#linkText <= this.#entryText) return
      this.#entryText = this.#linkText
      this.#targets = []
    } else this.#seenTargets.add(target)
    this.#targets.push(target)
  }

  #lastRun = -1
  #codeBreaks = false
  #justClosed = false
  #splits = false
  #codeDepth = 0
  #option: 'first' | 'next' | 'written' | undefined
  #optionIsWritten = false

  text(index: number): void {
    const { page, runs } = this.shown
    const { element, text } = page.texts[index]!
    this.#lastRun = runs.ofText[index]!
    if (this.#code !== undefined) {
      // A line number that is a link to itself.
      const isNumber = runs.inLink[element] === 1 && attribute(page, element, 'href') === `#${text}`
      if (isNumber) return
      if (this.#codeBreaks && /[^\n]$/.test(this.#code.text) && !text.startsWith('\n')) this.#code.text += '\n'
      this.#codeBreaks = false
      this.#code.text += text
      return
    }
    const flat = runs.flat[index]!
    // Two elements side by side are two words, however close the source sets them.
    if (this.#splits && SPLIT.test(this.#out.last) && SPLIT.test(flat)) this.#out.space()
    this.#splits = this.#justClosed = false
    if (runs.inLink[element] === 1 && flat.length <= 4 && PERMALINK.test(flat) && flat.trim() !== '') {
      if (attribute(page, linkAround(page, element), 'href')?.includes('#')) return
    }
    if (this.#shift !== '' && flat.trim() !== '') this.#markShift(flat)
    if (this.#option !== undefined && flat.trim() !== '') this.#startOption()
    if (runs.inLink[element] === 1) this.#linkText += flat.trim().length
    this.#out.text(flat)
    this.#filled()
  }

  #startOption(): void {
    if (this.#option === 'next') this.#out.append(' |')
    if (this.#option !== 'written') this.#out.space()
    this.#option = 'written'
    this.#optionIsWritten = true
  }

  /** `10` raised by `6` is not 106. */
  #markShift(text: string): void {
    const last = this.#out.last
    const isRaised =
      this.#shift === '^' && /[\p{L}\p{N})\]]/u.test(last) && /^[\p{L}\p{N}+−-]/u.test(text) && !ORDINAL.test(text)
    const isLowered = this.#shift === '_' && /\p{N}/u.test(last) && /^\p{N}/u.test(text)
    if (isRaised || isLowered) this.#out.append(this.#shift)
    this.#shift = ''
  }

  #filled(): void {
    if (this.#cell !== undefined) this.#cell.empty = false
  }

  #break(tag: string): void {
    if (this.#heading > 0 && !HEADING.has(tag)) {
      this.#out.space()
      return
    }
    this.#writeTargets()
    const isTight =
      this.#lists.length > 1 || (this.#lists.length === 1 && tag !== 'ul' && tag !== 'ol') || this.#cell !== undefined
    this.#out.break(PARAGRAPHS.has(tag) && !isTight ? 2 : 1)
  }

  #writeTargets(): void {
    if (this.#targets.length === 0) return
    const targets = this.#targets
    this.#targets = []
    this.#entryText = 0
    if (this.shown.links.mode === 'entries') {
      const [target] = targets as [string]
      // Places on one page are told by the page: its first place shows it.
      const path = target.replace(/#.*/, '#')
      if (this.#seenTargets.has(target) || this.#seenTargets.has(path)) return
      this.#seenTargets.add(target)
      if (path.endsWith('#')) this.#seenTargets.add(path)
    }
    for (const target of targets) this.#out.append(` <${target}>`)
  }
}
