// Progress of downloads, pulls and loops: the last state of each bar, and every line that is no progress.
import { type LineTable, lineAt, lineTable } from '../../base/lines.js'
import { PlanBuilder } from '../../base/plan.js'
import { skip } from '../../base/skip.js'
import { parseQuery } from '../../salience/query.js'
import { severityOf } from '../../salience/severity.js'
import { termLines } from '../../salience/term-lines.js'
import type { CompressInput, Compressor } from '../../spec/compressor.js'
import type { Plan } from '../../spec/plan.js'
import type { Skip } from '../../spec/skip.js'

/** Characters of earlier states of one line that are not worth a gap. */
const SMALL_CHARS = 120
const MIN_LINES = 6
const PROGRESS =
  /\b\d{1,3}(?:\.\d+)?%|\d+(?:\.\d+)?[kKMG]?i?B\/\d|\[[=#>.█▏▎▍▌▋▊▉ -]{6,}\]|^[0-9a-f]{12}: (?:Pulling|Waiting|Downloading|Verifying|Download|Extracting|Pull|Already|Pushed|Preparing|Layer|Mounted)|\.{10} \.{10}/

export const isProgress = (line: string): boolean => PROGRESS.test(line)

const compress = (input: CompressInput): Plan | Skip => {
  if (!input.mayElide) return skip('policy-lossless-only')
  if (input.protectedSpans.length > 0) return skip('protected')
  const lines = lineTable(input.text)
  const drop = droppedLines(lines, input)
  const builder = new PlanBuilder()
  const breakOf = input.text.includes('\r\n') ? '\r\n' : '\n'
  let changed = false
  for (let line = 0; line < lines.count; line++) {
    if (drop[line] === 0) {
      changed = lastState(lines, line, builder) || changed
      continue
    }
    let end = line
    while (end < lines.count && drop[end] === 1) end++
    const to = lines.starts[end]!
    const open = to === input.text.length && !input.text.endsWith('\n')
    const gap = { count: end - line, unit: 'lines', range: [line + 1, end], note: 'progress' } as const
    builder.keepTo(lines.starts[line]!).elideTo(to, gap, { before: '', after: open ? '' : breakOf })
    changed = true
    line = end - 1
  }
  return changed ? builder.keepTo(input.text.length).done('progress/last') : skip('nothing-to-drop')
}

/** Progress lines of which a later one tells the same further on; one that speaks of trouble stays. */
const droppedLines = (lines: LineTable, { query }: CompressInput): Uint8Array => {
  const drop = new Uint8Array(lines.count)
  const last = new Map<string, number>()
  const before = new Map<string, number>()
  for (let line = 0; line < lines.count; line++) {
    const text = lineAt(lines, line)
    if (!isProgress(text) || text.length > 2000 || severityOf(text) >= 1) continue
    const key = keyOf(text)
    const previous = last.get(key)
    if (previous !== undefined) drop[previous] = 1
    last.set(key, line)
    if (!before.has(key)) before.set(key, line)
  }
  if (lines.count < MIN_LINES) drop.fill(0)
  const parsed = parseQuery(query)
  if (parsed.literals.length > 0) for (const line of termLines(lines, parsed).named) drop[line] = 0
  return drop
}

/** A line without what changes from state to state: numbers, units, bars, ids. */
const keyOf = (line: string): string =>
  line
    .replace(/^[0-9a-f]{12}:/, ':')
    .replace(/[=#>.█▏▎▍▌▋▊▉─━-]{2,}|[=#>█]/g, '')
    .replace(/\d[\d.:,]*(?:[kKMGT]?i?B?(?:\/s)?|[smh]|ms)?\b/g, '9')
    .replace(/[?\s]+/g, ' ')

/** A line that was drawn over with carriage returns shows what it said last. */
const lastState = (lines: LineTable, line: number, builder: PlanBuilder): boolean => {
  const start = lines.starts[line]!
  const text = lines.text.slice(start, lines.starts[line + 1]!).replace(/[\r\n]+$/, '')
  const states = text.split('\r')
  const earlier = states.slice(0, -1)
  const first = text.startsWith('\r') ? 1 : 0
  const cut = text.length - states.at(-1)!.length
  if (cut - first < SMALL_CHARS || earlier.some((state) => severityOf(state) >= 1)) return false
  const told = earlier.filter((state) => state.trim() !== '').length
  const gap = { count: cut - first, unit: 'chars', note: `${told} earlier states of this line` } as const
  builder.keepTo(start + first).elideTo(start + cut, gap, { before: '', after: '' })
  return true
}

export const progress: Compressor = { name: 'progress', version: 1, accepts: ['progress'], compress }
