// AWS event streams (`application/vnd.amazon.eventstream`) on the side of a relayed answer: bytes may be cut anywhere, memory is
// bounded by one message, nothing throws. Smithy 2.0, Amazon Event Stream Specification (read 2026-11-25). All numbers are
// big-endian: total length, length of headers, CRC32 of these two; headers; payload; CRC32 of all before it.
import { crc32 } from 'node:zlib'

const PRELUDE_BYTES = 12
const CRC_BYTES = 4
/** Longest message that is put together; a longer one is passed over. Chosen, not measured. */
const MAX_MESSAGE_BYTES = 1024 * 1024

/** Calls back with the payload of each whole message. Headers are not read: what a payload holds says what it is. */
export class EventStreamSplitter {
  readonly #onPayload: (payload: Uint8Array) => void
  readonly #maxBytes: number
  #parts: Uint8Array[] = []
  #heldBytes = 0
  /** Bytes until something can be read: the prelude, then the whole message. */
  #wantedBytes = PRELUDE_BYTES
  #headerBytes: number | undefined
  #passBytes = 0
  /** A prelude that is none: where messages begin is unknown from here on. */
  #lost = false

  constructor(onPayload: (payload: Uint8Array) => void, maxBytes: number = MAX_MESSAGE_BYTES) {
    this.#onPayload = onPayload
    this.#maxBytes = maxBytes
  }

  push(chunk: Uint8Array): void {
    let at = 0
    while (at < chunk.length && !this.#lost) {
      const taken = Math.min(this.#passBytes || this.#wantedBytes - this.#heldBytes, chunk.length - at)
      if (this.#passBytes > 0) this.#passBytes -= taken
      else this.#hold(chunk.subarray(at, at + taken))
      at += taken
    }
  }

  #hold(bytes: Uint8Array): void {
    this.#parts.push(new Uint8Array(bytes))
    this.#heldBytes += bytes.length
    if (this.#heldBytes < this.#wantedBytes) return
    const held = Buffer.concat(this.#parts)
    if (this.#headerBytes === undefined) this.#readPrelude(held)
    else this.#endMessage(held, this.#headerBytes)
  }

  #readPrelude(held: Buffer): void {
    const totalBytes = held.readUInt32BE(0)
    const headerBytes = held.readUInt32BE(4)
    const fits = headerBytes <= totalBytes - PRELUDE_BYTES - CRC_BYTES
    if (!fits || crc32(held.subarray(0, 8)) !== held.readUInt32BE(8)) {
      this.#lost = true
      this.#startMessage()
    } else if (totalBytes > this.#maxBytes) {
      this.#startMessage()
      this.#passBytes = totalBytes - PRELUDE_BYTES
    } else {
      this.#parts = [held]
      this.#wantedBytes = totalBytes
      this.#headerBytes = headerBytes
    }
  }

  #endMessage(held: Buffer, headerBytes: number): void {
    this.#startMessage()
    const end = held.length - CRC_BYTES
    if (crc32(held.subarray(0, end)) === held.readUInt32BE(end))
      this.#onPayload(held.subarray(PRELUDE_BYTES + headerBytes, end))
  }

  #startMessage(): void {
    this.#parts = []
    this.#heldBytes = 0
    this.#wantedBytes = PRELUDE_BYTES
    this.#headerBytes = undefined
  }
}
