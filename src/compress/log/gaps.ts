// Kept lines as a plan, and a digest of each gap.
import { type LineTable, lineAt } from '../../base/lines.js'
import { PlanBuilder } from '../../base/plan.js'
import type { Gap, Plan } from '../../spec/plan.js'
import { contentOf } from './classify.js'
import { isBlank } from './clusters.js'
import type { Facts } from './facts.js'
import type { RowStates } from './tables.js'

/** Lines from which a gap gets a digest of what it holds. */
const NOTE_FROM = 12
/** Share of a gap that one template must fill to be named. */
const DOMINANT = 0.5
const NOTE_CHARS = 48

export const planOf = (facts: Facts, kept: Uint8Array, states: RowStates): Plan => {
  const { table } = facts.scan
  const builder = new PlanBuilder()
  const noted = new Set<number>()
  const quote = isJsonLines(table, kept) ? '"' : ''
  for (let line = 0; line < table.count; ) {
    let end = line
    while (end < table.count && kept[end] === kept[line]) end++
    const offset = table.starts[end]!
    if (kept[line]) builder.keepTo(offset)
    else {
      const atEnd = offset === table.text.length && table.text.charCodeAt(offset - 1) !== 10
      builder.elideTo(offset, gapOf(facts, { from: line, to: end, states, kept }, noted), {
        before: quote,
        after: atEnd ? quote : `${quote}\n`,
      })
    }
    line = end
  }
  return builder.done('log/lines')
}

/** All kept lines are JSON objects: a gap stands in quotes among them, so that each line of the output parses. */
const isJsonLines = (table: LineTable, kept: Uint8Array): boolean => {
  let objects = 0
  for (let line = 0; line < table.count; line++) {
    if (kept[line] === 0) continue
    const text = lineAt(table, line).trim()
    if (text === '') continue
    if (!text.startsWith('{') || !text.endsWith('}')) return false
    objects++
  }
  return objects > 0
}

interface Lines {
  readonly from: number
  readonly to: number
  readonly states: RowStates
  readonly kept: Uint8Array
}

const gapOf = (facts: Facts, at: Lines, noted: Set<number>): Gap => {
  const count = at.to - at.from
  const gap: Gap = { count, unit: 'lines', range: [at.from + 1, at.to] }
  const note =
    stateNote(at) ??
    (isShownAbove(facts, at) ? 'all shown above' : count >= NOTE_FROM ? noteOf(facts, at, noted) : undefined)
  return note === undefined ? gap : { ...gap, note }
}

/** Every line says again what a kept line above says. */
const isShownAbove = ({ scan, repeats }: Facts, { from, to, kept }: Lines): boolean => {
  if (repeats === undefined) return false
  let repeated = 0
  for (let line = from; line < to; line++) {
    if (isBlank(scan, line)) continue
    const first = repeats[line]!
    if (first === -1 || kept[first] === 0) return false
    repeated++
  }
  return repeated > 0
}

const noteOf = (facts: Facts, at: Lines, noted: Set<number>): string | undefined => {
  const counts = new Map<number, number>()
  let errors = 0
  let top = -1
  let topCount = 0
  for (let line = at.from; line < at.to; line++) {
    if (facts.classes.severity[line]! >= 2) errors++
    const cluster = facts.clusters.of[line]!
    const count = (counts.get(cluster) ?? 0) + 1
    counts.set(cluster, count)
    if (count > topCount) {
      topCount = count
      top = cluster
    }
  }
  const parts: string[] = []
  if (errors > 0) parts.push(`${errors} error ${errors === 1 ? 'line' : 'lines'}`)
  if (topCount >= (at.to - at.from) * DOMINANT && topCount >= NOTE_FROM && !noted.has(top)) {
    noted.add(top)
    const name = templateText(facts, top)
    if (name !== '') parts.push(`x${topCount} "${name}"`)
  }
  return parts.length === 0 ? undefined : parts.join(', ')
}

/** Rows of a table by their state. */
const stateNote = (at: Lines): string | undefined => {
  const counts = new Map<string, number>()
  for (let line = at.from; line < at.to; line++) {
    const state = at.states[line]
    if (state === undefined || state === '' || !/^[\w.:/ -]{1,30}$/.test(state)) return undefined
    counts.set(state, (counts.get(state) ?? 0) + 1)
  }
  return counts.size > 4 ? undefined : [...counts].map(([state, count]) => `${state} x${count}`).join(', ')
}

/** First words of a template with what varies as `*`; no brackets, so that the marker stays one. */
const templateText = (facts: Facts, cluster: number): string => {
  const first = facts.clusters.list[cluster]!.first
  return contentOf(facts.scan, first)
    .replace(/[[\]{}"<>\s]+/g, ' ')
    .replace(/^[^\p{L}\d]+/u, '')
    .trim()
    .split(' ')
    .map((word) => (/\d|[/\\]/.test(word) ? '*' : word))
    .join(' ')
    .replace(/(?:\* )+\*/g, '*')
    .slice(0, NOTE_CHARS)
    .trim()
}
