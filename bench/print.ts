// Tables of the results for a terminal.
import { percent, table } from './score.js'
import type { TextRow } from './text.js'
import type { TimeRow } from './time.js'
import type { WorkloadRow } from './workloads/measure.js'

export const textTable = (rows: readonly TextRow[]): string =>
  table([
    'kind files saved median lossless elided net inline retrievable lost grown'.split(' '),
    ...rows.map((row) => [
      row.kind,
      String(row.files),
      percent(row.saved),
      percent(row.savedMedian),
      percent(row.savedLossless),
      percent(row.saved - row.savedLossless),
      percent(row.savedNet),
      `${row.inline}/${row.questions}`,
      String(row.retrievable),
      String(row.lost),
      String(row.grown),
    ]),
  ])

export const baselineTable = (rows: readonly TextRow[]): string =>
  table([
    ['saved, answers inline', 'headroom', ...rows[0]!.baselines.map(({ name }) => name)],
    ...rows.map((row) => [
      row.kind,
      `${percent(row.saved)} ${row.inline}/${row.questions}`,
      ...row.baselines.map(({ saved, inline }) => `${percent(saved)} ${inline}/${row.questions}`),
    ]),
  ])

export const timeTable = (rows: readonly TimeRow[]): string =>
  table([
    ['ms per MB', 'MB', 'headroom', 'processor', 'fastest', 'slowest', ...rows[0]!.baselines.map(({ name }) => name)],
    ...rows.map((row) => [
      row.kind,
      row.megabytes.toFixed(2),
      row.msPerMb.toFixed(0),
      row.cpuMsPerMb.toFixed(0),
      row.fastest.toFixed(0),
      row.slowest.toFixed(0),
      ...row.baselines.map(({ msPerMb }) => msPerMb.toFixed(1)),
    ]),
  ])

const count = (value: number): string => value.toLocaleString('en-US')

export const workloadTable = (rows: readonly WorkloadRow[]): string =>
  table([
    ['workload', 'asked', 'before', 'after', 'most', 'field', 'saved', 'net', 'inline', 'retrievable', 'lost'],
    ...rows.flatMap(({ name, published, questions, variants }) =>
      variants.map((row) => [
        name,
        row.variant,
        count(row.before),
        count(row.after),
        count(row.most),
        count(published.after),
        percent(1 - row.after / row.before),
        percent(1 - row.netAfter / row.before),
        `${row.inline}/${questions}`,
        String(row.retrievable),
        String(row.lost),
      ]),
    ),
  ])

/** Everything that is not inline, and what became of each tool result. */
export const workloadDetails = (rows: readonly WorkloadRow[]): string =>
  rows
    .flatMap(({ name, variants }) =>
      variants.flatMap(({ variant, blocks, missed }) => [
        `${name}, ${variant}:`,
        ...blocks.map(({ tool, type, form, before, after }) => `  ${tool}: ${type} ${form} ${before} → ${after}`),
        ...missed.map(({ place, question, answers }) => `  ${place}: ${question} → ${answers}`),
      ]),
    )
    .join('\n')
