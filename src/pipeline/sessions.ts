// Memory of recent conversations, so that a turn costs its new bytes. Losing it costs time, never correctness:
// keys and decisions are recomputed from the body and the store.
import { commonPrefixLength } from '../base/bytes.js'
import type { Decision } from '../spec/store.js'
import type { BodyScan, Dialect } from '../spec/wire.js'
import type { CacheRecord } from './cache-watch.js'
import type { Shown } from './shown.js'

export interface SessionTurn {
  readonly scan: BodyScan
  readonly keys: readonly string[]
  /** By block index; absent where a block has no decision. */
  readonly decisions: readonly (Decision | undefined)[]
  /** Rules that its forms are bound to; absent: those of any call without a budget. */
  readonly rules?: string
  /** When it was sent, milliseconds since the epoch. */
  readonly atMs: number
  /** What this session's forms have saved so far, as far as this process knows, in tokens of plain input. */
  readonly bankedTokens: number
  /** Whether the provider reads what it has cached of this conversation. */
  readonly cache?: CacheRecord
  /** Index of the lines that the turn showed; the turn that grows from it takes it along. */
  readonly shown?: { index: Shown | undefined }
}

/** The conversation holds all that the remembered turn held. */
export const continues = (keys: readonly string[], previous: SessionTurn): boolean =>
  keys[previous.keys.length - 1] === previous.keys.at(-1)

export interface SessionMemory {
  /** The remembered turn under the same rules that shares the longest prefix with this body. */
  nearest(dialect: Dialect, body: Uint8Array, rules: string | undefined): SessionTurn | undefined
  /** Remembers a turn in place of the one it grew from. */
  remember(turn: SessionTurn, replaces: SessionTurn | undefined): void
}

/** Prefix below which two bodies are strangers: shorter than any client's system prompt. */
const MIN_PREFIX_BYTES = 64

/** @param maxBytes bound on the remembered bodies together; oldest go first. */
export const sessionMemory = (maxBytes: number): SessionMemory => {
  let turns: SessionTurn[] = []
  return {
    nearest(dialect, body, rules) {
      let best: SessionTurn | undefined
      let bestLength = MIN_PREFIX_BYTES
      for (const turn of turns) {
        if (turn.scan.dialect !== dialect || turn.rules !== rules) continue
        const length = commonPrefixLength(turn.scan.body, body)
        if (length > bestLength) {
          best = turn
          bestLength = length
        }
      }
      return best
    },
    remember(turn, replaces) {
      turns = [
        turn,
        ...turns.filter((other) => other !== replaces || turn.scan.reusedBlocks < other.scan.blocks.length),
      ]
      let bytes = 0
      turns = turns.filter((other, index) => {
        bytes += other.scan.body.length
        return index === 0 || bytes <= maxBytes
      })
    },
  }
}
