// Byte edits of a decided turn.
import type { Decision } from '../spec/store.js'
import type { ByteEdit } from '../spec/wire.js'
import type { TurnContext } from './decide.js'
import type { PipelineParts } from './parts.js'
import { isCandidate, type Turn } from './turn.js'

/** Byte edits of all decided blocks, in wire order. A form that left something out needs a way back in this request. */
export const editsOf = (parts: PipelineParts, turn: Turn, context: TurnContext): ByteEdit[] =>
  turn.scan.blocks.flatMap((block, index) => {
    const decision = turn.decisions[index]
    if (decision?.text === undefined || !isCandidate(block)) return []
    if (decision.ref !== undefined && context.wayBack.kind === 'none') return []
    return [{ start: block.start, end: block.end, bytes: literalOf(parts, decision, decision.text) }]
  })

/** A replayed form is encoded once per process, not once per turn. */
const literals = new WeakMap<Decision, Uint8Array>()

const literalOf = (parts: PipelineParts, decision: Decision, text: string): Uint8Array => {
  const known = literals.get(decision)
  if (known !== undefined) return known
  const literal = parts.literalOf(text)
  literals.set(decision, literal)
  return literal
}
