// Usage read on the side of a relayed answer: it sees copies of chunks after they were sent, and may fail alone.
import { createBrotliDecompress, createGunzip, createInflate, constants as zlib } from 'node:zlib'
import { Decompress } from 'fzstd'
import type { Codec, Usage, UsageReader } from '../spec/wire.js'
import { headerOf, type RawHeaders } from './headers.js'

export interface UsageWatch {
  push(chunk: Buffer): void
  end(): Promise<Usage | undefined>
}

/** Decoded bytes after which reading stops: no model's answer is that long. */
const LIMIT_BYTES = 64 * 1024 * 1024

/** Undefined where the answer's encoding is unknown. */
export const watchUsage = (codec: Codec, headers: RawHeaders): UsageWatch | undefined => {
  const reader = guarded(codec.usageReader(headerOf(headers, 'content-type') ?? ''))
  const encoding = (headerOf(headers, 'content-encoding') ?? 'identity').trim().toLowerCase()
  if (encoding === 'identity' || encoding === '') return { push: reader.push, end: async () => reader.end() }
  if (encoding === 'zstd') return watchZstd(reader)
  const decoder = decoderOf(encoding)
  return decoder === undefined ? undefined : watchDecoded(decoder, reader)
}

interface Guarded {
  push(chunk: Uint8Array): void
  end(): Usage | undefined
}

const guarded = (reader: UsageReader): Guarded => {
  let bytes = 0
  let broken = false
  const attempt = <T>(read: () => T): T | undefined => {
    if (broken) return undefined
    try {
      return read()
    } catch {
      // Usage is then unknown, which the ledger can say; the answer itself is already with the client.
      broken = true
      return undefined
    }
  }
  return {
    push(chunk) {
      bytes += chunk.length
      if (bytes > LIMIT_BYTES) broken = true
      attempt(() => reader.push(chunk))
    },
    end: () => attempt(() => reader.end()),
  }
}

type Decoder = ReturnType<typeof createGunzip>

const decoderOf = (encoding: string): Decoder | undefined => {
  if (encoding === 'gzip' || encoding === 'x-gzip') return createGunzip({ finishFlush: zlib.Z_SYNC_FLUSH })
  if (encoding === 'deflate') return createInflate({ finishFlush: zlib.Z_SYNC_FLUSH })
  if (encoding === 'br') return createBrotliDecompress({ finishFlush: zlib.BROTLI_OPERATION_FLUSH })
  return undefined
}

const watchDecoded = (decoder: Decoder, reader: Guarded): UsageWatch => {
  const closed = new Promise<void>((resolve) => {
    decoder.once('close', resolve)
  })
  decoder.on('data', (chunk: Buffer) => reader.push(chunk))
  decoder.on('error', () => decoder.destroy())
  return {
    push(chunk) {
      if (decoder.writable) decoder.write(chunk)
    },
    async end() {
      if (decoder.writable) decoder.end()
      await closed
      return reader.end()
    },
  }
}

const watchZstd = (reader: Guarded): UsageWatch => {
  const decoder = new Decompress((chunk) => reader.push(chunk))
  let broken = false
  return {
    push(chunk) {
      if (broken) return
      try {
        decoder.push(new Uint8Array(chunk))
      } catch {
        // A damaged or foreign frame: usage stays unknown, the client got the bytes as they came.
        broken = true
      }
    },
    end: async () => reader.end(),
  }
}
