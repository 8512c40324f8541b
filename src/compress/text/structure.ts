// Reads a text into units: headings, sentences of long paragraphs, list items, table rows, code, fillers.
import { type LineTable, lineAt } from '../../base/lines.js'
import { KIND_OF_CHAR, PAIRED, TRIPLED } from '../../salience/prose/chars.js'
import { sentenceEnds } from '../../salience/prose/sentences.js'
import {
  closesFence,
  fenceOf,
  headingLevel,
  isBlank,
  isContentsItem,
  isDecoration,
  isLinkDefinition,
  isTableRule,
  isTitleLike,
  itemIndent,
  underlineOf,
} from './lines.js'
import { type Structure, UnitList } from './units.js'

/** Paragraphs up to this length stay or go whole: what could be cut out of them is not worth a marker. */
const WHOLE_CHARS = 360
/** The same for paragraphs broken into lines: a cut in the middle of a line reads badly. */
const WHOLE_WRAPPED_CHARS = 1400
/** A letter of a script without spaces says as much as three. */
const DENSE_FACTOR = 3
/** Lines up to which a fence or an indented listing is one unit. */
const WHOLE_CODE_LINES = 30
/** Level of a title that only its place tells. */
const TITLE_LEVEL = 6

export const structureOf = (table: LineTable): Structure => new Reader(table).read()

class Reader {
  readonly #table: LineTable
  readonly #list = new UnitList()
  readonly #underlines: string[] = []
  readonly #indented: boolean
  #line = 0

  constructor(table: LineTable) {
    this.#table = table
    this.#indented = isMostlyIndented(table)
  }

  read(): Structure {
    const table = this.#table
    while (this.#line < table.count) {
      const line = lineAt(table, this.#line)
      if (isBlank(line)) {
        while (this.#line < table.count && isBlank(this.#text(this.#line))) this.#line++
        this.#list.space(table.starts[this.#line]!)
      } else if (!this.#frontMatter(line) && !this.#fence(line) && !this.#heading(line) && !this.#other(line))
        this.#paragraph()
    }
    return { text: table.text, table, units: this.#list.units, blocks: this.#list.blocks }
  }

  #text(line: number): string {
    return line < this.#table.count ? lineAt(this.#table, line) : ''
  }

  #startOf(line: number): number {
    return this.#table.starts[Math.min(line, this.#table.count)]!
  }

  /** One unit over the lines up to `end`. */
  #take(kind: 'item' | 'row' | 'code' | 'filler', end: number): true {
    this.#list.block(kind, [this.#startOf(end)])
    this.#line = end
    return true
  }

  #frontMatter(line: string): boolean {
    if (this.#line !== 0 || line.trimEnd() !== '---') return false
    for (let at = 1; at < Math.min(80, this.#table.count); at++)
      if (this.#text(at).trimEnd() === '---') return this.#take('item', at + 1)
    return false
  }

  #fence(line: string): boolean {
    const fence = fenceOf(line)
    if (fence === '') return false
    let end = this.#line + 1
    while (end < this.#table.count && !closesFence(this.#text(end), fence)) end++
    this.#code(Math.min(end + 1, this.#table.count))
    return true
  }

  /** Long listings are split at blank lines; their first unit is the opening line with what follows it. */
  #code(end: number): void {
    const ends: number[] = []
    if (end - this.#line > WHOLE_CODE_LINES) {
      let from = this.#line
      for (let at = this.#line + 1; at < end - 1; at++) {
        if (at - from < 4 || !isBlank(this.#text(at)) || isBlank(this.#text(at + 1))) continue
        ends.push(this.#startOf(at + 1))
        from = at + 1
      }
    }
    ends.push(this.#startOf(end))
    this.#list.block('code', ends)
    this.#line = end
  }

  #heading(line: string): boolean {
    const under = this.#underline(line)
    const level = under > 0 ? under : headingLevel(line)
    if (level > 0) {
      this.#line += under > 0 ? 2 : 1
      this.#list.heading(this.#startOf(this.#line), level)
      return true
    }
    return this.#title(line)
  }

  /** Level of a heading underlined by the next line; the order in which underlines come tells their rank. */
  #underline(line: string): number {
    const mark = underlineOf(this.#text(this.#line + 1))
    const own = underlineOf(line)
    if (mark === '' || own !== '' || line.length > 120 || itemIndent(line) !== undefined) return 0
    if (this.#text(this.#line + 1).trim().length < Math.min(3, line.trim().length)) return 0
    const known = this.#underlines.indexOf(mark)
    if (known !== -1) return known + 1
    this.#underlines.push(mark)
    return this.#underlines.length
  }

  #title(line: string): boolean {
    const next = this.#text(this.#line + 1)
    const above = this.#line === 0 || isBlank(this.#text(this.#line - 1))
    if (!above || !isBlank(next) || !isTitleLike(line)) return false
    let after = this.#line + 1
    while (after < this.#table.count && isBlank(this.#text(after))) after++
    const following = this.#text(after)
    // A list of short lines is no list of titles.
    if (following === '' || (isTitleLike(following) && following.length < 80)) return false
    const depth = /^\d+((?:\.\d+)*)\.?\s/.exec(line)
    this.#list.heading(this.#startOf(++this.#line), depth ? 2 + depth[1]!.length / 2 : TITLE_LEVEL)
    return true
  }

  #other(line: string): boolean {
    if (line.includes('|') && isTableRule(this.#text(this.#line + 1))) return this.#rows()
    if (isContentsItem(line)) return this.#while('filler', isContentsItem)
    if (isLinkDefinition(line)) return this.#while('filler', isLinkDefinition)
    if (isDecoration(line)) return this.#while('filler', isDecoration)
    if (line.startsWith('<!--')) return this.#comment()
    if (itemIndent(line) !== undefined) return this.#item(line)
    if (!this.#indented && /^(?: {4}|\t)/.test(line)) return this.#listing()
    return false
  }

  #while(kind: 'filler', holds: (line: string) => boolean): true {
    let end = this.#line + 1
    while (end < this.#table.count && holds(this.#text(end))) end++
    return this.#take(kind, end)
  }

  #comment(): boolean {
    for (let at = this.#line; at < Math.min(this.#line + 200, this.#table.count); at++)
      if (this.#text(at).includes('-->')) return this.#take('filler', at + 1)
    return false
  }

  #rows(): true {
    const ends = [this.#startOf(this.#line + 2)]
    let end = this.#line + 2
    while (end < this.#table.count && this.#text(end).includes('|')) ends.push(this.#startOf(++end))
    this.#list.block('row', ends)
    this.#line = end
    return true
  }

  #listing(): true {
    let end = this.#line + 1
    let last = end
    for (; end < this.#table.count; end++) {
      const line = this.#text(end)
      if (isBlank(line)) continue
      if (!/^(?: {4}|\t)/.test(line)) break
      last = end + 1
    }
    this.#code(last)
    return true
  }

  #item(line: string): true {
    const indent = itemIndent(line)!
    let end = this.#line + 1
    while (end < this.#table.count) {
      const next = this.#text(end)
      if (isBlank(next) || itemIndent(next) !== undefined || fenceOf(next) !== '') break
      if (!/^\s/.test(next) && (indent > 0 || headingLevel(next) > 0 || underlineOf(this.#text(end + 1)) !== '')) break
      end++
    }
    this.#prose('item', end)
    return true
  }

  #paragraph(): void {
    let end = this.#line + 1
    while (end < this.#table.count) {
      const next = this.#text(end)
      if (isBlank(next) || fenceOf(next) !== '' || headingLevel(next) > 0 || itemIndent(next) !== undefined) break
      if (next.includes('|') && isTableRule(this.#text(end + 1))) break
      if (underlineOf(this.#text(end + 1)) !== '' && next.length < 120) break
      // Long lines are paragraphs of their own.
      if (next.length > 300 || this.#startOf(end) - this.#startOf(end - 1) > 300) break
      end++
    }
    this.#prose('prose', end)
  }

  #prose(kind: 'prose' | 'item', end: number): void {
    const from = this.#startOf(this.#line)
    const to = this.#startOf(end)
    const { text } = this.#table
    const middle = KIND_OF_CHAR[text.charCodeAt((from + to) >> 1)]
    const dense = middle === PAIRED || middle === TRIPLED ? DENSE_FACTOR : 1
    const limit = end - this.#line > 1 ? WHOLE_WRAPPED_CHARS : WHOLE_CHARS
    this.#list.block(kind, (to - from) * dense <= limit ? [to] : sentenceEnds(text, from, to))
    this.#line = end
  }
}

/** Man pages and mail set all prose off from the margin; there an indent makes no listing. */
const isMostlyIndented = (table: LineTable): boolean => {
  let lines = 0
  let indented = 0
  const step = Math.max(1, table.count >> 10)
  for (let line = 0; line < table.count; line += step) {
    const at = table.starts[line]!
    const code = table.text.charCodeAt(at)
    if (code === 10 || code === 13) continue
    lines++
    if (code === 9 || table.text.startsWith('    ', at)) indented++
  }
  return indented > lines * 0.4
}
