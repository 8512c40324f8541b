// How the scripted provider writes: JSON, or a stream whose last event waits until the first ones arrived, so that whoever holds a
// stream back is seen.
import type { ServerResponse } from 'node:http'
import type { ToolCall } from './schema.js'

/** What one turn says, in words of no dialect. */
export type Said = { readonly calls: readonly (ToolCall & { readonly id: string })[] } | { readonly say: string }

export interface Answering {
  readonly answer: ServerResponse
  readonly path: string
  readonly parsed: Readonly<Record<string, unknown>>
  readonly said: Said
  /** Tokens of input that the answer reports. */
  readonly inputTokens: number
  /** Stop behind the event that begins the words, until the client is gone. */
  readonly holds: boolean
  /** End the connection behind the first events. */
  readonly cut: boolean
  /** Whether the client got the beginning of this answer; true where nobody looks. */
  readonly hasArrived: () => boolean
  /** Told when it did not arrive. */
  readonly heldBack: () => void
}

/** Looks are counted, not time: between two of them this process has handled what came in, however busy it was. */
const LOOKS = 100
const LOOK_MS = 20

export type Event = readonly [name: string | undefined, data: object | string]

/** Announces a whole answer and ends the connection in its midst. */
const sendCut = (answer: ServerResponse, value: unknown): void => {
  const text = JSON.stringify(value)
  answer.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) })
  answer.write(text.slice(0, text.length / 2))
  setTimeout(() => answer.destroy(), LOOK_MS)
}

/** A whole turn, not streamed. */
export const sendWhole = ({ answer, cut }: Answering, value: unknown): void =>
  cut ? sendCut(answer, value) : sendJson(answer, 200, value)

export const sendJson = (answer: ServerResponse, status: number, value: unknown): void => {
  answer.writeHead(status, { 'content-type': 'application/json' })
  answer.end(JSON.stringify(value))
}

const eventText = ([name, data]: Event): string =>
  `${name === undefined ? '' : `event: ${name}\n`}data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`

/** How many events stand before the first one behind the words. */
export const upToWords = (events: readonly Event[], said: Said): number =>
  'say' in said ? 1 + events.findIndex(([, data]) => JSON.stringify(data).includes(said.say)) : events.length

export const sendEvents = (answering: Answering, events: readonly Event[]): void => {
  const { answer, cut, hasArrived, heldBack, said, holds } = answering
  answer.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' })
  if (holds) {
    for (const event of events.slice(0, upToWords(events, said))) answer.write(eventText(event))
    return
  }
  answer.write(eventText(events[0]!))
  const end = (): void => {
    answer.write(events.slice(1, -1).map(eventText).join(''))
    answer.end(events.slice(-1).map(eventText).join(''))
  }
  const look = (looksLeft: number): void => {
    if (hasArrived() || looksLeft === 0) {
      if (looksLeft === 0) heldBack()
      if (cut) answer.destroy()
      else end()
    } else setTimeout(look, LOOK_MS, looksLeft - 1)
  }
  setTimeout(look, LOOK_MS, LOOKS)
}

let serial = 0
export const nextId = (prefix: string): string => `${prefix}_${String(++serial).padStart(6, '0')}`
