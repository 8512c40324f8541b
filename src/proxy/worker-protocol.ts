// What the main thread and an engine's thread say to each other. Bodies and flags are shared memory; the rest is cloned.
import type { BodyAlignment } from '../spec/align.js'
import type { Config } from '../spec/config.js'
import type { CacheBreak } from '../spec/drift.js'
import type { EngineRequest, Explanation, Remembered, RetrieveOptions, RetrieveResult } from '../spec/engine.js'
import type { LedgerEvent, Stats } from '../spec/ledger.js'
import type { LogLevel } from '../spec/logger.js'
import type { Money } from '../spec/money.js'
import type { RequestReport } from '../spec/report.js'
import type { ByteEdit, Usage } from '../spec/wire.js'
import type { JsonAnswer } from './options.js'
import type { Offer, OfferRequest } from './redeem/offer.js'

/** Given to a worker at its start: what its engine needs, and no token. */
export type WorkerData = Pick<
  Config,
  'home' | 'policy' | 'rules' | 'storeMaxBytes' | 'storeMaxAgeDays' | 'prices' | 'repack' | 'holdoutPercent'
>

/** Edits that the `replayed` message has brought over are not repeated, as long as the result holds all of them. */
export interface HandedEdits {
  readonly edits: readonly ByteEdit[]
  readonly onTopOfReplayed: boolean
}

/** Edits that a `decided` message has brought over are not repeated. */
export interface RunAnswer {
  readonly handed: HandedEdits | undefined
  readonly report: RequestReport
}

/** Calls that are answered, by name: what goes in and what comes out. */
export interface Calls {
  run: [{ readonly request: Omit<EngineRequest, 'lease'>; readonly flag?: Int32Array }, RunAnswer]
  stats: [number | undefined, Stats]
  money: [number | undefined, Money]
  retrieve: [{ readonly ref: string; readonly options?: RetrieveOptions }, RetrieveResult]
  explain: [string, Explanation]
  compressJson: [Uint8Array, JsonAnswer]
  decode: [
    { readonly bytes: Uint8Array; readonly encoding: string; readonly limitBytes: number },
    { readonly body: Uint8Array } | undefined,
  ]
  offer: [OfferRequest, Offer | undefined]
  align: [Uint8Array, BodyAlignment | undefined]
  remember: [readonly Remembered[], ReadonlyMap<string, string>]
  close: [undefined, undefined]
}
export type CallName = keyof Calls

export type ToWorker =
  | { readonly [N in CallName]: { readonly call: N; readonly id: number; readonly input: Calls[N][0] } }[CallName]
  | { readonly call: 'noteBreak'; readonly event: CacheBreak }
  | { readonly call: 'settle'; readonly requestId: string; readonly status: number; readonly usage?: Usage }
  | { readonly call: 'record'; readonly event: LedgerEvent }

export type FromWorker =
  | { readonly kind: 'ready' }
  | { readonly kind: 'replayed'; readonly id: number; readonly edits: readonly ByteEdit[] }
  | { readonly kind: 'decided'; readonly id: number; readonly handed: HandedEdits; readonly rewrites: boolean }
  | { readonly kind: 'value'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'failed'; readonly id: number; readonly message: string }
  | {
      readonly kind: 'log'
      readonly level: LogLevel
      readonly message: string
      readonly fields?: Readonly<Record<string, string | number | boolean>>
    }
