// Character classes that the published split patterns tell apart, one bit each.

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
export const BYTE_CLASS: Uint8Array = Uint8Array.from({ length: 256 }, (_, byte) => (byte < 128 ? asciiClass(byte) : 0))
