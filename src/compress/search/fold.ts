// Lossless form: the path once, its lines below it as `12:text`, or as `:text` where they have no numbers. Unfolding gives the
// source back letter for letter.

import type { LineTable } from '../../base/lines.js'
import { PlanBuilder } from '../../base/plan.js'
import type { Plan, Span } from '../../spec/plan.js'

const DIRECT = /^([^\n]{1,300}?)([:-])(\d{1,8})\2/
const NUMBERED = /^(\d{1,8})([:-])/
/** Fewer lines under one path do not pay for its own line. */
const MIN_RUN = 2

/** Rewrites each stretch of foldable lines; `source` must consist of whole lines. Undefined where it would not unfold. */
const foldLines = (source: string, paths: readonly (string | undefined)[]): string | undefined => {
  const lines = source.split('\n')
  const out: string[] = []
  let index = 0
  while (index < lines.length) {
    const path = paths[index]
    let end = index + 1
    while (path !== undefined && end < lines.length && paths[end] === path) end++
    if (path === undefined || end - index < MIN_RUN) out.push(...lines.slice(index, end))
    else {
      out.push(path)
      for (const line of lines.slice(index, end)) out.push(belowPath(line, path))
    }
    index = end
  }
  const folded = out.join('\n')
  return unfold(folded) === source ? folded : undefined
}

/** What follows the path: `12:text`, or with its colon what has no number. */
const belowPath = (line: string, path: string): string => {
  const numbered = NUMBERED.exec(line.slice(path.length + 1))
  return line.slice(numbered?.[2] === line[path.length] ? path.length + 1 : path.length)
}

/** Inverse of the fold: a line with numbered ones, or ones that begin with a colon, below it is the path of these. */
export const unfold = (folded: string): string => {
  const out: string[] = []
  let path: string | undefined
  const lines = folded.split('\n')
  lines.forEach((line, index) => {
    const numbered = NUMBERED.exec(line)
    if (path !== undefined && numbered) out.push(`${path}${numbered[2]}${line}`)
    else if (path !== undefined && line.startsWith(':')) out.push(`${path}${line}`)
    else if (line !== '' && line !== '--' && !DIRECT.test(line) && isBelow(lines[index + 1])) path = line
    else {
      path = undefined
      out.push(line)
    }
  })
  return out.join('\n')
}

const isBelow = (line: string | undefined): boolean =>
  line !== undefined && (line.startsWith(':') || NUMBERED.test(line))

/** Path of a line that can be folded under it: `path` as parsed must stand in front of separator and number. */
export type PathOf = (index: number) => string | undefined

export const foldPlan = (table: LineTable, pathOf: PathOf, protectedSpans: readonly Span[]): Plan | undefined => {
  const builder = new PlanBuilder()
  let start = 0
  const flush = (end: number) => {
    if (end <= start) return
    const from = table.starts[start]!
    const to = table.starts[end]!
    const source = table.text.slice(from, to)
    const body = source.endsWith('\n') ? source.slice(0, -1) : source
    const paths = Array.from({ length: end - start }, (_, index) => pathOf(start + index))
    const folded = body.includes('\r') ? undefined : foldLines(body, paths)
    if (folded === undefined || folded.length >= body.length) builder.keepTo(to)
    else builder.rewriteTo(to, source.endsWith('\n') ? `${folded}\n` : folded)
  }
  for (let index = 0; index < table.count; index++) {
    const from = table.starts[index]!
    const to = table.starts[index + 1]!
    const isProtected = protectedSpans.some((span) => span.start < to && span.end > from)
    if (pathOf(index) !== undefined && !isProtected) continue
    flush(index)
    builder.keepTo(to)
    start = index + 1
  }
  flush(table.count)
  const plan = builder.done('search/heading')
  return plan.segments.some((segment) => segment.kind === 'rewrite') ? plan : undefined
}
