// Lines of a sent text as the index sees them: content without gutter, number, hash. Markers and references are not literal.
import { type Gutter, gutterOf } from '../base/gutter.js'
import { type LineTable, lineTable } from '../base/lines.js'
import type { Span } from '../spec/plan.js'
import { findReferences, parseReference } from './grammar.js'

export interface Lines {
  readonly table: LineTable
  /** Offset at which the content of line `i` starts. */
  readonly starts: Int32Array
  /** Number that the line has in its source; -1 where it has none. */
  readonly numbers: Int32Array
  /** Hash of each line's content; 0 where the line is not literal text of its source. */
  readonly hashes: Int32Array
}

export type FindMarkers = (text: string) => readonly Span[]

/** End of line `index` without its line feed; a carriage return belongs to the content. */
export const endOf = ({ text, starts }: LineTable, index: number): number => {
  const end = starts[index + 1] ?? text.length
  return end > (starts[index] ?? 0) && text.charCodeAt(end - 1) === 10 ? end - 1 : end
}

export const contentAt = ({ table, starts }: Lines, index: number): string =>
  table.text.slice(starts[index], endOf(table, index))

/** FNV-1a over UTF-16 units, never 0. */
const hashOf = (text: string, start: number, end: number): number => {
  let hash = 0x811c9dc5
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  hash ^= hash >>> 15
  return hash === 0 ? 1 : hash
}

export const textHash = (text: string): number => hashOf(text, 0, text.length)

/** Hash of a line without content. */
export const BLANK: number = textHash('')

/** Shortest content, without indentation, at which a run can be found. */
const ANCHOR_CHARS = 8

/** A line that tells places apart: neither blank nor a brace nor a ruler. */
export const isAnchor = ({ table, starts }: Lines, index: number): boolean => {
  const { text } = table
  const end = endOf(table, index)
  let start = starts[index]!
  while (start < end && text.charCodeAt(start) <= 32) start++
  if (end - start < ANCHOR_CHARS) return false
  const first = text.charCodeAt(start)
  for (let at = start + 1; at < end; at++) if (text.charCodeAt(at) !== first) return true
  return false
}

/** A text that is sent as it came. */
export const plainLines = (text: string, findMarkers: FindMarkers): Lines => {
  const table = lineTable(text)
  const gutter = gutterOf(table)
  return withHashes(table, placesOf(table, gutter), findMarkers)
}

/** A sent form, told apart from its original: numbers come from there where both have the same lines. */
export const sentLines = (original: string, sent: string, findMarkers: FindMarkers): Lines => {
  if (sent === original) return plainLines(original, findMarkers)
  const table = lineTable(sent)
  return withHashes(table, alignedPlaces(original, table) ?? placesOf(table, undefined), findMarkers)
}

/** A form whose lines stand for themselves, whatever numbers they begin with. */
export const bareLines = (text: string, findMarkers: FindMarkers): Lines => {
  const table = lineTable(text)
  return withHashes(table, placesOf(table, undefined), findMarkers)
}

/** True where a form has the very lines of its source, each with its number or without. */
export const sameLines = (source: string, form: string): boolean => {
  const table = lineTable(form)
  return lineTable(source).count === table.count && alignedPlaces(source, table) !== undefined
}

type Places = Pick<Lines, 'starts' | 'numbers'>

const placesOf = (table: LineTable, gutter: Gutter | undefined): Places => ({
  starts: gutter?.contentStarts ?? table.starts,
  numbers: gutter?.numbers ?? new Int32Array(table.count).fill(-1),
})

/** Lines of a form that keeps every line, with or without its number, or puts references in place of some. */
const alignedPlaces = (original: string, table: LineTable): Places | undefined => {
  const source = lineTable(original)
  const gutter = gutterOf(source)
  const starts = Int32Array.from(table.starts)
  const numbers = new Int32Array(table.count).fill(-1)
  let from = 0
  for (let index = 0; index < table.count; index++) {
    const line = table.text.slice(table.starts[index], endOf(table, index))
    const whole = source.text.slice(source.starts[from], endOf(source, from))
    const content = gutter === undefined ? whole : source.text.slice(gutter.contentStarts[from], endOf(source, from))
    if (from < source.count && (line === whole || line === content)) {
      numbers[index] = gutter?.numbers[from] ?? -1
      starts[index] = table.starts[index]! + (line === whole ? whole.length - content.length : 0)
      from++
      continue
    }
    const reference = parseReference(line)
    if (reference === undefined) return undefined
    from += reference.count
  }
  return from === source.count ? { starts, numbers } : undefined
}

const withHashes = (table: LineTable, places: Places, findMarkers: FindMarkers): Lines => {
  const hashes = new Int32Array(table.count)
  for (let index = 0; index < table.count; index++)
    hashes[index] = hashOf(table.text, places.starts[index]!, endOf(table, index))
  for (const spans of [findMarkers(table.text), findReferences(table.text)]) {
    let line = 0
    for (const { start, end } of spans) {
      while (line < table.count && table.starts[line + 1]! <= start) line++
      for (let covered = line; covered < table.count && table.starts[covered]! < end; covered++) hashes[covered] = 0
    }
  }
  return { table, ...places, hashes }
}
