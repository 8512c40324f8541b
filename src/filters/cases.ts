// Runs the inline cases of a filter: what it shows of a sample must be what its author says.
import { lineAt, lineTable } from '../base/lines.js'
import { compileFilter } from './compile.js'
import { type Decision, decide } from './decide.js'
import { claimsOf } from './match.js'
import { noteOf } from './plan.js'
import type { Case, Filter, Sight } from './spec.js'
import { type Lines, linesOf } from './work.js'

export interface CaseResult {
  readonly filter: string
  readonly name: string
  readonly passed: boolean
  /** What went wrong, in words. */
  readonly fault?: string
  readonly shown: string
  readonly expected: string
}

const MOST_REPEATS = 10_000
const REPEAT = /^x(\d{1,5}) \| ?(.*)$/

/** `x3 | line {n}` as three lines; one empty line at each end goes. */
export const expand = (sample: string): string =>
  sample
    .replace(/^\n/, '')
    .replace(/\n[ \t]*$/, '')
    .split('\n')
    .flatMap((line) => {
      const [, times = '', text = ''] = REPEAT.exec(line) ?? []
      if (times === '') return [line]
      const count = Math.min(MOST_REPEATS, Number(times))
      return Array.from({ length: count }, (_, index) => text.replaceAll('{n}', String(index + 1)))
    })
    .join('\n')

/** Whole economy aside: every folded line goes, however short its gap. */
export const showWith = (text: string, filters: readonly Filter[], sight: Sight, query?: string): string => {
  const lines = linesOf(lineTable(text))
  const decision = decide(lines, filters.map(compileFilter), sight, { query, detailChars: 12_000 })
  return shownOf(lines, decision)
}

export const shownOf = ({ table }: Lines, decision: Decision): string => {
  const shown: string[] = []
  for (let line = 0; line < table.count; ) {
    let end = line
    while (end < table.count && decision.kept[end] === decision.kept[line]) end++
    if (decision.kept[line]) for (let kept = line; kept < end; kept++) shown.push(lineAt(table, kept))
    else shown.push(gapLine(end - line, noteOf(decision, line, end)))
    line = end
  }
  return shown.join('\n')
}

const gapLine = (count: number, note: string | undefined): string =>
  `... ${count} ${count === 1 ? 'line' : 'lines'}${note === undefined ? '' : `: ${note}`}`

/** The command of a case where it names none: program, sub-command and flags of the first match. */
export const firstCommand = ({ match: [first] }: Filter): string => {
  if (first === undefined) return ''
  const one = (value: string | readonly string[] | undefined): string =>
    value === undefined ? '' : typeof value === 'string' ? value : (value[0] ?? '')
  return [one(first.program), one(first.sub), ...(first.flags ?? [])].filter(Boolean).join(' ')
}

export const runCase = (filter: Filter, one: Case, sight: Sight, all: readonly Filter[] = [filter]): CaseResult => {
  const command = one.command ?? firstCommand(filter)
  const expected = expand(one.shows)
  const shown = showWith(expand(one.output), [filter], sight)
  const base = { filter: filter.name, name: one.name, shown, expected }
  const claims = claimsOf(sight.readShell(command), all)
  const claimedBy = claims?.map((claim) => claim.filter.name) ?? []
  const fault =
    claims === undefined || (!claimedBy.includes(filter.name) && claimedBy.length > 0)
      ? `the command "${command}" goes to ${claimedBy.join(', ') || 'no filter'}`
      : shown === expected
        ? undefined
        : 'shows something else'
  return fault === undefined ? { ...base, passed: true } : { ...base, passed: false, fault }
}
