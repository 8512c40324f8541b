// Responses over WebSocket (docs/wire/openai-responses.md): every frame is relayed as it came, in order; the texts of tool
// results in outgoing `response.create` messages may be shortened.
import { once } from 'node:events'
import type { Duplex } from 'node:stream'
import type { EngineRequest } from '../../spec/engine.js'
import type { Codec } from '../../spec/wire.js'
import { spliceBytes } from '../../wire/edit.js'
import { toShared } from '../body.js'
import { runWithin } from '../deadline.js'
import { type GenerateParts, held } from '../generate.js'
import { Conversation } from './conversation.js'
import { type Awaited, EventReader } from './events.js'
import { CONTINUATION, type Frame, type FramePart, FrameSplitter, isFrame, TEXT, textFrame } from './frames.js'

/** Longest message that is held; a longer one streams through. */
const MESSAGE_LIMIT_BYTES = 32 * 1024 * 1024

export interface FrameRelay {
  readonly client: Duplex
  readonly peer: Duplex
  /** Bytes the client sent right behind its handshake. */
  readonly head: Buffer
  readonly codec: Codec
  readonly session: string | undefined
  readonly agent: string | undefined
  readonly loopback: boolean
  readonly parts: GenerateParts
}

/** Relays until either side ends; the caller closes both. */
export const relayFrames = (relay: FrameRelay): void => {
  const conversation = new Conversation()
  const events = new EventReader(relay, conversation)
  const sender = new Sender(relay, conversation, events)
  const { client, peer, head } = relay
  let queue: Promise<void> = Promise.resolve()
  const receive = (chunk: Buffer): void => {
    client.pause()
    queue = queue
      .then(() => sender.push(chunk))
      .catch((error: unknown) => {
        relay.parts.logger('warn', 'a WebSocket could not be read on; it is closed', { error: String(error) })
        client.destroy()
      })
      .then(() => void client.resume())
  }
  client.on('data', receive)
  client.once('end', () => void queue.then(() => peer.end()))
  if (head.length > 0) receive(head)
  peer.on('data', (chunk: Buffer) => events.push(chunk))
  peer.pipe(client)
}

/** The client's side: holds back a text message until it is whole, and nothing else. */
class Sender {
  readonly #relay: FrameRelay
  readonly #conversation: Conversation
  readonly #events: EventReader
  readonly #splitter = new FrameSplitter(MESSAGE_LIMIT_BYTES)
  #held: Frame[] = []
  #heldBytes = 0
  /** The client does not speak plain WebSocket: its bytes are passed on unread. */
  #opaque = false

  constructor(relay: FrameRelay, conversation: Conversation, events: EventReader) {
    this.#relay = relay
    this.#conversation = conversation
    this.#events = events
  }

  async push(chunk: Buffer): Promise<void> {
    if (this.#opaque) return this.#write(chunk)
    for (const part of this.#splitter.push(chunk)) {
      if (!this.#opaque && isFrame(part) && (part.mask === undefined || part.reserved !== 0)) {
        this.#opaque = true
        await this.#release()
      }
      if (!this.#opaque) await this.#take(part)
      else await this.#write(isFrame(part) ? part.raw : part.bytes)
    }
    if (this.#opaque) await this.#write(this.#splitter.rest())
  }

  async #take(part: FramePart): Promise<void> {
    if (!isFrame(part)) {
      await this.#release()
      return this.#write(part.bytes)
    }
    const starts = part.opcode === TEXT
    const continues = part.opcode === CONTINUATION && this.#held.length > 0
    if (!starts && !continues) return this.#write(part.raw)
    this.#held.push(part)
    this.#heldBytes += part.payload.length
    if (this.#heldBytes > MESSAGE_LIMIT_BYTES) return this.#release()
    if (part.final) await this.#message()
  }

  async #message(): Promise<void> {
    const message = this.#held.length === 1 ? this.#held[0]!.payload : Buffer.concat(this.#held.map((f) => f.payload))
    const changed = await this.#shortened(message)
    if (changed === undefined) return this.#release()
    const { mask } = this.#held[0]!
    this.#held = []
    this.#heldBytes = 0
    return this.#write(textFrame(changed, mask))
  }

  /** The message with shorter tool results; undefined where it stays as it is. */
  async #shortened(message: Buffer): Promise<Uint8Array | undefined> {
    const created = this.#conversation.created(message)
    if (created === undefined) return undefined
    const { parts, codec, session, agent, loopback } = this.#relay
    const body = toShared(created.body)
    const request: EngineRequest = {
      dialect: codec.dialect,
      body,
      loopback,
      receivedBytes: message.length,
      newItemsStart: created.newItemsStart,
      ...(session === undefined ? {} : { session }),
      ...(agent === undefined ? {} : { agent }),
    }
    const outcome = await runWithin(parts.host, request, {
      deadlineMs: parts.deadlineMs,
      recent: () => parts.recent.editsFor(codec.dialect, body),
      onFailure: (error) =>
        parts.logger('warn', 'engine failed; new results go on as they came', { error: String(error) }),
    })
    const kept = held(parts, codec, { body, outcome })
    const seen = parts.drift?.sent({ body, edits: kept, ...(session === undefined ? {} : { session }) })
    const startedMs = performance.now()
    this.#events.expect({ result: outcome.result, startedMs, ...(seen && { seen }) } satisfies Awaited)
    const edits = created.toFrame(kept)
    return edits.length === 0 ? undefined : spliceBytes(message, edits)
  }

  /** What is held goes on as it came. */
  async #release(): Promise<void> {
    const held = this.#held
    this.#held = []
    this.#heldBytes = 0
    for (const { raw } of held) await this.#write(raw)
  }

  async #write(bytes: Buffer): Promise<void> {
    const { peer } = this.#relay
    if (bytes.length === 0 || peer.destroyed || peer.writableEnded) return
    if (!peer.write(bytes)) await Promise.race([once(peer, 'drain'), once(peer, 'close')])
  }
}
