// Decides the form of blocks seen for the first time, and stores the decision before anything is sent.
import { utf8 } from '../base/bytes.js'
import type { Lease } from '../spec/engine.js'
import type { Policy } from '../spec/policy.js'
import type { SkipCode } from '../spec/skip.js'
import type { Decision, Original } from '../spec/store.js'
import {
  type BlockContext,
  compressRouted,
  isKept,
  type KeptAsIs,
  type NewForm,
  type Routed,
  routeBlock,
} from './block.js'
import { aliasKey } from './chain.js'
import type { HookRunner } from './hooks.js'
import type { PipelineParts } from './parts.js'
import { newestQuestion } from './question.js'
import { isCandidate, type Turn } from './turn.js'

export type TurnContext = Omit<BlockContext, 'origin' | 'query'>

export const contextOf = (parts: PipelineParts, turn: Turn, policy: Policy['name']): TurnContext => {
  const { toolNames } = turn.scan
  return {
    tokenizer: turn.tokenizer,
    policy: { ...turn.options.policy, name: policy },
    wayBack: turn.options.library
      ? { kind: 'library' }
      : parts.wayBackOf({ toolNames, loopback: turn.request.loopback, exposeDir: parts.exposeDir }),
    offersEditTool: turn.options.library ? false : parts.offersEditTool(toolNames),
    wholeText: false,
    ...(turn.options.budgetTokens === undefined ? {} : { budgetTokens: turn.options.budgetTokens }),
  }
}

/** First block that the provider cannot have cached: what follows the assistant's last words, or what we never saw sent. */
const frozenUntil = (turn: Turn): number => {
  if (turn.options.library) return 0
  const { blocks, reusedBlocks } = turn.scan
  let last = -1
  for (let index = blocks.length - 1; index >= 0 && last === -1; index--)
    if (blocks[index]!.role === 'assistant') last = index
  return Math.max(last + 1, turn.previous && reusedBlocks === turn.previous.scan.blocks.length ? reusedBlocks : 0)
}

interface Decide {
  readonly context: TurnContext
  readonly protect: ReadonlySet<number>
}

export const decideNew = async (
  parts: PipelineParts,
  hooks: HookRunner,
  turn: Turn,
  { context, protect }: Decide,
): Promise<void> => {
  const { blocks } = turn.scan
  const open = blocks.flatMap((block, index) =>
    isCandidate(block) && turn.decisions[index] === undefined ? [index] : [],
  )
  if (open.length === 0) {
    if (turn.adopted.length > 0) await stored(parts, [], turn.adopted, context)
    return
  }
  const frozen = hooks.inputCached({ blocks, frozenUntil: frozenUntil(turn) })
  const originals: Original[] = []
  const made = new Map<number, Decision>()
  const keep = (index: number, why: SkipCode, tokens: number): void =>
    void made.set(index, originalDecision(turn.keys[index]!, why, tokens))
  const routed = new Map<number, { routed: Routed; context: BlockContext }>()
  for (const index of open) {
    const block = blocks[index]!
    if (index < frozen) keep(index, 'seen-uncompressed', turn.tokenizer.count(block.text))
    else if (protect.has(index)) keep(index, 'protected', turn.tokenizer.count(block.text))
    else {
      const query = turn.options.query ?? newestQuestion(blocks, index)
      const full: BlockContext = { ...context, origin: block.origin, ...(query === undefined ? {} : { query }) }
      const outcome = await routeBlock(parts, block.text, full)
      if (isKept(outcome)) keep(index, outcome.skip, outcome.tokensBefore)
      else routed.set(index, { routed: outcome, context: full })
    }
  }
  const vetoed = hooks.inputRouted({
    routes: [...routed].map(
      ([
        blockIndex,
        {
          routed: { route },
        },
      ]) => ({ blockIndex, compressor: route.compressor, mayElide: route.mayElide }),
    ),
  })
  for (const [index, { routed: block, context: full }] of routed) {
    if (vetoed.has(index)) keep(index, 'vetoed-by-hook', block.tokensBefore)
    else if (turn.request.lease?.waiting() === false) keep(index, 'deadline', block.tokensBefore)
    else {
      const outcome = compressRouted(parts, block, full)
      made.set(index, decisionOf(turn.keys[index]!, outcome))
      if (!('skip' in outcome) && outcome.ref !== undefined)
        originals.push({ ref: outcome.ref, bytes: utf8(block.text) })
    }
  }
  const rejected = hooks.inputCompressed({
    made: [...made].map(([blockIndex, decision]) => ({ blockIndex, decision })),
  })
  for (const index of rejected) keep(index, 'vetoed-by-hook', made.get(index)?.tokensBefore ?? 0)
  await settle(parts, turn, { context, originals, made })
}

const originalDecision = (key: string, why: SkipCode, tokens: number): Decision => ({
  key,
  skip: why,
  tokensBefore: tokens,
  tokensAfter: tokens,
})

const decisionOf = (key: string, outcome: NewForm | KeptAsIs): Decision => {
  if ('skip' in outcome) {
    const base = originalDecision(key, outcome.skip, outcome.tokensBefore)
    return outcome.detection === undefined ? base : { ...base, contentType: outcome.detection.type }
  }
  const { text, ref, compressor, form, detection, tokensBefore, tokensAfter } = outcome
  return {
    key,
    text,
    compressor,
    form,
    contentType: detection.type,
    tokensBefore,
    tokensAfter,
    ...(ref === undefined ? {} : { ref }),
  }
}

interface Made {
  readonly context: TurnContext
  readonly originals: readonly Original[]
  readonly made: ReadonlyMap<number, Decision>
}

/** Claims the send, stores originals and decisions, and takes whatever is in force afterwards. */
const settle = async (parts: PipelineParts, turn: Turn, { context, originals, made }: Made): Promise<void> => {
  const lease: Lease | undefined = turn.request.lease
  const late = lease !== undefined && !lease.claim()
  const entries = [...made].map(([index, decision]): [number, Decision] => [
    index,
    late && decision.text !== undefined ? originalDecision(decision.key, 'deadline', decision.tokensBefore) : decision,
  ])
  const kept = await stored(parts, late ? [] : originals, [...withAliases(turn, entries), ...turn.adopted], context)
  for (const [index, decision] of entries) turn.decisions[index] = kept.get(decision.key) ?? decision
}

const withAliases = (turn: Turn, entries: readonly [number, Decision][]): Decision[] =>
  entries.flatMap(([index, decision]) => {
    const alias = decision.text === undefined ? undefined : aliasKey(turn.session, turn.scan.blocks[index]!)
    return alias === undefined ? [decision] : [decision, { ...decision, key: alias }]
  })

/** Without a store nothing is changed: a form that cannot be replayed or taken back is never sent. */
const stored = async (
  parts: PipelineParts,
  originals: readonly Original[],
  decisions: readonly Decision[],
  context: TurnContext,
): Promise<ReadonlyMap<string, Decision>> => {
  try {
    const inForce = await parts.store.commit(originals, decisions)
    if (context.wayBack.kind === 'file') for (const { ref } of originals) await parts.store.expose(ref)
    return new Map(inForce.map((decision) => [decision.key, decision]))
  } catch (error) {
    parts.logger('error', 'store refused a commit; new blocks stay as they came', { error: String(error) })
    return new Map(
      decisions.map(({ key, tokensBefore }) => [key, originalDecision(key, 'store-unavailable', tokensBefore)]),
    )
  }
}
