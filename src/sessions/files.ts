// Reads recordings from disk: line by line where lines are records, whole where a file is one value.
import { createReadStream } from 'node:fs'
import { open, readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { createInterface } from 'node:readline'
import type { Dialect } from '../spec/wire.js'
import { type Json, parsed } from './json.js'
import type { Candidate, Recording, SessionEvent } from './model.js'

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

/** The records of a JSONL file. A line that is no object, such as the half-written last one, is passed over. */
export async function* linesOf(path: string): AsyncGenerator<Json> {
  const lines = createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY })
  for await (const line of lines) {
    const value = line.startsWith('{') ? parsed(line) : undefined
    if (typeof value === 'object' && value !== null) yield value as Json
  }
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
  events: () => AsyncIterable<SessionEvent>,
): readonly Recording[] => [{ ...kind, id: basename(path).replace(/\.(jsonl?|md)$/, ''), bytes, events }]
