// Usage of a relayed answer, read on the side from its events or its JSON. What cannot be read is simply not known.
import { bufferOf, JsonCursor } from '../base/json-span.js'
import type { Usage, UsageReader } from '../spec/wire.js'
import type { FieldTable } from './fields.js'
import { SseSplitter } from './sse.js'
import { type JsonNode, readTree } from './tree.js'

/** Where one dialect's answers and events say what was billed. */
export interface UsageShape {
  /** Bytes without which an event says nothing of usage; absent: `"usage"`. */
  readonly key?: Buffer
  readonly fields: FieldTable
  /** Usage in one event or answer; undefined where it holds none. */
  read(node: JsonNode, bytes: Uint8Array): Usage | undefined
}

/** Longest JSON answer that is kept for reading. */
const MAX_ANSWER_BYTES = 4 * 1024 * 1024

const USAGE_KEY = Buffer.from('"usage"')

export const usageReaderFor = (contentType: string, shape: UsageShape): UsageReader => {
  const mediaType = contentType.split(';', 1)[0]?.trim().toLowerCase() ?? ''
  if (mediaType === 'text/event-stream') return sseReader(shape)
  return mediaType === 'application/json' || mediaType.endsWith('+json')
    ? jsonReader(shape)
    : {
        push() {},
        end() {
          return undefined
        },
      }
}

/** Usage in one event; undefined where it holds none. */
export const usageOf = (bytes: Uint8Array, shape: UsageShape): Usage | undefined => {
  const buffer = bufferOf(bytes)
  if (!buffer.includes(shape.key ?? USAGE_KEY)) return undefined
  const node = readTree(new JsonCursor(bytes), shape.fields)
  return node === undefined ? undefined : shape.read(node, bytes)
}

/** Later events say more: their numbers replace earlier ones. */
const sseReader = (shape: UsageShape): UsageReader => {
  let usage: Usage | undefined
  const splitter = new SseSplitter((data) => {
    const found = usageOf(data, shape)
    if (found) usage = { ...usage, ...found }
  })
  return {
    push: (chunk) => splitter.push(chunk),
    end() {
      splitter.end()
      return usage
    },
  }
}

const jsonReader = (shape: UsageShape): UsageReader => {
  let chunks: Uint8Array[] = []
  let size = 0
  return {
    push(chunk) {
      size += chunk.length
      if (size <= MAX_ANSWER_BYTES) chunks.push(new Uint8Array(chunk))
      else chunks = []
    },
    end() {
      const usage = size === 0 || size > MAX_ANSWER_BYTES ? undefined : usageOf(Buffer.concat(chunks), shape)
      chunks = []
      return usage
    },
  }
}

/** Usage of the numbers that are there; undefined when none is. */
export const usageFrom = (numbers: { readonly [Key in keyof Usage]?: number | undefined }): Usage | undefined => {
  const known = Object.entries(numbers).filter(([, value]) => value !== undefined)
  return known.length === 0 ? undefined : Object.fromEntries(known)
}

/** Input billed at the full price, where a provider counts cached tokens among its input tokens. */
export const freshTokens = (input: number | undefined, cached: number | undefined): number | undefined =>
  input === undefined ? undefined : Math.max(0, input - (cached ?? 0))
