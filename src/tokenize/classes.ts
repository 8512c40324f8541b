// Character classes that the published split patterns tell apart, one bit each, and the text they are read from.

export const UPPER = 1
export const LOWER = 2
/** Letters without case: \p{Lm} and \p{Lo}. */
export const OTHER_LETTER = 4
export const MARK = 8
export const NUMBER = 16
/** White space other than CR and LF. */
export const BLANK = 32
export const NEWLINE = 64
export const SYMBOL = 128

export const SPACE_BYTE = 0x20
export const SLASH_BYTE = 0x2f
/** Stands after the last byte; UTF-8 never holds it. Its class is 0, so every run ends there. */
export const END_BYTE = 0xff

const asciiClass = (byte: number): number => {
  if (byte === 10 || byte === 13) return NEWLINE
  if (byte === SPACE_BYTE || (byte >= 9 && byte <= 12)) return BLANK
  if (byte >= 48 && byte <= 57) return NUMBER
  if (byte >= 65 && byte <= 90) return UPPER
  if (byte >= 97 && byte <= 122) return LOWER
  return SYMBOL
}

/** Class of each ASCII byte; 0 for the bytes of longer characters. */
const BYTE_CLASS: Uint8Array = Uint8Array.from({ length: 256 }, (_, byte) => (byte < 128 ? asciiClass(byte) : 0))

/** A text as UTF-8, followed by END_BYTE and padding, with the class table of all code points. */
export class Source {
  bytes: Uint8Array = new Uint8Array(0)
  view: DataView = new DataView(new ArrayBuffer(0))
  end = 0

  constructor(
    readonly pageIndex: Uint8Array,
    readonly pageClasses: Uint8Array,
  ) {}

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
