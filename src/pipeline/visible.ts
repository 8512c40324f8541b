// Which blocks of a request the model sees before a reference, and whether earlier references still have their bases.
import type { TurnContext } from './context.js'
import { formOf } from './edits.js'
import type { PipelineParts } from './parts.js'
import { Shown } from './shown.js'
import { isCandidate, type Turn } from './turn.js'

/** Adds every block before `limit` whose form is known and that is not there yet. */
export const catchUp = (turn: Turn, context: TurnContext, shown: Shown, limit: number): void => {
  for (let index = 0; index < limit; index++) {
    if (shown.has(index)) continue
    const block = turn.scan.blocks[index]!
    if (!isCandidate(block) || turn.decisions[index] !== undefined)
      shown.add(block, index, formOf(turn.decisions[index], context))
  }
}

/** The index of the turn before, cut back to what both turns share, or a new one. */
export const shownIn = (parts: PipelineParts, turn: Turn, context: TurnContext): Shown => {
  const hasWayBack = context.wayBack.kind !== 'none'
  const holder = turn.scan.reusedBlocks > 0 ? turn.previous?.shown : undefined
  const earlier = holder?.index
  if (holder === undefined || earlier === undefined || earlier.hasWayBack !== hasWayBack)
    return new Shown(parts, hasWayBack)
  holder.index = undefined
  earlier.keepBefore(turn.scan.reusedBlocks)
  return earlier
}

/** Sends again only references whose base this request shows; the others are decided anew. Blocks of the shared prefix keep their proof. */
export const proveBases = (turn: Turn, context: TurnContext, shown: Shown): void => {
  for (let index = turn.scan.reusedBlocks; index < turn.scan.blocks.length; index++) {
    const decision = turn.decisions[index]
    if (decision?.bases === undefined) continue
    catchUp(turn, context, shown, index)
    if (shown.holds(decision.bases, index)) continue
    turn.decisions[index] = undefined
    turn.replayed.delete(index)
    turn.anew.add(index)
    const adopted = turn.adopted.findIndex(({ key }) => key === turn.keys[index])
    if (adopted !== -1) turn.adopted.splice(adopted, 1)
  }
}
