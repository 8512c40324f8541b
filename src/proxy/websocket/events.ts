// The provider's side of a Responses connection, read beside the relay: what the model said, and what was billed.
import type { SentHandle } from '../../spec/drift.js'
import type { EngineResult } from '../../spec/engine.js'
import type { Codec } from '../../spec/wire.js'
import type { GenerateParts } from '../generate.js'
import type { Conversation } from './conversation.js'
import { CONTINUATION, type Frame, FrameSplitter, isFrame, TEXT } from './frames.js'

/** Longest event that is read; deltas are small, and an answer whole is a few megabytes at most. */
const EVENT_LIMIT_BYTES = 4 * 1024 * 1024

export interface EventParts {
  readonly codec: Codec
  readonly parts: GenerateParts
}

/** A message that was sent on and whose answer is to come. */
export interface Awaited {
  readonly result: Promise<EngineResult | undefined>
  readonly startedMs: number
  readonly seen?: SentHandle
}

const OUTPUT_ITEM = Buffer.from('response.output_item.done')
const ENDINGS = ['response.completed', 'response.incomplete', 'response.failed'].map((name) => Buffer.from(name))

export class EventReader {
  readonly #relay: EventParts
  readonly #conversation: Conversation
  readonly #splitter = new FrameSplitter(EVENT_LIMIT_BYTES)
  readonly #awaited: Awaited[] = []
  #pieces: Frame[] = []
  #broken = false

  constructor(relay: EventParts, conversation: Conversation) {
    this.#relay = relay
    this.#conversation = conversation
  }

  expect(awaited: Awaited): void {
    this.#awaited.push(awaited)
  }

  /** Never throws: the bytes are with the client already, and what cannot be read is not known. */
  push(chunk: Buffer): void {
    if (this.#broken) return
    try {
      for (const part of this.#splitter.push(chunk)) if (isFrame(part)) this.#take(part)
    } catch (error) {
      this.#broken = true
      this.#relay.parts.logger('warn', 'events of a WebSocket could not be read', { error: String(error) })
    }
  }

  #take(frame: Frame): void {
    if (frame.opcode !== TEXT && frame.opcode !== CONTINUATION) return
    if (frame.opcode === TEXT) this.#pieces = []
    this.#pieces.push(frame)
    if (!frame.final) return
    const message = this.#pieces.length === 1 ? frame.payload : Buffer.concat(this.#pieces.map((f) => f.payload))
    this.#pieces = []
    const ends = ENDINGS.some((name) => message.includes(name))
    if (!ends && !message.includes(OUTPUT_ITEM)) return
    this.#conversation.heard(message)
    if (ends) this.#settle(message)
  }

  #settle(message: Buffer): void {
    const awaited = this.#awaited.shift()
    if (awaited === undefined) return
    const { parts, codec } = this.#relay
    const reader = codec.usageReader('application/json')
    reader.push(message)
    const usage = reader.end()
    void awaited.result
      .then((result) => {
        if (result === undefined) return
        parts.onStatus(result.report.id, 200, performance.now() - awaited.startedMs)
        parts.host.settle(result.report.id, 200, usage)
        awaited.seen?.answered(result.report.id, usage)
      })
      .catch((error: unknown) => parts.logger('warn', 'could not settle a message', { error: String(error) }))
  }
}
