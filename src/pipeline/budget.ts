// A budget for a whole request: which rendering each open block gets, and how the result stands to what was asked.
import type { BudgetReport } from '../spec/budget.js'
import type { TurnContext } from './context.js'
import { formOf } from './edits.js'
import { ladderOf } from './ladder.js'
import type { PipelineParts } from './parts.js'
import type { Considered } from './reopened.js'
import { isCandidate, type Turn } from './turn.js'

export interface Budgeted {
  /** Open blocks with the rendering that was chosen. */
  readonly chosen: ReadonlyMap<number, Considered>
  /** Fewest tokens of each open block, by index. */
  readonly least: ReadonlyMap<number, number>
}

/** Blocks not in `open` cost what they cost; theirs is taken off the budget first. */
export const chooseWithin = (
  parts: PipelineParts,
  turn: Turn,
  { context, open }: { readonly context: TurnContext; readonly open: ReadonlyMap<number, Considered> },
): Budgeted => {
  const indexes = [...open.keys()]
  const candidates = turn.scan.blocks.flatMap((block, index) => (isCandidate(block) ? [index] : []))
  const ladders = indexes.map((index) =>
    ladderOf(parts, open.get(index)!, {
      text: turn.scan.blocks[index]!.text,
      blocksAfter: candidates.filter((other) => other > index).length,
    }),
  )
  const room = (turn.options.budgetTokens ?? 0) - sentTokens(turn, context, (index) => !open.has(index))
  const choice = parts.budget.choose(
    ladders.map(({ rungs }) => rungs),
    room,
  )
  const chosen = new Map<number, Considered>()
  const least = new Map<number, number>()
  for (const [at, index] of indexes.entries()) {
    const { outcomes, rungs } = ladders[at]!
    const made = outcomes[choice.rungs[at]!]!
    least.set(index, Math.min(...rungs.map(({ tokens }) => tokens)))
    chosen.set(index, {
      ...open.get(index)!,
      made,
      staysWhole: choice.fits && ('skip' in made || made.ref === undefined),
    })
  }
  return { chosen, least }
}

/** True tokens of what goes out for these blocks, whatever an earlier call counted them with. */
const sentTokens = (turn: Turn, context: TurnContext, includes: (index: number) => boolean): number =>
  turn.scan.blocks.reduce((sum, block, index) => {
    if (!includes(index)) return sum
    const form = isCandidate(block) ? formOf(turn.decisions[index], context) : undefined
    return sum + turn.tokenizer.count(form ?? block.text)
  }, 0)

/** Undefined where no budget was asked for. `least`: as `chooseWithin` gives it; empty where nothing was open. */
export const budgetReport = (
  turn: Turn,
  context: TurnContext,
  least: ReadonlyMap<number, number>,
): BudgetReport | undefined => {
  const { budgetTokens } = turn.options
  if (budgetTokens === undefined) return undefined
  const fixedTokens = sentTokens(turn, context, (index) => !least.has(index))
  const totalTokens = fixedTokens + sentTokens(turn, context, (index) => least.has(index))
  const bound = [...least.values()].reduce((sum, tokens) => sum + tokens, fixedTokens)
  // References save beyond what the ladders know of.
  const leastTokens = Math.min(bound, totalTokens)
  return { budgetTokens, totalTokens, fixedTokens, leastTokens, fits: totalTokens <= budgetTokens }
}
