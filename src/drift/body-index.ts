// Where the parts of a request body lie: its top-level members, and the items of its list of turns. Built by position, and
// for the next body of a conversation only from the first byte that differs.
import { createHash } from 'node:crypto'
import { commonPrefixLength } from '../base/bytes.js'
import { decodeString, JsonCursor, sliceText } from '../base/json-span.js'
import { canonical } from './canonical.js'

export interface Span {
  readonly start: number
  readonly end: number
}

export interface Item extends Span {
  /** Digest of its content without cache breakpoints: the same for a string and for one text part that holds it. */
  readonly digest: string
  /** `assistant`, `user`, `system`, `tool`, or the item's type where it has no role. */
  readonly role: string
}

export interface BodyIndex {
  readonly body: Uint8Array
  /** All top-level members but the list of turns, by name. */
  readonly members: ReadonlyMap<string, Span>
  readonly listName: string
  /** Where the list begins. */
  readonly listStart: number
  readonly items: readonly Item[]
}

/** Names of the list of turns in the bodies that clients send. */
const LISTS: ReadonlySet<string> = new Set(['messages', 'input', 'contents'])

/** Longer items (images, mostly) are told apart by their raw bytes, breakpoints included. */
const PARSED_ITEM_BYTES = 1024 * 1024
/** Work between two pauses: about 2 ms (measured 2026-11, 2 cores). */
const SLICE_BYTES = 128 * 1024

/** Gives the event loop its turn; awaited between slices of work. */
export type Pause = () => Promise<void>

/** Undefined for a body that is no JSON object with a list of turns. Costs the bytes that differ from `previous`, and a memcmp. */
export const indexBody = async (
  body: Uint8Array,
  pause: Pause,
  previous?: BodyIndex,
): Promise<BodyIndex | undefined> => {
  const known = previous === undefined ? undefined : sharedPart(body, previous)
  const members = new Map(known?.members)
  const items = [...(known?.items ?? [])]
  const cursor = new JsonCursor(body, known?.at ?? 0)
  let [listName, listStart] = [known?.listName ?? '', known?.listStart ?? 0]
  if (known === undefined) cursor.enterObject()
  else await readItems(cursor, items, pause)
  while (cursor.nextMember()) {
    const name = cursor.key()
    const start = cursor.at
    if (listName === '' && LISTS.has(name) && cursor.peek() === 0x5b) {
      ;[listName, listStart] = [name, start]
      cursor.enterArray()
      await readItems(cursor, items, pause)
    } else if (cursor.skipValue()) members.set(name, { start, end: cursor.at })
  }
  if (cursor.fault !== undefined || !cursor.atEnd() || listName === '') return undefined
  return { body, members, listName, listStart, items }
}

interface SharedPart extends Pick<BodyIndex, 'members' | 'listName' | 'listStart' | 'items'> {
  /** Behind the last item that both bodies have. */
  readonly at: number
}

/** Resumes behind the last shared item; without one the body is read from its start. */
const sharedPart = (body: Uint8Array, previous: BodyIndex): SharedPart | undefined => {
  const shared = commonPrefixLength(previous.body, body)
  const items = previous.items.slice(0, countBefore(previous.items, shared))
  const last = items.at(-1)
  if (last === undefined) return undefined
  const members = [...previous.members].filter(([, { end }]) => end <= previous.listStart)
  const { listName, listStart } = previous
  return { members: new Map(members), listName, listStart, items, at: last.end }
}

/** Items that end before `limit`, so that the byte behind them is shared too. */
const countBefore = (items: readonly Item[], limit: number): number => {
  const first = items.findIndex(({ end }) => end >= limit)
  return first === -1 ? items.length : first
}

const readItems = async (cursor: JsonCursor, items: Item[], pause: Pause): Promise<void> => {
  let since = cursor.at
  while (cursor.nextItem()) {
    const start = cursor.at
    if (!cursor.skipValue()) return
    items.push(itemOf(cursor.bytes, start, cursor.at))
    if (cursor.at - since < SLICE_BYTES) continue
    since = cursor.at
    await pause()
  }
}

const itemOf = (body: Uint8Array, start: number, end: number): Item => {
  if (end - start > PARSED_ITEM_BYTES) return { start, end, role: 'long', digest: digestOf(body.subarray(start, end)) }
  const value: unknown = JSON.parse(sliceText(body, start, end))
  return { start, end, role: roleOf(value), digest: digestOf(JSON.stringify(canonical(value))) }
}

const digestOf = (content: string | Uint8Array): string => createHash('sha1').update(content).digest('base64')

const roleOf = (value: unknown): string => {
  if (typeof value !== 'object' || value === null) return 'text'
  const { role, type } = value as { role?: unknown; type?: unknown }
  const name = typeof role === 'string' ? role : typeof type === 'string' ? type : 'message'
  return name === 'model' || name === 'function_call' || name === 'reasoning' ? 'assistant' : name
}

/** Answers that the list holds: runs of items that the model said. */
export const answersIn = (items: readonly Item[]): number =>
  items.filter(({ role }, at) => role === 'assistant' && items[at - 1]?.role !== 'assistant').length

export const memberText = ({ body, members }: BodyIndex, name: string): string | undefined => {
  const span = members.get(name)
  if (span === undefined || body[span.start] !== 0x22) return undefined
  return decodeString(body, span.start, span.end, true)
}

export const jsonAt = ({ body }: BodyIndex, span: Span | undefined): unknown =>
  span === undefined ? undefined : JSON.parse(sliceText(body, span.start, span.end))
