// What leaves must begin with what left before, wherever the client's own bytes do: proved on each request before it is sent,
// by other means than the engine's. A break would cost the provider's whole cached prefix.
import type { Logger } from '../spec/logger.js'
import type { ByteEdit } from '../spec/wire.js'
import type { Recent } from './recent-edits.js'

export interface PrefixWatch {
  /** Breaks found so far; each was mended before it was sent. Stays 0. */
  readonly breaks: number
  /** The edits themselves where they hold to the ones sent before, else edits that do. O(edits). */
  hold(before: Recent, edits: readonly ByteEdit[]): readonly ByteEdit[]
}

export const prefixWatch = (logger: Logger): PrefixWatch => {
  let breaks = 0
  return {
    get breaks() {
      return breaks
    },
    hold(before, edits) {
      const at = firstBreak(before, edits)
      if (at === undefined) return edits
      breaks++
      logger('error', 'new forms would have changed bytes that were sent before; the earlier ones went', { byte: at })
      return [...before.edits, ...edits.filter((edit) => edit.start >= before.sharedBytes)]
    },
  }
}

/** Offset in the client's body from which on other bytes would be sent than before. */
const firstBreak = ({ edits: earlier, sharedBytes }: Recent, edits: readonly ByteEdit[]): number | undefined => {
  const now = edits.filter((edit) => edit.end <= sharedBytes)
  for (let index = 0; index < Math.max(earlier.length, now.length); index++) {
    const [old, own] = [earlier[index], now[index]]
    if (old === undefined || own === undefined) return (old ?? own)?.start
    if (old.start !== own.start || old.end !== own.end) return Math.min(old.start, own.start)
    if (!Buffer.from(old.bytes.buffer as ArrayBuffer, old.bytes.byteOffset, old.bytes.length).equals(own.bytes))
      return old.start
  }
  return undefined
}
