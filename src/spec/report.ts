import type { BudgetReport } from './budget.js'
import type { Detection, Origin } from './content.js'
import type { Arm } from './money.js'
import type { Repack } from './repack.js'
import type { SkipCode } from './skip.js'
import type { Ref } from './store.js'
import type { CountBasis } from './tokenizer.js'
import type { JsonPath } from './wire.js'

/** What happened to one block, in order of the wire. */
export interface BlockReport {
  readonly path: JsonPath
  readonly origin: Origin
  readonly detection?: Detection
  /** Of the text inside its envelopes, where it was long enough to be looked at. */
  readonly contentType?: string
  readonly compressor?: string
  readonly form?: string
  readonly skip?: SkipCode
  readonly detail?: string
  readonly ref?: Ref
  readonly replayed: boolean
  readonly tokensBefore: number
  readonly tokensAfter: number
}

export interface RequestReport {
  /** Set while a share of sessions is held out. */
  readonly arm?: Arm
  readonly id: string
  readonly outcome: 'compressed' | 'passthrough'
  /** Why nothing changed, when nothing changed. */
  readonly reason?: string
  readonly model?: string
  readonly basis: CountBasis
  readonly tokensBefore: number
  readonly tokensAfter: number
  readonly durationMs: number
  readonly blocks: readonly BlockReport[]
  /** Another process had changed this history since this one last sent it; its forms were taken over. */
  readonly tookOver?: true
  /** History was changed in this request, and why it paid. */
  readonly repack?: Repack
  /** Where `budgetTokens` was given and the messages could be read. */
  readonly budget?: BudgetReport
}
