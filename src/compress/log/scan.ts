// One pass over the characters of a log: where the content of each line starts, its words, and the shape they form.
import type { LineTable } from '../../base/lines.js'
import { clockOf, prefixEnd } from './clock.js'
import { escapeLength } from './escape.js'
import { TokenTable } from './tokens.js'

/** Bits of `flags`. */
export const BLANK = 1
/** The visible text is printed in red. */
export const RED = 2
/** Carriage returns inside the line: only the last segment is seen on a terminal. */
export const OVERWRITTEN = 4

/** Lines with the same words once numbers and paths are masked. */
export interface Shape {
  readonly first: number
  count: number
  last: number
  /** Masked hashes of its words. */
  readonly words: Int32Array
}

export interface Scan {
  readonly table: LineTable
  /** Shape number by line. */
  readonly shape: Int32Array
  readonly shapes: Shape[]
  /** Offset of the first character after timestamp, level bracket and indentation. */
  readonly content: Int32Array
  readonly indent: Uint16Array
  readonly flags: Uint8Array
  /** Seconds, from a clock near the start of the line; NaN without one. */
  readonly time: Float64Array
  readonly tokens: TokenTable
  /** Rough model tokens by line, up to one factor. */
  readonly weight: Float64Array
}

export const scanLog = (table: LineTable): Scan => {
  const n = table.count
  const scan: Scan = {
    table,
    shape: new Int32Array(n),
    shapes: [],
    content: new Int32Array(n),
    indent: new Uint16Array(n),
    flags: new Uint8Array(n),
    time: new Float64Array(n),
    tokens: new TokenTable(n),
    weight: new Float64Array(n),
  }
  const byKey = new Map<number, number>()
  const text = table.text
  let nextReturn = text.indexOf('\r')
  for (let line = 0; line < n; line++) {
    const start = table.starts[line]!
    let end = table.starts[line + 1]!
    if (end > start && text.charCodeAt(end - 1) === 10) end--
    let from = start
    while (nextReturn !== -1 && nextReturn < end) {
      const after = text.indexOf('\r', nextReturn + 1)
      const stop = after === -1 || after > end ? end : after
      if (isVisible(text, nextReturn + 1, stop)) {
        from = nextReturn + 1
        scan.flags[line]! |= OVERWRITTEN
      }
      nextReturn = after
    }
    placeContent(scan, line, from, end)
    scan.time[line] = clockOf(text, start, end)
    const key = scan.tokens.read(text, from, scan.content[line]!, end)
    if (scan.tokens.red) scan.flags[line]! |= RED
    if (scan.tokens.blank) scan.flags[line]! |= BLANK
    scan.weight[line] = scan.tokens.weight + (scan.content[line]! - start) / 3
    let id = byKey.get(key)
    if (id === undefined) {
      id = scan.shapes.length
      byKey.set(key, id)
      scan.shapes.push({ first: line, count: 0, last: line, words: scan.tokens.masked(line) })
    }
    const shape = scan.shapes[id]!
    shape.count++
    shape.last = line
    scan.shape[line] = id
  }
  return scan
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
