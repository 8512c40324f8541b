// Request bodies in the encodings that clients use. What cannot be decoded, or would not fit, is a value: the caller then
// sends the bytes as they came.
import { promisify } from 'node:util'
import { brotliDecompress, gunzip, inflate, inflateRaw } from 'node:zlib'
import { Decompress, decompress } from 'fzstd'
import { messageOf } from '../base/errors.js'
import { bufferOf } from '../base/json-span.js'
import { isSkip, skip } from '../base/skip.js'
import type { Skip } from '../spec/skip.js'

/** Largest decoded body: twice the largest that providers take (32 MB). */
const MAX_DECODED_BYTES = 64 * 1024 * 1024

/** Encodings on top of each other; real clients use one. */
const MAX_CHAIN = 4

type Decode = (bytes: Uint8Array, limitBytes: number) => Promise<Uint8Array | Skip>
type ZlibCall = (bytes: Uint8Array, options: { maxOutputLength: number }) => Promise<Buffer>

/** Undoes `content-encoding`, last applied first. Identity gives the same object back. */
export const decodeBody = async (
  bytes: Uint8Array,
  contentEncoding: string | undefined,
  limitBytes: number = MAX_DECODED_BYTES,
): Promise<{ readonly body: Uint8Array } | Skip> => {
  const names = (contentEncoding ?? '').split(',').map((name) => name.trim().toLowerCase())
  const chain = names.filter((name) => name !== '' && name !== 'identity').reverse()
  if (chain.length > MAX_CHAIN) return skip('not-parsable', 'too many encodings')
  let body = bytes
  for (const name of chain) {
    const decode = DECODERS.get(name)
    if (decode === undefined) return skip('not-parsable', 'unknown content encoding')
    const decoded = await decode(body, limitBytes)
    if (isSkip(decoded)) return decoded
    body = decoded
  }
  return body.length > limitBytes ? skip('too-large', 'body') : { body }
}

const tooLarge = (): Skip => skip('too-large', 'decoded body')

const failure = (error: unknown): Skip => {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return code === 'ERR_BUFFER_TOO_LARGE'
    ? tooLarge()
    : skip('not-parsable', `body cannot be decoded: ${messageOf(error)}`)
}

const byZlib =
  (call: ZlibCall): Decode =>
  async (bytes, limitBytes) => {
    try {
      return await call(bytes, { maxOutputLength: limitBytes })
    } catch (error) {
      return failure(error)
    }
  }

const zlibInflate = byZlib(promisify<Uint8Array, { maxOutputLength: number }, Buffer>(inflate))
const rawInflate = byZlib(promisify<Uint8Array, { maxOutputLength: number }, Buffer>(inflateRaw))

/** `deflate` means the zlib format (RFC 9110, 8.4.1.2), but some clients send the bare stream. */
const inflateEither: Decode = async (bytes, limitBytes) => {
  const decoded = await zlibInflate(bytes, limitBytes)
  return isSkip(decoded) && decoded.skip !== 'too-large' ? rawInflate(bytes, limitBytes) : decoded
}

const ZSTD_MAGIC = Buffer.from([0x28, 0xb5, 0x2f, 0xfd])

/** Each frame brings its own window; more of them than this are no request body. */
const MAX_ZSTD_FRAMES = 8

/** Largest window of a frame without a stated size: what decoders must support is 8 MiB (RFC 8878, 3.1.1.1.2). */
const MAX_ZSTD_WINDOW_BYTES = 8 * 1024 * 1024

const zstd: Decode = async (bytes, limitBytes) => {
  const frames = framesOf(bytes)
  const isBomb = ({ size, window }: ZstdFrame): boolean =>
    (size ?? 0) > limitBytes || (size === undefined && window > MAX_ZSTD_WINDOW_BYTES)
  if (frames.length === 0) return skip('not-parsable', 'no zstd frame')
  if (frames.length > MAX_ZSTD_FRAMES || frames.some(isBomb)) return tooLarge()
  try {
    // One frame with a stated size fills exactly that much memory.
    return frames.length === 1 && frames[0]?.size ? decompress(bytes) : zstdStream(bytes, limitBytes)
  } catch (error) {
    return failure(error)
  }
}

const zstdStream = (bytes: Uint8Array, limitBytes: number): Uint8Array | Skip => {
  const parts: Uint8Array[] = []
  let total = 0
  const stop = new Error('too large')
  const stream = new Decompress((part) => {
    total += part.length
    if (total > limitBytes) throw stop
    parts.push(part)
  })
  try {
    stream.push(bytes, true)
  } catch (error) {
    return error === stop ? tooLarge() : failure(error)
  }
  return Buffer.concat(parts)
}

interface ZstdFrame {
  /** Decoded bytes, where the frame states them. */
  readonly size: number | undefined
  /** Bytes a decoder must hold. */
  readonly window: number
}

const framesOf = (bytes: Uint8Array): ZstdFrame[] => {
  const buffer = bufferOf(bytes)
  const frames: ZstdFrame[] = []
  for (let at = buffer.indexOf(ZSTD_MAGIC); at !== -1; at = buffer.indexOf(ZSTD_MAGIC, at + 4)) {
    frames.push(frameAt(buffer.subarray(at)))
  }
  return frames
}

/** Frame header (RFC 8878, 3.1.1.1). */
const frameAt = (bytes: Uint8Array): ZstdFrame => {
  const descriptor = bytes[4] ?? 0
  const isSingleSegment = (descriptor & 0x20) !== 0
  const sizeFlag = descriptor >> 6
  const sizeBytes = sizeFlag === 0 ? (isSingleSegment ? 1 : 0) : 1 << sizeFlag
  const dictionaryBytes = [0, 1, 2, 4][descriptor & 3] ?? 0
  const at = 5 + (isSingleSegment ? 0 : 1) + dictionaryBytes
  let size = sizeFlag === 1 ? 256 : 0
  for (let index = 0; index < sizeBytes; index++) size += (bytes[at + index] ?? 0) * 2 ** (8 * index)
  const exponent = 10 + ((bytes[5] ?? 0) >> 3)
  const window = isSingleSegment ? size : 2 ** exponent * (1 + ((bytes[5] ?? 0) & 7) / 8)
  return { size: sizeBytes === 0 ? undefined : size, window }
}

const DECODERS: ReadonlyMap<string, Decode> = new Map([
  ['gzip', byZlib(promisify<Uint8Array, { maxOutputLength: number }, Buffer>(gunzip))],
  ['x-gzip', byZlib(promisify<Uint8Array, { maxOutputLength: number }, Buffer>(gunzip))],
  ['deflate', inflateEither],
  ['br', byZlib(promisify<Uint8Array, { maxOutputLength: number }, Buffer>(brotliDecompress))],
  ['zstd', zstd],
])
