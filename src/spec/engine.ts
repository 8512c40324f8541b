import type { BodyAlignment } from './align.js'
import type { BudgetReport } from './budget.js'
import type { ContentType } from './content.js'
import type { CacheBreak } from './drift.js'
import type { LedgerEvent, Stats } from './ledger.js'
import type { Money } from './money.js'
import type { PolicyName } from './policy.js'
import type { RequestReport } from './report.js'
import type { Ref } from './store.js'
import type { CountBasis } from './tokenizer.js'
import type { ByteEdit, Dialect, Usage } from './wire.js'

/** One generating request as it came from a client, already decoded to JSON bytes. */
export interface EngineRequest {
  readonly dialect: Dialect
  readonly body: Uint8Array
  /** Model named outside the body. */
  readonly model?: string
  /** Client's session identity from headers, when it has one. */
  readonly session?: string
  /** Who sends it, by a name from a fixed list; for the ledger. */
  readonly agent?: string
  /** The client runs on this machine, so a local file path is a way back for its own tools. */
  readonly loopback: boolean
  /** Who waits for the result, when somebody may stop waiting. */
  readonly lease?: Lease
  /** Bytes that came from the client, where the body holds more: what retrieval in the wire has put in counts as sent, not as received. */
  readonly receivedBytes?: number
  /** Bytes that are put in behind the engine's back, and count as sent. */
  readonly addedBytes?: number
  /** Of a WebSocket frame, whose conversation the body holds: where in it begins what this frame brought. The ledger counts the frame alone. */
  readonly newItemsStart?: number
}

/** A small text that outlives the process, under a key that only one writer makes. */
export interface Remembered {
  readonly key: string
  readonly text: string
}

/**
 * A deadline without a broken prefix. Forms decided on earlier turns must be sent on this one too, however late we
 * are; new forms may be dropped, but then they must stay dropped. So the engine hands over the replayed edits as soon
 * as it has them, and both sides race for one flag before new forms count (in worker threads: one
 * `Atomics.compareExchange` on a shared Int32). Whoever stops waiting first takes the flag and sends the body with the
 * replayed edits; the engine then records the new blocks as sent uncompressed.
 */
export interface Lease {
  /** Called once, before new blocks are compressed. False: the body has gone already, without them. */
  replayed(edits: readonly ByteEdit[]): boolean
  /** False once nobody waits any more: work on new forms is wasted. Cheap; asked between blocks. */
  waiting(): boolean
  /** True: the result will be sent. False: the body has gone already. Called at most once, just before decisions are stored. */
  claim(): boolean
  /** All edits, once what they need is stored: they may go, while the report is still being made. At most once; never where a hook may object. */
  decided?(sent: Decided): void
}

export interface Decided {
  readonly edits: readonly ByteEdit[]
  /** History is changed on purpose, here or by another process. */
  readonly rewrites: boolean
}

export interface EngineResult {
  /** Empty: send the very bytes that came. */
  readonly edits: readonly ByteEdit[]
  readonly report: RequestReport
}

export interface CompressOptions {
  readonly model?: string
  readonly policy?: PolicyName
  readonly query?: string
  /**
   * Most tokens of the whole result: for messages all their text, for a text its form. Where it cannot be met the result is the
   * smallest, and `budget` says so. With `agent` it is a goal for the form, tried once: hooks are over within a second.
   */
  readonly budgetTokens?: number
}

export interface CompressResult<T> {
  /** Same shape as came in; untouched parts are the same objects. */
  readonly messages: T
  readonly tokensBefore: number
  readonly tokensAfter: number
  readonly basis: CountBasis
  readonly refs: readonly Ref[]
  readonly report: RequestReport
}

export interface CompressTextOptions extends CompressOptions {
  readonly tool?: { readonly name?: string; readonly input?: unknown }
  /**
   * The text goes straight into an agent's conversation and nobody else keeps it: the agent's tools say what the way
   * back is and whether files can be edited, as they do in a request. Counted as way `hook`. `shown` is what the model
   * would see otherwise, where that is not the whole text: a form of more tokens is refused, and savings count from it.
   * `name` is who the ledger says it was: lower-case letters, digits and hyphens.
   */
  readonly agent?: { readonly tools: readonly string[]; readonly shown?: string; readonly name?: string }
}

export interface CompressTextResult {
  readonly text: string
  readonly tokensBefore: number
  readonly tokensAfter: number
  readonly basis: CountBasis
  readonly contentType: ContentType
  /** `compressed`, or the reason for which the text stayed as it is. */
  readonly outcome: string
  readonly refs: readonly Ref[]
  /** Where `budgetTokens` was given. */
  readonly budget?: BudgetReport
}

export interface RetrieveOptions {
  /** Lines around what matches these words. */
  readonly query?: string
  /** 1-based inclusive, e.g. `120-156`, `40`, `90-`. */
  readonly lines?: string
  /** Continues after a page cut, as given by `next`. */
  readonly cursor?: number
  /** Most characters in the answer; absent: whole. */
  readonly maxChars?: number
}

export interface RetrieveResult {
  readonly text: string
  readonly found: boolean
  /** The text is not valid UTF-8; `bytes` has it exactly. */
  readonly bytes: Uint8Array
  readonly totalLines: number
  /** Cursor of the next page, when the answer was cut. */
  readonly next?: number
}

/** Where the tokens of a ref came from and what was done to them. */
export interface Explanation {
  readonly ref: Ref
  readonly found: boolean
  readonly originalBytes: number
  readonly originalLines: number
  readonly compressor?: string
  readonly form?: string
  readonly contentType?: string
  readonly tokensBefore?: number
  readonly tokensAfter?: number
}

export interface Engine {
  compress<T>(messages: T, options?: CompressOptions): Promise<CompressResult<T>>
  compressText(text: string, options?: CompressTextOptions): Promise<CompressTextResult>
  retrieve(ref: Ref, options?: RetrieveOptions): Promise<RetrieveResult>
  explain(ref: Ref): Promise<Explanation>
  stats(sinceMs?: number): Promise<Stats>
  /** The proxy's way in. Never throws for a request. */
  run(request: EngineRequest): Promise<EngineResult>
  /** A holdout leaves the request's conversation alone. */
  isHeldOut(request: EngineRequest): Promise<boolean>
  /** The answer's status and usage, for the ledger. */
  settle(requestId: string, status: number, usage?: Usage): void
  /** What requests were billed, and what compression did to that. @param sinceMs epoch milliseconds; absent: everything. */
  money(sinceMs?: number): Promise<Money>
  /** A loss of cached tokens, for the ledger; where they pile up, no history of that conversation is changed. */
  noteBreak(event: CacheBreak): void
  /** Small texts by key, as they were first remembered. */
  recall(keys: readonly string[]): Promise<ReadonlyMap<string, string>>
  /** Durable before it resolves; the first writer of a key wins. Gives what is in force. Rejects where nothing could be stored. */
  remember(entries: readonly Remembered[]): Promise<ReadonlyMap<string, string>>
  /** A request of our own, for the ledger. */
  record(event: LedgerEvent): void
  /** What `alignPrefix` changes in a request body; undefined where nothing. Pure. */
  align(body: Uint8Array): Promise<BodyAlignment | undefined>
  close(): Promise<void>
}
