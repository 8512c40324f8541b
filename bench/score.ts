// Scoring of one text against a question, and the small statistics of the benches.
import type { Probe } from './corpus.js'

const ANSI = /\x1b\[[0-9;?]*[ -/]*[@-~]/g

export const plain = (text: string): string => text.replace(ANSI, '')

/** As it stands, or as JSON writes it. */
const holds = (hay: string, wanted: string): boolean =>
  hay.includes(plain(wanted)) || hay.includes(JSON.stringify(wanted).slice(1, -1))

export const answersAll = (text: string, wanted: readonly string[]): boolean => {
  const hay = plain(text)
  return wanted.every((one) => holds(hay, one))
}

export const answers = (text: string, probe: Probe): boolean => {
  const hay = plain(text)
  return (probe.answers_all ?? [probe.answer]).every((answer) =>
    [answer, ...(probe.alt ?? [])].some((one) => holds(hay, one)),
  )
}

export const median = (values: readonly number[]): number => percentile(values, 0.5)

export const percentile = (values: readonly number[], share: number): number => {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}

export const percent = (share: number): string => (Number.isFinite(share) ? `${(share * 100).toFixed(1)} %` : '-')

export const table = (rows: readonly (readonly string[])[]): string => {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)))
  return rows
    .map((row) =>
      row
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!)))
        .join('  '),
    )
    .join('\n')
}
