// One pass over the characters of a log: where the content of each line starts, its words, and the shape they form.
import type { LineTable } from '../../base/lines.js'
import { clockOf, prefixEnd } from './clock.js'
import { escapeLength } from './escape.js'
import { ANY, GRAMS } from './grams.js'
import { isPrintedRed, readLine, TokenTable } from './tokens.js'

/** Bits of `flags`. */
export const BLANK = 1
/** The visible text is printed in red. */
export const RED = 2
/** Carriage returns inside the line: only the last segment is seen on a terminal. */
export const OVERWRITTEN = 4

/** Lines with the same words once numbers and paths are masked. A class: its map stays the same from call to call. */
export class Shape {
  readonly first: number
  count = 0
  last: number
  /** Masked hashes of its words. */
  readonly words: Int32Array

  constructor(first: number, words: Int32Array) {
    this.first = first
    this.last = first
    this.words = words
  }
}

/** A class for the same reason: optimized code of one call stays good for the next. */
export class Scan {
  readonly table: LineTable
  /** Shape number by line. */
  readonly shape: Int32Array
  readonly shapes: Shape[] = []
  /** Offset of the first character after timestamp, level bracket and indentation. */
  readonly content: Int32Array
  readonly indent: Uint16Array
  readonly flags: Uint8Array
  /** Families of words that a line may hold, see `grams.ts`. */
  readonly grams: Uint8Array
  /** Seconds, from a clock near the start of the line; NaN without one. */
  readonly time: Float64Array
  readonly tokens: TokenTable
  /** Rough model tokens by line, up to one factor. */
  readonly weight: Float64Array

  constructor(table: LineTable) {
    const n = table.count
    this.table = table
    this.shape = new Int32Array(n)
    this.content = new Int32Array(n)
    this.indent = new Uint16Array(n)
    this.flags = new Uint8Array(n)
    this.grams = new Uint8Array(n)
    this.time = new Float64Array(n)
    this.tokens = new TokenTable(n, table.text.length)
    this.weight = new Float64Array(n)
  }
}

export const scanLog = (table: LineTable): Scan => {
  const n = table.count
  const scan = new Scan(table)
  const byKey = new Map<number, number>()
  const text = table.text
  const next = new Cursor(text)
  for (let line = 0; line < n; line++) {
    const start = table.starts[line]!
    let end = table.starts[line + 1]!
    if (end > start && text.charCodeAt(end - 1) === 10) end--
    const returnAt = next.inLine(RETURN, start, end)
    const from = returnAt === -1 ? start : lastSegment(text, start, returnAt, end)
    placeContent(scan, line, from, end)
    const content = scan.content[line]!
    scan.time[line] = clockOf(text, start, end)
    if (from > start) scan.flags[line]! |= OVERWRITTEN
    if (next.inLine(ESCAPE, start, end) !== -1 && isPrintedRed(text, from, content, end)) scan.flags[line]! |= RED
    const key = readLine(scan.tokens, text, content, end)
    scan.grams[line] = from > start ? ANY : scan.tokens.grams | prefixGrams(text, from, content)
    if (scan.tokens.blank) scan.flags[line]! |= BLANK
    scan.weight[line] = scan.tokens.weight + (content - start) / 3
    let id = byKey.get(key)
    if (id === undefined) {
      id = scan.shapes.length
      byKey.set(key, id)
      scan.shapes.push(new Shape(line, scan.tokens.masked(line)))
    }
    const shape = scan.shapes[id]!
    shape.count++
    shape.last = line
    scan.shape[line] = id
  }
  return scan
}

const RETURN = 0
const ESCAPE = 1
const MARKS = ['\r', '\x1b'] as const

/**
 * Next carriage return and escape, found once for many lines. The offsets live in a typed array: as plain variables
 * the optimizer takes the search for free of effects and repeats it in the loop, whole text by line.
 */
class Cursor {
  readonly #text: string
  readonly #at: Int32Array

  constructor(text: string) {
    this.#text = text
    this.#at = Int32Array.from(MARKS, (mark) => text.indexOf(mark))
  }

  /** Offset of the first such character in `start..end`, or -1. */
  inLine(mark: number, start: number, end: number): number {
    let at = this.#at[mark]!
    if (at === -1 || at >= end) return -1
    if (at < start) {
      at = this.#text.indexOf(MARKS[mark]!, start)
      this.#at[mark] = at
    }
    return at < end ? at : -1
  }
}

/** Start of what a terminal shows of a line in which `returnAt` is the first carriage return. */
const lastSegment = (text: string, start: number, returnAt: number, end: number): number => {
  let from = start
  for (let at = returnAt; at !== -1 && at < end; ) {
    const after = text.indexOf('\r', at + 1)
    const stop = after === -1 || after > end ? end : after
    if (isVisible(text, at + 1, stop)) from = at + 1
    at = after
  }
  return from
}

/** Characters of a prefix that may hold a level, as in `[ERROR] `. */
const LEVEL_CHARS = 12

const prefixGrams = (text: string, from: number, content: number): number => {
  let grams = 0
  let gram = 0
  for (let i = Math.max(from, content - LEVEL_CHARS); i < content; i++) {
    gram = ((gram << 5) | (text.charCodeAt(i) & 31)) & 32767
    grams |= GRAMS[gram]!
  }
  return grams
}

const placeContent = (scan: Scan, line: number, from: number, end: number): void => {
  const text = scan.table.text
  let at = prefixEnd(text, from, end)
  const base = at
  while (at < end) {
    const c = text.charCodeAt(at)
    if (c !== 32 && c !== 9) break
    at++
  }
  scan.indent[line] = Math.min(65535, at - base)
  scan.content[line] = at
}

const isVisible = (text: string, start: number, end: number): boolean => {
  for (let i = start; i < end; ) {
    const c = text.charCodeAt(i)
    if (c === 27) i += escapeLength(text, i, end)
    else if (c > 32) return true
    else i++
  }
  return false
}
