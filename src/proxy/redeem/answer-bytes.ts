// The bytes of an answer without its content encoding, as they come.
import { createBrotliDecompress, createGunzip, createInflate, type Gunzip, constants as zlib } from 'node:zlib'
import { headerOf, type RawHeaders } from '../headers.js'

export interface AnswerSink {
  data(chunk: Buffer): void
  /** Once, after all data. */
  end(): void
  /** In place of `end`, also where a sink itself threw. */
  failed(error: unknown): void
}

const encodingOf = (headers: RawHeaders): string => (headerOf(headers, 'content-encoding') ?? '').trim().toLowerCase()

const decoderOf = (encoding: string): Gunzip | undefined => {
  if (encoding === 'gzip' || encoding === 'x-gzip') return createGunzip({ finishFlush: zlib.Z_SYNC_FLUSH })
  if (encoding === 'deflate') return createInflate({ finishFlush: zlib.Z_SYNC_FLUSH })
  if (encoding === 'br') return createBrotliDecompress({ finishFlush: zlib.BROTLI_OPERATION_FLUSH })
  return undefined
}

export class AnswerBytes {
  readonly #decoder: Gunzip | undefined
  readonly #sink: AnswerSink
  #broken = false

  static reads(headers: RawHeaders): boolean {
    return /^(?:|identity|gzip|x-gzip|deflate|br)$/.test(encodingOf(headers))
  }

  constructor(headers: RawHeaders, sink: AnswerSink) {
    this.#sink = sink
    this.#decoder = decoderOf(encodingOf(headers))
    this.#decoder?.on('data', (chunk: Buffer) => this.#try(() => sink.data(chunk)))
    this.#decoder?.on('end', () => this.#try(() => sink.end()))
    this.#decoder?.on('error', (error) => this.#fail(error))
  }

  push(chunk: Buffer): void {
    if (this.#broken) return
    if (this.#decoder === undefined) this.#try(() => this.#sink.data(chunk))
    else this.#decoder.write(chunk)
  }

  end(): void {
    if (this.#broken) return
    if (this.#decoder === undefined) this.#try(() => this.#sink.end())
    else this.#decoder.end()
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
