// Changes single values of a JSON text and leaves every other byte as it came. For events and answers of a model: small, or rare.
import { JsonCursor, sliceText } from '../../base/json-span.js'
import type { JsonPath } from '../../spec/wire.js'

export interface Span {
  readonly start: number
  readonly end: number
}

/** A member of an object (with its key) or an item of an array. */
export interface Entry extends Span {
  readonly key: string | undefined
  /** Where the key begins; of an item, where it begins. */
  readonly from: number
}

/** Entries of the container at `at`; none where there is no container or it is malformed. */
export const entriesOf = (bytes: Uint8Array, at: number): Entry[] => {
  const cursor = new JsonCursor(bytes, at)
  const opener = cursor.peek()
  const entries: Entry[] = []
  if (opener === 0x7b) {
    cursor.enterObject()
    while (cursor.nextMember()) {
      const [from, key, start] = [cursor.keyStart, cursor.key(), cursor.at]
      if (cursor.skipValue()) entries.push({ key, from, start, end: cursor.at })
    }
  } else if (opener === 0x5b) {
    cursor.enterArray()
    while (cursor.nextItem()) {
      const start = cursor.at
      if (cursor.skipValue()) entries.push({ key: undefined, from: start, start, end: cursor.at })
    }
  }
  return cursor.fault === undefined ? entries : []
}

const entryAt = (entries: readonly Entry[], step: string | number): Entry | undefined =>
  typeof step === 'number' ? entries[step] : entries.findLast((entry) => entry.key === step)

/** Span of the value that a path leads to. */
export const valueAt = (bytes: Uint8Array, path: JsonPath, at = 0): Span | undefined => {
  let found: Span = { start: at, end: bytes.length }
  for (const step of path) {
    const next = entryAt(entriesOf(bytes, found.start), step)
    if (next === undefined) return undefined
    found = next
  }
  return found
}

const spliced = (bytes: Buffer, { start, end }: Span, json: string): Buffer =>
  Buffer.concat([bytes.subarray(0, start), Buffer.from(json), bytes.subarray(end)])

/** Sets a value; a member that is not there is added at the end of its object. Where the path leads nowhere, nothing changes. */
export const withValue = (bytes: Buffer, path: JsonPath, json: string): Buffer => {
  const found = valueAt(bytes, path)
  if (found !== undefined) return spliced(bytes, found, json)
  const parent = valueAt(bytes, path.slice(0, -1))
  const key = path.at(-1)
  if (parent === undefined || typeof key !== 'string') return bytes
  const start = new JsonCursor(bytes, parent.start)
  if (start.peek() !== 0x7b) return bytes
  const last = entriesOf(bytes, parent.start).at(-1)
  const at = last?.end ?? start.at + 1
  return spliced(bytes, { start: at, end: at }, `${last === undefined ? '' : ','}${JSON.stringify(key)}:${json}`)
}

/** Keeps the entries of a container that pass, in their own bytes. */
export const keeping = (bytes: Buffer, path: JsonPath, keep: (entry: Entry, index: number) => boolean): Buffer => {
  const found = valueAt(bytes, path)
  if (found === undefined) return bytes
  const entries = entriesOf(bytes, found.start)
  const kept = entries.filter(keep)
  const [first, last] = [entries[0], entries.at(-1)]
  if (first === undefined || last === undefined || kept.length === entries.length) return bytes
  const json = kept.map((entry) => sliceText(bytes, entry.from, entry.end)).join(',')
  return spliced(bytes, { start: first.from, end: last.end }, json)
}

/** Puts list entries in front of the ones that are there. */
export const prepending = (bytes: Buffer, path: JsonPath, json: string): Buffer => {
  const found = valueAt(bytes, path)
  if (found === undefined || json === '') return bytes
  const cursor = new JsonCursor(bytes, found.start)
  if (cursor.peek() !== 0x5b) return bytes
  const at = cursor.at + 1
  const isEmpty = entriesOf(bytes, found.start).length === 0
  return spliced(bytes, { start: at, end: at }, isEmpty ? json : `${json},`)
}
