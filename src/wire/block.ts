// A located string value whose text is decoded on first use. Keeps the body alive only until then.
import { decodeString, sliceText } from '../base/json-span.js'
import type { Origin } from '../spec/content.js'
import type { SkipCode } from '../spec/skip.js'
import type { Block, BlockKind, JsonPath } from '../spec/wire.js'
import type { JsonNode } from './tree.js'

export interface BlockFields {
  readonly kind: BlockKind
  readonly role: Block['role']
  readonly path: JsonPath
  readonly callId?: string | undefined
  readonly origin?: Origin
  readonly protectedBy?: SkipCode | undefined
}

const NO_ORIGIN: Origin = {}

export class WireBlock implements Block {
  readonly kind: BlockKind
  readonly role: Block['role']
  readonly path: JsonPath
  readonly start: number
  readonly end: number
  readonly origin: Origin
  declare readonly callId?: string
  declare readonly protectedBy?: SkipCode
  readonly #isString: boolean
  readonly #escaped: boolean
  #body: Uint8Array | undefined
  #text = ''

  constructor(fields: BlockFields, node: JsonNode, body: Uint8Array) {
    this.kind = fields.kind
    this.role = fields.role
    this.path = fields.path
    this.start = node.start
    this.end = node.end
    this.origin = fields.origin ?? NO_ORIGIN
    if (fields.callId !== undefined) this.callId = fields.callId
    if (fields.protectedBy !== undefined) this.protectedBy = fields.protectedBy
    this.#isString = node.kind === 'string'
    this.#escaped = node.escaped
    this.#body = body
  }

  /** Value of a string literal; the JSON text itself of any other value. */
  get text(): string {
    if (this.#body === undefined) return this.#text
    this.#text = this.#isString
      ? decodeString(this.#body, this.start, this.end, this.#escaped)
      : sliceText(this.#body, this.start, this.end)
    this.#body = undefined
    return this.#text
  }

  /** `body` has the same bytes at this block: an undecoded block must not keep every earlier body of a session alive. */
  rebase(body: Uint8Array): void {
    if (this.#body !== undefined) this.#body = body
  }
}
