import type { Plan } from './plan.js'

/** What a text is to the model that reads it, for the words of a reference to it. */
export interface TextSource {
  readonly kind: 'result' | 'call' | 'user' | 'assistant'
  readonly tool?: string
  /** Pattern, else path, else command of the tool call. */
  readonly subject?: string
  /** The subject is no path. */
  readonly isCommand?: boolean
  /** Argument of a call that holds the text. */
  readonly argument?: string
}

/** One text that the model sees in a request; read on demand, so that an index holds none. */
export interface VisibleText {
  /** Index of its block in the request. */
  readonly block: number
  readonly source: TextSource
  /** Identity of the block, whatever stands around it. */
  id(): string
  /** As it came and as it is sent, both inside their envelopes; the same string where nothing changed. */
  read(): { readonly original: string; readonly sent: string }
}

/**
 * What a reference stands on: a run of lines that are sent literally in an earlier block, or, where `count` is 0, the earlier
 * block itself, whatever of it is sent.
 */
export interface Base {
  /** `VisibleText.id` of the earlier block. */
  readonly id: string
  /** Line of the sent text at which the run began when it was found, 0-based; it may stand elsewhere later. */
  readonly line: number
  readonly count: number
  /** Hash of the first line, to find the run again. */
  readonly first: number
  /** 64 bits of the SHA-256 of the run's lines without their numbers. */
  readonly hash: string
}

export interface ReferRequest {
  /** The text inside its envelopes, and the form to write the rest in (the text itself, or what a compressor made of it). */
  readonly text: string
  readonly form: string
  readonly source: TextSource
  /** Only texts of blocks before this one are bases. */
  readonly before: number
  /** Either all lines become one reference or none does: texts that must stay well formed. */
  readonly whole: boolean
  /** Output of a run: its verdicts stay where they are. */
  readonly isRun: boolean
  count(text: string): number
}

export interface Referred {
  readonly text: string
  readonly bases: readonly Base[]
  /** Lines of the form that are references now. */
  readonly lines: number
}

/** A command's output against its earlier run: what differs in times and the like alone is left out under a note that says so. */
export interface Rerun {
  readonly plan: Plan
  readonly bases: readonly Base[]
}

/** Lines of the texts that a request shows, by their content without line-number gutters. Holds hashes, no text. */
export interface ReferenceIndex {
  /** Number of texts. */
  readonly size: number
  blockAt(text: number): number
  add(text: VisibleText): void
  /** Forgets all texts from `size` on. O(their lines). */
  cut(size: number): void
  /** The form with references for runs that earlier texts hold; proven to expand to the form. */
  refer(request: ReferRequest): Referred | undefined
  /** What is new against the newest earlier result of the same command; for texts that may be left out in part. */
  rerun(request: ReferRequest): Rerun | undefined
  /** True where a text of a block before `before` still holds the base's lines literally. */
  holds(base: Base, before: number): boolean
}

export type ReferenceIndexes = () => ReferenceIndex
