// Byte edits of a decided turn.
import type { Decision } from '../spec/store.js'
import type { ByteEdit } from '../spec/wire.js'
import type { TurnContext } from './context.js'
import type { PipelineParts } from './parts.js'
import { isCandidate, type Turn } from './turn.js'

/** What this request sends in place of a block. A form that left something out needs a way back, a reference needs its base to stay. */
export const formOf = (decision: Decision | undefined, context: TurnContext): string | undefined => {
  if (decision?.ref !== undefined && context.wayBack.kind === 'none') return undefined
  if (decision?.bases !== undefined && context.mayForget) return undefined
  return decision?.text
}

/** Byte edits of all decided blocks, in wire order. */
export const editsOf = (parts: PipelineParts, turn: Turn, context: TurnContext): ByteEdit[] =>
  turn.scan.blocks.flatMap((block, index) => {
    const decision = turn.decisions[index]
    const form = isCandidate(block) ? formOf(decision, context) : undefined
    if (decision === undefined || form === undefined) return []
    return [{ start: block.start, end: block.end, bytes: literalOf(parts, decision, form) }]
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
