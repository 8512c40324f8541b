// A JSON value as spans with all of its members, for edits that take members away and leave every other byte.
import { decodeString, JsonCursor } from '../../../base/json-span.js'
import type { ByteEdit } from '../../../spec/wire.js'

/** Deeper values are not read. Chosen, not measured: schemas of tools nest less than ten deep. */
const MAX_DEPTH = 64

export interface JsonMember {
  readonly name: string
  /** First byte of the key. */
  readonly start: number
  readonly value: JsonValue
}

export interface JsonValue {
  readonly start: number
  readonly end: number
  /** Text of a string. */
  readonly text?: string
  /** Members of an object; a name that occurs twice makes it unreadable, since readers disagree on which counts. */
  readonly members?: readonly JsonMember[]
  readonly items?: readonly JsonValue[]
}

/** The value at `at`; undefined where it is no JSON, too deep, or names a member twice. */
export const readJson = (bytes: Uint8Array, at: number): JsonValue | undefined => {
  const cursor = new JsonCursor(bytes, at)
  const value = readAt(cursor, 0)
  return cursor.fault ? undefined : value
}

const readAt = (cursor: JsonCursor, depth: number): JsonValue => {
  const byte = cursor.peek()
  const start = cursor.at
  if (depth === MAX_DEPTH) cursor.fail('depth')
  if (byte === 0x7b) return { start, members: readMembers(cursor, depth), end: cursor.at }
  if (byte === 0x5b) {
    const items: JsonValue[] = []
    cursor.enterArray()
    while (cursor.nextItem()) items.push(readAt(cursor, depth + 1))
    return { start, items, end: cursor.at }
  }
  if (!cursor.skipValue() || byte !== 0x22) return { start, end: cursor.at }
  return { start, end: cursor.at, text: decodeString(cursor.bytes, start, cursor.at, cursor.escaped) }
}

const readMembers = (cursor: JsonCursor, depth: number): JsonMember[] => {
  const members: JsonMember[] = []
  const names = new Set<string>()
  cursor.enterObject()
  while (cursor.nextMember()) {
    const name = cursor.key()
    const start = cursor.keyStart
    if (names.has(name)) cursor.fail('syntax', start)
    names.add(name)
    members.push({ name, start, value: readAt(cursor, depth + 1) })
  }
  return members
}

export const memberOf = ({ members }: JsonValue, name: string): JsonValue | undefined =>
  members?.find((member) => member.name === name)?.value

/** Edits that take members of an object away, each run of them with one comma. */
export const without = ({ members = [] }: JsonValue, gone: ReadonlySet<JsonMember>): ByteEdit[] => {
  const edits: ByteEdit[] = []
  for (let from = 0; from < members.length; from++) {
    if (!gone.has(members[from]!)) continue
    let to = from
    while (to + 1 < members.length && gone.has(members[to + 1]!)) to++
    const before = members[from - 1]
    const last = members[to]!.value.end
    const end = before === undefined ? (members[to + 1]?.start ?? last) : last
    edits.push({ start: before?.value.end ?? members[from]!.start, end, bytes: new Uint8Array() })
    from = to
  }
  return edits
}
