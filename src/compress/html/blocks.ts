// Markdown of one page: lines, headings, lists, tables and code as its elements open and close.
import { CodeBlock } from './code-block.js'
import { controlText, formText } from './controls.js'
import { InlineMarks } from './inline-marks.js'
import { linkAround } from './links.js'
import type { Shown } from './shown.js'
import { labelIn, spanOf, TableRows } from './tables.js'
import { BLOCK, HEADING, LIST } from './tags.js'
import { Targets } from './targets.js'
import { attribute } from './tree.js'
import { Writer } from './writer.js'

/** Elements set apart by an empty line. */
const PARAGRAPHS: ReadonlySet<string> = new Set(
  'p pre blockquote table ul ol dl figure h1 h2 h3 h4 h5 h6 form details'.split(' '),
)
/** Inline elements that may stand inside a word. */
const JOINS: ReadonlySet<string> = new Set('sub sup wbr img br rt rp ruby input mark font'.split(' '))
/** Starts with a letter or digit of a script that sets spaces. */
const SPLIT = /^(?![\u3040-\u30ff\u3400-\u9fff\u0e00-\u0eff])[\p{L}\p{N}]/u
/** What stands for a link to the heading it belongs to. */
const PERMALINK = /^[\s¶#§🔗∞]{1,4}$/u

interface ListState {
  readonly ordered: boolean
  next: number
}

export class Blocks {
  readonly #main = new Writer()
  /** Where text goes: the page or the cell of a data table. */
  #out: Writer = this.#main
  readonly #marks: InlineMarks
  readonly #targets: Targets
  readonly #lists: ListState[] = []
  /** Whether each open definition list has had a term. */
  readonly #terms: boolean[] = []
  #headings = 0
  #table: TableRows | undefined
  #tableIsEmpty = true
  #cell = -1
  #code: CodeBlock | undefined
  /** An inline element ended, and another one began: their texts are two words. */
  #justClosed = false
  #splits = false

  constructor(readonly shown: Shown) {
    this.#marks = new InlineMarks(shown.page)
    this.#targets = new Targets(shown.page, shown.links.mode)
  }

  /** Inside a table or code of which something is held back to be written as a whole. */
  get isBuffering(): boolean {
    return (this.#table !== undefined && !this.#tableIsEmpty) || (this.#code !== undefined && !this.#code.isEmpty)
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
    this.#targets.endLine(this.#out)
  }

  open(element: number, isShown: boolean): void {
    const { page, runs, dataTable } = this.shown
    if (runs.unseen[element] === 1) return
    const tag = page.tags[element]!
    if (this.#code !== undefined) {
      this.#code.boundary(tag)
      if (isShown && tag === 'img') this.#code.image(element)
      return
    }
    if (BLOCK.has(tag) && tag !== 'option') this.#break(tag)
    else if (this.#justClosed && !JOINS.has(tag) && !this.#marks.isCode) this.#splits = true
    if (tag !== 'wbr') this.#justClosed = false
    if (dataTable[element] === element) {
      this.#table = new TableRows()
      this.#tableIsEmpty = true
    } else if (this.#table === undefined || !this.#openInTable(element, tag)) {
      this.#openBlock(element, tag)
      this.#openInline(element, tag, isShown)
    }
  }

  #openInTable(element: number, tag: string): boolean {
    if (tag === 'tr') this.#table!.startRow()
    else if (tag === 'td' || tag === 'th') {
      this.#cell = element
      this.#out = new Writer()
    } else if (tag === 'caption') this.#out = this.#main
    else return false
    return true
  }

  #openBlock(element: number, tag: string): void {
    const out = this.#out
    if (HEADING.has(tag)) {
      this.#headings++
      if (this.#cell === -1) out.enter('', `${'#'.repeat(Number(tag[1]))} `)
    } else if (LIST.has(tag)) this.#lists.push({ ordered: tag === 'ol', next: this.#number(element, 'start') ?? 1 })
    else if (tag === 'li') this.#openItem(element)
    else if (tag === 'dl') this.#terms.push(false)
    else if (tag === 'dt') this.#terms[Math.max(0, this.#terms.length - 1)] = true
    else if (tag === 'dd') {
      // Without a term it is a way to indent.
      if (this.#terms.at(-1) === true) out.enter('  ', ': ')
      else out.enter('', '')
    } else if (tag === 'blockquote') out.enter('> ', '> ')
    else if (tag === 'pre' || tag === 'listing' || tag === 'xmp') this.#code = new CodeBlock(this.shown.page, element)
    else if (tag === 'form' && !this.shown.isArticle) {
      const form = formText(this.shown.page.attributes[element]!)
      if (form !== undefined) out.opener(`${form}\n`)
    }
  }

  #openItem(element: number): void {
    const list = this.#lists.at(-1)
    if (list?.ordered) {
      list.next = this.#number(element, 'value') ?? list.next
      this.#out.enter('   ', `${list.next++}. `)
    } else this.#out.enter('  ', '- ')
  }

  #number(element: number, name: string): number | undefined {
    const value = Number.parseInt(attribute(this.shown.page, element, name) ?? '', 10)
    return Number.isSafeInteger(value) ? value : undefined
  }

  #openInline(element: number, tag: string, isShown: boolean): void {
    const out = this.#out
    if (tag === 'br') this.#break(tag)
    else if (tag === 'a') this.#targets.open(element, out)
    else if (tag === 'label' && out.last !== '>') this.#break(tag)
    else if (tag === 'button' || tag === 'label' || tag === 'select') out.space()
    else if (isShown && tag === 'img') this.#image(element)
    else if (isShown && tag === 'input') this.#write(controlText(tag, this.shown.page.attributes[element]!))
    this.#marks.open(element, tag, out)
  }

  #image(element: number): void {
    const image = this.#marks.image(element)
    if (image?.joins) this.#out.text(image.text)
    else this.#write(image?.text)
    this.#tableIsEmpty = false
  }

  #write(text: string | undefined): void {
    if (text === undefined) return
    this.#out.space()
    this.#out.text(text)
    this.#out.space()
    this.#tableIsEmpty = false
  }

  close(element: number): void {
    const { page, runs, dataTable } = this.shown
    if (runs.unseen[element] === 1) return
    const tag = page.tags[element]!
    if (this.#code !== undefined) {
      if (this.#code.element === element) this.#endCode()
      else this.#code.boundary(tag === 'br' ? '' : tag)
      return
    }
    if (dataTable[element] === element) {
      this.#endTable()
      return
    }
    if (!BLOCK.has(tag) && !JOINS.has(tag)) this.#justClosed = true
    if (this.#table !== undefined && this.#closeInTable(element, tag)) return
    this.#closeInline(element, tag)
    if (LIST.has(tag)) this.#lists.pop()
    if (BLOCK.has(tag) && tag !== 'option') this.#break(tag)
    if (HEADING.has(tag)) {
      this.#headings--
      if (this.#cell === -1) this.#out.leave()
    } else if (tag === 'dl') this.#terms.pop()
    else if (tag === 'li' || tag === 'dd' || tag === 'blockquote') this.#out.leave()
  }

  #closeInTable(element: number, tag: string): boolean {
    if (tag === 'tr') this.#table!.endRow()
    else if (tag === 'td' || tag === 'th') {
      if (this.#cell === element) this.#endCell(element, tag)
    } else return false
    return true
  }

  #endCell(element: number, tag: string): void {
    const { page } = this.shown
    this.#targets.endLine(this.#out)
    const lines = this.#out.take().split('\n')
    const text = lines.flatMap((line) => (line.trim() === '' ? [] : [line.trim()])).join('<br>')
    this.#table!.addCell((text === '' ? labelIn(page, element) : text).replaceAll('|', '\\|'), {
      columns: spanOf(page, element, 'colspan'),
      rows: spanOf(page, element, 'rowspan'),
      header: tag === 'th',
    })
    this.#cell = -1
    this.#out = this.#main
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

  #endCode(): void {
    const code = this.#code!
    this.#code = undefined
    if (code.text === '') return
    if (this.#cell !== -1) {
      this.#out.text(code.text.replace(/\s+/g, ' '))
      return
    }
    this.#out.break(2)
    this.#out.lines(code.markdown)
    this.#out.break(2)
  }

  #lastRun = -1

  #closeInline(element: number, tag: string): void {
    if (tag === 'a') this.#targets.close(element, this.shown.runs.runs[this.#lastRun], this.#out)
    else if (tag === 'button' || tag === 'label' || tag === 'select') this.#out.space()
    this.#marks.close(element, tag, this.#out)
  }

  text(index: number): void {
    const { page, runs } = this.shown
    const { element, text } = page.texts[index]!
    const isLink = runs.inLink[element] === 1
    this.#lastRun = runs.ofText[index]!
    if (this.#code !== undefined) {
      // A line number that is a link to itself is not code.
      if (!isLink || attribute(page, element, 'href') !== `#${text}`) this.#code.add(text)
      return
    }
    const flat = runs.flat[index]!
    if (this.#splits && SPLIT.test(this.#out.last) && SPLIT.test(flat)) this.#out.space()
    this.#splits = this.#justClosed = false
    if (isLink && flat.trim() !== '' && PERMALINK.test(flat)) {
      if (attribute(page, linkAround(page, element), 'href')?.includes('#')) return
    }
    this.#marks.beforeText(flat, this.#out)
    if (isLink) this.#targets.text(flat.trim().length)
    this.#out.text(flat)
    if (flat.trim() !== '') this.#tableIsEmpty = false
  }

  #break(tag: string): void {
    if (this.#headings > 0 && !HEADING.has(tag)) {
      this.#out.space()
      return
    }
    this.#targets.endLine(this.#out)
    const isTight = this.#lists.length > 0 || this.#cell !== -1
    this.#out.break(PARAGRAPHS.has(tag) && !isTight ? 2 : 1)
  }
}
