// Tables: ruled ones (Markdown, psql, mysql, box drawing), and cells between delimiters.
import { type Candidate, clamp, share } from './candidate.js'
import type { Sample } from './sample.js'

const MARKDOWN_RULE = /^\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)+\|?\s*$/
/** `----+----`, `+----+----+`, `├────┼────┤`. */
const DRAWN_RULE = /^\s*(?:\+?-{3,}\+-{2,}[-+]*|[├╞╟┣┡]?[─═━]{2,}[┼╪╫╋╇][─═━┼╪╫╋╇]*[┤╡╢┫┩]?)\s*$/
const UNDERLINES = /^-{3,}(?: {1,4}-{3,})+\s*$/
const DELIMITERS = [',', '\t', ';', '|'] as const
/** Lines that one quoted cell may span. */
const MAX_CELL_LINES = 40
/** Lines read where cells are quoted: the later part of a sample may begin inside a cell. */
const FIRST_LINES = 120

/** Lines that begin with date and time are a log, whatever separates the rest. */
const STAMPED = /^\[?\d{4}-\d\d-\d\d[T ]\d\d:\d\d/

export const tableCandidate = (sample: Sample): Candidate | undefined => {
  const { lines } = sample
  const piped = share(lines, /^\s*\|.*\|\s*$/)
  if (piped > 0.6 && lines.some((line) => MARKDOWN_RULE.test(line)))
    return { type: 'table', score: clamp(0.5 + piped * 0.45), evidence: 'Markdown table' }
  const drawn = drawnTable(lines)
  if (drawn !== undefined) return drawn
  const underlined = underlinedTable(lines)
  if (underlined !== undefined) return underlined
  if (lines.length < 3 || share(lines, STAMPED) > 0.8) return undefined
  return sample.gutter ? countedTable(sample) : delimited(lines)
}

/** Header, rule, rows with bars. */
const drawnTable = (lines: readonly string[]): Candidate | undefined => {
  const rule = lines.slice(0, 8).findIndex((line, at) => at > 0 && DRAWN_RULE.test(line))
  if (rule === -1) return undefined
  const barred = share(lines, /\S ?[|│┃║] ?\S|^\s*[|│┃║]|\|\s*$/)
  return /[|│┃║]/.test(lines[rule - 1]!) && barred > 0.7
    ? { type: 'table', score: clamp(0.5 + barred * 0.45), evidence: 'table drawn with rules' }
    : undefined
}

/** Names, a rule of dashes under each, rows with gaps of spaces: `pip list`. */
const underlinedTable = (lines: readonly string[]): Candidate | undefined => {
  const rule = lines.slice(0, 6).findIndex((line) => UNDERLINES.test(line))
  if (rule < 1 || lines.length < rule + 6) return undefined
  const spaced = share(lines.slice(rule + 1), /^\S.*?\s{1,60}\S+\s*$/)
  return spaced < 0.9
    ? undefined
    : { type: 'table', score: clamp(0.5 + spaced * 0.45), evidence: 'columns with underlined names' }
}

/** A first column that counts up looks like line numbers; under a header of as many cells it is data. */
const countedTable = ({ raw }: Sample): Candidate | undefined => {
  const lines = raw.filter((line) => line.trim() !== '')
  if (/^\s*\d/.test(lines[0]!) || lines[0]!.split('\t').length < 2) return undefined
  return delimited(lines, ['\t'])
}

const delimited = (
  lines: readonly string[],
  delimiters: readonly (typeof DELIMITERS)[number][] = DELIMITERS,
): Candidate | undefined => {
  const quoting = lines.some((line) => line.includes('"'))
  const rows = quoting ? joined(lines.slice(0, FIRST_LINES)) : lines
  const bare = quoting ? rows.map((row) => row.replace(/"[^"]*"/g, '""')) : rows
  let best: Candidate | undefined
  for (const delimiter of delimiters) {
    const counts = rows.map((line) => cellsOf(line, delimiter))
    const columns = counts[0]!
    if (columns < 2) continue
    const agree = counts.filter((count) => count === columns).length / counts.length
    const prose = share(bare, delimiter === ',' ? /, |[;{}]\s*$/ : /[;{}]\s*$/)
    const score = clamp(
      agree * 0.7 +
        Math.min(columns, 6) * 0.045 -
        prose * (isNamed(rows[0]!, delimiter) ? 0.3 : 0.6) -
        (columns === 2 && delimiter !== '\t' ? 0.2 : 0),
    )
    if (agree >= 0.9 && score > (best?.score ?? 0.5))
      best = { type: 'table', score, evidence: `${columns} columns separated by ${JSON.stringify(delimiter)}` }
  }
  return best
}

/** First line of a table of three or more columns with plain names: commas in later cells are no prose. */
const isNamed = (line: string, delimiter: string): boolean => {
  const names = line.split(delimiter)
  return names.length > 2 && names.every((name) => /^"?[\p{L}_][\p{L}\p{N}_ .()/%-]{0,40}"?\r?$/u.test(name))
}

/** Lines of one row, where a quoted cell holds line breaks, put together. */
const joined = (lines: readonly string[]): readonly string[] => {
  const rows: string[] = []
  let open = ''
  let span = 0
  for (const line of lines) {
    open = open === '' ? line : `${open} ${line}`
    span++
    if (isOpen(open) && span < MAX_CELL_LINES) continue
    rows.push(open)
    open = ''
    span = 0
  }
  return rows.length > 0 ? rows : lines
}

const isOpen = (text: string): boolean => {
  let quotes = 0
  for (let at = text.indexOf('"'); at !== -1; at = text.indexOf('"', at + 1)) quotes++
  return quotes % 2 === 1
}

const cellsOf = (line: string, delimiter: string): number => {
  let cells = 1
  let quoted = false
  for (let at = 0; at < line.length; at++) {
    const char = line[at]
    if (char === '"') quoted = !quoted
    else if (char === delimiter && !quoted) cells++
  }
  return cells
}
