// Line-number gutters as agents' file readers print them: `12\ttext`, `    12→text`, ` 12 | text`, `12: text`, `12:text`.
import { type LineTable, lineAt } from './lines.js'

const NUMBER = /^ *(\d{1,7})(\t|→| ?\||:)/
/** Share of lines that must be numbered, in rising order, for the numbers to be a gutter. */
const MIN_SHARE = 0.9
/** Lines looked at before a text without numbers is given up. */
const PROBE_LINES = 20

export interface Gutter {
  /** Offset at which the content of line `i` starts; the line's start where it carries no number. */
  readonly contentStarts: Int32Array
  /** Number printed before line `i`; -1 where there is none (a header or footer line of the tool). */
  readonly numbers: Int32Array
}

/** The gutter of a text, or undefined when its lines are not numbered. O(text). */
export const gutterOf = (table: LineTable): Gutter | undefined => {
  const probe = Math.min(PROBE_LINES, table.count)
  let found = 0
  for (let index = 0; index < probe; index++) if (NUMBER.test(lineAt(table, index))) found++
  if (found < 2 || found < probe * 0.5) return undefined
  const contentStarts = Int32Array.from(table.starts.subarray(0, table.count))
  const numbers = new Int32Array(table.count).fill(-1)
  let numbered = 0
  let rising = 0
  let filled = 0
  let spaced = true
  let last = -1
  for (let index = 0; index < table.count; index++) {
    const line = lineAt(table, index)
    if (line.trim() !== '') filled++
    const match = NUMBER.exec(line)
    if (match === null) continue
    const number = Number(match[1])
    numbered++
    if (last === -1 || number > last) rising++
    last = number
    numbers[index] = number
    contentStarts[index] = table.starts[index]! + match[0].length
    if (match[2] === '\t' || match[2] === '→') spaced = false
    else if (line.length > match[0].length && line[match[0].length] !== ' ') spaced = false
  }
  if (numbered < 2 || numbered < filled * MIN_SHARE || rising < numbered * MIN_SHARE) return undefined
  if (spaced)
    for (let index = 0; index < table.count; index++)
      if (numbers[index] !== -1 && table.text[contentStarts[index]!] === ' ') contentStarts[index]!++
  return { contentStarts, numbers }
}

/** The number a line would be read to carry. */
export const numberOf = (line: string): number | undefined => {
  const match = NUMBER.exec(line)
  return match === null ? undefined : Number(match[1])
}
