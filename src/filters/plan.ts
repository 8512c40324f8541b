// Kept lines as a plan, with true counts of what each gap holds.
import { PlanBuilder } from '../base/plan.js'
import type { Gap, Plan } from '../spec/plan.js'
import type { Decision } from './decide.js'
import type { Lines } from './work.js'

/** Characters of a marker line beside its note, by measurement of `[120 lines not shown: 1004-1123, …]`. */
const MARKER_CHARS = 44
const MOST_KINDS = 4
const MOST_LABEL_CHARS = 48

/** Shows gaps that are not worth their marker, and one whose line break the text does not end with. */
export const closeSmallGaps = ({ table }: Lines, decision: Decision): Uint8Array => {
  const kept = decision.kept.slice()
  for (let line = 0; line < kept.length; ) {
    if (kept[line]) {
      line++
      continue
    }
    let end = line
    while (end < kept.length && !kept[end]) end++
    const chars = table.starts[end]! - table.starts[line]!
    const note = noteOf(decision, line, end) ?? ''
    if (chars <= MARKER_CHARS + note.length) kept.fill(1, line, end)
    line = end
  }
  return kept
}

export const planOf = ({ table }: Lines, { kinds }: Decision, kept: Uint8Array, form: string): Plan => {
  const builder = new PlanBuilder()
  for (let line = 0; line < table.count; ) {
    let end = line
    while (end < table.count && kept[end] === kept[line]) end++
    const offset = table.starts[end]!
    if (kept[line]) builder.keepTo(offset)
    else {
      const endsOpen = offset === table.text.length && table.text.charCodeAt(offset - 1) !== 10
      const note = noteOf({ kinds, kept }, line, end)
      const gap: Gap = { count: end - line, unit: 'lines', range: [line + 1, end] }
      builder.elideTo(offset, note === undefined ? gap : { ...gap, note }, { before: '', after: endsOpen ? '' : '\n' })
    }
    line = end
  }
  return builder.done(form)
}

/** `passed x40, skipped x2`, most first; blank lines go without saying. */
export const noteOf = ({ kinds }: Decision, from: number, to: number): string | undefined => {
  const counts = new Map<number, number>()
  for (let line = from; line < to; line++) {
    const kind = kinds.of[line]!
    if (kind >= 0) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  }
  const sorted = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0])
  const parts = sorted.slice(0, MOST_KINDS).map(([kind, count]) => `${labelOf(kinds.list[kind]!.label)} x${count}`)
  const rest = sorted.slice(MOST_KINDS).reduce((sum, [, count]) => sum + count, 0)
  if (rest > 0) parts.push(`others x${rest}`)
  return parts.length === 0 ? undefined : parts.join(', ')
}

const labelOf = (label: string): string =>
  label
    .replace(/[[\]\p{Cc},;]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, MOST_LABEL_CHARS)
    .trim()
