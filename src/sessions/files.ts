// Reads recordings from disk: line by line where lines are records, whole where a file is one value.
import { createReadStream } from 'node:fs'
import { open, readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Dialect } from '../spec/wire.js'
import { type Json, parsed } from './json.js'
import type { Candidate, OnUnread, Recording, SessionEvent } from './model.js'

const HEAD_BYTES = 64 * 1024

/** A file that is one JSON value is held whole; larger ones are no recording of a session. Chosen, not measured. */
const MAX_VALUE_BYTES = 256 * 1024 * 1024

export const candidateOf = async (path: string): Promise<Candidate> => {
  const { size } = await stat(path)
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(Math.min(HEAD_BYTES, size)), 0, undefined, 0)
    return { path, bytes: size, head: buffer.subarray(0, bytesRead).toString('utf8') }
  } finally {
    await file.close()
  }
}

/** A record of a JSONL file and the bytes of the file in which it stands. */
export interface Line {
  readonly value: Json
  readonly start: number
  readonly end: number
}

export interface LineOptions {
  /** First and last byte that are read; absent: all. */
  readonly start?: number
  readonly end?: number
  /** Told of each line that is no object, such as the half-written last one, by its number. */
  readonly onUnread?: OnUnread | undefined
}

/** Longest line that is read; one with embedded pictures stays far below. Chosen, not measured. */
const MAX_LINE_BYTES = 128 * 1024 * 1024
const CHUNK_BYTES = 256 * 1024
const NEWLINE = 0x0a

/** The records of a JSONL file. One line is in memory at a time, however fast the disk is. */
export async function* placedLinesOf(path: string, options: LineOptions = {}): AsyncGenerator<Line> {
  const { start = 0, end, onUnread } = options
  const input = createReadStream(path, { start, highWaterMark: CHUNK_BYTES, ...(end === undefined ? {} : { end }) })
  const held = new HeldLine()
  let at = start
  let number = 0
  const finish = (until: number): Line | undefined => {
    number++
    const from = at
    at = until
    const text = held.take()
    const value = text?.startsWith('{') ? parsed(text) : undefined
    if (typeof value === 'object' && value !== null) return { value: value as Json, start: from, end: until }
    if (text?.trim() !== '') onUnread?.(number)
    return undefined
  }
  let read = start
  for await (const chunk of input) {
    const bytes = chunk as Buffer
    let from = 0
    for (let to = bytes.indexOf(NEWLINE); to >= 0; to = bytes.indexOf(NEWLINE, from)) {
      held.add(bytes.subarray(from, to))
      from = to + 1
      const line = finish(read + from)
      if (line !== undefined) yield line
    }
    held.add(bytes.subarray(from))
    read += bytes.length
  }
  const last = read > at ? finish(read) : undefined
  if (last !== undefined) yield last
}

/** Pieces of a line until its end comes; of one that is too long nothing is kept. */
class HeldLine {
  #parts: Buffer[] = []
  #bytes = 0

  add(bytes: Buffer): void {
    this.#bytes += bytes.length
    if (this.#bytes > MAX_LINE_BYTES) this.#parts = []
    else if (bytes.length > 0) this.#parts.push(bytes)
  }

  take(): string | undefined {
    const isTooLong = this.#bytes > MAX_LINE_BYTES
    const text = Buffer.concat(this.#parts).toString('utf8')
    this.#parts = []
    this.#bytes = 0
    return isTooLong ? undefined : text
  }
}

export async function* linesOf(path: string, onUnread?: OnUnread): AsyncGenerator<Json> {
  for await (const { value } of placedLinesOf(path, { onUnread })) yield value
}

export const jsonOf = async (path: string): Promise<unknown> => {
  const { size } = await stat(path)
  if (size > MAX_VALUE_BYTES) throw new Error(`${basename(path)} is larger than ${MAX_VALUE_BYTES} bytes`)
  return JSON.parse((await readFile(path, 'utf8')).replace(/^\uFEFF/, ''))
}

/** First record of a JSONL file as far as the head holds it. */
export const firstLine = ({ head }: Candidate): Json => {
  const value = parsed(head.split('\n', 1)[0] ?? '')
  return typeof value === 'object' && value !== null ? (value as Json) : {}
}

/** A file with one session. */
export const oneRecording = (
  { path, bytes }: Candidate,
  kind: { readonly agent: string; readonly dialect: Dialect },
  events: (onUnread?: OnUnread) => AsyncIterable<SessionEvent>,
): readonly Recording[] => [{ ...kind, id: basename(path).replace(/\.(jsonl?|md)$/, ''), bytes, events }]
