// What each request showed the model of each tool result, read without the product's own code.
import type { Pair } from './judge.js'
import { anatomyOf, isEditable } from './sessions/literals.js'

export interface ShownResult {
  readonly callId: string
  /** As the client sent it. */
  readonly came: string
  readonly went: string
  /** Byte offset of its literal in the body that was sent. */
  readonly start: number
}

const ID = /^(?:call_id|tool_call_id|tool_use_id)$/

/** The id stands in the innermost member on the way that has one. */
const callIdAt = (parsed: unknown, path: readonly (string | number)[]): string => {
  let [value, found] = [parsed as Record<string, unknown> | undefined, '']
  for (const key of path) {
    value = value?.[key] as Record<string, unknown> | undefined
    if (typeof value !== 'object' || value === null) break
    for (const [name, id] of Object.entries(value))
      if (typeof id === 'string' && (ID.test(name) || (name === 'id' && key === 'functionResponse'))) found = id
  }
  return found
}

const textAt = (body: Buffer, { start, end }: { start: number; end: number }): string =>
  JSON.parse(body.subarray(start, end).toString()) as string

export const shownResults = ({ came, went }: Pair): ShownResult[] => {
  const arrived = anatomyOf(went.body).literals
  const parsed: unknown = JSON.parse(came.toString())
  return anatomyOf(came).literals.flatMap((one, index) => {
    const other = arrived[index]
    if (other === undefined || !isEditable(went.dialect!, parsed, one.path)) return []
    const [text, now] = [textAt(came, one), textAt(went.body, other)]
    return [{ callId: callIdAt(parsed, one.path), came: text, went: now, start: other.start }]
  })
}

/** Every text that stands in a body before an offset. */
export const textsBefore = (body: Buffer, end: number): string[] =>
  anatomyOf(body)
    .literals.filter((one) => one.end <= end)
    .map((one) => textAt(body, one))

/** What tools put before a line, or before the first one. */
const GUTTER = /^\s*\d+(?:\t|: |→| ?\| ?)|^Output: /

const stringsIn = (value: unknown): string[] => {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsIn) : []
}

/** Cline puts results into JSON of its own. */
const opened = (text: string): string[] => {
  if (!text.startsWith('[{"query"')) return [text]
  try {
    return stringsIn(JSON.parse(text))
  } catch {
    return [text]
  }
}

export const plainLine = (line: string): string => line.replace(GUTTER, '').trim()

/** The lines of a text without what tools put before them. */
export const linesOf = (text: string): string[] => opened(text).flatMap((one) => one.split('\n').map(plainLine))
