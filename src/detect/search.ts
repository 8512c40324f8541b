// Search results and file lists. A timestamp is never a path: `2024-01-15T10:23:11` reads like one and is not.
import { type Candidate, clamp } from './candidate.js'
import type { Sample } from './sample.js'

const MATCH = /^((?:[A-Za-z]:[\\/])?[^\s:"'<>|*?(){}[\]=,;][^:"<>|*?\t]{0,250}):(\d{1,7})(?::\d{1,5})?:(.*)/
/** `path:text`, as grep prints it over several files when nobody asks for numbers. */
const UNNUMBERED = /^((?:[A-Za-z]:[\\/])?[^\s:"'<>|*?(){}[\]=,;][^:"<>|*?\t]{0,250}):(?!\d{1,7}:)(.*)/
const COUNT = /^((?:[A-Za-z]:[\\/])?[^\s:"'<>|*?]{1,250}):(\d{1,7})$/
const CONTEXT = /^([^\s:"'<>|*?][^:"<>|*?\t]{0,250}?)-(\d{1,7})-/
const HEADED = /^(?: {0,4}(?:Line |L)?)(\d{1,7})(?::\d{1,5})?[:-](?! *\d+ +(?:error|warning) )/
const LIST = /^[\w@.+~#,%=()[\]{}$&: \\/-]+$/
const TIMESTAMP = /^\[?(?:\d{4}[-/.]\d\d[-/.]\d\d|\d\d[/.-](?:\d\d|[A-Z][a-z]{2})[/.-]\d{2,4}|\d{1,2}$)/
const HOUR_AT_END = /[\sT]\d\d$/
const DIAGNOSTIC = /^(?:\d+ )?\s*(?:-\s*)?(?:fatal error|error|warning|note|info|hint)\b/i
const BANNER =
  /^(?:Found \d+ (?:match|file|result|line)|No matches|--$|---$|Binary file|rg: |grep: |\d+ matches$|\d+ files? (?:contained|searched)|\[?(?:Showing|Results? (?:are )?limited))/

export const looksLikePath = (path: string): boolean =>
  !TIMESTAMP.test(path) &&
  !HOUR_AT_END.test(path) &&
  !path.includes('://') &&
  (/[\\/]/.test(path)
    ? !/\s{2}|[\\/]{2}/.test(path) && (!path.includes(' ') || /^[^ ]*[\\/].*\.\w{1,10}$/.test(path))
    : /^[\w@+-][\w@.+-]*\.[A-Za-z]\w{0,11}$|^\.[a-z]\w+|^(?:Makefile|Dockerfile|README|LICENSE|Gemfile|Rakefile|Vagrantfile|BUILD|WORKSPACE|Justfile|CMakeLists\.txt)$/.test(
        path,
      ))

interface Tally {
  match: number
  diagnostic: number
  context: number
  count: number
  headed: number
  path: number
  banner: number
}

const tallyOf = (lines: readonly string[]): Tally => {
  const tally: Tally = { match: 0, diagnostic: 0, context: 0, count: 0, headed: 0, path: 0, banner: 0 }
  let underHeading = false
  for (const line of lines) {
    const match = MATCH.exec(line)
    if (match && looksLikePath(match[1]!)) {
      if (DIAGNOSTIC.test(match[3]!)) tally.diagnostic++
      else tally.match++
      continue
    }
    const counted = COUNT.exec(line)
    if (counted && looksLikePath(counted[1]!)) tally.count++
    else if (BANNER.test(line)) tally.banner++
    else if (underHeading && HEADED.test(line) && !/^\d\d:\d\d:\d\d/.test(line)) tally.headed++
    else if (isHeading(line)) {
      tally.path++
      underHeading = true
    } else if (CONTEXT.test(line) && looksLikePath(CONTEXT.exec(line)![1]!)) tally.context++
  }
  return tally
}

/** `[12/400] Building lib/core.o`: what a build says ends in a path. */
const PROGRESS = /^\[ ?\d+[/%]/

const isHeading = (line: string): boolean => {
  const path = line.replace(/^File: /, '').replace(/:$/, '')
  return (
    path.length < 300 &&
    !PROGRESS.test(path) &&
    LIST.test(path) &&
    (looksLikePath(path) || (path.endsWith('/') && !path.includes(' ')))
  )
}

export const searchCandidate = (sample: Sample): Candidate | undefined => {
  const lines = sample.gutter ? sample.raw.filter((line) => line.trim() !== '') : sample.lines
  if (lines.length === 0) return undefined
  const tally = tallyOf(lines)
  const { match, diagnostic, context, count, headed, path, banner } = tally
  if (diagnostic > match * 0.5) return undefined
  const n = lines.length
  const direct = (match + (match > 0 ? context + banner : 0)) / n
  const grouped = headed > 0 && path > 0 ? (headed + path + banner) / n : 0
  const counted = count >= 2 ? (count + banner) / n : 0
  const listed = n >= 3 && headed === 0 ? (path + banner) / n : 0
  const best = Math.max(direct, grouped, counted, listed * 0.97)
  if (best < 0.3) return undefined
  const [evidence, floor] =
    best === direct
      ? [`${match} of ${n} lines are path:line:text`, 0.35]
      : best === grouped
        ? [`${headed} numbered lines under ${path} paths`, 0.3]
        : best === counted
          ? [`${count} lines are path:count`, 0.2]
          : [`${path} of ${n} lines are paths`, 0.0]
  return {
    type: 'search',
    score: clamp(floor + best * (0.98 - floor) - (match + headed + count + path < 2 ? 0.15 : 0)),
    evidence,
  }
}

/** Share of the lines that must be `path:text`; below it a colon may be the text's own. */
const MOST_UNNUMBERED = 0.9

/** Only for the output of a search: alone, `path:text` may as well be a message of any program about a file. */
export const unnumberedCandidate = (sample: Sample): Candidate | undefined => {
  const named = sample.lines.filter((line) => {
    const match = UNNUMBERED.exec(line)
    return match !== null && looksLikePath(match[1]!) && !DIAGNOSTIC.test(match[2]!)
  }).length
  const share = named / Math.max(1, sample.lines.length)
  if (named < 2 || share < MOST_UNNUMBERED) return undefined
  return { type: 'search', score: 0.95, evidence: `${named} of ${sample.lines.length} lines are path:text` }
}

export const ripgrepCandidate = (sample: Sample): Candidate | undefined =>
  /^\{"type":"(?:begin|match|context|summary|end)","data":\{/.test(sample.head.trimStart().slice(0, 100))
    ? { type: 'search', score: 0.99, evidence: 'rg --json events' }
    : undefined
