// The same change in a body's bytes: what is not named keeps every byte of the client's.
import { utf8 } from '../../base/bytes.js'
import { bufferOf, JsonCursor } from '../../base/json-span.js'
import type { BodyAlignment } from '../../spec/align.js'
import type { ByteEdit, JsonPath } from '../../spec/wire.js'
import type { Span } from '../body-index.js'
import { planFor } from './plan.js'
import type { Tail } from './tail.js'

/** Undefined where the body goes on as it came. Costs a parse of the body and a walk to each place. */
export const alignBody = (body: Uint8Array): BodyAlignment | undefined => {
  const request = parsed(body)
  const plan = request === undefined ? undefined : planFor(request)
  if (plan === undefined || typeof plan === 'string') return undefined
  const head = plan.head.map(({ path, text }) => {
    const span = spanAt(body, path)
    return span && { ...span, bytes: literal(text) }
  })
  const place = spanAt(body, plan.tail.path)
  if (place === undefined || head.some((edit) => edit === undefined)) return undefined
  const tail = tailEdits(body, plan.tail, { place, list: plan.list })
  return { head: inOrder(head as ByteEdit[]), tail, inside: plan.inside }
}

const parsed = (body: Uint8Array): unknown => {
  try {
    return JSON.parse(bufferOf(body).toString('utf8')) as unknown
  } catch {
    // No JSON: nothing of it is ours to change.
    return undefined
  }
}

const literal = (text: string): Uint8Array => utf8(JSON.stringify(text))
const inOrder = (edits: readonly ByteEdit[]): ByteEdit[] => [...edits].sort((a, b) => a.start - b.start)
const insertion = (at: number, bytes: Uint8Array): ByteEdit => ({ start: at, end: at, bytes })

const tailEdits = (
  body: Uint8Array,
  tail: Tail,
  { place, list }: { readonly place: Span; readonly list: string },
): ByteEdit[] => {
  if (tail.kind === 'extend') return [insertion(place.end - 1, literal(`\n\n${list}`).subarray(1, -1))]
  if (tail.kind === 'to-parts')
    return [
      insertion(place.start, utf8('[{"type":"text","text":')),
      insertion(place.end, utf8(`},${JSON.stringify({ type: 'text', text: list })}]`)),
    ]
  const json = JSON.stringify(tail.item(list))
  const last = lastItemEnd(body, place.start)
  return [last === undefined ? insertion(place.start + 1, utf8(json)) : insertion(last, utf8(`,${json}`))]
}

/** Undefined where the path leads nowhere, or a member on it stands there twice: readers differ in which one counts. */
const spanAt = (body: Uint8Array, path: JsonPath): Span | undefined => {
  let found: Span = { start: 0, end: body.length }
  for (const step of path) {
    const next = typeof step === 'number' ? itemAt(body, found.start, step) : memberAt(body, found.start, step)
    if (next === undefined) return undefined
    found = next
  }
  return found
}

const memberAt = (body: Uint8Array, at: number, name: string): Span | undefined => {
  const cursor = new JsonCursor(body, at)
  const found: Span[] = []
  cursor.enterObject()
  while (cursor.nextMember()) {
    const isIt = cursor.key() === name
    const start = cursor.at
    if (cursor.skipValue() && isIt) found.push({ start, end: cursor.at })
  }
  return cursor.fault === undefined && found.length === 1 ? found[0] : undefined
}

const itemAt = (body: Uint8Array, at: number, index: number): Span | undefined => {
  const cursor = new JsonCursor(body, at)
  cursor.enterArray()
  for (let left = index; cursor.nextItem(); left--) {
    const start = cursor.at
    if (!cursor.skipValue()) return undefined
    if (left === 0) return { start, end: cursor.at }
  }
  return undefined
}

const lastItemEnd = (body: Uint8Array, at: number): number | undefined => {
  const cursor = new JsonCursor(body, at)
  let end: number | undefined
  cursor.enterArray()
  while (cursor.nextItem()) if (cursor.skipValue()) end = cursor.at
  return end
}
