// Alignment of a request on its way, where the user switched it on (docs/decisions/0028-align-prefix.md). The engine, and all
// that remembers bodies, sees the system prompt without what moves and never the list of values: to them nothing moves at all.
import { messageOf } from '../base/errors.js'
import type { Logger } from '../spec/logger.js'
import type { ByteEdit } from '../spec/wire.js'
import { spliceBytes } from '../wire/edit.js'
import { toShared } from './body.js'
import type { EngineHost } from './options.js'
import { within } from './within.js'

/** Longest wait; then the request goes with its system prompt as it came. Chosen: as for what retrieval puts in. */
const ALIGN_WAIT_MS = 1000

export interface Aligned {
  /** With its system prompt changed. */
  readonly body: Buffer
  /** The list of values, in offsets of `body`. */
  readonly tail: readonly ByteEdit[]
  /** Turns follow the list. */
  readonly inside: boolean
}

/** Undefined where nothing moves. */
export type Align = (body: Uint8Array) => Promise<Aligned | undefined>

export const createAlign = (host: EngineHost, logger: Logger): Align | undefined => {
  const { align } = host
  if (align === undefined) return undefined
  return async (body) => {
    try {
      const found = await within(align(body), ALIGN_WAIT_MS)
      if (found === undefined) return undefined
      const { head, tail, inside } = found
      return { body: toShared(spliceBytes(body, head)), tail: shifted(tail, head), inside }
    } catch (error) {
      logger('warn', 'a system prompt goes on as it came', { error: messageOf(error) })
      return undefined
    }
  }
}

/** The same places after other edits: what those put in at a place stands before it. */
export const shifted = (edits: readonly ByteEdit[], others: readonly ByteEdit[]): readonly ByteEdit[] =>
  edits.map((edit) => {
    const by = others.reduce(
      (sum, { start, end, bytes }) => sum + (start <= edit.start ? bytes.length - (end - start) : 0),
      0,
    )
    return { ...edit, start: edit.start + by, end: edit.end + by }
  })

export const sizeOf = (edits: readonly ByteEdit[]): number => edits.reduce((sum, { bytes }) => sum + bytes.length, 0)

/** Both, in order. At one place, `insertions` come last. */
export const together = (edits: readonly ByteEdit[], insertions: readonly ByteEdit[]): readonly ByteEdit[] =>
  insertions.length === 0 ? edits : [...edits, ...insertions].sort((a, b) => a.start - b.start)
