// Listings: files alone or with sizes (`find`, `ls -l`, `du`, `wc`, `--stat`), trees, commits. Hits with line numbers are search results.
import { type Candidate, clamp, countFrom, share } from './candidate.js'
import type { Sample } from './sample.js'
import { looksLikePath } from './search.js'

const LONG = /^[bcdlps-][rwxsStT-]{9}[.+@]? +\d+ +\S+ +\S+ +\d/
const LONG_EXTRA = /^(?:total \d|\S[^:]*:$|ls: )/
const BRANCH = /^(?:\[INFO\] )?(?:[│|](?=[ \u00a0])|[ \u00a0])*(?:[├└][─┬]{1,2}|[|+`\\](?:--+|-)[ \u00a0])/
const COUNTED = /^ *\d[\d.,]*[KMGTPB]?(?:[ \t]+\d+){0,3}[ \t]+(?:(?:\.{1,2}|~)?\/?[\w@+.-][^:*?"<>|\t]*)$/
const STAT = /^ \S.*\S +\| +(?:\d+ ?[+-]*|Bin\b.*)$/
const MARKED = /^(?:[MADRCTU?!]\d{0,3}\t|[ MADRCU?!]{2} )\S/
const COMMIT = /^commit [0-9a-f]{40}\b/
const ONELINE = /^[*|\\/ ]{0,20}[0-9a-f]{7,12} \S/
const TOTAL = /^ *\d[\d.,]*[KMGTP]? +total$|^\s*\d+ (?:files? changed|director)/
const PATH = /^[\w@.+~#%=()[\]{}$ &,/\\-]+$/
const REMARK = /^(?:find|ls|fd|du|wc|tree|git): |^$|:$/

export const listingCandidate = (sample: Sample): Candidate | undefined => {
  const { lines } = sample
  if (lines.length < 4 || sample.gutter) return undefined
  return (
    commits(lines) ??
    reading(lines, (line) => ONELINE.test(line), /^[*|\\/ ]+$/, 'commits on one line') ??
    reading(lines, (line) => LONG.test(line), LONG_EXTRA, 'lines of ls -l') ??
    reading(lines, (line) => BRANCH.test(line), TOTAL, 'branches of a tree') ??
    reading(lines, (line) => STAT.test(line), TOTAL, 'files with changed lines') ??
    reading(lines, isCounted, TOTAL, 'files with counts') ??
    reading(lines, isMarked, REMARK, 'files with a status') ??
    reading(lines, isListed, REMARK, 'paths')
  )
}

const commits = (lines: readonly string[]): Candidate | undefined => {
  if (!COMMIT.test(lines[0]!) || lines.some((line) => /^@@ |^diff --(?:git|cc|combined) /.test(line))) return undefined
  const count = lines.filter((line) => COMMIT.test(line)).length
  return count < 2 ? undefined : { type: 'listing', score: 0.95, evidence: `${count} commits seen` }
}

const isCounted = (line: string): boolean =>
  COUNTED.test(line) && !/\.{4}/.test(line) && /[/.]/.test(line.replace(/^ *[\d.,]+/, ''))

const isMarked = (line: string): boolean =>
  MARKED.test(line) && looksLikePath(line.replace(/^\S*\s+/, '').split('\t')[0]!)

/** `[12/400] Building lib/core.o`: what a build says ends in a path. */
const PROGRESS = /^\[ ?\d+[/%]/

const isListed = (line: string): boolean => {
  if (!PATH.test(line) || /^\s/.test(line) || PROGRESS.test(line)) return false
  return looksLikePath(line) || (line.endsWith('/') && !line.includes(' ')) || /^(?:\.{1,2}|~)?\/[^:]*$/.test(line)
}

/** Least share of lines that a reading explains, and of those that are entries. */
const LEAST = 0.85
const LEAST_ENTRIES = 0.6

const reading = (
  lines: readonly string[],
  isEntry: (line: string) => boolean,
  extra: RegExp,
  what: string,
): Candidate | undefined => {
  const entries = countFrom(lines, LEAST_ENTRIES, isEntry)
  if (entries < 4) return undefined
  const explained =
    (entries +
      share(
        lines.filter((line) => !isEntry(line)),
        extra,
      ) *
        (lines.length - entries)) /
    lines.length
  if (explained < LEAST) return undefined
  return {
    type: 'listing',
    score: clamp(0.55 + 0.42 * explained),
    evidence: `${entries} of ${lines.length} lines are ${what}`,
  }
}
