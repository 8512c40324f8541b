// What it means that a block was sent in full and is decided again later.
import { sha256Hex } from '../base/hash.js'
import type { Repack } from '../spec/repack.js'
import type { SkipCode } from '../spec/skip.js'
import type { Decision } from '../spec/store.js'
import type { BlockContext, BlockOutcome, KeptAsIs, Routed } from './block.js'

/** Blocks that stayed as they came for want of time or because they had been sent already, not because of what they are. */
const REOPENABLE: ReadonlySet<SkipCode> = new Set([
  'seen-uncompressed',
  'deadline',
  'store-unavailable',
  'no-way-back',
  'holdout',
])

export const isReopenable = (decision: Decision | undefined): boolean =>
  decision?.skip !== undefined && decision.text === undefined && REOPENABLE.has(decision.skip)

/** Key of the form that a block got when it was opened again: the first decision stays what it is. */
export const reopenedKey = (key: string): string => sha256Hex(`${key}\nreopened`)

/** A block with what a first look at it gave. */
export interface Considered {
  readonly outcome: Routed | KeptAsIs
  readonly context: BlockContext
  /** Already worked out, where its gain had to be known first. */
  readonly made?: BlockOutcome
  /** A budget has room for all of it, so that no later step leaves anything out. */
  readonly staysWhole?: boolean
}

/** Blocks opened again, and why it pays. */
export interface Reopening {
  readonly repack: Repack
  readonly considered: ReadonlyMap<number, Considered>
}

/** A turn whose history is changed, and what held before: it goes on to hold where the change comes too late. */
export interface Reopened extends Reopening {
  readonly earlier: readonly (Decision | undefined)[]
}
