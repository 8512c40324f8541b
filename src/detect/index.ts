// Content type of a text. Every reading gives a score; what produced the text can only raise one that the text supports.
import type { ContentType, Detect, Detection } from '../spec/content.js'
import type { Candidate } from './candidate.js'
import { clamp } from './candidate.js'
import { codeCandidate } from './code.js'
import { diffCandidate } from './diff.js'
import { htmlCandidate } from './html.js'
import { jsonCandidate } from './json.js'
import { listingCandidate } from './listing.js'
import { lockFileCandidate } from './lock-file.js'
import { logCandidate } from './log.js'
import { hintOf, readPath } from './origin.js'
import { textCandidate } from './prose.js'
import { type Sample, sampleOf } from './sample.js'
import { ripgrepCandidate, searchCandidate, unnumberedCandidate } from './search.js'
import { tableCandidate } from './table.js'
import { progressCandidate, traceCandidate } from './trace.js'
import { yamlCandidate } from './yaml.js'

export { peel } from './envelope.js'

/** What an agreeing origin adds, and the least score that counts as agreement. Chosen on the samples of the tests. */
const ORIGIN_BONUS = 0.3
const AGREES = 0.3

type Reading = (sample: Sample, path?: string) => Candidate | undefined

/** Surest first; ties go to the earlier one. */
const READINGS: readonly Reading[] = [
  ripgrepCandidate,
  jsonCandidate,
  diffCandidate,
  traceCandidate,
  progressCandidate,
  listingCandidate,
  lockFileCandidate,
  yamlCandidate,
  searchCandidate,
  htmlCandidate,
  tableCandidate,
  logCandidate,
  textCandidate,
  codeCandidate,
]
/** A score at which later readings are not tried. */
const DECISIVE = 0.9
/** What an origin lets expect and stands late in the list, with what may be mistaken for it: tried before all others. */
const EXPECTED: Partial<Record<ContentType, readonly Reading[]>> = {
  search: [ripgrepCandidate, listingCandidate, searchCandidate, unnumberedCandidate],
  code: [codeCandidate],
}

export const detect: Detect = (text, origin) => {
  const sample = sampleOf(text)
  if (sample.lines.length === 0) return { type: 'plain', confidence: 0, evidence: ['no text'] }
  const hint = hintOf(origin)
  const path = origin ? readPath(origin) : undefined
  const raised = candidatesOf(sample, path, hint).map((candidate) => raise(candidate, hint))
  let best: Candidate | undefined
  for (const candidate of raised) if (best === undefined || candidate.score > best.score) best = candidate
  return best === undefined || best.score < 0.35 ? plain(raised) : detection(best, raised)
}

const candidatesOf = (sample: Sample, path: string | undefined, hint: ReturnType<typeof hintOf>): Candidate[] => {
  const expected = hint === undefined ? [] : tried(EXPECTED[hint.type] ?? [], sample, path)
  return (expected.at(-1)?.score ?? 0) >= DECISIVE ? expected : tried(READINGS, sample, path)
}

/** Up to the first decisive one. */
const tried = (readings: readonly Reading[], sample: Sample, path: string | undefined): Candidate[] => {
  const candidates: Candidate[] = []
  for (const read of readings) {
    const candidate = read(sample, path)
    if (candidate === undefined) continue
    candidates.push(candidate)
    if (candidate.score >= DECISIVE) break
  }
  return candidates
}

const raise = (candidate: Candidate, hint: ReturnType<typeof hintOf>): Candidate =>
  hint?.type === candidate.type && candidate.score >= AGREES
    ? {
        ...candidate,
        score: clamp(candidate.score + ORIGIN_BONUS),
        evidence: `${candidate.evidence}; ${hint.evidence}`,
      }
    : candidate

const plain = (candidates: readonly Candidate[]): Detection => ({
  type: 'plain',
  confidence: 0.5,
  evidence: ['no known shape', ...candidates.map(describe)],
})

/** Confidence falls where another reading is close. */
const detection = (best: Candidate, all: readonly Candidate[]): Detection => {
  const others = all.filter((candidate) => candidate !== best).sort((a, b) => b.score - a.score)
  const rival = others[0]?.score ?? 0
  const confidence = Math.max(0, Math.min(1, best.score - Math.max(0, 0.1 - (best.score - rival))))
  return {
    type: best.type,
    confidence: Math.round(confidence * 100) / 100,
    evidence: [best.evidence, ...others.map(describe)],
    ...(best.language === undefined ? {} : { language: best.language }),
  }
}

const describe = (candidate: Candidate): string =>
  `${candidate.type} ${candidate.score.toFixed(2)}: ${candidate.evidence}`
