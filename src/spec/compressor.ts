import type { ContentType, Origin } from './content.js'
import type { Plan, Span } from './plan.js'
import type { PolicyName } from './policy.js'
import type { Skip } from './skip.js'

export interface CompressInput {
  readonly text: string
  readonly type: ContentType
  readonly language?: string
  /** What the user or the agent is looking for, in natural language; may be absent. */
  readonly query?: string
  readonly origin: Origin
  /** Soft goal for the output; must-keeps may exceed it. Absent: the compressor's own default share of the source. */
  readonly budgetTokens?: number
  /** Tokens of `text`, already counted. */
  readonly tokens: number
  /** Spans that must come out unchanged (markers found in the text). */
  readonly protectedSpans: readonly Span[]
  /** False: no `elide` segment may be emitted. */
  readonly mayElide: boolean
  readonly policy: PolicyName
  /** Which of the compressor's `notations` the same tool's last text before this one in the request is in, as far as it is known. */
  readonly notation?: string
  /** Tokens of a text under the request's tokenizer. About 20 ns per byte: fine for forms, not for every line of a big log. */
  readonly count: (text: string) => number
}

/**
 * Pure function from text to plan: no I/O, clock, randomness or environment; deterministic; linear or n log n;
 * garbage in gives a Skip. Never asked to store or to print markers: the pipeline does both.
 */
export interface Compressor {
  readonly name: string
  /** Raised whenever the same input may give another output. */
  readonly version: number
  readonly accepts: readonly ContentType[]
  /** Never elides, so it takes part beside the type's compressor wherever it accepts the type and leaving out is not allowed or fails. */
  readonly exact?: true
  /** Forms that say the same in another notation: one session should not get both of one tool. */
  readonly notations?: readonly string[]
  /** A specialist for what produced the text, whatever its type: true where this origin is its own. Competes with the type's compressor. */
  claims?(origin: Origin): boolean
  /** Loads what leaving out needs for such a text, once; not called where nothing may be left out. A failure is reported as a skip by `compress`, never thrown. */
  prepare?(need: Pick<CompressInput, 'type' | 'language'>): Promise<void>
  compress(input: CompressInput): Plan | Skip
  /** Run-time proof of the parts that claim to lose nothing; false sends the block back to its original. */
  verify?(source: string, rendered: string, plan: Plan): boolean
}
