// The contraction suffixes that the split patterns keep together: 's 't 'm 'd 'll 've 're.

const APOSTROPHE = 0x27
const FOLD = 0x20

/** End of the contraction at `at` in any case, or `at` when there is none. Ignoring case, U+017F is an s. */
export const contractionEnd = (bytes: Uint8Array, at: number): number => {
  if (bytes[at] !== APOSTROPHE) return at
  const first = bytes[at + 1]!
  if (first === 0xc5 && bytes[at + 2] === 0xbf) return at + 3
  return at + suffixLength(first | FOLD, bytes[at + 2]! | FOLD)
}

/** The same, lower case only. */
export const lowerContractionEnd = (bytes: Uint8Array, at: number): number =>
  bytes[at] === APOSTROPHE ? at + suffixLength(bytes[at + 1]!, bytes[at + 2]!) : at

/** Bytes of the contraction, apostrophe included; 0 when the letters after it are no suffix. */
const suffixLength = (first: number, second: number): number => {
  switch (first) {
    case 0x73: // s
    case 0x74: // t
    case 0x6d: // m
    case 0x64: // d
      return 2
    case 0x6c: // ll
      return second === 0x6c ? 3 : 0
    case 0x76: // ve
    case 0x72: // re
      return second === 0x65 ? 3 : 0
    default:
      return 0
  }
}
