// What the pipeline is given. It knows interfaces only; create.ts hands over the implementations.
import type { BudgetSolver } from '../spec/budget.js'
import type { Compressor } from '../spec/compressor.js'
import type { Detect, Detection, Origin } from '../spec/content.js'
import type { Hook } from '../spec/hook.js'
import type { Ledger, LedgerEvent } from '../spec/ledger.js'
import type { Logger } from '../spec/logger.js'
import type { Policy, PolicyName, WayBack } from '../spec/policy.js'
import type { ReferenceIndexes } from '../spec/reference.js'
import type { CacheEconomics } from '../spec/repack.js'
import type { Skip } from '../spec/skip.js'
import type { MarkerGrammar, Store } from '../spec/store.js'
import type { TokenizerFor } from '../spec/tokenizer.js'
import type { Codec, JsonPath } from '../spec/wire.js'

/** A text inside a text, e.g. the `stdout` string of a JSON result. `wrap(inner)` equals the literal it was peeled from. */
export interface PeeledText {
  readonly kind: string
  readonly start: number
  readonly end: number
  readonly inner: string
  wrap(inner: string): string
}

export interface RouteRequest {
  readonly detection: Detection
  readonly origin: Origin
  readonly policy: Policy
  readonly tokens: number
  /** Lines of the text inside its envelopes. */
  readonly lines: number
  readonly wayBack: WayBack
  readonly offersEditTool: boolean
  /** One text of a library caller, with no request around it. */
  readonly wholeText: boolean
  /** Compressor that claims what produced the text. */
  readonly specialist?: string
  /** Compressor of exact forms, for text that no other one reads. */
  readonly exact?: string
}

export interface ChosenRoute {
  readonly compressor: string
  readonly policy: PolicyName
  readonly mayElide: boolean
  /** What repeats an earlier run but for times and ids may be left out. */
  readonly mayFoldRepeats: boolean
}

export interface PipelineParts {
  readonly codecs: readonly Codec[]
  readonly detect: Detect
  peel(text: string): PeeledText | undefined
  route(request: RouteRequest): ChosenRoute | Skip
  wayBackOf(input: { toolNames: readonly string[]; loopback: boolean; exposeDir: string }): WayBack
  offersEditTool(toolNames: readonly string[]): boolean
  readonly compressors: readonly Compressor[]
  readonly tokenizerFor: TokenizerFor
  readonly store: Store
  readonly markers: MarkerGrammar
  /** A new, empty index of what one conversation shows. */
  readonly references: ReferenceIndexes
  /** Strings that a lossy form of `text` must still contain; an oracle independent of the compressors. */
  mustKeep(text: string, detection: Detection, query: string | undefined): readonly string[]
  literalOf(text: string): Uint8Array
  applyToObject<T>(root: T, edits: readonly { path: JsonPath; text: string }[]): T
  readonly hooks: readonly Hook[]
  readonly policy: Policy
  readonly economics: CacheEconomics
  /** Side of a conversation while a share of them is left alone; undefined while none is. */
  armOf(conversation: string): 'held-out' | 'treated' | undefined
  readonly budget: BudgetSolver
  readonly ledger: Ledger
  /** How library calls reach this engine, for the ledger; requests are always the proxy's. */
  readonly way: LedgerEvent['way']
  readonly exposeDir: string
  nowMs(): number
  newId(): string
  readonly logger: Logger
}
