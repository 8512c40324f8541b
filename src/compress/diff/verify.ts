// Run-time proof: only unchanged lines and blob ids vanish without a gap of their own, and each new header is true.
import { lineTable } from '../../base/lines.js'
import type { Plan, Rewrite } from '../../spec/plan.js'
import { hunkAt } from './hunk.js'

const HEADER = /^@@/
const SILENT = /^(?: |@@|\\|index |\r?\n|$)/

export const verifyPlan = (source: string, rendered: string, plan: Plan): boolean => {
  for (const segment of plan.segments) if (segment.kind === 'rewrite' && !isTrimmed(source, segment)) return false
  return wantedHeaders(plan) <= trueHeaders(rendered, plan)
}

/** Replaces unchanged lines, blob ids and headers by nothing or by one header. */
const isTrimmed = (source: string, { start, end, text }: Rewrite): boolean => {
  if (text !== '' && !(HEADER.test(text) && text.indexOf('\n') === text.length - 1)) return false
  for (let at = start; at < end; ) {
    const newline = source.indexOf('\n', at)
    if (!SILENT.test(source.slice(at, at + 8))) return false
    at = newline === -1 ? source.length : newline + 1
  }
  return true
}

/** New headers whose lines all stand below them, before the next gap. */
const wantedHeaders = (plan: Plan): number => {
  let count = 0
  for (const [index, segment] of plan.segments.entries()) {
    if (segment.kind !== 'rewrite' || segment.text === '') continue
    const gap = plan.segments[index + 2]
    if (gap?.kind !== 'elide' || gap.start === gap.end) count++
  }
  return count
}

const trueHeaders = (rendered: string, plan: Plan): number => {
  const headers = new Set<string>()
  for (const segment of plan.segments)
    if (segment.kind === 'rewrite' && segment.text !== '') headers.add(segment.text.trimEnd())
  const table = lineTable(rendered)
  let count = 0
  for (let index = 0; index < table.count; ) {
    const start = table.starts[index]!
    const hunk = rendered.charCodeAt(start) === 64 ? hunkAt(table, index) : undefined
    if (hunk === undefined) {
      index++
      continue
    }
    if (hunk.complete && headers.has(rendered.slice(start, table.starts[index + 1]!).trimEnd())) count++
    index = hunk.complete ? hunk.end : index + 1
  }
  return count
}
