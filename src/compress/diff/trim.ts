// Context lines that a hunk can do without, and the true headers of what is left of it.
import { type LineTable, lineAt } from '../../base/lines.js'
import { advance, type Hunk, isContext, isRemark, printHeader } from './hunk.js'

/** Part of a hunk that stays, with a header of its own. */
export interface Block {
  readonly first: number
  readonly end: number
  readonly header: string
}

export interface TrimInput {
  readonly table: LineTable
  /** 1 for lines that must stay. */
  readonly wanted: Uint8Array
  /** Characters that a second header must save to be worth its tokens. */
  readonly splitChars: number
  /** Headers of this diff name the function they stand in. */
  readonly hasSections: boolean
}

/** Context lines that stay at each side of a change: with none, neither git nor patch can place a hunk. */
const CONTEXT_LINES = 1
/** What diff tools cut a section at (git: xdl_emit). */
const MAX_SECTION_CHARS = 80

/** Lines of change with the context lines that they need at each side. */
interface Group {
  first: number
  end: number
  lead: number
  trail: number
}

/** The parts of a hunk that stay; one part as long as the hunk where nothing goes. */
export const trimHunk = (input: TrimInput, hunk: Hunk): Block[] => {
  const whole = [{ first: hunk.first, end: hunk.end, header: lineAt(input.table, hunk.header) }]
  if (!hunk.complete) return whole
  const groups = merged(input, groupsOf(input, hunk))
  return blocksOf(input, hunk, groups) ?? whole
}

const groupsOf = ({ table, wanted }: TrimInput, hunk: Hunk): Group[] => {
  const parents = hunk.starts.length - 1
  const groups: Group[] = []
  for (let index = hunk.first; index < hunk.end; index++) {
    const last = groups.at(-1)
    if (isRemark(table, index)) {
      if (last !== undefined && last.end === index) last.end++
    } else if (!isContext(table, index, parents)) {
      if (last !== undefined && last.end === index) last.end++
      else groups.push({ first: index, end: index + 1, lead: CONTEXT_LINES, trail: CONTEXT_LINES })
    }
  }
  let next = 0
  for (let index = hunk.first; index < hunk.end; index++) {
    while (next < groups.length && groups[next]!.first <= index) next++
    if (wanted[index] !== 1) continue
    const before = groups[next - 1]
    const after = groups[next]
    if (before !== undefined && index < before.end) continue
    const down = before === undefined ? Number.POSITIVE_INFINITY : index - before.end + 1
    const up = after === undefined ? Number.POSITIVE_INFINITY : after.first - index
    if (down <= up) before!.trail = Math.max(before!.trail, down)
    else after!.lead = Math.max(after!.lead, up)
  }
  return groups
}

/** GNU patch takes unequal context for the start or end of a file, so both sides get the longer one. */
const radius = (group: Group): number => Math.max(group.lead, group.trail)

/** Groups whose gap is too small to pay for a second header become one. */
const merged = ({ table, splitChars }: TrimInput, groups: readonly Group[]): Group[] => {
  const done: Group[] = []
  for (const group of groups) {
    let current = group
    for (let last = done.at(-1); last !== undefined; last = done.at(-1)) {
      const from = last.end + radius(last)
      const to = current.first - radius(current)
      if (from < to && table.starts[to]! - table.starts[from]! > splitChars) break
      done.pop()
      current = { first: last.first, end: current.end, lead: last.lead, trail: current.trail }
    }
    done.push(current)
  }
  return done
}

const blocksOf = (input: TrimInput, hunk: Hunk, groups: readonly Group[]): Block[] | undefined => {
  const { table } = input
  const at = [...hunk.starts]
  const blocks: Block[] = []
  let reached = hunk.first
  let shown = hunk.first
  let section = hunk.section
  for (const group of groups) {
    const first = Math.max(hunk.first, group.first - radius(group))
    const end = withRemarks(table, Math.min(hunk.end, group.end + radius(group)), hunk.end)
    if (input.hasSections) section = sectionAt(input, { from: shown, to: first, hunk, before: section })
    else if (first > hunk.first) section = ''
    advance(table, reached, first, at)
    const starts = [...at]
    const counts = advance(table, first, end, at)
    blocks.push({ first, end, header: printHeader(starts, counts, section) })
    reached = end
    shown = first
  }
  if (blocks.length === 1 && blocks[0]!.first === hunk.first && blocks[0]!.end === hunk.end) return undefined
  return blocks
}

const withRemarks = (table: LineTable, from: number, limit: number): number => {
  let end = from
  while (end < limit && isRemark(table, end)) end++
  return end
}

// A function's first line: what git takes by default, and the usual words before a name where lines are indented.
const OPENS =
  /^(?:[A-Za-z_$]|\s{1,40}(?:(?:export|default|async|public|private|protected|internal|static|final|abstract|override|virtual|pub(?:\(\w{1,9}\))?|open|suspend|inline|const|unsafe)\s{1,4}){0,5}(?:def|class|fn|func|fun|function|interface|struct|enum|impl|trait|module|sub|proc|method|namespace)\s)/

interface SectionInput {
  readonly from: number
  readonly to: number
  readonly hunk: Hunk
  readonly before: string
}

/** The heading of a part that starts at `to`: the nearest opening line before it, as a diff tool would print it. */
const sectionAt = ({ table }: TrimInput, { from, to, hunk, before }: SectionInput): string => {
  for (let index = to - 1; index >= from; index--) {
    const line = oldLine(table, index, hunk)
    if (line !== undefined && OPENS.test(line)) return ` ${line.trim()}`
  }
  return before
}

/** A line of the old file without its signs, cut as diff tools cut headings; undefined for added lines and remarks. */
const oldLine = (table: LineTable, index: number, hunk: Hunk): string | undefined => {
  const parents = hunk.starts.length - 1
  const start = table.starts[index]!
  const signs = table.text.slice(start, start + parents)
  if (signs.includes('+') || isRemark(table, index)) return undefined
  const end = Math.min(table.starts[index + 1]!, start + parents + MAX_SECTION_CHARS)
  return table.text.slice(start + parents, end).replace(/[\r\n]+$|[\ud800-\udbff]$/, '')
}
