// The same command again: lines that differ from the earlier run in times and the like fold away, verdicts stay.
import { PlanBuilder } from '../base/plan.js'
import type { ReferRequest, Rerun, TextSource } from '../spec/reference.js'
import { contentAt, type Lines, plainLines } from './lines.js'
import type { Shown } from './refer.js'

/** Fewer lines are not worth a marker. */
const MIN_LINES = 8
const COMMAND_CHARS = 28

/** Times, dates, durations, addresses, short hashes (a checksum is a finding), temporary files, process ids and ports: what differs between two runs of no news. */
const PASSING = new RegExp(
  [
    String.raw`\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?)?`,
    String.raw`\b\d\d?:\d\d(?::\d\d(?:[.,]\d{1,9})?)?\b`,
    String.raw`\b\d{1,9}(?:\.\d{1,9})? ?(?:ms|s|secs?|seconds?|min|minutes?|us|µs|ns)\b`,
    String.raw`\b0x[0-9a-f]{1,32}\b`,
    String.raw`\b(?=[a-f]{0,40}\d)(?=\d{0,40}[a-f])[0-9a-f]{7,31}\b`,
    String.raw`/tmp/[\w./-]{1,200}`,
    String.raw`\bpid[ =:]{1,3}\d{1,8}\b`,
    String.raw`(?<=(?:localhost|127\.0\.0\.1|0\.0\.0\.0):)\d{2,5}\b`,
  ].join('|'),
  'giu',
)

const masked = (line: string): string => line.replace(PASSING, '#')

/** Newest earlier result of the same tool with the same command, as it came: what is left out of both was the same. */
const earlierRun = ({ texts }: Shown, { source, before }: ReferRequest): number => {
  if (source.isCommand !== true || source.subject === undefined) return -1
  return texts.findLastIndex(({ block, source: other }) => block < before && isSameCall(other, source))
}

const isSameCall = (a: TextSource, b: TextSource): boolean =>
  a.kind === 'result' && a.isCommand === true && a.tool === b.tool && callOf(a) === callOf(b)

/** Sources are kept from turn to turn: each command line is read once. */
const calls = new WeakMap<TextSource, string>()

const callOf = (source: TextSource): string => {
  const known = calls.get(source)
  if (known !== undefined) return known
  const call = stepsOf(source).join('\n')
  calls.set(source, call)
  return call
}

/** Steps of a command line, split where no quote is open. */
const STEPS = /(?:"(?:[^"\\]|\\.)*"|'[^']*'|[^"'&;\n]|(?<!&)&(?!&))+/gs
/** What these take differs each time; what they print are the hooks of the same repository. */
const BY_NAME = /^git (?:add|commit)\b/

const stepsOf = ({ subject = '' }: TextSource): string[] =>
  (subject.match(STEPS) ?? [])
    .map((step) => step.trim().replace(/\s+/g, ' '))
    .map((step) => BY_NAME.exec(step)?.[0] ?? step)
    .filter((step) => step !== '')

interface Fold {
  readonly start: number
  readonly count: number
  /** Lines that differ in what passes. */
  readonly differing: number
}

export const rerun = (shown: Shown, request: ReferRequest): Rerun | undefined => {
  const text = earlierRun(shown, request)
  if (text === -1 || request.whole) return undefined
  const lines = plainLines(request.text, shown.findMarkers)
  const { original, sent } = shown.texts[text]!.read()
  const base = plainLines(original, shown.findMarkers)
  // Lines that the request shows are left to references, which leave nothing out.
  const folds = foldsIn(lines, base, shown.isVerdict).filter(({ differing }) => differing > 0 || sent !== original)
  if (folds.length === 0) return undefined
  const gone = goneFailures(shown, base, lines)
  const also = gone === 0 ? '' : `, ${gone} of its error lines ${gone === 1 ? 'is' : 'are'} gone`
  const builder = new PlanBuilder()
  for (const [at, { start, count, differing }] of folds.entries()) {
    const end = lines.table.starts[start + count]!
    const but = differing === 0 ? '' : ' but for times and ids'
    const note = `same as the earlier run of ${nameOf(request.source)} above${but}${at === 0 ? also : ''}`
    builder.keepTo(lines.table.starts[start]!)
    builder.elideTo(end, { count, unit: 'lines', range: [start + 1, start + count], note }, framed(request.text, end))
  }
  const plan = builder.keepTo(request.text.length).done('rerun')
  return { plan, bases: [{ id: shown.texts[text]!.id(), line: 0, count: 0, first: 0, hash: '' }] }
}

const framed = (text: string, end: number): { before: string; after: string } => ({
  before: '',
  after: text.charCodeAt(end - 1) === 10 ? '\n' : '',
})

/** Runs of lines equal but for what passes, in both at one stretch, without verdicts. */
const foldsIn = (lines: Lines, base: Lines, isVerdict: Shown['isVerdict']): Fold[] => {
  const known = Array.from(base.hashes, (hash, line) => (hash === 0 ? undefined : masked(contentAt(base, line))))
  const places = new Map<string, number>()
  for (const [line, text] of known.entries()) if (text !== undefined && !places.has(text)) places.set(text, line)
  const end = lastLine(lines)
  const mine = Array.from(lines.hashes, (hash, line) => {
    const content = contentAt(lines, line)
    return hash === 0 || line >= end || isVerdict(content) ? undefined : masked(content)
  })
  const folds: Fold[] = []
  for (let start = 0; start < mine.length; ) {
    const from = mine[start] === undefined || mine[start] === '' ? undefined : places.get(mine[start]!)
    let count = 0
    let differing = 0
    while (from !== undefined && mine[start + count] !== undefined && mine[start + count] === known[from + count]) {
      if (lines.hashes[start + count] !== base.hashes[from + count]) differing++
      count++
    }
    if (from !== undefined && count >= MIN_LINES) folds.push({ start, count, differing })
    start += Math.max(1, count)
  }
  return folds
}

/** The line that a run ended with. */
const lastLine = (lines: Lines): number => {
  let line = lines.hashes.length - 1
  while (line > 0 && contentAt(lines, line).trim() === '') line--
  return line
}

/** A note holds 120 characters, and what it says about the run must not be cut off. */
const nameOf = (source: TextSource): string => {
  const name = stepsOf(source)
    .filter((step) => !step.startsWith('cd '))
    .join(' && ')
  const characters = [...name]
  return characters.length <= COMMAND_CHARS ? name : `${characters.slice(0, COMMAND_CHARS - 1).join('')}…`
}

/** Error lines of the earlier run, as it came, that the new one does not have, also not at another time. */
const goneFailures = ({ isFailure }: Shown, before: Lines, lines: Lines): number => {
  const now = new Set(Array.from(lines.hashes, (_, line) => masked(contentAt(lines, line)).trim()))
  const failures = Array.from(before.hashes, (_, line) => contentAt(before, line)).filter(isFailure)
  return new Set(failures.map((line) => masked(line).trim()).filter((line) => !now.has(line))).size
}
