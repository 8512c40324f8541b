// What the last turns were sent with, kept on the main thread: when the engine cannot answer in time, or at all, a
// conversation still goes on with the forms that the provider has cached.
import { commonPrefixLength } from '../base/bytes.js'
import type { ByteEdit, Dialect } from '../spec/wire.js'

export interface RecentEdits {
  /** Edits of the remembered turn that shares the longest prefix with this body, as far as it is shared. */
  editsFor(dialect: Dialect, body: Uint8Array): readonly ByteEdit[]
  remember(dialect: Dialect, body: Uint8Array, edits: readonly ByteEdit[]): void
}

interface Turn {
  readonly dialect: Dialect
  readonly body: Uint8Array
  readonly edits: readonly ByteEdit[]
}

/** Bodies are the shared memory that the engine remembers as well; the bound is on what this side holds alive. */
export const recentEdits = (maxBytes: number): RecentEdits => {
  let turns: Turn[] = []
  return {
    editsFor(dialect, body) {
      let best: readonly ByteEdit[] = []
      let longest = 0
      for (const turn of turns) {
        if (turn.dialect !== dialect) continue
        const shared = commonPrefixLength(turn.body, body)
        if (shared <= longest) continue
        longest = shared
        best = turn.edits.filter((edit) => edit.end <= shared)
      }
      return best
    },
    remember(dialect, body, edits) {
      if (edits.length === 0) return
      const grew = (turn: Turn): boolean => {
        const end = turn.edits.at(-1)?.end ?? 0
        return turn.dialect === dialect && Buffer.compare(turn.body.subarray(0, end), body.subarray(0, end)) === 0
      }
      turns = [{ dialect, body, edits }, ...turns.filter((turn) => !grew(turn))]
      let bytes = 0
      turns = turns.filter((turn, index) => {
        bytes += turn.body.length
        return index === 0 || bytes <= maxBytes
      })
    },
  }
}
