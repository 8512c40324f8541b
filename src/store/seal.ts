/**
 * Bytes as the store keeps them: one codec byte, the SHA-256 of the content (32 bytes), the payload. The codec byte is
 * the format's version: a reader refuses one that it does not know.
 */
import { createHash } from 'node:crypto'
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib'

const RAW = 0
const BROTLI = 1
const DIGEST_BYTES = 32
const HEADER_BYTES = 1 + DIGEST_BYTES

/** Below this brotli saves little and costs more than the copy. Chosen, not measured. */
const MIN_COMPRESSED_BYTES = 512
/** On the way of a request q4 costs about 20 ms a megabyte, q1 about 6 for a third more disk; on a few kilobytes 0.3 and 0.1 ms, for a hundredth. */
const QUALITY = 1

export const digestOf = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest()

export interface SealOptions {
  /** Smallest content worth compressing, in bytes. */
  readonly compressFrom?: number
  /** SHA-256 of the bytes, where the caller has it already. */
  readonly digest?: Uint8Array
}

export const seal = (bytes: Uint8Array, options: SealOptions = {}): Uint8Array => {
  const digest = options.digest ?? digestOf(bytes)
  if (bytes.length >= (options.compressFrom ?? MIN_COMPRESSED_BYTES)) {
    const packed = brotliCompressSync(bytes, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: QUALITY,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      },
    })
    if (packed.length < bytes.length) return framed(BROTLI, digest, packed)
  }
  return framed(RAW, digest, bytes)
}

const framed = (codec: number, digest: Uint8Array, payload: Uint8Array): Uint8Array => {
  const sealed = new Uint8Array(HEADER_BYTES + payload.length)
  sealed[0] = codec
  sealed.set(digest, 1)
  sealed.set(payload, HEADER_BYTES)
  return sealed
}

/** The content, or undefined when any bit of it changed. */
export const unseal = (sealed: Uint8Array): Uint8Array | undefined => {
  const payload = sealed.subarray(HEADER_BYTES)
  const bytes = sealed[0] === RAW ? payload : sealed[0] === BROTLI ? unpack(payload) : undefined
  return bytes !== undefined && sameBytes(digestOf(bytes), sealedDigest(sealed)) ? bytes : undefined
}

/** SHA-256 of the content, read from the header. */
export const sealedDigest = (sealed: Uint8Array): Uint8Array => sealed.subarray(1, HEADER_BYTES)

export const sameBytes = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0

/** Payloads that are no brotli stream are damage like any other: undefined, and the caller logs it. */
const unpack = (payload: Uint8Array): Uint8Array | undefined => {
  try {
    return brotliDecompressSync(payload)
  } catch {
    return undefined
  }
}
