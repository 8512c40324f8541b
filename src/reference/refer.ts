// Finds runs of a new text that earlier texts show, writes references in their place, and proves that they say the same.
import { refOf } from '../base/hash.js'
import { type LineTable, lineTable } from '../base/lines.js'
import type { Base, ReferRequest, Referred, VisibleText } from '../spec/reference.js'
import { printReference, quotesOf, type Range, wordsFor } from './grammar.js'
import type { LineIndex, Run } from './line-index.js'
import { bareLines, contentAt, endOf, type FindMarkers, isAnchor, type Lines, plainLines, sameLines } from './lines.js'
import { expanded, type Numbering, numberingOf } from './numbering.js'

/** What the finder looks into: the index and the texts behind its entries. */
export interface Shown {
  readonly index: LineIndex
  readonly texts: readonly VisibleText[]
  readonly findMarkers: FindMarkers
  /** A line of a run that says how it ended: failures, summaries. */
  isVerdict(line: string): boolean
  /** A line that tells of an error. */
  isFailure(line: string): boolean
  /** Lines of one text, made again from its block. */
  linesOf(text: number): Lines
}

/** Shorter runs do not pay for being looked up, unless their lines are long. */
const MIN_LINES = 5
const MIN_SAVED = 40
const MIN_SAVED_FEW_LINES = 150

/** A run with its base and its printed line. */
interface Found {
  readonly run: Run
  readonly text: number
  /** Line of the base's text. */
  readonly from: number
  readonly line: string
}

export const refer = (shown: Shown, request: ReferRequest): Referred | undefined => {
  const { text, form } = request
  // A form with the lines of its source: the rest is written in the form, runs are found and numbered by the source.
  const isAligned = form === text || sameLines(text, form)
  const lines = isAligned ? plainLines(text, shown.findMarkers) : bareLines(form, shown.findMarkers)
  const numbering = numberingOf(lines)
  const found = findRuns(shown, request, lines, numbering)
  if (found.length === 0) return undefined
  if (request.whole && (found.length > 1 || found[0]!.run.count !== lines.table.count)) return undefined
  if (rebuilt(shown, lines, numbering, found) !== lines.table.text) return undefined
  return {
    text: written(lines, isAligned ? lineTable(form) : lines.table, found),
    bases: found.map(({ run, text: base, from }) => baseOf(shown, { text: base, from, count: run.count })),
    lines: found.reduce((sum, { run }) => sum + run.count, 0),
  }
}

const findRuns = (shown: Shown, request: ReferRequest, lines: Lines, numbering: Numbering): Found[] => {
  const found: Found[] = []
  let floor = 0
  for (let at = 0; at < lines.table.count; ) {
    const mayStart = (): boolean => lines.hashes[at] !== 0 && numbering.regular[at] === 1 && isAnchor(lines, at)
    const longest = (): Run | undefined =>
      mayStart() ? shown.index.longest(lines, numbering.joins, { at, floor, before: request.before }) : undefined
    let run = longest()
    while (run !== undefined && request.isRun && takeVerdicts(shown, lines, run)) run = longest()
    const one = run === undefined ? undefined : accepted(shown, request, lines, run)
    if (one === undefined) at++
    else {
      found.push(one)
      at = one.run.start + one.run.count
      floor = at
    }
  }
  return found
}

/** What says how a command ended is no line that may go. Only lines that would go are asked about; true where one was taken out. */
const takeVerdicts = (shown: Shown, lines: Lines, { start, count }: Run): boolean => {
  let isTaken = false
  for (let line = start; line < start + count; line++) {
    if (!shown.isVerdict(contentAt(lines, line))) continue
    lines.hashes[line] = 0
    isTaken = true
  }
  return isTaken
}

/** The run with blank ends cut off, where it is truly equal and saves enough. */
const accepted = (shown: Shown, request: ReferRequest, lines: Lines, run: Run): Found | undefined => {
  const text = shown.index.entryOf(run.at)
  const from = run.at - shown.index.entries[text]!.first
  const base = shown.linesOf(text)
  let [start, end] = [0, 0]
  while (end < run.count && contentAt(lines, run.start + end) === contentAt(base, from + end)) end++
  // Without numbers its first line is what a run is found by.
  const isPlace = (line: number): boolean =>
    base.numbers[from + line] === -1
      ? isAnchor(lines, run.start + line)
      : contentAt(lines, run.start + line).trim() !== ''
  while (start < end && !request.whole && !isPlace(start)) start++
  while (end > start && !request.whole && contentAt(lines, run.start + end - 1).trim() === '') end--
  const found = printed(shown, request, lines, { start: run.start + start, count: end - start, at: run.at + start })
  const source = lines.table.text.slice(lines.table.starts[found.run.start], lines.table.starts[run.start + end])
  const isFew = end - start < MIN_LINES
  // Most tokens hold more than one character, so short runs need no counting.
  if (source.length - found.line.length < (isFew ? MIN_SAVED_FEW_LINES : MIN_SAVED)) return undefined
  const saved = request.count(source) - request.count(found.line)
  return saved < (isFew ? MIN_SAVED_FEW_LINES : MIN_SAVED) ? undefined : found
}

const printed = (shown: Shown, { source }: ReferRequest, lines: Lines, run: Run): Found => {
  const text = shown.index.entryOf(run.at)
  const base = shown.linesOf(text)
  const from = run.at - shown.index.entries[text]!.first
  const range = rangeOf(lines, run.start, run.count)
  const baseRange = rangeOf(base, from, run.count)
  const isShifted = baseRange !== undefined && baseRange[0] !== range?.[0]
  const line = printReference({
    count: run.count,
    base: wordsFor(shown.texts[text]!.source, source),
    quotes: quotesOf(contentAt(lines, run.start), contentAt(lines, run.start + Math.max(0, run.count - 1)), run.count),
    ...(range === undefined ? {} : { range }),
    ...(isShifted ? { baseRange } : {}),
  })
  return { run, text, from, line }
}

/** First and last number of a run, where its lines are numbered without a hole. */
const rangeOf = ({ numbers }: Lines, start: number, count: number): Range | undefined => {
  if (count === 0 || numbers[start] === -1) return undefined
  for (let line = 1; line < count; line++) if (numbers[start + line] !== numbers[start]! + line) return undefined
  return [numbers[start]!, numbers[start]! + count - 1]
}

/** The text that the references stand for, made from their bases. */
const rebuilt = (shown: Shown, lines: Lines, numbering: Numbering, found: readonly Found[]): string => {
  const { text, starts } = lines.table
  const parts: string[] = []
  let at = 0
  for (const { run, text: base, from } of found) {
    parts.push(text.slice(starts[at], starts[run.start]))
    const span = { from, count: run.count }
    const full = expanded(shown.linesOf(base), span, { numbering, first: lines.numbers[run.start]! })
    at = run.start + run.count
    // The last line of a text may have no line feed.
    parts.push(endOf(lines.table, at - 1) === starts[at] ? full.slice(0, -1) : full)
  }
  parts.push(text.slice(starts[at]))
  return parts.join('')
}

/** Lines beside a reference keep their own number, so that counting can begin there. */
const written = ({ table }: Lines, form: LineTable, found: readonly Found[]): string => {
  const beside = new Set(found.flatMap(({ run }) => [run.start - 1, run.start + run.count]))
  const parts: string[] = []
  const literal = (from: number, to: number): void => {
    for (let line = from; line < to; line++) {
      const { text, starts } = beside.has(line) ? table : form
      parts.push(text.slice(starts[line], starts[line + 1]))
    }
  }
  let at = 0
  for (const { run, line } of found) {
    literal(at, run.start)
    at = run.start + run.count
    parts.push(line, table.text.slice(endOf(table, at - 1), table.starts[at]))
  }
  literal(at, table.count)
  return parts.join('')
}

export const baseOf = (shown: Shown, { text, from, count }: { text: number; from: number; count: number }): Base => {
  const base = shown.linesOf(text)
  return {
    id: shown.texts[text]!.id(),
    line: from,
    count,
    first: base.hashes[from]!,
    hash: runHash(base, from, count),
  }
}

const runHash = (lines: Lines, from: number, count: number): string =>
  refOf(Array.from({ length: count }, (_, line) => contentAt(lines, from + line)).join('\n'))

/** Places tried for a run that no longer stands where it stood. */
const MAX_PLACES = 16

/** True where the lines still hold the base's run, literally. */
export const holdsRun = (lines: Lines, base: Base): boolean => {
  const isAt = (from: number): boolean => {
    if (from + base.count > lines.table.count || lines.hashes[from] !== base.first) return false
    for (let line = 0; line < base.count; line++) if (lines.hashes[from + line] === 0) return false
    return runHash(lines, from, base.count) === base.hash
  }
  if (isAt(base.line)) return true
  let places = 0
  for (let from = 0; from < lines.table.count && places < MAX_PLACES; from++) {
    if (lines.hashes[from] !== base.first) continue
    if (isAt(from)) return true
    places++
  }
  return false
}
