// Rows to leave out. Whole bodies where nothing in them must stay; else what stands between the parts that must.
import type { Node } from 'web-tree-sitter'
import { endRow, type Fn, isIsland } from './find.js'
import type { Language } from './languages.js'
import { indentOf, isBlank, rowsText, type Source } from './source.js'
import type { Trust } from './trust.js'

/** Rows `first` to `last` go; `before` and `after` stand around the marker on its own line. */
export interface Fold {
  readonly first: number
  readonly last: number
  readonly before: string
  readonly after: string
}

/** What must stay, and from which size on leaving out pays. */
export interface Wants {
  /** Functions that stay whole. */
  readonly whole: ReadonlySet<Fn>
  /** Rows that stay, rising. */
  readonly focus: readonly number[]
  /** Whether the bounds of a function can be believed. */
  readonly trust: Trust
  readonly minRows: number
  readonly tokensPerChar: number
}

/** A marker line with its numbers and comment sign, measured on o200k and on Claude's vocabulary. */
const MARKER_TOKENS = 15
/** A stretch with something to see in it that is shorter than this stays whole. */
const SMALL_ROWS = 6

export class Folds {
  readonly #source: Source
  readonly #language: Language
  readonly #wants: Wants
  readonly #made: Fold[] = []
  readonly #islands = new Map<number, Fn>()

  constructor(source: Source, language: Language, wants: Wants) {
    this.#source = source
    this.#language = language
    this.#wants = wants
  }

  get made(): readonly Fold[] {
    return this.#made.toSorted((a, b) => a.first - b.first)
  }

  /** True where a row between the two must stay. */
  hasFocus(first: number, last: number): boolean {
    return this.focusIn(first, last).length > 0
  }

  focusIn(first: number, last: number): readonly number[] {
    return this.#wants.focus.filter((row) => row >= first && row <= last)
  }

  /** Takes the rows, unless that gains too little or a line of the tool stands among them. */
  add(fold: Fold, minRows: number = this.#wants.minRows): boolean {
    const { first, last } = fold
    if (last - first + 1 < minRows) return false
    const { gutter } = this.#source
    if (gutter !== undefined) for (let row = first; row <= last; row++) if (gutter.numbers[row] === -1) return false
    const tokens = rowsText(this.#source, first, last).length * this.#wants.tokensPerChar
    if (tokens < MARKER_TOKENS * 1.5 + (fold.before.length + fold.after.length) * this.#wants.tokensPerChar)
      return false
    this.#made.push(fold)
    return true
  }

  function(fn: Fn): void {
    if (this.#wants.whole.has(fn)) return
    const islands = this.#islandsOf(fn)
    if (!this.#wants.trust(fn)) for (const island of islands) this.function(island)
    else if (islands.length === 0 && !this.hasFocus(fn.first, fn.last)) this.#body(fn)
    else {
      if (this.#language.body === 'indent') this.doc(fn.body)
      for (const island of islands) this.#islands.set(island.node.id, island)
      this.#open(fn.body, [...islands.map(({ start }) => start), ...this.focusIn(fn.first, fn.last)])
    }
  }

  #islandsOf(fn: Fn): Fn[] {
    return fn.children.flatMap((child) => (isIsland(child, this.#language) ? [child] : this.#islandsOf(child)))
  }

  #body(fn: Fn): void {
    const { comment, body } = this.#language
    let { first } = fn
    while (first < fn.last && isBlank(this.#source, first)) first++
    const indent = indentOf(this.#source, first)
    if (body !== 'indent') {
      this.add({ first: fn.first, last: fn.last, before: `${indent}${comment} `, after: '' })
      return
    }
    const doc = docOf(fn.body, this.#source)
    if (doc === undefined) this.add({ first: fn.first, last: fn.last, before: `${indent}...  # `, after: '' })
    else if (doc.head < doc.last)
      this.add({ first: doc.head + 1, last: fn.last, before: `${indent}${doc.quote}  # `, after: '' })
    else this.add({ first: doc.last + 1, last: fn.last, before: `${indent}# `, after: '' })
  }

  /** Docstring of a class, module or opened function, down to its first line. */
  doc(block: Node): void {
    const doc = docOf(block, this.#source)
    if (doc === undefined || this.hasFocus(doc.head + 1, doc.last)) return
    this.add({
      first: doc.head + 1,
      last: doc.last,
      before: `${indentOf(this.#source, doc.start)}${doc.quote}  # `,
      after: '',
    })
  }

  /** Keeps the way to each row of `focus` and leaves out the statements beside it. */
  #open(node: Node, focus: readonly number[]): void {
    const island = this.#islands.get(node.id)
    if (island !== undefined) {
      this.#islands.delete(node.id)
      this.function(island)
      return
    }
    const parts = node.namedChildren.flatMap((child) => (child === null ? [] : [partOf(child, focus)]))
    if (this.#language.lists.includes(node.type)) this.#between(node, parts)
    for (const { node: child, start, end, focus: inside } of parts)
      if (
        inside.length > 0 &&
        end > start &&
        (end - start >= SMALL_ROWS || inside.some((row) => this.#startsIsland(row)))
      )
        this.#open(child, inside)
  }

  #startsIsland(row: number): boolean {
    for (const { start } of this.#islands.values()) if (start === row) return true
    return false
  }

  /** Leaves out each run of statements without focus, as far as whole rows hold nothing else. */
  #between(list: Node, parts: readonly Part[]): void {
    const braced = this.#source.code.text[list.startIndex] === '{'
    const doc = this.#language.body === 'indent' ? docOf(list, this.#source) : undefined
    let from = doc !== undefined ? doc.last + 1 : list.startPosition.row + (braced ? 1 : 0)
    const listEnd = braced ? endRow(list) - 1 : endRow(list)
    let at = 0
    const fold = (to: number): void => {
      while (at < parts.length && parts[at]!.end < from) at++
      // A statement that begins above the rows or goes on below them stays, and its rows with it.
      while (at < parts.length && parts[at]!.start < from) from = Math.max(from, parts[at++]!.end + 1)
      let last = to
      for (let index = at; index < parts.length && parts[index]!.start <= last; index++)
        if (parts[index]!.end > last) last = parts[index]!.start - 1
      if (last < from) return
      const before = `${this.#indent(from, last)}${this.#language.comment} `
      this.add({ first: from, last, before, after: '' })
    }
    for (const { start, end, focus } of parts) {
      if (focus.length === 0) continue
      fold(Math.min(listEnd, start - 1))
      from = Math.max(from, end + 1)
    }
    fold(listEnd)
  }

  #indent(first: number, last: number): string {
    let row = first
    while (row < last && isBlank(this.#source, row)) row++
    return indentOf(this.#source, row)
  }
}

/** A child of a list, with the rows in it that must stay. */
interface Part {
  readonly node: Node
  readonly start: number
  readonly end: number
  readonly focus: readonly number[]
}

const partOf = (node: Node, focus: readonly number[]): Part => {
  const start = node.startPosition.row
  const end = endRow(node)
  return { node, start, end, focus: focus.filter((row) => row >= start && row <= end) }
}

export interface Doc {
  readonly start: number
  /** Last row that stays: the first with words. */
  readonly head: number
  readonly last: number
  readonly quote: string
}

/** Docstring at the start of a Python block. */
export const docOf = (block: Node, source: Source): Doc | undefined => {
  let first = block.firstNamedChild
  while (first?.type === 'comment') first = first.nextNamedSibling
  const string = first?.type === 'expression_statement' ? first.firstNamedChild : first
  if (first === null || string?.type !== 'string') return undefined
  const start = first.startPosition.row
  const last = endRow(first)
  const quote = source.code.text.slice(string.endIndex - 3, string.endIndex)
  if (last > start && quote !== '"""' && quote !== "'''") return undefined
  const opening = source.code.text.slice(string.startIndex, source.code.starts[start + 1]!)
  const head = last > start && /^[A-Za-z]*(?:"""|''')\\?\s*$/.test(opening) ? Math.min(start + 1, last) : start
  return { start, head, last, quote }
}
