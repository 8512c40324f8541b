/** Answers to a retrieval: the whole original byte for byte, a range of its lines, or what matches a query; in pages where asked. */
import { HeadroomError } from '../base/errors.js'
import { type LineTable, lineTable } from '../base/lines.js'
import type { RetrieveOptions, RetrieveResult } from '../spec/engine.js'
import { matchingText } from './match.js'

/**
 * `bytes` are the original's own where the whole text or a range came in one page; otherwise they are `text` in UTF-8,
 * and pages put together give the whole answer. Throws INPUT_INVALID for a malformed range or cursor.
 */
export const retrieveFrom = (bytes: Uint8Array, options: RetrieveOptions = {}): Omit<RetrieveResult, 'found'> => {
  const source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  const text = source.toString('utf8')
  const table = lineTable(text)
  const asked = options.lines === undefined ? undefined : parseLines(options.lines, table.count)
  const range = asked === undefined ? text : linesOf(table, asked)
  const answer = options.query === undefined ? range : matchingText(range, options.query, (asked?.first ?? 1) - 1)
  const page = pageOf(answer, options)
  const isExact = options.query === undefined && page.text.length === answer.length
  const exact = asked === undefined ? bytes : lineBytes(source, asked)
  return {
    text: page.text,
    bytes: isExact ? exact : Buffer.from(page.text, 'utf8'),
    totalLines: table.count,
    ...(page.next === undefined ? {} : { next: page.next }),
  }
}

/** 1-based, inclusive; `last < first` is an empty range. */
interface LineRange {
  readonly first: number
  readonly last: number
}

const LINES = /^\s*(\d{1,15})?\s*(-)?\s*(\d{1,15})?\s*$/

const parseLines = (lines: string, count: number): LineRange => {
  const match = LINES.exec(lines)
  const [, from, dash, to] = match ?? []
  const first = Number(from ?? 1)
  const last = dash === undefined ? first : Number(to ?? count)
  if (
    match === null ||
    (from === undefined && to === undefined) ||
    (dash === undefined && to !== undefined) ||
    first === 0
  )
    throw new HeadroomError(
      'INPUT_INVALID',
      `lines: expected 120-156, 40 or 90-, counted from 1; got ${JSON.stringify(lines.slice(0, 40))}`,
    )
  if (to !== undefined && last < first)
    throw new HeadroomError('INPUT_INVALID', `lines: the last line ${last} comes before the first line ${first}`)
  return { first, last: Math.min(last, count) }
}

const linesOf = (table: LineTable, { first, last }: LineRange): string =>
  first > last ? '' : table.text.slice(table.starts[first - 1], table.starts[last])

/** Line breaks are single bytes in UTF-8, also between invalid sequences, so lines of bytes are lines of text. */
const lineBytes = (source: Buffer, { first, last }: LineRange): Uint8Array => {
  if (first > last) return new Uint8Array(0)
  const skipLines = (from: number, lines: number): number => {
    let at = from
    for (let line = 0; line < lines && at < source.length; line++) {
      const newline = source.indexOf(10, at)
      at = newline === -1 ? source.length : newline + 1
    }
    return at
  }
  const start = skipLines(0, first - 1)
  return source.subarray(start, skipLines(start, last - first + 1))
}

interface Page {
  readonly text: string
  readonly next?: number
}

const pageOf = (answer: string, { cursor = 0, maxChars }: RetrieveOptions): Page => {
  if (!Number.isSafeInteger(cursor) || cursor < 0)
    throw new HeadroomError('INPUT_INVALID', `cursor: expected the number given as next; got ${cursor}`)
  const start = Math.min(cursor, answer.length)
  if (maxChars === undefined || answer.length - start <= maxChars) return { text: answer.slice(start) }
  const end = cutBefore(answer, start, start + Math.max(1, Math.floor(maxChars)))
  return { text: answer.slice(start, end), next: end }
}

/** Last line end within the limit; without one, the limit itself, moved so that no character and no CRLF is cut in two. */
const cutBefore = (text: string, start: number, limit: number): number => {
  const newline = text.lastIndexOf('\n', limit - 1)
  if (newline >= start) return newline + 1
  const before = text.charCodeAt(limit - 1)
  const splits = (before >= 0xd800 && before <= 0xdbff) || before === 13
  if (!splits) return limit
  return limit - 1 > start ? limit - 1 : limit + 1
}
