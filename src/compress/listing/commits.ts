// `git log`, with or without --stat: subjects and hashes stay before file lists, and a gap tells the next commit's hash.
import { type LineTable, lineAt } from '../../base/lines.js'
import { PlanBuilder } from '../../base/plan.js'
import { askedColumns } from '../../salience/asked-columns.js'
import { ALWAYS, budgetOf, Claims, costsOf, pick } from '../../salience/pick.js'
import { termLines } from '../../salience/term-lines.js'
import type { CompressInput } from '../../spec/compressor.js'
import type { Gap, Plan } from '../../spec/plan.js'

const COMMIT = /^commit ([0-9a-f]{7,64})\b/
const STAT = /^ \S.* \| +(?:\d+|Bin\b)/
const SUMMARY = /^ \d+ files? changed/
/** Subjects that matter to more than their own lines. */
export const WEIGHTY: RegExp = /\b(?:revert|merge|breaking|security|cve|release|hotfix|rollback)\b|!:/i
const MIN_COMMITS = 4
const MARKER_TOKENS = 24
const NEWEST = 5
const MOST_MATCHES = 8

interface Commit {
  readonly line: number
  readonly hash: string
  readonly end: number
  /** First line of the message, or -1. */
  readonly subject: number
  readonly summary: number
}

const commitsOf = (lines: LineTable): readonly Commit[] => {
  const starts: { line: number; hash: string }[] = []
  for (let line = 0; line < lines.count; line++) {
    if (lines.text.charCodeAt(lines.starts[line]!) !== 99) continue
    const hash = COMMIT.exec(lineAt(lines, line))?.[1]
    if (hash !== undefined) starts.push({ line, hash })
  }
  return starts.map(({ line, hash }, at) => {
    const end = starts[at + 1]?.line ?? lines.count
    let subject = -1
    let summary = -1
    for (let inner = line + 1; inner < end; inner++) {
      const text = lineAt(lines, inner)
      if (subject === -1 && /^ {4}\S/.test(text)) subject = inner
      else if (SUMMARY.test(text)) summary = inner
    }
    return { line, hash, end, subject, summary }
  })
}

/** Undefined where the text is no list of commits. */
export const commitPlan = (lines: LineTable, input: CompressInput): Plan | undefined => {
  if (!COMMIT.test(lineAt(lines, 0))) return undefined
  const commits = commitsOf(lines)
  if (commits.length < MIN_COMMITS) return undefined
  const claims = new Claims(lines.count)
  claimRoutine(lines, commits, claims)
  claimAsked(lines, commits, input, claims)
  for (const span of input.protectedSpans)
    for (let line = 0; line < lines.count; line++)
      if (lines.starts[line]! < span.end && lines.starts[line + 1]! > span.start) claims.raise(line, ALWAYS)
  const cost = costsOf(lines.starts, input.tokens)
  const kept = pick(claims, budgetOf(cost, { tokens: input.tokens, asked: input.budgetTokens, marker: MARKER_TOKENS }))
  return kept.includes(0) ? planOf(lines, commits, kept) : undefined
}

const claimRoutine = (lines: LineTable, commits: readonly Commit[], claims: Claims): void => {
  commits.forEach(({ line, subject, summary }, at) => {
    const isNew = at < NEWEST
    const weighty = subject !== -1 && WEIGHTY.test(lineAt(lines, subject))
    claims.raise(subject, isNew ? 640 - at : weighty ? 420 : 320 - (at * 100) / commits.length)
    claims.raise(line, isNew ? 640 - at : 100)
    claims.raise(summary, isNew ? 600 - at : weighty ? 250 : 0)
    if (isNew) for (let inner = line + 1; inner < subject; inner++) claims.raise(inner, 560)
  })
  const last = commits.at(-1)!
  claims.raise(last.line, 610)
  claims.raise(last.subject, 610)
  const biggest = [...commits]
    .filter(({ summary }) => summary !== -1)
    .sort((a, b) => changed(lines, b) - changed(lines, a))
  for (const { summary, subject } of biggest.slice(0, 2)) {
    claims.raise(summary, 450)
    claims.raise(subject, 460)
  }
}

const changed = (lines: LineTable, { summary }: Commit): number =>
  [...lineAt(lines, summary).matchAll(/(\d+) (?:insertion|deletion)/g)].reduce(
    (sum, [, count]) => sum + Number(count),
    0,
  )

const claimAsked = (lines: LineTable, commits: readonly Commit[], input: CompressInput, claims: Claims): void => {
  const { query, most, source } = askedColumns(input.query)
  const found = termLines(lines, query)
  const named = new Set(found.named)
  const aboutFiles = /\bfiles?\b|\btouch|\bmodif|\bchanged?\b/i.test(source)
  const scored = commits.map((commit) => {
    let score = 0
    let best = -1
    for (let line = commit.line; line < commit.end; line++) {
      if (named.has(line)) claimCommit(commit, line, ALWAYS, claims)
      if (found.score[line]! > score) {
        score = found.score[line]!
        best = line
      }
    }
    return { commit, score, best }
  })
  scored.sort((a, b) => b.score - a.score || a.commit.line - b.commit.line)
  const top = scored[0]?.score ?? 0
  for (const { commit, score, best } of scored.slice(0, MOST_MATCHES)) {
    if (score < top * 0.5 || score < 0.5) break
    claimCommit(commit, best, 700 + (90 * score) / top, claims)
    if (aboutFiles)
      for (let line = commit.subject + 1; line < commit.end; line++)
        if (STAT.test(lineAt(lines, line))) claims.raise(line, 640)
  }
  if (query.wantsLast || most) for (const line of [commits[0]!.line, commits[0]!.subject]) claims.raise(line, 900)
}

/** A line of a commit with what says which commit it is. */
const claimCommit = ({ line, subject, summary }: Commit, hit: number, score: number, claims: Claims): void => {
  for (const one of [line, subject, hit]) claims.raise(one, score)
  for (let head = line + 1; head < subject; head++) claims.raise(head, Math.min(690, score - 10))
  claims.raise(summary, Math.min(650, score - 20))
}

const planOf = (lines: LineTable, commits: readonly Commit[], kept: Uint8Array): Plan => {
  const builder = new PlanBuilder()
  const commitAt = new Map(commits.map((commit) => [commit.line, commit]))
  const { text, starts } = lines
  for (let line = 0; line < kept.length; line++) {
    if (kept[line] === 1) continue
    let end = line
    let hidden = 0
    let files = 0
    let next = ''
    for (; end < kept.length && kept[end] === 0; end++) {
      const commit = commitAt.get(end)
      if (commit !== undefined) {
        const isHidden = commit.subject === -1 || kept[commit.subject] === 0
        if (isHidden) hidden++
        else next = commit.hash.slice(0, 10)
      }
      if (STAT.test(lineAt(lines, end))) files++
    }
    const notes = [
      hidden === 0 ? '' : hidden === 1 ? '1 commit' : `${hidden} commits`,
      files === 0 ? '' : files === 1 ? '1 file' : `${files} files`,
      next === '' ? '' : `next is ${next}`,
    ].filter((note) => note !== '')
    const note = notes.join(', ')
    const gap: Gap = { count: end - line, unit: 'lines', range: [line + 1, end], ...(note === '' ? {} : { note }) }
    const open = starts[end] === text.length && !text.endsWith('\n')
    const breakOf = text.includes('\r\n') ? '\r\n' : '\n'
    builder.keepTo(starts[line]!).elideTo(starts[end]!, gap, { before: '', after: open ? '' : breakOf })
    line = end
  }
  return builder.keepTo(text.length).done('listing/commits')
}
