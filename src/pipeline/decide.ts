// Decides the form of blocks seen for the first time, and stores the decision before anything is sent.
import { utf8 } from '../base/bytes.js'
import type { Lease } from '../spec/engine.js'
import type { SkipCode } from '../spec/skip.js'
import type { Decision, Original } from '../spec/store.js'
import { compressRouted, isKept, type KeptAsIs, type NewForm } from './block.js'
import { chooseWithin } from './budget.js'
import type { TurnContext } from './context.js'
import type { HookRunner } from './hooks.js'
import { inNotation, Notations } from './notations.js'
import type { PipelineParts } from './parts.js'
import { isReferable, withReferences } from './refer.js'
import { type Considered, reopenedKey } from './reopened.js'
import { consider } from './repack.js'
import type { Shown } from './shown.js'
import { aliasOf, isCandidate, type Turn } from './turn.js'
import { catchUp } from './visible.js'

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
  readonly shown: Shown
}

/** Fewest tokens of each open block where a budget had them worked out; else empty. */
export const decideNew = async (
  parts: PipelineParts,
  hooks: HookRunner,
  turn: Turn,
  { context, protect, shown }: Decide,
): Promise<ReadonlyMap<number, number>> => {
  const { blocks } = turn.scan
  const open = blocks.flatMap((block, index) =>
    isCandidate(block) && turn.decisions[index] === undefined ? [index] : [],
  )
  if (open.length === 0) {
    if (turn.adopted.length > 0) await stored(parts, [], turn.adopted, context)
    return new Map()
  }
  const common = { parts, turn, context, shown, depth: shown.depth }
  const work: Work = { ...common, notations: new Notations(parts, turn, context), made: new Map(), originals: [] }
  const frozen = hooks.inputCached({ blocks, frozenUntil: frozenUntil(turn) })
  const considered = new Map<number, Considered>()
  for (const index of open) {
    const block = blocks[index]!
    if (index < frozen && !turn.anew.has(index))
      keep(work, index, 'seen-uncompressed', turn.tokenizer.count(block.text))
    else if (turn.arm === 'held-out') keep(work, index, 'holdout', turn.tokenizer.count(block.text))
    else if (protect.has(index)) keep(work, index, 'protected', turn.tokenizer.count(block.text))
    else considered.set(index, turn.reopening?.considered.get(index) ?? (await consider(parts, turn, context, index)))
  }
  const vetoed = hooks.inputRouted({
    routes: [...considered].flatMap(([blockIndex, { outcome }]) =>
      isKept(outcome) ? [] : [{ blockIndex, compressor: outcome.route.compressor, mayElide: outcome.route.mayElide }],
    ),
  })
  for (const [index, one] of considered) {
    if (!vetoed.has(index)) continue
    keep(work, index, 'vetoed-by-hook', one.outcome.tokensBefore)
    considered.delete(index)
  }
  const budgeted =
    turn.options.budgetTokens === undefined ? undefined : chooseWithin(parts, turn, { context, open: considered })
  for (const [index, one] of budgeted?.chosen ?? considered) decideOne(work, index, one)
  const { made } = work
  const rejected = hooks.inputCompressed({
    made: [...made].map(([blockIndex, decision]) => ({ blockIndex, decision })),
  })
  for (const index of rejected) keep(work, index, 'vetoed-by-hook', made.get(index)?.tokensBefore ?? 0)
  if (rejected.size > 0) proveAgain(work)
  await settle(work)
  return budgeted?.least ?? new Map()
}

/** What one turn decides, filled block by block in wire order. */
interface Work {
  readonly parts: PipelineParts
  readonly turn: Turn
  readonly context: TurnContext
  readonly shown: Shown
  /** Depth of `shown` before this turn's new blocks. */
  readonly depth: number
  readonly notations: Notations
  readonly made: Map<number, Decision>
  readonly originals: Original[]
}

/** Key under which this turn's decision about a block is kept. */
const keyOf = ({ keys, reopening }: Turn, index: number): string =>
  reopening?.considered.has(index) === true ? reopenedKey(keys[index]!) : keys[index]!

const decideOne = (work: Work, index: number, { outcome, context, made: known, staysWhole }: Considered): void => {
  const { parts, turn, shown } = work
  const block = turn.scan.blocks[index]!
  if (turn.request.lease?.waiting() === false) {
    keep(work, index, isKept(outcome) ? outcome.skip : 'deadline', outcome.tokensBefore)
    return
  }
  let made =
    known ??
    (isKept(outcome) ? outcome : compressRouted(parts, outcome, inNotation(context, work.notations.before(index))))
  if (!work.context.mayForget && isReferable({ block, outcome: made })) {
    catchUp(turn, work.context, shown, index)
    made = withReferences(parts, shown, {
      ...{ block, outcome: made, context, at: index },
      mayFold: !isKept(outcome) && outcome.route.mayFoldRepeats && staysWhole !== true,
    })
  }
  put(work, index, decisionOf(keyOf(turn, index), made))
  if (!('skip' in made) && made.ref !== undefined) work.originals.push({ ref: made.ref, bytes: utf8(block.text) })
}

/** Later blocks of the turn see what earlier ones became. */
const put = ({ turn, made }: Work, index: number, decision: Decision): void => {
  made.set(index, decision)
  turn.decisions[index] = decision
}

const keep = (work: Work, index: number, why: SkipCode, tokens: number): void =>
  put(work, index, originalDecision(keyOf(work.turn, index), why, tokens))

/** After forms have changed: a reference whose base went with them goes too. */
const proveAgain = (work: Work): void => {
  const { turn, context, shown, made } = work
  shown.cut(work.depth)
  for (const index of [...made.keys()].sort((a, b) => a - b)) {
    const decision = turn.decisions[index]
    if (decision?.bases === undefined) continue
    catchUp(turn, context, shown, index)
    if (!shown.holds(decision.bases, index)) keep(work, index, 'base-not-visible', decision.tokensBefore)
  }
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
  const { text, ref, compressor, form, detection, bases, tokensBefore, tokensAfter } = outcome
  return {
    key,
    text,
    compressor,
    form,
    contentType: detection.type,
    tokensBefore,
    tokensAfter,
    ...(ref === undefined ? {} : { ref }),
    ...(bases === undefined ? {} : { bases }),
  }
}

/** Claims the send, stores originals and decisions, and takes whatever is in force afterwards. */
const settle = async (work: Work): Promise<void> => {
  const { parts, turn, context, originals, made } = work
  const lease: Lease | undefined = turn.request.lease
  const late = lease !== undefined && !lease.claim()
  const closed = new Set(
    [...made].flatMap(([index, one]) => (staysClosed(turn, index, late || one.text === undefined) ? [index] : [])),
  )
  const entries = [...made].flatMap(([index, decision]): [number, Decision][] =>
    closed.has(index)
      ? []
      : [
          [
            index,
            late && decision.text !== undefined
              ? originalDecision(decision.key, 'deadline', decision.tokensBefore)
              : decision,
          ],
        ],
  )
  const kept = await stored(parts, late ? [] : originals, [...withAliases(turn, entries), ...turn.adopted], context)
  let differs = closed.size > 0
  for (const index of closed) turn.decisions[index] = turn.reopening?.earlier[index]
  for (const [index, decision] of entries) {
    const inForce = kept.get(decision.key) ?? decision
    if (inForce.text !== made.get(index)?.text) differs = true
    turn.decisions[index] = inForce
  }
  if (differs) proveAgain(work)
}

/** A block that was opened again and got no new form in time keeps its first decision. */
const staysClosed = ({ reopening }: Turn, index: number, hasNoForm: boolean): boolean =>
  hasNoForm && reopening?.considered.has(index) === true

const withAliases = (turn: Turn, entries: readonly [number, Decision][]): Decision[] =>
  entries.flatMap(([index, decision]) => {
    const alias = decision.text === undefined ? undefined : aliasOf(turn, turn.scan.blocks[index]!)
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
