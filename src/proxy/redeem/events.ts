// Server-sent events of an answer as the very bytes they came in, so that an event nobody has to change is passed on as it is.
// Bytes may be cut anywhere (WHATWG HTML, section 9.2.6).

/** Longest event that is put together: the last event of a Responses stream repeats the whole answer. */
const MAX_EVENT_BYTES = 64 * 1024 * 1024

const LF = 0x0a
const CR = 0x0d

export interface RawEvent {
  /** Everything up to and including the blank line. */
  readonly raw: Buffer
  /** Payload of its `data` lines joined by LF; undefined for comments and the like. */
  readonly data: Buffer | undefined
}

export class RawEvents {
  #held: Buffer = Buffer.alloc(0)
  /** How far `#held` has been looked through, and where the line under way begins. */
  #at = 0
  #lineStart = 0

  /** Events that are whole now. Throws where one grows past every bound. */
  push(chunk: Buffer): RawEvent[] {
    this.#held = this.#held.length === 0 ? chunk : Buffer.concat([this.#held, chunk])
    const events: RawEvent[] = []
    for (let end = this.#eventEnd(); end !== undefined; end = this.#eventEnd()) events.push(this.#take(end))
    if (this.#held.length > MAX_EVENT_BYTES) throw new RangeError('an event of the answer is too long')
    return events
  }

  /** What came without a blank line behind it: counts as an event, as most readers have it. */
  end(): RawEvent[] {
    return this.#held.length === 0 ? [] : [this.#take(this.#held.length)]
  }

  #take(end: number): RawEvent {
    const raw = this.#held.subarray(0, end)
    this.#held = this.#held.subarray(end)
    this.#at = 0
    this.#lineStart = 0
    return { raw, data: dataOf(raw) }
  }

  /** End of the blank line that ends an event. A CR at the very end waits for its LF. */
  #eventEnd(): number | undefined {
    const bytes = this.#held
    for (; this.#at < bytes.length; this.#at++) {
      const byte = bytes[this.#at]
      if (byte !== LF && byte !== CR) continue
      if (byte === CR && this.#at + 1 === bytes.length) return undefined
      const isBlank = this.#at === this.#lineStart
      if (byte === CR && bytes[this.#at + 1] === LF) this.#at++
      this.#lineStart = this.#at + 1
      if (isBlank) return this.#lineStart
    }
    return undefined
  }
}

const lines = (raw: Buffer): { readonly start: number; readonly end: number; readonly next: number }[] => {
  const found: { start: number; end: number; next: number }[] = []
  let start = 0
  for (let at = 0; at <= raw.length; at++) {
    const byte = raw[at]
    if (at < raw.length && byte !== LF && byte !== CR) continue
    if (at === raw.length && start === at) break
    const next = byte === CR && raw[at + 1] === LF ? at + 2 : at + 1
    found.push({ start, end: at, next: Math.min(next, raw.length) })
    start = next
    at = next - 1
  }
  return found
}

const isData = (raw: Buffer, start: number, end: number): boolean =>
  raw.toString('latin1', start, Math.min(end, start + 5)) === 'data:' || raw.toString('latin1', start, end) === 'data'

const payload = (raw: Buffer, start: number, end: number): Buffer =>
  raw.subarray(Math.min(end, raw[start + 5] === 0x20 ? start + 6 : start + 5), end)

const dataOf = (raw: Buffer): Buffer | undefined => {
  const parts = lines(raw)
    .filter(({ start, end }) => isData(raw, start, end))
    .map(({ start, end }) => payload(raw, start, end))
  if (parts.length <= 1) return parts[0]
  return Buffer.concat(parts.flatMap((part, index) => (index === 0 ? [part] : [Buffer.from('\n'), part])))
}

/** The same event with other data; its other lines, and its line ends, stay as they came. */
export const withData = ({ raw }: RawEvent, data: Uint8Array): Buffer => {
  const parts: Uint8Array[] = []
  let written = false
  for (const { start, end, next } of lines(raw)) {
    if (!isData(raw, start, end)) parts.push(raw.subarray(start, next))
    else if (!written) parts.push(Buffer.from('data: '), data, raw.subarray(end, next))
    if (isData(raw, start, end)) written = true
  }
  return Buffer.concat(parts)
}
