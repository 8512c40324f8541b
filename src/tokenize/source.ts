// The text being counted: UTF-8 bytes in a buffer that is used again, and the class of each character.
import { BYTE_CLASS, END_BYTE } from './classes.js'

/** Word reads at the last piece reach this far beyond it. */
const PADDING_BYTES = 16
/** A larger buffer is given up after use. */
const KEPT_BYTES = 1 << 20

const encoder = new TextEncoder()

export class Source {
  bytes: Buffer
  view: DataView
  /** Bytes of the text; END_BYTE stands there. */
  end = 0
  private readonly pageIndex: Uint8Array
  private readonly pageClasses: Uint8Array

  /** Two-stage table of all code points: page of 256 to row, then the class. */
  constructor(pageIndex: Uint8Array, pageClasses: Uint8Array) {
    this.pageIndex = pageIndex
    this.pageClasses = pageClasses
    this.bytes = Buffer.allocUnsafeSlow(1 << 16)
    this.view = new DataView(this.bytes.buffer)
  }

  /** Takes a text; lone surrogates become U+FFFD. Most text is ASCII, so room for three bytes a unit is made only when needed. */
  load(text: string): void {
    if (this.bytes.length < text.length + PADDING_BYTES) this.grow(text.length, 0)
    const { read, written } = encoder.encodeInto(text, this.bytes.subarray(0, this.bytes.length - PADDING_BYTES))
    this.end = written
    if (read < text.length) {
      this.grow(written + (text.length - read) * 3, written)
      this.end += encoder.encodeInto(text.slice(read), this.bytes.subarray(written)).written
    }
    this.bytes[this.end] = END_BYTE
  }

  release(): void {
    if (this.bytes.length > KEPT_BYTES) this.grow(1 << 16, 0)
  }

  private grow(room: number, kept: number): void {
    const bytes = Buffer.allocUnsafeSlow(room + PADDING_BYTES)
    bytes.set(this.bytes.subarray(0, kept))
    this.bytes = bytes
    this.view = new DataView(bytes.buffer)
  }

  classAt(at: number): number {
    const byte = this.bytes[at]!
    return byte < 0x80 ? BYTE_CLASS[byte]! : this.wideClassAt(at)
  }

  /** End of the run of characters whose class is in `mask`. */
  skip(start: number, mask: number): number {
    const bytes = this.bytes
    let at = start
    for (;;) {
      while ((BYTE_CLASS[bytes[at]!]! & mask) !== 0) at++
      if (bytes[at]! < 0x80 || (this.wideClassAt(at) & mask) === 0) return at
      at += this.widthAt(at)
    }
  }

  /** Bytes of the character at `at`. */
  widthAt(at: number): number {
    const byte = this.bytes[at]!
    return byte < 0x80 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4
  }

  /** Start of the character before `at`. */
  before(at: number): number {
    let start = at - 1
    while ((this.bytes[start]! & 0xc0) === 0x80) start--
    return start
  }

  private wideClassAt(at: number): number {
    const bytes = this.bytes
    const lead = bytes[at]!
    if (lead === END_BYTE) return 0
    const second = bytes[at + 1]! & 0x3f
    if (lead < 0xe0) return this.classOf(((lead & 0x1f) << 6) | second)
    const third = bytes[at + 2]! & 0x3f
    if (lead < 0xf0) return this.classOf(((lead & 0x0f) << 12) | (second << 6) | third)
    return this.classOf(((lead & 0x07) << 18) | (second << 12) | (third << 6) | (bytes[at + 3]! & 0x3f))
  }

  private classOf(codePoint: number): number {
    return this.pageClasses[(this.pageIndex[codePoint >> 8]! << 8) | (codePoint & 0xff)]!
  }
}
