// What one Responses connection has said so far. A frame that continues an earlier response holds new items only; the whole
// conversation is put together here, so that the engine sees what an HTTP request would carry: the same identity, the calls
// behind each output, the tools offered.
import { JsonCursor } from '../../base/json-span.js'
import type { ByteEdit } from '../../spec/wire.js'
import { fieldTable } from '../../wire/fields.js'
import { type JsonNode, readTree, textOf } from '../../wire/tree.js'

/** Members of a frame that stand around the items and are read. */
const HEAD = ['model', 'instructions', 'tools', 'prompt_cache_key'] as const
const CREATE = fieldTable({ span: ['type', 'input', 'previous_response_id', ...HEAD] })
const EVENT = fieldTable({ span: ['type', 'item', 'id'], tree: ['response'] })

/** Bytes of items held; a longer conversation is no longer followed, and its frames stand for themselves. */
const LIMIT_BYTES = 64 * 1024 * 1024

const NOTHING = Buffer.from('{"input":[]}')

/** A `response.create` frame as a request body, and the way back from the body's offsets to the frame's. */
export interface Created {
  readonly body: Buffer
  /** Where in the body begin the items that this frame carries. */
  readonly newItemsStart: number
  /** Edits of the items that this frame carries. */
  toFrame(edits: readonly ByteEdit[]): ByteEdit[]
}

export class Conversation {
  #head = new Map<string, Buffer>()
  #items: Buffer[] = []
  #bytes = 0
  /** Number of items that each finished response of this connection stood on. */
  readonly #points = new Map<string, number>()

  /** Undefined for every other message. Follows the conversation as if the frame were sent. */
  created(message: Buffer): Created | undefined {
    const frame = readTree(new JsonCursor(message), CREATE)
    if (frame?.kind !== 'object' || frame.ambiguous) return undefined
    if (textOf(message, frame.get('type')) !== 'response.create') return undefined
    const input = frame.get('input')
    if (message[input?.start ?? -1] !== 0x5b) return undefined
    this.#goTo(textOf(message, frame.get('previous_response_id')))
    for (const name of HEAD) {
      const node = frame.get(name)
      if (node) this.#head.set(name, message.subarray(node.start, node.end))
    }
    return this.#with(message.subarray(input!.start + 1, input!.end - 1), input!.start + 1)
  }

  /** An event of the provider: what the model said becomes part of the conversation. */
  heard(message: Buffer): void {
    const event = readTree(new JsonCursor(message), EVENT)
    if (event?.kind !== 'object') return
    const type = textOf(message, event.get('type'))
    const item = event.get('item')
    if (type === 'response.output_item.done' && item) this.#add(message.subarray(item.start, item.end))
    const id = textOf(message, responseOf(event)?.get('id'))
    if (type === 'response.completed' && id !== undefined) this.#points.set(id, this.#items.length)
  }

  /** Without an id, or with one that this connection has not heard, nothing said before stands above the frame. */
  #goTo(previousId: string | undefined): void {
    this.#items.length = previousId === undefined ? 0 : (this.#points.get(previousId) ?? 0)
    this.#bytes = this.#items.reduce((sum, item) => sum + item.length, 0)
    if (previousId === undefined) this.#head = new Map()
  }

  #with(items: Buffer, frameStart: number): Created {
    const head = [...this.#head].map(([name, value]) => `"${name}":${value.toString('utf8')},`).join('')
    const before = this.#items.flatMap((item) => [item, Buffer.from(',')])
    const opening = Buffer.concat([Buffer.from(`{${head}"input":[`), ...before])
    const isEmpty = items.every((byte) => byte <= 0x20)
    if (isEmpty && before.length > 0) return { body: NOTHING, newItemsStart: NOTHING.length, toFrame: () => [] }
    if (!isEmpty) this.#add(items)
    const shift = frameStart - opening.length
    return {
      body: Buffer.concat([opening, items, Buffer.from(']}')]),
      newItemsStart: opening.length,
      toFrame: (edits) =>
        edits
          .filter((edit) => edit.start >= opening.length)
          .map(({ start, end, bytes }) => ({ start: start + shift, end: end + shift, bytes })),
    }
  }

  #add(items: Buffer): void {
    this.#bytes += items.length
    if (this.#bytes > LIMIT_BYTES) {
      this.#items = []
      this.#points.clear()
      this.#bytes = 0
    } else this.#items.push(Buffer.from(items))
  }
}

const responseOf = (event: JsonNode): JsonNode | undefined => event.get('response')
