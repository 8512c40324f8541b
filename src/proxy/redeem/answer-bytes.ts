// The bytes of an answer without its content encoding, as they come.
import { createBrotliDecompress, createGunzip, createInflate, type Gunzip, constants as zlib } from 'node:zlib'
import { Decompress } from 'fzstd'
import { headerOf, type RawHeaders } from '../headers.js'

export interface AnswerSink {
  data(chunk: Buffer): void
  /** Once, after all data. */
  end(): void
  /** In place of `end`, also where a sink itself threw. */
  failed(error: unknown): void
}

const encodingOf = (headers: RawHeaders): string => (headerOf(headers, 'content-encoding') ?? '').trim().toLowerCase()

interface Decoder {
  push(chunk: Buffer): void
  end(): void
}

const zlibDecoder = (decoder: Gunzip, sink: AnswerSink): Decoder => {
  decoder.on('data', (chunk: Buffer) => sink.data(chunk))
  decoder.on('end', () => sink.end())
  decoder.on('error', (error) => sink.failed(error))
  return { push: (chunk) => void decoder.write(chunk), end: () => void decoder.end() }
}

/** Blocks are handed on as they are whole. What broke off in the middle of one ends there, as it does with the other encodings. */
const zstdDecoder = (sink: AnswerSink): Decoder => {
  const decoder = new Decompress((chunk) => sink.data(Buffer.from(chunk)))
  return { push: (chunk) => decoder.push(new Uint8Array(chunk)), end: () => sink.end() }
}

const decoderOf = (encoding: string, sink: AnswerSink): Decoder => {
  const decoder = zlibOf(encoding)
  if (decoder !== undefined) return zlibDecoder(decoder, sink)
  return encoding === 'zstd' ? zstdDecoder(sink) : { push: (chunk) => sink.data(chunk), end: () => sink.end() }
}

const zlibOf = (encoding: string): Gunzip | undefined => {
  if (encoding === 'gzip' || encoding === 'x-gzip') return createGunzip({ finishFlush: zlib.Z_SYNC_FLUSH })
  if (encoding === 'deflate') return createInflate({ finishFlush: zlib.Z_SYNC_FLUSH })
  if (encoding === 'br') return createBrotliDecompress({ finishFlush: zlib.BROTLI_OPERATION_FLUSH })
  return undefined
}

export class AnswerBytes {
  readonly #decoder: Decoder
  readonly #sink: AnswerSink
  #broken = false

  static reads(headers: RawHeaders): boolean {
    return /^(?:|identity|gzip|x-gzip|deflate|br|zstd)$/.test(encodingOf(headers))
  }

  constructor(headers: RawHeaders, sink: AnswerSink) {
    this.#sink = sink
    this.#decoder = decoderOf(encodingOf(headers), {
      data: (chunk) => this.#try(() => sink.data(chunk)),
      end: () => this.#try(() => sink.end()),
      failed: (error) => this.#fail(error),
    })
  }

  push(chunk: Buffer): void {
    this.#try(() => this.#decoder.push(chunk))
  }

  end(): void {
    this.#try(() => this.#decoder.end())
  }

  #try(work: () => void): void {
    if (this.#broken) return
    try {
      work()
    } catch (error) {
      this.#fail(error)
    }
  }

  #fail(error: unknown): void {
    if (this.#broken) return
    this.#broken = true
    this.#sink.failed(error)
  }
}
