// What the last turns were sent with, kept on the main thread: when the engine cannot answer in time, or at all, a
// conversation still goes on with the forms that the provider has cached.
import { commonPrefixLength } from '../base/bytes.js'
import type { ByteEdit, Dialect } from '../spec/wire.js'

export interface Recent {
  /** Edits of the remembered turn that shares the longest prefix with a body, as far as it is shared. */
  readonly edits: readonly ByteEdit[]
  /** How far the body repeats that turn's. */
  readonly sharedBytes: number
  /** No turn can lie between the remembered one and this body, so no form of another process is missing. */
  readonly complete: boolean
}

export interface RecentEdits {
  /** Asked again about the same body it costs nothing, as long as no other turn was remembered in between. */
  editsFor(dialect: Dialect, body: Uint8Array): Recent
  remember(dialect: Dialect, body: Uint8Array, edits: readonly ByteEdit[]): void
}

interface Turn {
  readonly dialect: Dialect
  readonly body: Uint8Array
  readonly edits: readonly ByteEdit[]
}

/** Bodies are the shared memory that the engine remembers as well; the bound is on what this side holds alive. */
export const recentEdits = (maxBytes: number): RecentEdits => {
  let turns: readonly Turn[] = []
  let latest: { readonly turns: readonly Turn[]; readonly body: Uint8Array; readonly recent: Recent } | undefined
  return {
    editsFor(dialect, body) {
      if (latest?.body === body && latest.turns === turns) return latest.recent
      let edits: readonly ByteEdit[] = []
      let longest = 0
      for (const turn of turns) {
        if (turn.dialect !== dialect) continue
        const shared = commonPrefixLength(turn.body, body)
        if (shared <= longest) continue
        longest = shared
        edits = turn.edits.filter((edit) => edit.end <= shared)
      }
      const recent = { edits, sharedBytes: longest, complete: answersIn(body.subarray(longest)) <= 1 }
      latest = { turns, body, recent }
      return recent
    },
    remember(dialect, body, edits) {
      const grew = (turn: Turn): boolean => {
        const end = turn.edits.at(-1)?.end ?? turn.body.length - 2
        return (
          turn.dialect === dialect &&
          end <= body.length &&
          Buffer.compare(turn.body.subarray(0, end), body.subarray(0, end)) === 0
        )
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

/** Signs of an earlier answer, in any of the dialects; parallel calls of one answer may count as several, which errs on the safe side. */
const ANSWER_SIGNS = ['"assistant"', '"function_call"', '"custom_tool_call"', '"functionCall"']

const answersIn = (bytes: Uint8Array): number => {
  const buffer = Buffer.from(bytes.buffer as ArrayBuffer, bytes.byteOffset, bytes.byteLength)
  let count = 0
  for (const sign of ANSWER_SIGNS)
    for (let at = buffer.indexOf(sign); at !== -1 && count < 2; at = buffer.indexOf(sign, at + sign.length)) count++
  return count
}
