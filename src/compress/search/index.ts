// Search results and file lists: every path stays with its true count, and the lines that answer the question stay whole.
import { type LineTable, lineAt, lineTable } from '../../base/lines.js'
import { elides, PlanBuilder } from '../../base/plan.js'
import { skip } from '../../base/skip.js'
import type { CompressInput, Compressor } from '../../spec/compressor.js'
import type { Plan, Span } from '../../spec/plan.js'
import type { Skip } from '../../spec/skip.js'
import { choose, isLong } from './choose.js'
import { foldPlan, unfold } from './fold.js'
import { gapsOf } from './gap.js'
import { cutLine } from './long-line.js'
import { parseSearch, type SearchResult } from './parse.js'
import { rank } from './rank.js'

/** Default share of the source that stays. Chosen on searches of 15 to 460 lines: below it files lose their line. */
const SHARE = { strict: 1, balanced: 0.4, max: 0.28 } as const
const LIST_SHARE = 0.22
/** Fewer lines are read faster than any form of them. */
const MIN_LINES = 8

const compress = (input: CompressInput): Plan | Skip => {
  const table = lineTable(input.text)
  if (table.count < MIN_LINES) return skip('nothing-to-drop', 'few lines')
  const result = parseSearch(table)
  const located = result.lines.filter((line) => line.file !== -1).length
  if (located < table.count * 0.3) return skip('not-parsable', 'few lines name a file')
  const elided = input.mayElide ? elidePlan(input, table, result) : undefined
  if (elided !== undefined) return elided
  return foldPlan(table, foldablePath(table, result), input.protectedSpans) ?? skip('nothing-to-drop')
}

const elidePlan = (input: CompressInput, table: LineTable, result: SearchResult): Plan | undefined => {
  const perChar = input.tokens / Math.max(1, input.text.length)
  const ranking = rank(result, input.query, input.origin.pattern)
  const keep = choose({
    result,
    ranking,
    tokensOf: (index) => Math.min(result.lines[index]!.chars, 500) * perChar,
    budgetTokens: input.budgetTokens ?? input.tokens * (result.isList ? LIST_SHARE : SHARE[input.policy]),
    protectedLines: linesOf(table, input.protectedSpans),
  })
  const plan = planOf({ table, result, keep, query: input.query ?? '', fixed: input.protectedSpans })
  return elides(plan) ? plan : undefined
}

interface PlanInput {
  readonly table: LineTable
  readonly result: SearchResult
  readonly keep: Uint8Array
  readonly query: string
  readonly fixed: readonly Span[]
}

const planOf = ({ table, result, keep, query, fixed }: PlanInput): Plan => {
  const builder = new PlanBuilder()
  const events = areEvents(table, keep)
  const quote = events ? '"' : ''
  for (let index = 0; index < table.count; ) {
    if (keep[index] === 1) {
      keepLine(builder, { table, index, query, fixed, long: !events && isLong(result.lines[index]!.chars) })
      index++
      continue
    }
    let end = index + 1
    while (end < table.count && keep[end] === 0) end++
    const before = index > 0 ? result.lines[index - 1]!.file : -1
    for (const part of gapsOf(result, index, end, before)) {
      const to = table.starts[part.end]!
      builder.elideTo(to, part.gap, { before: quote, after: table.text[to - 1] === '\n' ? `${quote}\n` : quote })
    }
    index = end
  }
  return builder.done(result.isList ? 'search/list' : 'search/files')
}

/** `rg --json`: gaps stand in quotes and no line is cut, so that each line of the output parses. */
const areEvents = (table: LineTable, keep: Uint8Array): boolean => {
  let events = 0
  for (let index = 0; index < table.count; index++) {
    if (keep[index] === 0) continue
    const line = lineAt(table, index)
    if (line === '') continue
    if (!line.startsWith('{"type":"') || !line.endsWith('}')) return false
    events++
  }
  return events > 0
}

interface KeptLine {
  readonly table: LineTable
  readonly index: number
  readonly query: string
  readonly fixed: readonly Span[]
  readonly long: boolean
}

const keepLine = (builder: PlanBuilder, { table, index, query, fixed, long }: KeptLine): void => {
  const start = table.starts[index]!
  const end = table.starts[index + 1]!
  const untouched = !long || fixed.some((span) => span.start < end && span.end > start)
  if (!untouched) {
    for (const cut of cutLine(table.text, start, end, query)) {
      builder.keepTo(cut.start)
      builder.elideTo(cut.end, { count: cut.end - cut.start, unit: 'chars' }, { before: '', after: '' })
    }
  }
  builder.keepTo(end)
}

const linesOf = (table: LineTable, spans: readonly Span[]): Span[] =>
  spans.map((span) => ({
    start: lineIndexAt(table, span.start),
    end: lineIndexAt(table, Math.max(span.start, span.end - 1)) + 1,
  }))

const lineIndexAt = (table: LineTable, at: number): number => {
  let low = 0
  let high = table.count - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (table.starts[middle]! <= at) low = middle
    else high = middle - 1
  }
  return low
}

const foldablePath =
  (table: LineTable, result: SearchResult) =>
  (index: number): string | undefined => {
    const line = result.lines[index]!
    if (line.kind !== 'match' && line.kind !== 'context') return undefined
    const path = result.files[line.file]!.path
    return path !== '' && table.text.startsWith(path, table.starts[index]!) ? path : undefined
  }

/** Each rewritten stretch unfolds to its source; eliding plans rewrite nothing. */
const verify = (source: string, _rendered: string, plan: Plan): boolean =>
  plan.segments.every(
    (segment) => segment.kind !== 'rewrite' || unfold(segment.text) === source.slice(segment.start, segment.end),
  )

export const search: Compressor = { name: 'search', version: 3, accepts: ['search'], compress, verify }
