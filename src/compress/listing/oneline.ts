// `git log --oneline`, with or without a graph: newest commits, what was asked for, what weighs; the rest by kind of change.
import { type LineTable, lineAt } from '../../base/lines.js'
import { PlanBuilder } from '../../base/plan.js'
import { askedColumns } from '../../salience/asked-columns.js'
import { ALWAYS, budgetOf, Claims, costsOf, pick } from '../../salience/pick.js'
import { termLines } from '../../salience/term-lines.js'
import type { CompressInput } from '../../spec/compressor.js'
import type { Gap, Plan } from '../../spec/plan.js'
import { WEIGHTY } from './commits.js'

const COMMIT = /^[*|\\/ ]{0,20}([0-9a-f]{7,12}) (?:\([^)]{1,200}\) )?(\S.*)$/
const GRAPH = /^[*|\\/ ]*$/
const KIND = /^([a-z]{2,10})(?:\([^)]{0,60}\))?!?: /
const LEAST_SHARE = 0.9
const MIN_COMMITS = 12
const NEWEST = 12
const MOST_MATCHES = 16
const MAX_KINDS = 6

/** Undefined where the text is no such list. */
export const onelinePlan = (lines: LineTable, input: CompressInput): Plan | undefined => {
  const subjects: (string | undefined)[] = []
  let commits = 0
  let others = 0
  for (let line = 0; line < lines.count; line++) {
    const text = lineAt(lines, line)
    const subject = COMMIT.exec(text)?.[2]
    subjects.push(subject)
    if (subject !== undefined) commits++
    else if (!GRAPH.test(text)) others++
  }
  if (commits < MIN_COMMITS || others > commits * (1 - LEAST_SHARE)) return undefined
  const claims = new Claims(lines.count)
  claimSubjects(lines, subjects, claims)
  claimAsked(lines, input.query, claims)
  for (const span of input.protectedSpans)
    for (let line = 0; line < lines.count; line++)
      if (lines.starts[line]! < span.end && lines.starts[line + 1]! > span.start) claims.raise(line, ALWAYS)
  const cost = costsOf(lines.starts, input.tokens)
  const kept = pick(claims, budgetOf(cost, { tokens: input.tokens, asked: input.budgetTokens }))
  return kept.includes(0) ? planOf(lines, subjects, kept) : undefined
}

const claimSubjects = (lines: LineTable, subjects: readonly (string | undefined)[], claims: Claims): void => {
  let seen = 0
  subjects.forEach((subject, line) => {
    if (subject === undefined) {
      if (!GRAPH.test(lineAt(lines, line))) claims.raise(line, 700)
      return
    }
    claims.raise(line, seen++ < NEWEST ? 640 - seen : WEIGHTY.test(subject) ? 420 : 0)
  })
  claims.raise(
    subjects.findLastIndex((subject) => subject !== undefined),
    610,
  )
}

const claimAsked = (lines: LineTable, asked: string | undefined, claims: Claims): void => {
  const { query } = askedColumns(asked)
  const found = termLines(lines, query)
  for (const line of found.named) claims.raise(line, ALWAYS)
  if (found.best < 0.5) return
  const hits = [...found.score.keys()].filter((line) => found.score[line]! >= found.best * 0.5)
  hits.sort((a, b) => found.score[b]! - found.score[a]! || a - b)
  for (const line of hits.slice(0, MOST_MATCHES)) claims.raise(line, 700 + (90 * found.score[line]!) / found.best)
}

const planOf = (lines: LineTable, subjects: readonly (string | undefined)[], kept: Uint8Array): Plan => {
  const { text, starts } = lines
  const builder = new PlanBuilder()
  const breakOf = text.includes('\r\n') ? '\r\n' : '\n'
  for (let line = 0; line < kept.length; line++) {
    if (kept[line] === 1) continue
    let end = line
    while (end < kept.length && kept[end] === 0) end++
    const note = noteOf(subjects.slice(line, end))
    const gap: Gap = { count: end - line, unit: 'lines', range: [line + 1, end], ...(note === '' ? {} : { note }) }
    const open = starts[end] === text.length && !text.endsWith('\n')
    builder.keepTo(starts[line]!).elideTo(starts[end]!, gap, { before: '', after: open ? '' : breakOf })
    line = end
  }
  return builder.keepTo(text.length).done('listing/oneline')
}

/** `fix 12, feat 5, 3 other`, by how subjects begin. */
const noteOf = (subjects: readonly (string | undefined)[]): string => {
  const kinds = new Map<string, number>()
  let commits = 0
  for (const subject of subjects) {
    if (subject === undefined) continue
    commits++
    const kind = KIND.exec(subject)?.[1]
    if (kind !== undefined) kinds.set(kind, (kinds.get(kind) ?? 0) + 1)
  }
  const named = [...kinds].sort((a, b) => b[1] - a[1]).slice(0, MAX_KINDS)
  const rest = named.reduce((left, [, count]) => left - count, commits)
  const told = commits === subjects.length ? [] : [`${commits} commits`]
  if (named.length > 0)
    told.push(...named.map(([kind, count]) => `${kind} ${count}`), ...(rest > 0 ? [`${rest} other`] : []))
  return told.join(', ')
}
