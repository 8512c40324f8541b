// Applies edits and changes nothing else: bytes outside the edited literals are the client's own, objects outside the
// edited paths are the caller's own.

import { utf8 } from '../base/bytes.js'
import { HeadroomError } from '../base/errors.js'
import type { ByteEdit, JsonPath } from '../spec/wire.js'

/** Without edits the very body that came. Throws where edits overlap or leave the body: no such body may be sent. */
export const spliceBytes = (body: Uint8Array, edits: readonly ByteEdit[]): Uint8Array => {
  if (edits.length === 0) return body
  const parts: Uint8Array[] = []
  let at = 0
  for (const { start, end, bytes } of edits) {
    if (start < at || end < start || end > body.length) {
      throw new HeadroomError('INTERNAL', `edit ${start}-${end} overlaps another one or leaves the body`)
    }
    parts.push(body.subarray(at, start), bytes)
    at = end
  }
  parts.push(body.subarray(at))
  return Buffer.concat(parts)
}

/** JSON string literal in UTF-8; only what must be escaped is, lone surrogates as `\udXXX`. */
export const literalOf = (text: string): Uint8Array => utf8(JSON.stringify(text))

export interface ObjectEdit {
  readonly path: JsonPath
  readonly text: string
}

/** A copy of `root` with new strings at the paths; everything off the paths is the same reference. No edits: `root`. */
export const applyToObject = <T>(root: T, edits: readonly ObjectEdit[]): T => {
  const copies = new Set<object>()
  let result: unknown = root
  for (const { path, text } of edits) result = withText(result, { path, text }, copies)
  return result as T
}

const withText = (root: unknown, { path, text }: ObjectEdit, copies: Set<object>): unknown => {
  if (path.length === 0) return text
  const top = copyOnce(root, path, copies)
  let at = top
  for (const step of path.slice(0, -1)) {
    const next = copyOnce(at[step], path, copies)
    at[step] = next
    at = next
  }
  at[path.at(-1) as string | number] = text
  return top
}

type Container = Record<string | number, unknown>

/** A copy that later edits of the same call may write to. */
const copyOnce = (value: unknown, path: JsonPath, copies: Set<object>): Container => {
  if (typeof value !== 'object' || value === null) {
    throw new HeadroomError('INTERNAL', `nothing to edit at ${path.join('.')}`)
  }
  if (copies.has(value)) return value as Container
  const copy = Array.isArray(value) ? value.slice() : copyOfObject(value)
  copies.add(copy)
  return copy as Container
}

/** Own properties as plain writable ones, so that frozen and class-made messages can be copied too. */
const copyOfObject = (value: object): object => {
  const prototype: object | null = Object.getPrototypeOf(value)
  return prototype === Object.prototype ? { ...value } : Object.setPrototypeOf({ ...value }, prototype)
}
