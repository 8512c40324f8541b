// The member names that a codec reads, found by their bytes: no string is made for the keys it does not know.
import { utf8 } from '../base/bytes.js'
import type { JsonCursor } from '../base/json-span.js'

interface Field {
  readonly name: string
  /** The value is read as a span only, or with its own members and items. */
  readonly how: 'span' | 'tree'
}

interface Entry {
  readonly field: Field
  readonly bytes: Uint8Array
}

/** Slots of the table; names are told apart by length and two bytes first. */
const SLOTS = 256

const slotOf = (bytes: Uint8Array, start: number, end: number): number =>
  ((end - start) * 29 + (bytes[start] ?? 0) * 7 + (bytes[end - 1] ?? 0)) & (SLOTS - 1)

export class FieldTable {
  readonly #slots: (Entry[] | undefined)[] = Array(SLOTS).fill(undefined)

  constructor(fields: readonly Field[]) {
    for (const field of fields) {
      const bytes = utf8(field.name)
      const slot = slotOf(bytes, 0, bytes.length)
      this.#slots[slot] = [...(this.#slots[slot] ?? []), { field, bytes }]
    }
  }

  /** Field of the cursor's current key, or undefined for a key that nobody reads. */
  at(cursor: JsonCursor): Field | undefined {
    if (!cursor.keyEscaped) return this.#find(cursor.bytes, cursor.keyStart + 1, cursor.keyEnd - 1)
    const key = utf8(cursor.key())
    return this.#find(key, 0, key.length)
  }

  #find(bytes: Uint8Array, start: number, end: number): Field | undefined {
    const entries = this.#slots[slotOf(bytes, start, end)]
    if (entries === undefined) return undefined
    for (const entry of entries) if (sameBytes(entry.bytes, bytes, start, end)) return entry.field
    return undefined
  }
}

const sameBytes = (name: Uint8Array, bytes: Uint8Array, start: number, end: number): boolean => {
  if (name.length !== end - start) return false
  for (let index = 0; index < name.length; index++) if (name[index] !== bytes[start + index]) return false
  return true
}

export const fieldTable = (names: {
  readonly span: readonly string[]
  readonly tree?: readonly string[]
}): FieldTable =>
  new FieldTable([
    ...names.span.map((name): Field => ({ name, how: 'span' })),
    ...(names.tree ?? []).map((name): Field => ({ name, how: 'tree' })),
  ])
