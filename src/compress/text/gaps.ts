// Kept units as a plan. Whole lines that go are counted in lines, pieces of a line in characters.
import { PlanBuilder } from '../../base/plan.js'
import type { Gap, Plan } from '../../spec/plan.js'
import type { Facts } from './facts.js'
import type { Priorities } from './priority.js'

/** A piece of a line of fewer characters stays: its marker would be as long. */
const MIN_PIECE_CHARS = 110

export const planOf = (facts: Facts, keep: Uint8Array, told: Priorities): Plan => {
  const { units } = facts
  const builder = new PlanBuilder()
  for (let from = 0; from < units.length; ) {
    let to = from
    while (to < units.length && keep[to] === keep[from]) to++
    if (keep[from] === 1) builder.keepTo(units[to - 1]!.end)
    else addGap(builder, facts, { from, to }, told)
    from = to
  }
  return builder.done('text/passages')
}

interface Run {
  readonly from: number
  readonly to: number
}

/** A tail of a line, whole lines, and a head of a line: each part with its own count. */
const addGap = (builder: PlanBuilder, facts: Facts, run: Run, told: Priorities): void => {
  const { units, table } = facts
  const { text } = table
  const start = units[run.from]!.start
  const end = units[run.to - 1]!.end
  const first = lineStarting(facts, start)
  const last = lineAtOrBefore(facts, end)
  const note = noteOf(facts, run, told)
  if (first >= last) {
    // Within one line, or over the breaks of one paragraph.
    piece(builder, text, end, note)
    return
  }
  const wholeStart = table.starts[first]!
  const wholeEnd = table.starts[last]!
  if (start < wholeStart) piece(builder, text, wholeStart, undefined)
  builder.elideTo(
    wholeEnd,
    { count: last - first, unit: 'lines', range: [first + 1, last], ...(note === undefined ? {} : { note }) },
    { before: '', after: text.charCodeAt(wholeEnd - 1) === 10 ? '\n' : '' },
  )
  if (wholeEnd < end) piece(builder, text, end, undefined)
}

/** Part of a line up to `end`; the white space at its end stays. */
const piece = (builder: PlanBuilder, text: string, end: number, note: string | undefined): void => {
  let to = end
  while (to > builder.at && /\s/.test(text[to - 1]!)) to--
  const count = to - builder.at
  if (count >= MIN_PIECE_CHARS)
    builder.elideTo(to, { count, unit: 'chars', ...(note === undefined ? {} : { note }) }, { before: '', after: '' })
  builder.keepTo(end)
}

/** First line that starts at or after the offset. */
const lineStarting = ({ table }: Facts, at: number): number => {
  let low = 0
  let high = table.count
  while (low < high) {
    const middle = (low + high) >> 1
    if (table.starts[middle]! < at) low = middle + 1
    else high = middle
  }
  return low
}

/** Number of lines that end at or before the offset. */
const lineAtOrBefore = ({ table }: Facts, at: number): number => {
  let low = 0
  let high = table.count
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (table.starts[middle]! <= at) low = middle
    else high = middle - 1
  }
  return low
}

const noteOf = (facts: Facts, { from, to }: Run, told: Priorities): Gap['note'] => {
  const parts: string[] = []
  const releases: number[] = []
  for (let unit = from; unit < to; unit++) if (told.release[unit] === 1) releases.push(unit)
  if (releases.length > 0) {
    const names = [releases[0]!, releases.at(-1)!].map((unit) => versionOf(facts, unit))
    parts.push(releases.length === 1 ? `version ${names[0]}` : `${releases.length} versions ${names[0]} to ${names[1]}`)
  }
  let rules = 0
  let code = 0
  let legal = 0
  let plain = 0
  for (let unit = from; unit < to; unit++) {
    rules += told.rule[unit]!
    if (facts.units[unit]!.kind === 'code') code++
    else if (told.legal[unit] === 1) legal++
    else if (facts.units[unit]!.kind !== 'filler') plain++
  }
  if (rules > 0) parts.push(`${rules} ${rules === 1 ? 'rule or warning' : 'rules or warnings'}`)
  if (plain === 0 && code > 0 && legal === 0) parts.push('code')
  if (plain === 0 && code === 0 && legal > 0) parts.push('licence text')
  return parts.length === 0 ? undefined : parts.join(', ')
}

const versionOf = ({ units, table }: Facts, unit: number): string => {
  const text = table.text.slice(units[unit]!.start, units[unit]!.end)
  return /\d+\.\d+(?:\.\d+)*[\w.+-]{0,20}/.exec(text)?.[0].replace(/[.-]+$/, '') ?? 'unreleased'
}
