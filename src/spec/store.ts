import type { Gap } from './plan.js'
import type { Base } from './reference.js'
import type { SkipCode } from './skip.js'

export type MaybePromise<T> = T | Promise<T>

/** 16 lower-case hex digits: the first 64 bits of the SHA-256 of the original's UTF-8 bytes. */
export type Ref = string

/** Form of one block, decided when it was first sent and replayed ever after. */
export interface Decision {
  /** Hex SHA-256 over the conversation up to and including this block. */
  readonly key: string
  /** Text sent in place of the original; absent: the original stays. */
  readonly text?: string
  readonly ref?: Ref
  readonly skip?: SkipCode
  readonly compressor?: string
  readonly form?: string
  readonly contentType?: string
  /** What the references in `text` stand on; it is sent only where a request shows all of it. */
  readonly bases?: readonly Base[]
  readonly tokensBefore: number
  readonly tokensAfter: number
}

export interface Original {
  readonly ref: Ref
  readonly bytes: Uint8Array
  /** Who may read it back: project or token scope; empty for the local user. */
  readonly scope?: string
}

/** Durable before it returns. First writer wins, in any process. */
export interface Store {
  /** Originals first, then decisions, in one transaction. Returns the decision in force for each key. */
  commit(originals: readonly Original[], decisions: readonly Decision[]): MaybePromise<readonly Decision[]>
  decisions(keys: readonly string[]): MaybePromise<ReadonlyMap<string, Decision>>
  /** With a scope: only what was stored under that very scope. Without: the local user, who may read everything. */
  original(ref: Ref, scope?: string): MaybePromise<Uint8Array | undefined>
  /** A decision that carries this ref: what was made of the original, for `explain`. */
  formOf(ref: Ref): MaybePromise<Decision | undefined>
  /** True when every ref is held; used before a marker is sent again. Marks them as live. */
  holds(refs: readonly Ref[]): MaybePromise<boolean>
  /** Newest use of any of these, Unix milliseconds, never earlier than the last real one by more than two minutes. Undefined: unknown. */
  lastUseMs(refs: readonly Ref[]): MaybePromise<number | undefined>
  /** Writes the original as a plain read-only file and returns its absolute path. */
  expose(ref: Ref): MaybePromise<string | undefined>
  /** Drops what age and size bounds allow; live handles stay. Returns freed bytes. */
  sweep(nowMs: number): MaybePromise<number>
  close(): void
}

/** Where a marker points: an id for the retrieve tool or library, or a path an agent can open. */
export type MarkerTarget = { readonly ref: Ref } | { readonly ref: Ref; readonly path: string }

export interface FoundMarker {
  readonly start: number
  readonly end: number
  readonly gap: Gap
  readonly ref?: Ref
}

/** One grammar; `find(print(m))` gives m back. */
export interface MarkerGrammar {
  /** The first marker of a block carries the target, later ones only their gap. */
  print(gap: Gap, target?: MarkerTarget): string
  /** All look-alikes in a text; the caller asks the store which refs are real. */
  find(text: string): readonly FoundMarker[]
}
