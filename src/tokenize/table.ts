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
  /** One bit for every value of the hash's upper 21 bits, set where a token has it: most strings that are no token end here. */
  readonly filter: Int32Array
  /** Bytes of the tokens over 12 bytes, padded to words. */
  readonly arena: Int32Array
  /** Page of 256 code points to its row in `pageClasses`. */
  readonly pageIndex: Uint8Array
  readonly pageClasses: Uint8Array
}

const MAGIC = 0x31627268
const HEADER_BYTES = 128
const PAIRS = 65536
const FILTER_WORDS = 65536

/**
 * Beside this module in the source tree and in the built package alike. A script bundled by scripts/ts.mjs lies two
 * folders below the root of the working tree.
 */
const FOLDERS = ['./data/', '../../src/tokenize/data/']

/** Undefined when the vocabulary has no whole table: the caller then estimates, and says so. */
export const readTable = (vocabulary: Vocabulary): RankTable | undefined => {
  for (const folder of FOLDERS) {
    const data = readWhole(new URL(`${folder}${vocabulary}.bin`, import.meta.url))
    const table = data && tableFrom(data)
    if (table !== undefined) return table
  }
  return undefined
}

const readWhole = (file: URL): Uint8Array | undefined => {
  try {
    return readFileSync(file)
  } catch {
    // No table here: the next folder, or the estimator, is the documented answer.
    return undefined
  }
}

/** The sections of a table file as views of it; undefined when it is not a whole table. */
export const tableFrom = (data: Uint8Array): RankTable | undefined => {
  if (data.length < HEADER_BYTES) return undefined
  const aligned = data.byteOffset % 4 === 0 ? data : data.slice()
  const header = new Int32Array(aligned.buffer, aligned.byteOffset, HEADER_BYTES / 4)
  const [magic, shift = 0, longest = 0, keys = 0, arena = 0, index = 0, classes = 0] = header
  const bytes = HEADER_BYTES + (keys + PAIRS + FILTER_WORDS + arena) * 4 + index + classes
  if (magic !== MAGIC || aligned.length !== bytes) return undefined
  let at = aligned.byteOffset + HEADER_BYTES
  const words = (count: number): Int32Array => {
    const part = new Int32Array(aligned.buffer, at, count)
    at += count * 4
    return part
  }
  const table = {
    shift,
    longest,
    keys: words(keys),
    pairs: words(PAIRS),
    filter: words(FILTER_WORDS),
    arena: words(arena),
  }
  const pageIndex = new Uint8Array(aligned.buffer, at, index)
  return { ...table, pageIndex, pageClasses: new Uint8Array(aligned.buffer, at + index, classes) }
}
