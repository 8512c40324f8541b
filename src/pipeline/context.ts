// What holds for a whole request: tokenizer, policy, way back.
import type { Policy } from '../spec/policy.js'
import type { BlockContext } from './block.js'
import type { PipelineParts } from './parts.js'
import type { Turn } from './turn.js'

/** Same for every block of a request. */
export interface TurnContext extends Omit<BlockContext, 'origin' | 'query'> {
  /** The provider may drop earlier blocks by itself, so nothing can stand on them. */
  readonly mayForget: boolean
}

const wayBackOf = (parts: PipelineParts, { scan, options, request }: Turn): TurnContext['wayBack'] => {
  if (options.library) return { kind: 'library' }
  if (scan.sumsUp) return { kind: 'none' }
  return parts.wayBackOf({ toolNames: scan.toolNames, loopback: request.loopback, exposeDir: parts.exposeDir })
}

export const contextOf = (parts: PipelineParts, turn: Turn, policy: Policy['name']): TurnContext => {
  const { toolNames } = turn.scan
  return {
    tokenizer: turn.tokenizer,
    policy: { ...turn.options.policy, name: policy },
    wayBack: wayBackOf(parts, turn),
    offersEditTool: turn.options.library ? false : parts.offersEditTool(toolNames),
    wholeText: false,
    mayForget: turn.scan.mayForget ?? false,
    ...(turn.options.budgetTokens === undefined ? {} : { budgetTokens: turn.options.budgetTokens }),
  }
}
