// How the scripted provider writes: JSON, or a stream with a pause behind its first event, so that whoever holds a stream back is seen.
import type { ServerResponse } from 'node:http'
import type { ToolCall } from './tool-call.js'

/** What one turn says, in words of no dialect. */
export type Said = { readonly calls: readonly (ToolCall & { readonly id: string })[] } | { readonly say: string }

export interface Answering {
  readonly answer: ServerResponse
  readonly path: string
  readonly parsed: Readonly<Record<string, unknown>>
  readonly said: Said
  /** End the connection behind the first events. */
  readonly cut: boolean
}

const PAUSE_MS = 40

export type Event = readonly [name: string | undefined, data: object | string]

export const sendJson = (answer: ServerResponse, status: number, value: unknown): void => {
  answer.writeHead(status, { 'content-type': 'application/json' })
  answer.end(JSON.stringify(value))
}

const eventText = ([name, data]: Event): string =>
  `${name === undefined ? '' : `event: ${name}\n`}data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`

export const sendEvents = ({ answer, cut }: Answering, events: readonly Event[]): void => {
  answer.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' })
  const [head, ...rest] = events
  answer.write(eventText(head!))
  setTimeout(() => {
    if (cut) return void answer.destroy()
    answer.write(rest.slice(0, -1).map(eventText).join(''))
    setTimeout(() => answer.end(rest.slice(-1).map(eventText).join('')), PAUSE_MS)
  }, PAUSE_MS)
}

let serial = 0
export const nextId = (prefix: string): string => `${prefix}_${String(++serial).padStart(6, '0')}`
