// Failures with their bodies: the line that says so, the stack or diff under it, the lines that led to it.
import { stripAnsi } from '../../base/ansi.js'
import { lineAt } from '../../base/lines.js'
import type { Claims } from './claims.js'
import { contentOf, EXCERPT, EXIT, FRAME, HEADER, NAMES_FAILURE } from './classify.js'
import { isBlank, isRoutine } from './clusters.js'
import type { Facts } from './facts.js'
import { RED } from './scan.js'

/** Claims: the failing exit or the first failure, a named failure, any other error. */
const FAILURE = 720
const ERROR = 645
/** A line that only speaks of errors. */
const MENTION = 540
/** Header of what failed for a reason that is told already. */
const FAILED_TOO = 605
/** Lines of one body that stay together; long stacks go on at half the claim. */
const BODY_WHOLE = 30
const BODY_MAX = 120
const BEFORE = 3
const AFTER = 2
/** Lines further out on each side that stay where there is room. */
const WIDER = 8
/** Non-blank lines before a failing exit: tools often say why in plain words. */
const BEFORE_EXIT = 30
/** Failures of one template whose bodies count in full. */
const WHOLE_BODIES = 5
/** Failures whose quoted source counts in full: the agent has the files. */
const WHOLE_EXCERPTS = 2
/** By how much the n-th distinct error of one template is wanted less. */
const DECAY = [1, 0.96, 0.92, 0.8, 0.7, 0.6, 0.5, 0.45]
const REPEATED = 0.12
/** Lines under an error that belong to it whatever they look like, up to the next blank line. */
const PARAGRAPH = 3
const PARAGRAPH_AFTER_COLON = 10

/** An error in the form of one: a level, an error name, `error:`, or a plain statement that something did not work. */
const SAYS_SO =
  /\b(?:ERROR|SEVERE|ERR|EXCEPTION)\b|\b[Ee]rrors?\b["']?\s{0,3}[:[(=!]|Exception\b\s{0,3}[:(]|^\W{0,9}[Ee]rror\b|[A-Z]\w+(?:Error|Exception|Fault)\b|\b(?:[Ff]ailed|[Ff]ailure|[Cc]annot|[Cc]ould not|[Cc]ouldn't|[Cc]an't|not found|[Nn]o such|[Dd]enied|[Rr]efused|[Uu]nable|undefined|not defined|does not exist|doesn't exist|[Aa]borted|[Aa]borting|[Tt]imed out|unrecogni[sz]ed|[Uu]nexpected|violation|[Ii]nvalid)\b|"level"|level=|^[EF]\d{4} /
const CONTINUES =
  /^\s*(?:Caused by|E {2,}|>\s|[+-](?:\s|$)|@@|---|\+{3}|[|^~]|={1,3}>|note:|help:|expected\b|received\b|actual\b|got\b|want\b|Expected|Received|Actual|Diff\b|Reason|Message|Stack|\.\.\.|\d{1,6} *[|│]|[│╷╵└├┌]|Traceback|During handling|The above exception|raise |assert|\(|\)|\}|\]|in file|where\b|Error:|\*\* |See\b|\S+Error\b|\S+Exception\b|at\b|-->|Where:|Try:|What went wrong|details?\b)/

export const claimFailures = (facts: Facts, claims: Claims): void => {
  const { scan, classes, clusters } = facts
  const n = scan.table.count
  const ranks = new Map<number, number>()
  const said = new Set<string>()
  const frames = new Set<string>()
  let header = -1
  let bodyEnd = -1
  const anchors: number[] = []
  for (let line = 0; line < n; line++) {
    if (classes.role[line]! & HEADER && line > bodyEnd) header = line
    if (classes.severity[line]! < 2) continue
    const content = contentOf(scan, line).trim()
    const distinct = withoutTimes(content.length < 14 ? `${content}\n${nextContent(facts, line)}` : content)
    const repeated = said.has(distinct)
    said.add(distinct)
    const cluster = clusters.of[line]!
    const rank = ranks.get(cluster) ?? 0
    if (!repeated) ranks.set(cluster, rank + 1)
    const named = (classes.role[line]! & NAMES_FAILURE) !== 0 || classes.severity[line] === 3
    const fading = repeated ? REPEATED : named ? Math.max(0.86, 1 - rank * 0.004) : (DECAY[rank] ?? 0.4)
    const base = (named ? FAILURE : SAYS_SO.test(content) || isRed(facts, line) ? ERROR : MENTION) * fading
    claims.raise(line, base)
    if (repeated && (facts.repeats?.[line] ?? -1) !== -1 && header >= 0) claims.raise(header, FAILED_TOO)
    if (repeated) continue
    anchors.push(line)
    if (header >= 0 && line - header < 400) claims.raise(header, base * (line - header <= 2 ? 0.98 : 0.75))
    if (classes.role[line]! & EXIT && classes.severity[line] === 3) claimBeforeExit(facts, claims, line)
    if (line <= bodyEnd) continue
    bodyEnd = claimBody(
      { facts, claims, frames, wholeExcerpt: anchors.length <= WHOLE_EXCERPTS },
      line,
      rank < WHOLE_BODIES ? base : base * 0.7,
    )
    claimAround({ facts, claims }, line, bodyEnd, base * (rank < 2 ? 0.6 : 0.35))
  }
  const last = anchors.at(-1)
  if (last !== undefined) for (let i = 1; i <= 8; i++) claims.raise(last - i, 420 - i * 8)
}

/** Content of the next line that is not blank: `Error:` alone says too little to be the same error. */
const nextContent = (facts: Facts, line: number): string => {
  let next = line + 1
  while (next < facts.scan.table.count && next < line + 4 && isBlank(facts.scan, next)) next++
  return next < facts.scan.table.count ? contentOf(facts.scan, next).trim() : ''
}

/** Same text once clocks, durations and long hex are gone. */
const withoutTimes = (content: string): string =>
  content
    .slice(0, 400)
    .replace(
      /\d+(?:\.\d+)? ?(?:ms|secs?|s|seconds?|min)\b|\d{1,2}:\d\d:\d\d(?:[.,]\d+)?|\b[0-9a-f]{12,}\b|0x[0-9a-f]+|\b\d{6,}\b/g,
      '#',
    )

interface Work {
  readonly facts: Facts
  readonly claims: Claims
}

const DIFF_HEAD = /^(?:@@|--- |\+\+\+ |- Expected|\+ Received|Diff\b|\+ expected - actual)/

const isRed = (facts: Facts, line: number): boolean => (facts.scan.flags[line]! & RED) !== 0

/** Of quoted source; undefined for other lines. */
const excerptShare = (content: string, isWhole: boolean): number | undefined =>
  EXCERPT.test(content) ? (isWhole ? 0.6 : 0.3) : !isWhole && POINTED_AT.test(content) ? 0.8 : undefined

const POINTED_AT = /^>\s{0,9}\d{1,6} *[|│]/

/** Claims what belongs to the failure at `anchor` and returns the last line of it. */
const claimBody = (
  work: Work & { frames: Set<string>; wholeExcerpt: boolean },
  anchor: number,
  base: number,
): number => {
  const { scan, classes } = work.facts
  const indent = scan.indent[anchor]!
  const opening = contentOf(scan, anchor)
  const traceback = /^\s*(?:Traceback|_{3,} )/.test(opening)
  const reach = /:\s*$/.test(opening) ? PARAGRAPH_AFTER_COLON : base > ERROR * 0.9 ? PARAGRAPH : 0
  let end = anchor
  let blanks = 0
  let diff = false
  let framed = false
  for (let line = anchor + 1; line < scan.table.count && line - anchor <= BODY_MAX; line++) {
    if (isBlank(scan, line)) {
      if (++blanks > 2) break
      continue
    }
    const content = contentOf(scan, line)
    if (classes.role[line]! & HEADER && content.endsWith('━')) break
    const deeper = scan.indent[line]! > indent
    const frame = (classes.role[line]! & FRAME) !== 0
    const closes = traceback && !deeper && /^[\w.]+(?:Error|Exception|Warning|Exit|Interrupt|$|:)/.test(content)
    if (DIFF_HEAD.test(content)) diff = true
    const paragraph = (diff && blanks === 0) || (blanks === 0 && line - anchor <= reach)
    if (!(deeper && blanks < 2) && !frame && !closes && !paragraph && !CONTINUES.test(content)) break
    blanks = 0
    const key = content.trim()
    const known = frame && work.frames.has(key)
    if (frame) work.frames.add(key)
    const depth = line - anchor
    const firstFrame = frame && !framed
    if (frame) framed = true
    const share = known
      ? 0.3
      : firstFrame
        ? 0.96
        : depth > BODY_WHOLE
          ? 0.5
          : (excerptShare(content, work.wholeExcerpt) ?? 0.99 - depth * 0.002)
    work.claims.raise(line, base * share)
    for (let gap = end + 1; gap < line; gap++) work.claims.raise(gap, base * 0.6)
    end = line
  }
  return end
}

const claimAround = (work: Work, anchor: number, bodyEnd: number, score: number): void => {
  for (let i = 1; i <= BEFORE; i++) work.claims.raise(anchor - i, score - i * 6)
  for (let i = 1; i <= AFTER; i++) work.claims.raise(bodyEnd + i, score - i * 10)
  for (let i = 1; i <= WIDER; i++) {
    claimWider(work, anchor - BEFORE - i, score * 0.5 - i * 8)
    claimWider(work, bodyEnd + AFTER + i, score * 0.6 - i * 8)
  }
}

const claimWider = (work: Work, line: number, score: number): void => {
  if (line < 0 || line >= work.facts.scan.table.count || isRoutine(work.facts.clusters, line)) return
  work.claims.raise(line, score)
}

/** The last lines of the step that failed: up to where it began, if one of its lines tells of an error. */
const claimBeforeExit = (facts: Facts, claims: Claims, exit: number): void => {
  let seen = 0
  let told = false
  for (let line = exit - 1; line >= 0 && seen < BEFORE_EXIT; line--) {
    if (isBlank(facts.scan, line)) continue
    claims.raise(line, 648 - seen * 6)
    seen++
    if (facts.classes.severity[line]! >= 2) told = true
    if (told && facts.classes.role[line]! & HEADER) break
    const content = stripAnsi(lineAt(facts.scan.table, line))
    if (/(?:^|\r|\x1b\[0K)\$ \S|exited with 0\.|^##\[group\]/.test(content)) break
  }
}
