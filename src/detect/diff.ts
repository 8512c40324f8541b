// Unified diffs: a grammar of their own.
import { type Candidate, clamp, share } from './candidate.js'
import type { Sample } from './sample.js'

const DIFF_HEADER =
  /^(?:diff --(?:git|cc|combined) |Index: \S|--- (?:\S.*\t|a\/|\/dev\/null|"?a\/)|\+\+\+ (?:b\/|\/dev\/null|\S.*\t))/
const HUNK = /^@@@?(?: -\d+(?:,\d+)?)+ \+\d+(?:,\d+)? @@/

export const diffCandidate = (sample: Sample): Candidate | undefined => {
  const lines = sample.gutter ? sample.lines : sample.raw
  const hunks = lines.filter((line) => HUNK.test(line)).length
  const headers = lines.filter((line) => DIFF_HEADER.test(line)).length
  const bare = lines.some((line, index) => line.startsWith('--- ') && (lines[index + 1] ?? '').startsWith('+++ '))
  if (headers === 0 && hunks === 0) return undefined
  const body = share(
    lines,
    /^(?:[ +-]|@@|$|diff |index [0-9a-f]|(?:new|old|deleted) |rename |similarity |Binary files|\\ No newline)/,
  )
  if (hunks === 0 && lines.some((line) => line.startsWith('diff --git ')))
    return { type: 'diff', score: 0.8, evidence: 'diff headers without hunks (renames or binary files)' }
  const score = (hunks > 0 ? 0.5 : 0.1) + (headers > 0 || bare ? 0.25 : 0) + 0.3 * body - (body < 0.5 ? 0.4 : 0)
  return { type: 'diff', score: clamp(score), evidence: `${hunks} hunks and ${headers} file headers seen` }
}
