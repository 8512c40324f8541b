// WebSocket frames (RFC 6455, section 5) as they lie on the wire: split, read and written, never changed on the way.

export const TEXT = 1
export const CONTINUATION = 0

export interface Frame {
  readonly final: boolean
  /** Bits that an extension gives a meaning; nobody negotiated one. */
  readonly reserved: number
  readonly opcode: number
  /** Four bytes on frames of a client. */
  readonly mask: Buffer | undefined
  /** Unmasked copy. */
  readonly payload: Buffer
  /** The very bytes of the frame. */
  readonly raw: Buffer
}

/** A whole frame, or bytes of one too long to be held. */
export type FramePart = Frame | { readonly bytes: Buffer }

export const isFrame = (part: FramePart): part is Frame => 'opcode' in part

interface Header {
  readonly bytes: number
  readonly payloadBytes: number
  readonly masked: boolean
}

/** Cuts a stream of bytes into frames; chunk borders lie anywhere. */
export class FrameSplitter {
  readonly #limitBytes: number
  #waiting: Buffer[] = []
  #waitingBytes = 0
  /** Bytes still to come of a frame that is too long to be held. */
  #passing = 0

  constructor(limitBytes: number) {
    this.#limitBytes = limitBytes
  }

  push(chunk: Buffer): FramePart[] {
    const parts: FramePart[] = []
    let rest = chunk
    if (this.#passing > 0) {
      const bytes = rest.subarray(0, this.#passing)
      this.#passing -= bytes.length
      rest = rest.subarray(bytes.length)
      parts.push({ bytes })
    }
    if (rest.length > 0) {
      this.#waiting.push(rest)
      this.#waitingBytes += rest.length
    }
    for (let part = this.#take(); part !== undefined; part = this.#take()) parts.push(part)
    return parts
  }

  /** Takes out what waits for the rest of its frame. */
  rest(): Buffer {
    const rest = Buffer.concat(this.#waiting)
    this.#waiting = []
    this.#waitingBytes = 0
    return rest
  }

  #take(): FramePart | undefined {
    const start = this.#joined(14)
    const header = headerOf(start)
    if (header === undefined) return undefined
    const size = header.bytes + header.payloadBytes
    if (size > this.#limitBytes) {
      const bytes = this.#joined(this.#waitingBytes).subarray(0, size)
      this.#passing = size - bytes.length
      this.#drop(bytes.length)
      return { bytes }
    }
    if (this.#waitingBytes < size) return undefined
    const raw = this.#joined(size).subarray(0, size)
    this.#drop(size)
    return frameOf(raw, header)
  }

  /** What waits, with at least `bytes` (or all) of it in the first piece: pieces are joined once a frame is there. */
  #joined(bytes: number): Buffer {
    const first = this.#waiting[0] ?? Buffer.alloc(0)
    if (first.length >= bytes || this.#waiting.length < 2 || (this.#waitingBytes < bytes && bytes > 14)) return first
    this.#waiting = [Buffer.concat(this.#waiting)]
    return this.#waiting[0]!
  }

  #drop(bytes: number): void {
    const rest = this.#waiting[0]!.subarray(bytes)
    this.#waitingBytes -= bytes
    if (rest.length === 0) this.#waiting.shift()
    else this.#waiting[0] = rest
  }
}

const headerOf = (bytes: Buffer): Header | undefined => {
  if (bytes.length < 2) return undefined
  const masked = (bytes[1]! & 0x80) !== 0
  const short = bytes[1]! & 0x7f
  const lengthBytes = short === 126 ? 2 : short === 127 ? 8 : 0
  if (bytes.length < 2 + lengthBytes) return undefined
  const payloadBytes = short < 126 ? short : short === 126 ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2))
  return { bytes: 2 + lengthBytes + (masked ? 4 : 0), payloadBytes, masked }
}

const frameOf = (raw: Buffer, header: Header): Frame => {
  const mask = header.masked ? raw.subarray(header.bytes - 4, header.bytes) : undefined
  const payload = Buffer.from(raw.subarray(header.bytes))
  if (mask) applyMask(payload, mask)
  return {
    final: (raw[0]! & 0x80) !== 0,
    reserved: raw[0]! & 0x70,
    opcode: raw[0]! & 0x0f,
    mask,
    payload,
    raw,
  }
}

const applyMask = (bytes: Buffer, mask: Buffer): void => {
  for (let at = 0; at < bytes.length; at++) bytes[at]! ^= mask[at & 3]!
}

/** One whole text message in one frame. */
export const textFrame = (payload: Uint8Array, mask: Buffer | undefined): Buffer => {
  const { length } = payload
  const masked = mask === undefined ? 0 : 0x80
  const head =
    length < 126
      ? Buffer.from([0x80 | TEXT, masked | length])
      : length < 0x10000
        ? Buffer.from([0x80 | TEXT, masked | 126, length >> 8, length & 0xff])
        : longHead(masked, length)
  const body = Buffer.from(payload)
  if (mask) applyMask(body, mask)
  return Buffer.concat([head, mask ?? Buffer.alloc(0), body])
}

const longHead = (masked: number, length: number): Buffer => {
  const head = Buffer.alloc(10)
  head[0] = 0x80 | TEXT
  head[1] = masked | 127
  head.writeBigUInt64BE(BigInt(length), 2)
  return head
}
