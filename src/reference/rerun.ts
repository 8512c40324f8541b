// The same command again: lines that differ from an earlier run in times and the like fold away, verdicts stay.
import { PlanBuilder } from '../base/plan.js'
import type { ReferRequest, Rerun } from '../spec/reference.js'
import { type Earlier, earlierRuns, nameOf } from './earlier-runs.js'
import { earlierText, lazily } from './earlier-text.js'
import { charsIn, type Fold, type Foldable, foldable, foldsIn, maskedHashes } from './folds.js'
import { contentAt, type Lines, plainLines } from './lines.js'
import { type Mask, maskOfOthers, maskOfRuns } from './passing.js'
import type { Shown } from './refer.js'

/** A note holds 120 characters, and what it says about the run must not be cut off. */
const COMMAND_CHARS = 28
const COMMAND_CHARS_BESIDE_ERRORS = 22

export const rerun = (shown: Shown, request: ReferRequest): Rerun | undefined => {
  if (request.whole) return undefined
  const lines = plainLines(request.text, shown.findMarkers)
  const best = bestOf(shown, request, lines)
  if (best === undefined) return undefined
  const { earlier, folds, newest } = best
  const gone = newest === undefined ? 0 : goneFailures(shown, newest.base(), lines)
  const builder = new PlanBuilder()
  for (const [at, { start, count }] of folds.entries()) {
    const end = lines.table.starts[start + count]!
    const note = at === 0 ? noteOf(shown, best, gone) : 'likewise'
    builder.keepTo(lines.table.starts[start]!)
    builder.elideTo(end, { count, unit: 'lines', range: [start + 1, start + count], note }, framed(request.text, end))
  }
  const plan = builder.keepTo(request.text.length).done('rerun')
  const restsOn = new Set([earlier.text, ...(newest === undefined || gone === 0 ? [] : [newest.earlier.text])])
  const bases = [...restsOn].map((text) => ({ id: shown.texts[text]!.id(), line: 0, count: 0, first: 0, hash: '' }))
  return { plan, bases }
}

/** An earlier result, as it came (what is left out of both was the same), and what of the new one it holds. */
interface Compared {
  readonly earlier: Earlier
  base(): Lines
  readonly folds: readonly Fold[]
}

interface Best extends Compared {
  /** The newest run of the same command, where there is one. */
  readonly newest?: Compared
}

/** By how much more an older run, or another command's result, must agree: the newest run is the plainest word. */
const OLDER = 1.1
const OTHER = 1.2
/** What a fold costs: one long stretch says more than many short ones. */
const NOTE_CHARS = 40
/** Characters of results read beside the newest run's. */
const READ_CHARS = 64 * 1024
/** Distinct lines that another command's result must hold to the letter to be compared at all. */
const EQUAL_LINES = 3

/** The earlier result with which most characters agree, their notes paid. */
const bestOf = (shown: Shown, request: ReferRequest, lines: Lines): Best | undefined => {
  const mine = foldables(shown, lines)
  const distinct = lazily(() => new Set(lines.hashes))
  let best: Compared | undefined
  let newest: Compared | undefined
  let chars = 0
  let read = 0
  for (const earlier of earlierRuns(shown, request)) {
    const text = earlierText(shown.texts[earlier.text]!, shown.findMarkers)
    if (!earlier.isNewest) read += text.chars + request.text.length
    if (read > READ_CHARS) break
    const mask: Mask = earlier.isSameCall ? maskOfRuns : maskOfOthers
    if (!earlier.isSameCall && !haveCommon(distinct(), text.hashes)) continue
    // Lines that the request shows are left to references, which leave nothing out.
    const folds = foldsIn(mine(mask), text.base(mask), mask).filter(
      ({ differing }) => differing > 0 || text.isShortened(),
    )
    const compared = { earlier, base: text.lines, folds }
    if (earlier.isNewest) newest = compared
    const agreeing = folds.reduce((sum, { start, count }) => sum + charsIn(lines, start, count) - NOTE_CHARS, 0)
    if (agreeing <= chars * (earlier.isSameCall ? OLDER : OTHER)) continue
    best = compared
    chars = agreeing
  }
  return best && { ...best, ...(newest === undefined ? {} : { newest }) }
}

/** The new result under each mask. A line is judged once, and only where it would fold. */
const foldables = ({ isVerdict }: Shown, lines: Lines): ((mask: Mask) => Foldable) => {
  const verdicts = new Map<number, boolean>()
  const judged = (line: number): boolean => {
    const known = verdicts.get(line) ?? isVerdict(contentAt(lines, line))
    verdicts.set(line, known)
    return known
  }
  const made = new Map<Mask, Foldable>()
  return (mask) => {
    const one = made.get(mask) ?? foldable(lines, maskedHashes(lines, mask), judged)
    made.set(mask, one)
    return one
  }
}

const haveCommon = (mine: ReadonlySet<number>, hashes: Int32Array): boolean => {
  const common = new Set<number>()
  for (const hash of hashes) if (hash !== 0 && mine.has(hash)) common.add(hash)
  return common.size >= EQUAL_LINES
}

const noteOf = ({ texts }: Shown, { earlier, folds, newest }: Best, gone: number): string => {
  const name = nameOf(texts[earlier.text]!.source, gone === 0 ? COMMAND_CHARS : COMMAND_CHARS_BESIDE_ERRORS)
  const run = earlier.isSameCall ? `${earlier.isNewest ? 'the' : 'an'} earlier run of ${name}` : `in ${name}`
  const but = folds.some(({ differing }) => differing > 0) ? ' but for times and ids' : ''
  return `same as ${run} above${but}${goneNote(gone, earlier === newest?.earlier)}`
}

const goneNote = (gone: number, isOfNewest: boolean): string => {
  if (gone === 0) return ''
  const lines = isOfNewest ? 'of its error lines' : `error ${gone === 1 ? 'line' : 'lines'} of the last run`
  return `, ${gone} ${lines} ${gone === 1 ? 'is' : 'are'} gone`
}

const framed = (text: string, end: number): { before: string; after: string } => ({
  before: '',
  after: text.charCodeAt(end - 1) === 10 ? '\n' : '',
})

/** Error lines of the earlier run, as it came, that the new one does not have, also not at another time. */
const goneFailures = ({ isFailure }: Shown, before: Lines, lines: Lines): number => {
  const now = new Set(Array.from(lines.hashes, (_, line) => maskOfRuns(contentAt(lines, line)).trim()))
  const failures = Array.from(before.hashes, (_, line) => contentAt(before, line)).filter(isFailure)
  return new Set(failures.map((line) => maskOfRuns(line).trim()).filter((line) => !now.has(line))).size
}
