// JSON that a client has cut, in the middle or at an end, is no JSON any more, but the rows on either side of the cut are whole. Each run
// of such rows is read as a list of its own; the cut itself and everything else outside the runs stays as it came.
import { PlanBuilder } from '../../base/plan.js'
import type { Plan, Segment, Span } from '../../spec/plan.js'
import { parseTree, type Tree } from './tree.js'

/** A run of this many rows is worth a look. */
const MIN_ROWS = 3
/** Share of the text that the runs must have: else the text is something else that holds some JSON. */
const MIN_SHARE = 0.5
/** Characters that are read again after a run that came to nothing, in lengths of the text: rows may seem to begin anywhere. */
const MAX_READINGS = 3

/** Rows and the commas between them, without the brackets of their list. */
export interface Piece extends Span {
  readonly tree: Tree
}

/** A row with its first key, as the list's writer puts it, behind what begins a list or goes on with it. */
const FIRST_ROW = [/\[\s*(\{\s*"(?:[^"\\\n]|\\.){1,80}"\s*:)/, /,\s*(\{\s*"(?:[^"\\\n]|\\.){1,80}"\s*:)/]
const TOKEN = /[\s:,]+|[[\]{}]|"(?:[^"\\\n]|\\.)*"|-?\d[\d.eE+-]*|true|false|null/y
const SEPARATOR = /\s*,\s*(?=\{)/y

/** Runs of rows of a text that is no JSON as a whole; none where they are not most of it. O(text). */
export const piecesOf = (text: string): readonly Piece[] => {
  for (const pattern of FIRST_ROW) {
    const row = pattern.exec(text)?.[1]
    const pieces = row === undefined ? [] : runsOf(text, row)
    const held = pieces.reduce((sum, { start, end }) => sum + end - start, 0)
    if (held >= text.length * MIN_SHARE) return pieces
  }
  return []
}

/** The list that a piece is read as. */
export const listText = (text: string, { start, end }: Span): string => `[${text.slice(start, end)}]`

const runsOf = (text: string, row: string): Piece[] => {
  const pieces: Piece[] = []
  let left = text.length * MAX_READINGS
  let at = 0
  while (left > 0) {
    const start = text.indexOf(row, at)
    if (start === -1) break
    const { end, rows, readTo } = runFrom(text, start)
    left -= readTo - start
    const tree = rows < MIN_ROWS ? undefined : parseTree(listText(text, { start, end }))
    if (tree) pieces.push({ start, end, tree })
    at = Math.max(end, start + row.length)
  }
  return pieces
}

const runFrom = (text: string, start: number): { end: number; rows: number; readTo: number } => {
  let rows = 0
  let end = start
  for (let at = start; ; at = SEPARATOR.lastIndex) {
    const { readTo, closes } = readObject(text, at)
    if (!closes) return { end, rows, readTo }
    rows++
    end = readTo
    SEPARATOR.lastIndex = end
    if (!SEPARATOR.test(text)) return { end, rows, readTo }
  }
}

/** Reads on to behind the bracket that closes the object at `start`, or to the cut. */
const readObject = (text: string, start: number): { readTo: number; closes: boolean } => {
  let depth = 0
  let at = start
  while (at < text.length) {
    TOKEN.lastIndex = at
    if (!TOKEN.test(text)) break
    const char = text[at]
    at = TOKEN.lastIndex
    if (char === '{' || char === '[') depth++
    else if ((char === '}' || char === ']') && --depth === 0) return { readTo: at, closes: true }
  }
  return { readTo: at, closes: false }
}

interface Part {
  readonly piece: Piece
  /** Of the piece's list; undefined keeps the piece. */
  readonly plan: Plan | undefined
}

/** The plans of lists as one plan of the text they stand in. A new form of a list brings its brackets along. */
export const joined = (text: string, parts: readonly Part[], form: string): Plan => {
  const plan = new PlanBuilder()
  for (const { piece, plan: inner } of parts) {
    plan.keepTo(piece.start)
    for (const segment of inner?.segments ?? []) addSegment(plan, segment, { text, piece })
    plan.keepTo(piece.end)
  }
  return plan.keepTo(text.length).done(form)
}

/** The list's own brackets are at the ends of its text and not in the source: a kept one is written. */
const addSegment = (plan: PlanBuilder, segment: Segment, { text, piece }: { text: string; piece: Piece }): void => {
  const inside = (at: number): number => Math.max(piece.start, Math.min(piece.end, piece.start + at - 1))
  const [start, end] = [inside(segment.start), inside(segment.end)]
  if (segment.kind === 'rewrite') plan.rewriteTo(end, segment.text)
  else if (segment.kind === 'elide') plan.elideTo(end, segment.gap, segment)
  else {
    const list = listText(text, piece)
    const kept = list.slice(segment.start, segment.end)
    if (kept === text.slice(start, end)) plan.keepTo(end)
    else plan.rewriteTo(end, kept)
  }
}

/** The segments that stand for a piece; undefined where a segment crosses its edge or anything but pieces was changed. */
export const partsOf = (plan: Plan, pieces: readonly Piece[]): readonly Part[] | undefined => {
  const inside: Segment[][] = pieces.map(() => [])
  for (const segment of plan.segments) {
    const at = pieces.findIndex(({ start, end }) => segment.start >= start && segment.end <= end)
    if (at !== -1) inside[at]!.push(segment)
    else if (segment.kind !== 'keep') return undefined
  }
  return pieces.map((piece, at) => ({
    piece,
    plan: inside[at]!.length === 0 ? undefined : { segments: inside[at]!, form: plan.form },
  }))
}
