// Lines too long to read: a gap for the whole line, or the surroundings of what was asked for.
import { type LineTable, lineAt } from '../../base/lines.js'
import type { PlanBuilder } from '../../base/plan.js'

/** No person writes longer lines; a marker costs about 20 tokens, such a line 500 and more. */
export const LONG_LINE_CHARS = 2000
/** A line that holds what was asked for stays whole up to here. */
const WHOLE_CHARS = 6000
const AROUND_CHARS = 160
const MAX_WINDOWS = 3

export const isLongLine = (table: LineTable, index: number): boolean =>
  table.starts[index + 1]! - table.starts[index]! > LONG_LINE_CHARS

const NAMES: Readonly<Record<string, string>> = { '+': 'added line', '-': 'removed line' }

/** Stands alone on its line, where neither git nor patch takes it for a line of the file. */
export const elideLongLine = (builder: PlanBuilder, table: LineTable, index: number): void => {
  const line = lineAt(table, index)
  const end = table.starts[index + 1]!
  builder.elideTo(
    end,
    {
      count: 1,
      unit: 'lines',
      range: [index + 1, index + 1],
      note: `${NAMES[line[0] ?? ''] ?? 'line'} of ${line.length - 1} chars`,
    },
    { before: '', after: table.text[end - 1] === '\n' ? '\n' : '' },
  )
}

/** The surroundings of the words in a long line; its sign stands in the first gap, so that no tool applies a part of a line. False where it stays whole. */
export const excerptLine = (
  builder: PlanBuilder,
  table: LineTable,
  { index, words }: { index: number; words: readonly string[] },
): boolean => {
  const start = table.starts[index]!
  const end = start + lineAt(table, index).length
  if (end - start <= WHOLE_CHARS) {
    builder.keepTo(table.starts[index + 1]!)
    return false
  }
  const name = NAMES[table.text[start] ?? ''] ?? 'line'
  for (const window of windowsOf(table.text.slice(start, end), words)) {
    const from = start + window.from
    if (from > builder.at)
      builder.elideTo(from, gapOf(from - builder.at, builder.at === start ? name : undefined), NOTHING)
    builder.keepTo(start + window.to)
  }
  if (end > builder.at) builder.elideTo(end, gapOf(end - builder.at, builder.at === start ? name : undefined), NOTHING)
  builder.keepTo(table.starts[index + 1]!)
  return true
}

const NOTHING = { before: '', after: '' } as const

const gapOf = (count: number, note: string | undefined): { count: number; unit: 'chars'; note?: string } =>
  note === undefined ? { count, unit: 'chars' } : { count, unit: 'chars', note: `in this ${note}` }

interface Window {
  readonly from: number
  readonly to: number
}

const windowsOf = (line: string, words: readonly string[]): Window[] => {
  const lower = line.toLowerCase()
  const hay = lower.length === line.length ? lower : line
  const found: Window[] = []
  for (const word of words) {
    const at = hay.indexOf(word)
    if (at === -1) continue
    found.push({
      from: whole(line, Math.max(1, at - AROUND_CHARS)),
      to: whole(line, Math.min(line.length, at + word.length + AROUND_CHARS)),
    })
  }
  found.sort((a, b) => a.from - b.from)
  const windows: Window[] = []
  for (const window of found) {
    const last = windows.at(-1)
    if (last !== undefined && window.from <= last.to)
      windows[windows.length - 1] = { from: last.from, to: Math.max(last.to, window.to) }
    else if (windows.length < MAX_WINDOWS) windows.push(window)
  }
  return windows
}

/** Never between the halves of a surrogate pair. */
const whole = (line: string, at: number): number => {
  const code = line.charCodeAt(at)
  return code >= 0xdc00 && code <= 0xdfff ? at - 1 : at
}
