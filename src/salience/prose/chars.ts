// What a character is to a reader of words: a separator, part of a spaced word, or part of a script without spaces.

export const SEPARATOR = 0
export const WORD = 1
/** Han, kana, Hangul: two characters make a term. */
export const PAIRED = 2
/** Thai, Lao, Khmer, Burmese, Tibetan: three characters make a term. */
export const TRIPLED = 3

const RANGES: readonly (readonly [first: number, last: number, kind: number])[] = [
  [0x30, 0x39, WORD],
  [0x41, 0x5a, WORD],
  [0x5f, 0x5f, WORD],
  [0x61, 0x7a, WORD],
  [0xaa, 0xaa, WORD],
  [0xb5, 0xb5, WORD],
  [0xba, 0xba, WORD],
  [0xc0, 0xd6, WORD],
  [0xd8, 0xf6, WORD],
  [0xf8, 0x37d, WORD],
  [0x37f, 0x386, WORD],
  [0x388, 0x482, WORD],
  [0x483, 0x588, WORD],
  [0x591, 0x5bd, WORD],
  [0x5bf, 0x5bf, WORD],
  [0x5c1, 0x5c2, WORD],
  [0x5c4, 0x5f2, WORD],
  [0x610, 0x61a, WORD],
  [0x620, 0x669, WORD],
  [0x66e, 0x6d3, WORD],
  [0x6d5, 0x8ff, WORD],
  [0x900, 0x963, WORD],
  [0x966, 0xdff, WORD],
  [0xe01, 0xfff, TRIPLED],
  [0x1000, 0x1049, TRIPLED],
  [0x104c, 0x109f, TRIPLED],
  [0x10a0, 0x10ff, WORD],
  [0x1100, 0x11ff, PAIRED],
  [0x1200, 0x1360, WORD],
  [0x1369, 0x177f, WORD],
  [0x1780, 0x17d3, TRIPLED],
  [0x1800, 0x1fff, WORD],
  [0x2c00, 0x2dff, WORD],
  [0x3005, 0x3007, PAIRED],
  [0x3040, 0x30ff, PAIRED],
  [0x3100, 0x31ff, PAIRED],
  [0x3400, 0x9fff, PAIRED],
  [0xa000, 0xabff, WORD],
  [0xac00, 0xd7af, PAIRED],
  [0xf900, 0xfaff, PAIRED],
  [0xfb50, 0xfdff, WORD],
  [0xfe70, 0xfefc, WORD],
  [0xff10, 0xff19, WORD],
  [0xff21, 0xff3a, WORD],
  [0xff41, 0xff5a, WORD],
  [0xff66, 0xff9d, PAIRED],
]

export const KIND_OF_CHAR: Uint8Array = new Uint8Array(65_536)
for (const [first, last, kind] of RANGES) KIND_OF_CHAR.fill(kind, first, last + 1)

export const isDigit = (code: number): boolean => code >= 48 && code <= 57
export const isSpace = (code: number): boolean =>
  code === 32 || (code >= 9 && code <= 13) || code === 0xa0 || code === 0x3000 || code === 0x2028 || code === 0xfeff
