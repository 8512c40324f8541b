// The bounded part of a text that detection reads. Lines come without colours, carriage returns and line-number gutters.
import { stripAnsi } from '../base/ansi.js'

const PART_CHARS = 32 * 1024
/** Lines judged from each end, and characters of each: bounds the regular expressions' work to about a millisecond. */
const PART_LINES = 48
const LINE_CHARS = 240
/** `12\ttext`, `  12→text`, ` 12 | text`, `12: text`: how agents number the files they read. */
const GUTTER = /^ *(\d{1,7})(?:\t|→| \| ?|: )/

export interface Sample {
  /** First 32 KiB; the whole text when it is shorter. */
  readonly head: string
  /** Last 32 KiB of what `head` does not hold. */
  readonly tail: string
  readonly whole: boolean
  /** Non-blank lines from both ends. */
  readonly lines: readonly string[]
  /** Lines as they stood before gutters were taken off. */
  readonly raw: readonly string[]
  readonly gutter: boolean
}

export const sampleOf = (text: string): Sample => {
  const whole = text.length <= PART_CHARS * 2
  const head = text.slice(0, PART_CHARS)
  const tail = text.slice(Math.max(PART_CHARS, text.length - PART_CHARS))
  const raw = (whole ? bothEnds(splitLines(head + tail)) : endsOf(head, tail)).map((line) =>
    lastWritten(line).slice(0, LINE_CHARS),
  )
  const gutter = isNumbered(raw)
  const lines = gutter ? raw.map((line) => line.replace(GUTTER, '')) : raw
  return { head, tail, whole, raw, gutter, lines: lines.filter((line) => line.trim() !== '') }
}

const splitLines = (part: string): string[] => stripAnsi(part).split('\n')

/** First lines of one part and last ones of another; a line that the cut goes through is none. */
const endsOf = (head: string, tail: string): string[] => {
  const first = splitLines(head)
  const last = splitLines(tail)
  if (first.length > 1) first.pop()
  if (last.length > 1) last.shift()
  return [...first.slice(0, PART_LINES), ...last.slice(Math.max(0, last.length - PART_LINES))]
}

/** What a terminal shows of a line that was drawn over with carriage returns. */
const lastWritten = (line: string): string => {
  const end = line.endsWith('\r') ? line.length - 1 : line.length
  const at = line.lastIndexOf('\r', end - 1)
  return line.slice(at + 1, end)
}

const bothEnds = (lines: readonly string[]): string[] =>
  lines.length <= PART_LINES * 2
    ? [...lines]
    : [...lines.slice(0, PART_LINES), ...lines.slice(lines.length - PART_LINES)]

const isNumbered = (lines: readonly string[]): boolean => {
  let numbered = 0
  let filled = 0
  let previous = -1
  let rising = 0
  for (const line of lines) {
    if (line === '') continue
    filled++
    const match = GUTTER.exec(line)
    if (!match) continue
    numbered++
    const number = Number(match[1])
    if (number === previous + 1 || previous === -1) rising++
    previous = number
  }
  return numbered >= 2 && numbered >= filled * 0.9 && rising >= numbered * 0.9
}
