// Public surface: the engine factory, and the same functions over one default engine that opens on first use.
import { createHeadroom, type HeadroomOptions } from './create.js'
import { alignPrefix } from './drift/align/index.js'
import type { AlignOptions, AlignReason, AlignResult, MovableLooks, MovedText } from './spec/align.js'
import type {
  CompressOptions,
  CompressResult,
  CompressTextOptions,
  CompressTextResult,
  Engine,
  Explanation,
  RetrieveOptions,
  RetrieveResult,
} from './spec/engine.js'
import type { Stats } from './spec/ledger.js'

let shared: Engine | undefined
const engine = (): Engine => {
  shared ??= createHeadroom()
  return shared
}

/** Compresses the tool results of a list of messages (Anthropic, OpenAI Chat or Responses shape); the same shape comes back. */
export const compress = <T>(messages: T, options?: CompressOptions): Promise<CompressResult<T>> =>
  engine().compress(messages, options)

/** Compresses one text; what is left out is stored first and comes back by `retrieve(ref)`. */
export const compressText = (text: string, options?: CompressTextOptions): Promise<CompressTextResult> =>
  engine().compressText(text, options)

/** The original behind a ref: whole and byte for byte without options, else by lines or by words. */
export const retrieve = (ref: string, options?: RetrieveOptions): Promise<RetrieveResult> =>
  engine().retrieve(ref, options)

export const stats = (sinceMs?: number): Promise<Stats> => engine().stats(sinceMs)

export const explain = (ref: string): Promise<Explanation> => engine().explain(ref)

/** Closes the default engine; the next call opens a new one. */
export const close = async (): Promise<void> => {
  const open = shared
  shared = undefined
  await open?.close()
}

export type {
  AlignOptions,
  AlignReason,
  AlignResult,
  CompressOptions,
  CompressResult,
  CompressTextOptions,
  CompressTextResult,
  Engine,
  Explanation,
  MovableLooks,
  MovedText,
  RetrieveOptions,
  RetrieveResult,
  Stats,
}
export { alignPrefix, createHeadroom, type HeadroomOptions }
