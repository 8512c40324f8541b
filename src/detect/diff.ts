// Unified diffs: a grammar of their own.
import { type Candidate, clamp, share } from './candidate.js'
import type { Sample } from './sample.js'

const DIFF_HEADER =
  /^(?:diff --(?:git|cc|combined) |Index: \S|--- (?:\S.*\t|a\/|\/dev\/null|"?a\/)|\+\+\+ (?:b\/|\/dev\/null|\S.*\t))/
const HUNK = /^@@@?(?: -\d+(?:,\d+)?)+ \+\d+(?:,\d+)? @@/
const BODY = /^(?:[ +-]|@@|$|diff |index [0-9a-f]|(?:new|old|deleted) |rename |similarity |Binary files|\\ No newline)/
/** First line of what `git diff`, `git show` and `git log -p` print; their lines may be words in brackets or stand behind a graph. */
const GIT_OPENING = /^[*|\\/ ]{0,12}(?:diff --(?:git|cc|combined) \S|commit [0-9a-f]{7,64}\b)/
const GRAPH = /^[*|\\/ ]{1,12}(?=[^*|\\/ ])/

export const diffCandidate = (sample: Sample): Candidate | undefined => {
  const all = sample.gutter ? sample.lines : sample.raw
  const opened = GIT_OPENING.test(all.find((line) => line.trim() !== '') ?? '')
  const lines = opened && all.some((line) => /^[*|]/.test(line)) ? all.map((line) => line.replace(GRAPH, '')) : all
  const hunks = lines.filter((line) => HUNK.test(line)).length
  const headers = lines.filter((line) => DIFF_HEADER.test(line)).length
  const bare = lines.some((line, index) => line.startsWith('--- ') && (lines[index + 1] ?? '').startsWith('+++ '))
  if (headers === 0 && hunks === 0) return undefined
  if (hunks === 0 && lines.some((line) => line.startsWith('diff --git ')))
    return { type: 'diff', score: 0.8, evidence: 'diff headers without hunks (renames or binary files)' }
  const evidence = `${hunks} hunks and ${headers} file headers seen`
  if (opened && hunks > 0 && headers > 0) return { type: 'diff', score: 0.95, evidence: `as git opens; ${evidence}` }
  const body = share(lines, BODY)
  const score = (hunks > 0 ? 0.5 : 0.1) + (headers > 0 || bare ? 0.25 : 0) + 0.3 * body - (body < 0.5 ? 0.4 : 0)
  return { type: 'diff', score: clamp(score), evidence }
}
