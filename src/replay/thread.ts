// One conversation while it is replayed: the history so far, and the request that the client would send now.
import type { ItemEvent, SessionCall } from '../sessions/model.js'
import type { Dialect } from '../spec/wire.js'
import type { Head } from './encode/encoder.js'
import { encoders } from './encode/list.js'
import type { Count, Group, Piece } from './piece.js'

/** A piece and where it stands in the body: the byte at which it begins, the element of the list, the part of that. */
export interface Placed {
  readonly piece: Piece
  readonly start: number
  readonly element: number
  readonly part: number
}

/** Tokens that receipts show and the recording does not hold, e.g. a reminder of the client's. */
export interface Unrecorded {
  readonly id: string
  readonly tokens: number
}

export interface BuiltRequest {
  readonly dialect: Dialect
  readonly model: string
  readonly session: string
  readonly body: Buffer
  /** In the order of the body. */
  readonly placed: readonly Placed[]
  /** By the number of pieces that stand before. */
  readonly unrecorded: ReadonlyMap<number, readonly Unrecorded[]>
}

interface Item {
  readonly groups: readonly Group[]
  readonly pieces: number
  readonly tokens: number
  readonly unrecorded: Unrecorded[]
}

export class Thread {
  readonly dialect: Dialect
  readonly #count: Count
  #items: Item[] = []
  /** Receipts may show more than the items hold even before there is one. */
  #early: Unrecorded[] = []
  readonly #calls = new Map<string, SessionCall>()
  #made = 0

  constructor(dialect: Dialect, count: Count) {
    this.dialect = dialect
    this.#count = count
  }

  /** Of the recorded history, under the local tokenizer. */
  get tokens(): number {
    return this.#items.reduce((sum, { tokens }) => sum + tokens, 0)
  }

  get pieces(): number {
    return this.#items.reduce((sum, { pieces }) => sum + pieces, 0)
  }

  get unrecordedTokens(): number {
    return [{ unrecorded: this.#early }, ...this.#items].reduce(
      (sum, { unrecorded }) => sum + unrecorded.reduce((own, { tokens }) => own + tokens, 0),
      0,
    )
  }

  add(event: ItemEvent): readonly Piece[] {
    if (event.kind === 'assistant') for (const call of event.calls) this.#calls.set(call.id, call)
    const groups = encoders[this.dialect].groups(event, {
      count: this.#count,
      toolOf: (id) => this.#calls.get(id)?.name ?? 'unknown',
      isCustom: (id) => typeof this.#calls.get(id)?.input === 'string',
    })
    const pieces = groups.flatMap((group) => group.pieces)
    const tokens = pieces.reduce((sum, piece) => sum + piece.tokens, 0)
    this.#items.push({ groups, pieces: pieces.length, tokens, unrecorded: [] })
    return pieces
  }

  /** Puts tokens that are not recorded at the end of the history so far. */
  addUnrecorded(tokens: number): void {
    const list = this.#items.at(-1)?.unrecorded ?? this.#early
    list.push({ id: `unrecorded ${this.#made++}`, tokens })
  }

  cut(keep: number): void {
    this.#items = this.#items.slice(0, keep)
  }

  clear(): void {
    this.#items = []
    this.#early = []
    this.#calls.clear()
  }

  get isEmpty(): boolean {
    return this.pieces === 0
  }

  request(head: Head): BuiltRequest {
    const encoder = encoders[this.dialect]
    const { before, after, elements = 0 } = encoder.around(head)
    const writer = new BodyWriter(elements)
    writer.text(before)
    const groups = this.#items.flatMap((item) => item.groups)
    groups.forEach((group, index) => {
      const continues = encoder.mergesRoles && groups[index - 1]?.role === group.role
      const goesOn = encoder.mergesRoles && groups[index + 1]?.role === group.role
      if (index > 0) writer.text(',')
      if (!continues) writer.element(group.open)
      group.pieces.forEach((piece, at) => {
        if (at > 0) writer.text(',')
        const isLast = index === groups.length - 1 && at === group.pieces.length - 1
        writer.piece(piece, isLast ? (encoder.marker?.(head) ?? '') : '')
      })
      if (!goesOn) writer.text(group.close)
    })
    writer.text(after)
    const { model, session } = head
    return { dialect: this.dialect, model, session, ...writer.end(), unrecorded: this.#unrecorded() }
  }

  #unrecorded(): ReadonlyMap<number, readonly Unrecorded[]> {
    const found = new Map<number, Unrecorded[]>()
    let pieces = 0
    for (const { pieces: own, unrecorded } of [{ pieces: 0, unrecorded: this.#early }, ...this.#items]) {
      pieces += own
      if (unrecorded.length > 0) found.set(pieces, [...(found.get(pieces) ?? []), ...unrecorded])
    }
    return found
  }
}

class BodyWriter {
  readonly #parts: Uint8Array[] = []
  readonly #placed: Placed[] = []
  #length = 0
  #element: number
  #part = 0

  /** @param elements that stand in the list already. */
  constructor(elements: number) {
    this.#element = elements - 1
  }

  text(text: string): void {
    if (text !== '') this.#push(Buffer.from(text))
  }

  element(open: string): void {
    this.#element++
    this.#part = 0
    this.text(open)
  }

  /** `inside` goes before the brace that closes the piece. */
  piece(piece: Piece, inside: string): void {
    this.#placed.push({ piece, start: this.#length, element: this.#element, part: this.#part++ })
    if (inside === '') this.#push(piece.bytes)
    else {
      this.#push(piece.bytes.subarray(0, -1))
      this.text(`${inside}}`)
    }
  }

  end(): { body: Buffer; placed: readonly Placed[] } {
    return { body: Buffer.concat(this.#parts, this.#length), placed: this.#placed }
  }

  #push(bytes: Uint8Array): void {
    this.#parts.push(bytes)
    this.#length += bytes.length
  }
}
