/**
 * The one grammar of references: printer and reader. A reference is a line of its own and states a fact.
 *
 *   [lines 104-260 are the same as lines 101-257 of Read src/app.ts above: "export const run" … "}"]
 *   [lines 104-260 are the same as in the Read of this file above: "export const run" … "}"]  same numbers, or none there
 *   [120 lines here are the same as in Bash "npm test" above: "> vitest run" … "Done in 3 s"] lines without numbers
 *   [1 line here is the same as in content of the call Write notes.md above: "Total: 14 files"]
 */
import type { Span } from '../spec/plan.js'
import type { TextSource } from '../spec/reference.js'
import { quoted, quoteEnd } from './quote.js'

export type Range = readonly [first: number, last: number]

export interface Reference {
  readonly count: number
  /** The lines' own numbers, where they have a gutter. */
  readonly range?: Range
  /** Their numbers in the base, where these differ. */
  readonly baseRange?: Range
  /** Words for the base. */
  readonly base: string
  /** First and last line, quoted and shortened; one quote for one line. */
  readonly quotes: string
}

const SUBJECT_CHARS = 80
const PLAIN = /^[^\s"'`[\]\u0000-\u001f\u007f-\u009f]+$/
const SAME = ' the same as '
const ABOVE = ' above: '

/** What the base is called in a text that came from `here`; a model finds it by tool and path or command. */
export const wordsFor = (source: TextSource, here: TextSource): string => {
  if (source.kind === 'user' || source.kind === 'assistant') return `the ${source.kind} text`
  const tool = source.tool === undefined ? '' : plainOr(source.tool)
  const where = source.argument === undefined ? '' : `${plainOr(source.argument)} of `
  if (tool !== '' && isSameFile(source, here))
    return `${where}the ${tool}${source.kind === 'call' ? ' call' : ''} of this file`
  const subject = source.subject === undefined ? '' : subjectOf(source)
  const named = [tool, subject].filter((part) => part !== '').join(' ')
  if (source.kind === 'call') return named === '' ? 'a tool call' : `${where}the call ${named}`
  return named === '' ? 'a tool result' : named
}

const isSameFile = (a: TextSource, b: TextSource): boolean =>
  a.isCommand !== true && b.isCommand !== true && a.subject !== undefined && a.subject === b.subject

const plainOr = (text: string): string => (PLAIN.test(text) ? text : quoted(text, SUBJECT_CHARS))

const subjectOf = ({ subject = '', isCommand }: TextSource): string => {
  const [line = ''] = subject.trim().split(/[\r\n\u2028\u2029]/, 1)
  const printable = line.replace(/[\u0000-\u001f\u007f-\u009f]/g, ' ')
  if (printable === '') return ''
  return isCommand === true || printable.length > 2 * SUBJECT_CHARS
    ? quoted(printable, SUBJECT_CHARS)
    : plainOr(printable)
}

export const quotesOf = (first: string, last: string, count: number): string => {
  const tidy = (line: string): string => line.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, ' ')
  return count === 1 ? quoted(tidy(first)) : `${quoted(tidy(first))} … ${quoted(tidy(last))}`
}

export const printReference = ({ count, range, baseRange, base, quotes }: Reference): string => {
  const verb = count === 1 ? 'is' : 'are'
  const lines = range === undefined ? `${count} ${count === 1 ? 'line' : 'lines'} here` : rangeWords(range)
  const there = baseRange === undefined ? 'in' : `${rangeWords(baseRange)} of`
  return `[${lines} ${verb}${SAME}${there} ${base}${ABOVE}${quotes}]`
}

const rangeWords = ([first, last]: Range): string => (first === last ? `line ${first}` : `lines ${first}-${last}`)

const HEAD =
  /^\[(?:line (\d{1,7}) is|lines (\d{1,7})-(\d{1,7}) are|(1) line here is|(\d{1,7}) lines here are) the same as (?:in |line (\d{1,7}) of |lines (\d{1,7})-(\d{1,7}) of )/
/** A base is a tool's name and a subject; quotes are short. */
const MAX_CHARS = 800

/** The reference that a line is, or undefined. */
export const parseReference = (line: string): Reference | undefined => {
  if (line.length > MAX_CHARS || !line.startsWith('[') || !line.endsWith(']')) return undefined
  const head = HEAD.exec(line)
  if (head === null) return undefined
  const range = rangeOf(head[1] ?? head[2], head[1] ?? head[3])
  const baseRange = rangeOf(head[6] ?? head[7], head[6] ?? head[8])
  const count = range === undefined ? Number(head[4] ?? head[5]) : range[1] - range[0] + 1
  if (count < 1 || (baseRange !== undefined && baseRange[1] - baseRange[0] + 1 !== count)) return undefined
  for (let above = line.indexOf(ABOVE, head[0].length); above !== -1; above = line.indexOf(ABOVE, above + 1)) {
    const reference: Reference = {
      count,
      base: line.slice(head[0].length, above),
      quotes: line.slice(above + ABOVE.length, -1),
      ...(range === undefined ? {} : { range }),
      ...(baseRange === undefined ? {} : { baseRange }),
    }
    if (areQuotes(reference.quotes, count) && printReference(reference) === line) return reference
  }
  return undefined
}

const rangeOf = (first: string | undefined, last: string | undefined): Range | undefined =>
  first === undefined || last === undefined ? undefined : [Number(first), Number(last)]

const areQuotes = (quotes: string, count: number): boolean => {
  const first = quoteEnd(quotes, 0)
  if (first === undefined) return false
  if (count === 1) return first === quotes.length
  return quotes.startsWith(' … ', first) && quoteEnd(quotes, first + 3) === quotes.length
}

/** All lines of a text that read as references. Linear. */
export const findReferences = (text: string): Span[] => {
  const found: Span[] = []
  for (let at = text.indexOf(SAME); at !== -1; ) {
    const start = text.lastIndexOf('\n', at) + 1
    const newline = text.indexOf('\n', at)
    const end = newline === -1 ? text.length : newline
    if (at - start < 40 && end - start <= MAX_CHARS && parseReference(text.slice(start, end)) !== undefined)
      found.push({ start, end })
    at = text.indexOf(SAME, end)
  }
  return found
}
