// Turns that are one message with a list of parts: Anthropic and Gemini.
import { JsonCursor, sliceText } from '../../../base/json-span.js'
import type { ByteEdit } from '../../../spec/wire.js'
import { entriesOf, type Span, valueAt } from '../patch.js'
import { insertAt, insertion, type Part, roundsBefore } from '../place.js'
import type { Head, Hidden, Turn } from '../types.js'

export interface MessageShape {
  /** Member with the parts. */
  readonly list: string
  /** A message of the client's side that holds these parts. */
  wrap(parts: string): string
}

type Dict = Readonly<Record<string, unknown>>

export const dict = (value: unknown): Dict =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}

export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

export const parsed = (bytes: Uint8Array, { start, end }: Span): unknown => JSON.parse(sliceText(bytes, start, end))

/** Parsed data of an event or answer; undefined where it is no JSON object. */
export const objectOf = (data: Buffer | undefined): Record<string, unknown> | undefined => {
  // Some gateways keep a connection awake with line ends in front of the answer.
  if (data === undefined || new JsonCursor(data).peek() !== 0x7b) return undefined
  try {
    const value: unknown = JSON.parse(data.toString('utf8'))
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined
  } catch {
    // Not for us to judge: it goes on to the client as it came.
    return undefined
  }
}

/** `tool_choice` of Anthropic and OpenAI: left out, a word, or an object with the word as its type. */
export const isFreeChoice = (head: Head): boolean => {
  const choice = head.tool_choice
  return choice === undefined || choice === null || choice === 'auto' || dict(choice).type === 'auto'
}

export const listOf = (value: unknown): readonly Dict[] => (Array.isArray(value) ? value.map(dict) : [])

/** Parts of a message; one where its content is a plain string. */
export const partsOf = (body: Uint8Array, message: Span, list: string): Part[] => {
  const content = valueAt(body, [list], message.start)
  if (content === undefined) return []
  if (body[content.start] === 0x22) return [{ ...content, text: textOf(parsed(body, content)), literal: content }]
  return entriesOf(body, content.start).map(({ start, end }) => {
    const part = dict(parsed(body, { start, end }))
    const isText = typeof part.text === 'string' && part.thought !== true
    const literal = isText ? valueAt(body, ['text'], start) : undefined
    return { start, end, text: isText ? textOf(part.text) : '', ...(literal ? { literal } : {}) }
  })
}

/** Offset behind the bracket that opens a message's parts; undefined where it has no list. */
const listStart = (body: Uint8Array, message: Span, list: string): number | undefined => {
  const content = valueAt(body, [list], message.start)
  return content !== undefined && body[content.start] === 0x5b ? content.start + 1 : undefined
}

export const reinsertIntoMessage = (
  body: Buffer,
  { entries: [message, ...more], next }: Turn,
  { rounds, last }: Hidden,
  shape: MessageShape,
): readonly ByteEdit[] | undefined => {
  if (message === undefined || more.length > 0) return undefined
  const parts = partsOf(body, message, shape.list)
  const before = roundsBefore(body, parts, { start: message.start, end: message.end, rounds, ...(last && { last }) })
  if (before === undefined || last === undefined) return before?.edits
  const open = listStart(body, message, shape.list)
  const inserted = open === undefined ? undefined : insertAt(parts, open, last.calls)
  if (inserted === undefined || next === undefined) return undefined
  const nextOpen = listStart(body, next, shape.list)
  const joins = nextOpen === undefined ? '' : entriesOf(body, nextOpen - 1).length > 0 ? ',' : ''
  const results =
    nextOpen === undefined
      ? insertion(next.start, `${shape.wrap(last.results)},`)
      : insertion(nextOpen, `${last.results}${joins}`)
  return [...before.edits, ...inserted, results]
}
