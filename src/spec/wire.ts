import type { Origin } from './content.js'
import type { SkipCode } from './skip.js'

export type Dialect = 'anthropic' | 'openai-chat' | 'openai-responses' | 'gemini'

export type BlockKind = 'text' | 'tool-result' | 'tool-call' | 'opaque'

/** JSON path from the body's root to the string value, e.g. `['messages', 3, 'content', 0, 'content']`. */
export type JsonPath = readonly (string | number)[]

/**
 * One string value of a request. Order in a scan is wire order. Only `tool-result` blocks without `protectedBy`
 * are candidates for editing; the others are located so that a conversation has an identity and a newest question.
 */
export interface Block {
  readonly kind: BlockKind
  readonly role: 'user' | 'assistant' | 'system' | 'tool'
  readonly path: JsonPath
  /** Byte offsets of the string literal in the body, quotes included; half-open. */
  readonly start: number
  readonly end: number
  /** Decoded value. Decoded on first use and remembered. */
  readonly text: string
  /** Call id that pairs a result with its call, when the dialect has one. */
  readonly callId?: string
  readonly origin: Origin
  /** Why this block may never be edited, e.g. signed, encrypted, retrieved content. */
  readonly protectedBy?: SkipCode
}

/** What a codec found in one request body. */
export interface BodyScan {
  readonly dialect: Dialect
  readonly model?: string
  readonly stream: boolean
  /** In wire order. The first `reusedBlocks` are the very objects of the previous scan. */
  readonly blocks: readonly Block[]
  readonly reusedBlocks: number
  /** Names of all tools the request offers, namespaces included as sent. */
  readonly toolNames: readonly string[]
  /** Client's own session identity, where the body carries one. */
  readonly sessionId?: string
  /** The request continues a response that the provider holds (Responses `previous_response_id`). */
  readonly previousResponseId?: string
  /** The provider may drop or sum up earlier blocks by itself (context editing, compaction, truncation): what the body shows, the model may not see. */
  readonly mayForget?: boolean
  /** The provider itself sums the history up: whatever tools are offered, nobody runs them for it. */
  readonly sumsUp?: boolean
  /** The body this scan describes; kept so that the next one can be compared with it. */
  readonly body: Uint8Array
}

export type ScanOutcome = { readonly scan: BodyScan } | { readonly skip: SkipCode; readonly detail?: string }

/** Usage as the provider billed it; absent numbers were not in the answer. */
export interface Usage {
  readonly inputTokens?: number
  readonly outputTokens?: number
  readonly cacheReadTokens?: number
  readonly cacheWriteTokens?: number
  /** Those of `cacheWriteTokens` that were written to last an hour. */
  readonly cacheWrite1hTokens?: number
}

/** Reads usage on the side of a relayed answer; never holds more than one event. */
export interface UsageReader {
  push(chunk: Uint8Array): void
  end(): Usage | undefined
}

/** Knows where text lives in one dialect, and nothing else. Editing is `wire/edit.ts`. */
export interface Codec {
  readonly dialect: Dialect
  /** Route of a generating call; `path` is without query string. */
  matches(method: string, path: string): boolean
  /** The same requests also come as messages of a WebSocket on this path. */
  readonly overWebSocket?: true
  /** Model that the path names, where the body names none. */
  modelOf?(path: string): string | undefined
  /** Linear in the bytes that differ from `previous`; never throws; malformed bodies give a skip. */
  scan(body: Uint8Array, previous?: BodyScan): ScanOutcome
  /** For one answer with this `content-type` (`text/event-stream`, JSON, or a platform's own framing). */
  usageReader(contentType: string): UsageReader
}

/** Replacement of the bytes `start..end` of a body. Ordered, not overlapping. */
export interface ByteEdit {
  readonly start: number
  readonly end: number
  readonly bytes: Uint8Array
}
