import type { ByteEdit, Usage } from './wire.js'

/** Why a provider could not read what it had cached. One closed union: doctor, page and metrics print it. */
export type BreakCause =
  | 'model-changed'
  | 'tool-added'
  | 'tool-removed'
  | 'tools-reordered'
  | 'tool-changed'
  | 'tool-keys-reordered'
  | 'system-changed'
  | 'settings-changed'
  | 'message-edited'
  | 'thinking-dropped'
  | 'history-compacted'
  | 'rewound'
  | 'breakpoint-moved'
  | 'breakpoint-dropped'
  | 'ttl-changed'
  | 'expired'
  | 'own-edit'
  | 'own-rewrite'
  | 'unknown'

/** What bytes that changed look like, by their form alone. */
export type Looks =
  | 'timestamp'
  | 'date'
  | 'time'
  | 'uuid'
  | 'random-id'
  | 'counter'
  | 'git-status'
  | 'path'
  | 'number'
  | 'text'

/** Text on both sides of a change; empty where something was only added or only removed. */
export interface Change {
  readonly old: string
  readonly new: string
}

/** One loss of cached tokens. Holds no request text: letters and digits of `masked` are replaced. */
export interface CacheBreak {
  /** Of the request that lost them. */
  readonly id: string
  /** Unix milliseconds. */
  readonly atMs: number
  readonly model?: string
  readonly session?: string
  /** Answers that the conversation held already, plus one. */
  readonly turn: number
  readonly cause: BreakCause
  /** Other causes found in the same request, in the order in which a provider reads it. */
  readonly also?: readonly BreakCause[]
  /** First byte of the body, as the client sent it, that differs from the request before. */
  readonly atByte?: number
  /** Place in the body, e.g. `tools`, `system[1]`, `messages[12]`. */
  readonly where?: string
  /** Tool, setting or kind of message that changed; a name, never its content. */
  readonly subject?: string
  readonly looks?: Looks
  readonly oldBytes?: number
  readonly newBytes?: number
  readonly masked?: Change
  /** Tokens that were cached and not read: previous cached prefix minus cache read. Absent: the provider names no figures. */
  readonly lostTokens?: number
  readonly cachedTokens?: number
  readonly readTokens?: number
  /** What reading would have saved against paying again; absent where the model has no price. */
  readonly lostMicroUsd?: number
  /** Time since the request before. */
  readonly idleMs?: number
}

/** A break with what really changed, kept in memory only. Each side is cut at 400 characters. */
export interface SeenBreak extends CacheBreak {
  readonly exact?: Change
}

/** A break in plain words, with one line of what to do about it. */
export interface ExplainedBreak extends SeenBreak {
  readonly words: string
  readonly advice: string
}

/** A place that changes, or looks as if it would, between the requests of a conversation. */
export interface VolatileSpot {
  /** `seen`: it differed between two requests. `suspected`: its form says so, from one request. */
  readonly basis: 'seen' | 'suspected'
  readonly model?: string
  readonly where: string
  /** Byte range in the newest body. */
  readonly startByte: number
  readonly endByte: number
  readonly looks: Looks
  readonly masked: string
  readonly exact: string
  /** Changes seen so far. */
  readonly times: number
  /** Cacheable tokens behind it, estimated from bytes; lost whenever it changes. */
  readonly tokensAfter: number
  /** Of one such loss; absent where the model has no price. */
  readonly microUsdPerRequest?: number
}

export interface CauseCount {
  readonly cause: BreakCause
  readonly breaks: number
  readonly lostTokens: number
  readonly lostMicroUsd: number
}

/** Losses on record since a time. */
export interface CacheBreaks {
  readonly byCause: readonly CauseCount[]
  /** Newest first. */
  readonly recent: readonly CacheBreak[]
}

/** What the running proxy knows beyond the record. */
export interface DriftReport {
  readonly requests: number
  /** Newest first. */
  readonly recent: readonly ExplainedBreak[]
  readonly spots: readonly VolatileSpot[]
}

/** A request as it left, handed over after it was sent. */
export interface SentRequest {
  /** As the client sent it, decoded; never changed afterwards. */
  readonly body: Uint8Array
  /** What we changed in it. */
  readonly edits: readonly ByteEdit[]
  readonly session?: string
  /** Model named outside the body. */
  readonly model?: string
  /** We changed on purpose what was sent before. */
  readonly rewrites?: boolean
}

export interface SentHandle {
  /** The answer has ended. `id` names the request in the ledger. */
  answered(id: string, usage: Usage | undefined): void
}

/** Compares each request with the one before it in the same conversation. Never throws, never on the way of a request. */
export interface DriftWatch {
  sent(request: SentRequest): SentHandle
  report(): DriftReport
}
