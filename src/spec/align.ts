import type { Looks } from './drift.js'
import type { ByteEdit } from './wire.js'

/** Classes that can be told from one request by their form. */
export type MovableLooks = Extract<Looks, 'timestamp' | 'date' | 'time' | 'uuid' | 'counter' | 'random-id'>

export interface AlignOptions {
  /** What is moved; absent: all but `random-id`, whose form is the least certain. */
  readonly looks?: readonly MovableLooks[]
}

/** One text that stands at the tail instead of in the system prompt. */
export interface MovedText {
  /** As named in both places. */
  readonly number: number
  readonly looks: MovableLooks
  /** Where it stood, e.g. `system`, `system.1.text`, `messages.0.content`. */
  readonly where: string
  readonly text: string
}

/** Why a request stays as it is. */
export type AlignReason = 'nothing-volatile' | 'no-place' | 'automatic-breakpoint'

export interface AlignResult<T> {
  /** The same object where nothing was moved; else a copy that shares all that did not change. */
  readonly request: T
  readonly moved: readonly MovedText[]
  readonly reason?: AlignReason
}

/** The same for a body in bytes. Offsets of both lists are of the body as it came. */
export interface BodyAlignment {
  /** In the system prompt. */
  readonly head: readonly ByteEdit[]
  /** The list of values; insertions only. */
  readonly tail: readonly ByteEdit[]
  /** The list stands before turns that follow it: where a value changes, so does what was sent before. */
  readonly inside: boolean
}
