import type { PolicyName } from './policy.js'
import type { RequestReport } from './report.js'
import type { Decision } from './store.js'
import type { Block, ByteEdit, Usage } from './wire.js'

/** Indices refer to `blocks` of the same request. */
export interface InputReceived {
  readonly blocks: readonly Block[]
  readonly session?: string
}
export interface InputCached {
  readonly blocks: readonly Block[]
  /** Blocks before this index keep the form they were sent in. */
  readonly frozenUntil: number
}
export interface InputRouted {
  readonly routes: readonly { readonly blockIndex: number; readonly compressor: string; readonly mayElide: boolean }[]
}
export interface InputCompressed {
  readonly made: readonly { readonly blockIndex: number; readonly decision: Decision }[]
}
export interface InputRemembered {
  readonly edits: readonly ByteEdit[]
}
export interface PreSend {
  readonly bytesIn: number
  readonly bytesOut: number
  readonly report: RequestReport
}
export interface PostSend {
  readonly requestId: string
  readonly status: number
  readonly durationMs: number
}
export interface ResponseReceived {
  readonly requestId: string
  readonly status: number
  readonly usage?: Usage
}

/**
 * Before send a hook can only move a request closer to its original. A hook that throws is skipped and counted;
 * `setup` and `preStart` stop the start.
 */
export interface Hook {
  readonly name: string
  readonly order?: number
  /** Config is resolved, nothing is open. */
  setup?(config: Readonly<Record<string, unknown>>): void
  preStart?(): void
  postStart?(address: { readonly host: string; readonly port: number }): void
  /** Protect blocks (by index) or lower the policy for this request. */
  inputReceived?(event: InputReceived): { protect?: readonly number[]; policy?: PolicyName } | undefined
  /** Raise `frozenUntil` only; a lower value is ignored. */
  inputCached?(event: InputCached): number | undefined
  /** Block indices to leave alone. */
  inputRouted?(event: InputRouted): readonly number[] | undefined
  /** Block indices whose new form is vetoed. */
  inputCompressed?(event: InputCompressed): readonly number[] | undefined
  inputRemembered?(event: InputRemembered): void
  /** False sends the original body. */
  preSend?(event: PreSend): boolean | undefined
  postSend?(event: PostSend): void
  responseReceived?(event: ResponseReceived): void
}
