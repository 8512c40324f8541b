// Server-sent events on the side of a relayed answer: bytes may be cut anywhere, memory is bounded by one event.

/** Longest event that is put together; a longer one is passed over. Chosen, not measured. */
const MAX_EVENT_BYTES = 1024 * 1024

const LF = 0x0a
const CR = 0x0d
const DATA = Buffer.from('data')
const BOM = Buffer.from([0xef, 0xbb, 0xbf])

/** Calls back with the data of each event: payloads of its `data` lines joined by LF (WHATWG HTML, section 9.2.6). */
export class SseSplitter {
  readonly #onData: (data: Uint8Array) => void
  readonly #maxBytes: number
  /** The line being read, without what earlier chunks did not bring yet. */
  #line: Uint8Array[] = []
  #lineBytes = 0
  #data: Uint8Array[] = []
  #dataBytes = 0
  #oversized = false
  #afterCr = false
  #atStart = true

  constructor(onData: (data: Uint8Array) => void, maxBytes: number = MAX_EVENT_BYTES) {
    this.#onData = onData
    this.#maxBytes = maxBytes
  }

  push(chunk: Uint8Array): void {
    let at = 0
    while (at < chunk.length) {
      if (this.#afterCr && chunk[at] === LF) at++
      this.#afterCr = false
      const end = lineEnd(chunk, at)
      this.#append(chunk.subarray(at, end))
      if (end === chunk.length) return
      this.#afterCr = chunk[end] === CR
      this.#endLine()
      at = end + 1
    }
  }

  /** An event whose blank line never came still counts, if its last line did or is whole. */
  end(): void {
    if (this.#lineBytes > 0) this.#endLine()
    this.#dispatch()
  }

  #append(bytes: Uint8Array): void {
    if (bytes.length === 0) return
    this.#lineBytes += bytes.length
    if (this.#oversized || this.#lineBytes + this.#dataBytes > this.#maxBytes) {
      this.#oversized = true
      this.#line = []
      this.#data = []
    } else this.#line.push(new Uint8Array(bytes))
  }

  #endLine(): void {
    const isBlank = this.#lineBytes === 0
    const line = this.#line.length === 1 ? (this.#line[0] as Uint8Array) : Buffer.concat(this.#line)
    this.#line = []
    this.#lineBytes = 0
    if (isBlank) this.#dispatch()
    else if (!this.#oversized) this.#addField(this.#withoutBom(line))
    this.#atStart = false
  }

  #withoutBom(line: Uint8Array): Uint8Array {
    return this.#atStart && BOM.equals(line.subarray(0, 3)) ? line.subarray(3) : line
  }

  #addField(line: Uint8Array): void {
    if (!DATA.equals(line.subarray(0, 4))) return
    if (line.length > 4 && line[4] !== 0x3a) return
    const payload = line.subarray(line[5] === 0x20 ? 6 : 5)
    if (this.#data.length > 0) this.#data.push(Buffer.from('\n'))
    this.#data.push(payload)
    this.#dataBytes += payload.length + 1
  }

  #dispatch(): void {
    const data = this.#data
    const isWhole = !this.#oversized
    this.#data = []
    this.#dataBytes = 0
    this.#oversized = false
    if (isWhole && data.length > 0) this.#onData(data.length === 1 ? (data[0] as Uint8Array) : Buffer.concat(data))
  }
}

const lineEnd = (chunk: Uint8Array, from: number): number => {
  let at = from
  while (at < chunk.length && chunk[at] !== LF && chunk[at] !== CR) at++
  return at
}
