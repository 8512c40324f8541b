// Opens again blocks that went out in full, when the provider cannot have them cached any more, or when later reads outweigh
// the rewrite (B-5, B-6). What was left out or referred to once stays so: only what nothing was done to is decided again.
import type { Repack } from '../spec/repack.js'
import { type BlockContext, compressRouted, isKept, routeBlock } from './block.js'
import { isUnread } from './cache-watch.js'
import type { TurnContext } from './context.js'
import { inNotation, Notations } from './notations.js'
import type { PipelineParts } from './parts.js'
import { newestQuestion } from './question.js'
import { type Considered, isReopenable, type Reopening } from './reopened.js'
import { continues } from './sessions.js'
import type { Turn } from './turn.js'

export const consider = async (
  parts: PipelineParts,
  turn: Turn,
  context: TurnContext,
  index: number,
): Promise<Considered> => {
  const { blocks } = turn.scan
  const block = blocks[index]!
  const query = turn.options.query ?? newestQuestion(blocks, index, turn.options.library)
  const full: BlockContext = { ...context, origin: block.origin, ...(query === undefined ? {} : { query }) }
  return { outcome: await routeBlock(parts, block.text, full), context: full }
}

/** The reopening that pays for this turn, if any does. Costs a look at each block's decision; all else happens on few turns of a session. */
export const reopeningOf = async (
  parts: PipelineParts,
  turn: Turn,
  context: TurnContext,
): Promise<Reopening | undefined> => {
  if (turn.options.library || turn.arm === 'held-out' || turn.request.lease?.waiting() === false) return undefined
  const open = turn.decisions.flatMap((decision, index) => (isReopenable(decision) ? [index] : []))
  if (open.length === 0) return undefined
  const requests = requestsIn(turn)
  const weigh = (savedTokens: number, first: number): Repack =>
    parts.economics.weigh({
      dialect: turn.request.dialect,
      lifetimeMs: parts.economics.lifetimeMs(turn.request.dialect, turn.request.body),
      ...(turn.idleMs === undefined ? {} : { idleMs: turn.idleMs }),
      savedTokens,
      suffixTokens: suffixTokens(turn, first),
      requestsSoFar: requests,
      bankedTokens: bankOf(turn),
    })
  const most = open.reduce((sum, index) => sum + (turn.decisions[index]?.tokensBefore ?? 0), 0)
  const best = weigh(most, open[0]!)
  if (!best.pays || (best.cause !== 'cold' && !isCheckpoint(requests))) return undefined
  if (isUnread(turn.cache)) {
    for (const index of open) turn.unread.add(index)
    parts.logger('warn', 'the provider does not read what it has cached: no history of this conversation is changed')
    return undefined
  }
  const { considered, savedTokens } = await tryForms(parts, turn, context, open)
  const first = Math.min(...considered.keys())
  const repack = savedTokens > 0 ? weigh(savedTokens, first) : undefined
  return repack?.pays === true ? { repack, considered } : undefined
}

/** What this session has saved so far. */
export const bankOf = ({ keys, previous }: Turn): number =>
  previous !== undefined && continues(keys, previous) ? previous.bankedTokens : 0

/** Forms that the open blocks would get; those without a better form stay closed. */
const tryForms = async (
  parts: PipelineParts,
  turn: Turn,
  context: TurnContext,
  open: readonly number[],
): Promise<{ considered: Map<number, Considered>; savedTokens: number }> => {
  const considered = new Map<number, Considered>()
  const notations = new Notations(parts, turn, context)
  let savedTokens = 0
  for (const index of open) {
    if (turn.request.lease?.waiting() === false) return { considered: new Map(), savedTokens: 0 }
    const one = await consider(parts, turn, context, index)
    const made = isKept(one.outcome)
      ? one.outcome
      : compressRouted(parts, one.outcome, inNotation(one.context, notations.before(index)))
    if ('skip' in made) continue
    notations.saw(index, made.form)
    savedTokens += made.tokensBefore - made.tokensAfter
    considered.set(index, { ...one, made })
  }
  return { considered, savedTokens }
}

/** Bytes of JSON to a token, on the short side, so that a rewrite counts as dearer than it is. */
const BYTES_PER_TOKEN = 3

const suffixTokens = ({ scan, request }: Turn, first: number): number =>
  Math.ceil((request.body.length - scan.blocks[first]!.start) / BYTES_PER_TOKEN)

/** Answers that the conversation holds, each of which was one request. */
const requestsIn = ({ scan }: Turn): number => {
  let count = 0
  let spoke = false
  for (const { role } of scan.blocks) {
    if (role === 'assistant' && !spoke) count++
    spoke = role === 'assistant'
  }
  return count
}

/** Lengths of a session at which a rewrite is weighed: 8, 12, 16, 24, 32 … The same in any process, and few. */
const isCheckpoint = (requests: number): boolean => {
  if (requests < 8) return false
  const step = 2 ** Math.floor(Math.log2(requests))
  return requests === step || requests === step * 1.5
}

/** The same turn with those blocks open, and nothing taken for granted of what stands on them. */
export const reopen = (turn: Turn, reopening: Reopening): Turn => {
  const decisions = [...turn.decisions]
  for (const index of reopening.considered.keys()) decisions[index] = undefined
  return {
    ...turn,
    scan: { ...turn.scan, reusedBlocks: 0 },
    decisions,
    replayed: new Set([...turn.replayed].filter((index) => !reopening.considered.has(index))),
    anew: new Set([...turn.anew, ...reopening.considered.keys()]),
    reopening: { ...reopening, earlier: turn.decisions },
  }
}
