// One hunk: its header read and printed, and its lines counted. A hunk is complete only where its lines add up to its header.
import { type LineTable, lineAt } from '../../base/lines.js'

export interface Hunk {
  /** Line of `@@ … @@`. */
  readonly header: number
  /** Lines of the body, half-open; a closing `\ No newline at end of file` is part of it. */
  readonly first: number
  readonly end: number
  /** First line in each old file (one, or one for each parent of a combined diff), then in the new one. */
  readonly starts: readonly number[]
  /** What stands behind the closing `@@`, with its space. */
  readonly section: string
  /** False where the body does not add up to the header; nothing may be said about such lines. */
  readonly complete: boolean
  readonly added: number
  readonly removed: number
}

/** Longer lines that look like headers are data. */
const MAX_HEADER_CHARS = 1000
const HEADER = /^(@@+) ((?:-\d{1,9}(?:,\d{1,9})? )+)\+(\d{1,9})(?:,(\d{1,9}))? (@@+)(.*)$/

const SPACE = 32
const PLUS = 43
const MINUS = 45
const BACKSLASH = 92

export const isContext = (table: LineTable, index: number, parents: number): boolean => {
  const start = table.starts[index]!
  const end = table.starts[index + 1]!
  for (let column = 0; column < parents; column++) {
    const code = start + column < end ? table.text.charCodeAt(start + column) : 10
    if (code === 10 || code === 13) return true
    if (code !== SPACE) return false
  }
  return true
}

/** `\ No newline at end of file`: says something about the line before it. */
export const isRemark = (table: LineTable, index: number): boolean =>
  table.text.charCodeAt(table.starts[index]!) === BACKSLASH

interface Counts {
  /** Lines still due in each old file, then in the new one. */
  readonly due: number[]
  readonly parents: number
}

/** Takes one body line off the counts: 1 added, -1 removed, 0 context, undefined where it is no body line. */
const take = (table: LineTable, index: number, { due, parents }: Counts): number | undefined => {
  const start = table.starts[index]!
  if (isContext(table, index, parents)) {
    for (let file = 0; file <= parents; file++) due[file]!--
    return 0
  }
  if (table.starts[index + 1]! - start < parents) return undefined
  let plus = 0
  let minus = 0
  for (let column = 0; column < parents; column++) {
    const code = table.text.charCodeAt(start + column)
    if (code === PLUS) plus++
    else if (code === MINUS) minus++
    else if (code !== SPACE) return undefined
  }
  if (plus > 0 && minus > 0) return undefined
  const held = minus > 0 ? MINUS : SPACE
  for (let column = 0; column < parents; column++) if (table.text.charCodeAt(start + column) === held) due[column]!--
  if (minus > 0) return -1
  due[parents]!--
  return 1
}

/** The hunk that starts at a line, or undefined where the line is no hunk header. */
export const hunkAt = (table: LineTable, header: number): Hunk | undefined => {
  if (table.starts[header + 1]! - table.starts[header]! > MAX_HEADER_CHARS) return undefined
  const match = HEADER.exec(lineAt(table, header))
  if (match === null || match[1] !== match[5]) return undefined
  const olds = match[2]!.trim().split(' ').map(rangeOf)
  const parents = olds.length
  if (match[1]!.length !== parents + 1) return undefined
  const due = [...olds.map((range) => range[1]), match[4] === undefined ? 1 : Number(match[4])]
  const counts: Counts = { due, parents }
  let at = header + 1
  let added = 0
  let removed = 0
  while (at < table.count && due.some((count) => count > 0)) {
    if (!isRemark(table, at)) {
      const sign = take(table, at, counts)
      if (sign === undefined) break
      if (sign > 0) added++
      else if (sign < 0) removed++
    }
    at++
  }
  while (at < table.count && isRemark(table, at)) at++
  return {
    header,
    first: header + 1,
    end: at,
    starts: [...olds.map((range) => range[0]), Number(match[3])],
    section: match[6]!,
    complete: due.every((count) => count === 0) && added + removed > 0,
    added,
    removed,
  }
}

const rangeOf = (text: string): [start: number, count: number] => {
  const [start, count] = text.slice(1).split(',')
  return [Number(start), count === undefined ? 1 : Number(count)]
}

/** Moves `at` (first lines in each file) past body lines `from..to` and counts them: lines of each old file, then of the new one. */
export const advance = (table: LineTable, from: number, to: number, at: number[]): number[] => {
  const parents = at.length - 1
  const due = at.map(() => 0)
  for (let index = from; index < to; index++) if (!isRemark(table, index)) take(table, index, { due, parents })
  for (let file = 0; file < at.length; file++) at[file]! -= due[file]!
  return due.map((count) => -count)
}

export const printHeader = (starts: readonly number[], counts: readonly number[], section: string): string => {
  const ranges = starts.map(
    (start, file) => `${file === starts.length - 1 ? '+' : '-'}${start}${counts[file] === 1 ? '' : `,${counts[file]}`}`,
  )
  const fence = '@'.repeat(starts.length)
  return `${fence} ${ranges.join(' ')} ${fence}${section}`
}
