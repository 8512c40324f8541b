// Reads a rank table made by scripts/build-tables.mjs straight into typed arrays.
import { readFileSync } from 'node:fs'

export type Vocabulary = 'o200k' | 'cl100k' | 'claude'

/** Little-endian 32-bit words; on a big-endian machine the magic number does not match and the table counts as missing. */
export interface RankTable {
  /** Entries of 4 words in buckets of 4 entries: [bytes 0-3, bytes 4-7, bytes 8-11, length << 18 | rank], or for tokens over 12 bytes [bytes 0-3, hash, arena word, same]. An all-zero entry is empty. */
  readonly keys: Int32Array
  /** The hash shifted right by this many bits names the bucket. */
  readonly shift: number
  /** Bytes of the longest token. */
  readonly longest: number
  /** Rank of every two-byte token; NO_RANK where there is none. */
  readonly pairs: Int32Array
  /** Bytes of the tokens over 12 bytes, padded to words. */
  readonly arena: Int32Array
  /** Page of 256 code points to its row in `pageClasses`. */
  readonly pageIndex: Uint8Array
  readonly pageClasses: Uint8Array
}

const MAGIC = 0x31627268
const HEADER_BYTES = 128
const PAIRS = 65536

/** Undefined when the file is missing or not whole: the caller then estimates, and says so. */
export const readTable = (file: URL): RankTable | undefined => {
  let data: Buffer
  try {
    data = readFileSync(file)
  } catch {
    // No built table beside the code: the estimator is the documented answer.
    return undefined
  }
  if (data.length < HEADER_BYTES) return undefined
  const aligned = data.byteOffset % 4 === 0 ? data : Buffer.from(Uint8Array.from(data).buffer)
  const header = new Int32Array(aligned.buffer, aligned.byteOffset, HEADER_BYTES / 4)
  const [magic, shift = 0, longest = 0, keys = 0, arena = 0, index = 0, classes = 0] = header
  const bytes = HEADER_BYTES + (keys + PAIRS + arena) * 4 + index + classes
  if (magic !== MAGIC || aligned.length !== bytes) return undefined
  let at = aligned.byteOffset + HEADER_BYTES
  const words = (count: number): Int32Array => {
    const part = new Int32Array(aligned.buffer, at, count)
    at += count * 4
    return part
  }
  const table = { shift, longest, keys: words(keys), pairs: words(PAIRS), arena: words(arena) }
  const pageIndex = new Uint8Array(aligned.buffer, at, index)
  return { ...table, pageIndex, pageClasses: new Uint8Array(aligned.buffer, at + index, classes) }
}

/** The table stands in `data/` beside this module, in the source tree and in the built package alike. */
export const tableFile = (vocabulary: Vocabulary): URL => new URL(`./data/${vocabulary}.bin`, import.meta.url)
