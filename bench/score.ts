// Scoring of one compressed text: inline, retrievable by the text's own marker, or lost.
import type { Probe } from './corpus.js'

const ANSI = /\x1b\[[0-9;?]*[ -/]*[@-~]/g

export const plain = (text: string): string => text.replace(ANSI, '')

export const answers = (text: string, probe: Probe): boolean => {
  const hay = plain(text)
  const wanted = probe.answers_all ?? [probe.answer]
  return wanted.every((answer) =>
    [answer, ...(probe.alt ?? [])].some(
      (one) => hay.includes(plain(one)) || hay.includes(JSON.stringify(one).slice(1, -1)),
    ),
  )
}

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[sorted.length >> 1] ?? 0
}

export const percentile = (values: readonly number[], share: number): number => {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}

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
