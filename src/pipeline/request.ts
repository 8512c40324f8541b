// One request: locate, replay, freeze, compress what is new, store, edit. Every exit that is not an edit is the original.
import { isSkip } from '../base/skip.js'
import type { EngineRequest, EngineResult } from '../spec/engine.js'
import type { RequestReport } from '../spec/report.js'
import type { ByteEdit } from '../spec/wire.js'
import { budgetReport } from './budget.js'
import type { CacheWatch } from './cache-watch.js'
import { contextOf, type TurnContext } from './context.js'
import type { CountMemory } from './count-memory.js'
import { decideNew } from './decide.js'
import { editsOf } from './edits.js'
import { guard } from './guard.js'
import { type HookRunner, lowerPolicy } from './hooks.js'
import type { PipelineParts } from './parts.js'
import { bankOf, reopen, reopeningOf } from './repack.js'
import { ledgerEvent, passthrough, type Sent, sentReport } from './report.js'
import type { SessionMemory, SessionTurn } from './sessions.js'
import type { Shown } from './shown.js'
import { locate, type RunOptions, rulesOf, type Turn } from './turn.js'
import { proveBases, shownIn } from './visible.js'

/** What the requests of one engine share. */
export interface RunParts {
  readonly memory: SessionMemory
  readonly hooks: HookRunner
  readonly asked: CountMemory
  readonly watch: CacheWatch
}

export const createRun =
  (parts: PipelineParts, { memory, hooks, asked, watch }: RunParts) =>
  (request: EngineRequest, options: RunOptions): Promise<EngineResult> => {
    const id = parts.newId()
    const startedMs = parts.nowMs()
    /** What must go out whatever fails from here on: the forms of earlier turns, once they are known. */
    let replayed: readonly ByteEdit[] = []
    const unchanged = (reason: string, edits: readonly ByteEdit[] = []): EngineResult => ({
      edits,
      report: passthrough(id, reason, parts.nowMs() - startedMs),
    })
    const failed = (reason: string): EngineResult => record(parts, { request, options }, unchanged(reason, replayed))
    return guard(parts.logger, failed, async () => {
      const located = await locate(parts, memory, request, options)
      if (isSkip(located)) return record(parts, { request, options }, unchanged(located.skip))
      const received = hooks.inputReceived({
        blocks: located.scan.blocks,
        ...(located.session === undefined ? {} : { session: located.session }),
      })
      const context = contextOf(parts, located, lowerPolicy(options.policy.name, received.policy))
      const reopening = await reopeningOf(parts, located, context)
      const turn = reopening === undefined ? located : reopen(located, reopening)
      if (reopening !== undefined) replayed = editsOf(parts, proven(parts, asItStands(located), context), context)
      const shown = shownIn(parts, turn, context)
      proveBases(turn, context, shown)
      if (reopening === undefined) replayed = editsOf(parts, turn, context)
      const inTime = request.lease?.replayed(replayed) ?? true
      const least = await decideNew(parts, hooks, turn, { context, protect: received.protect, shown })
      shown.rest()
      const edits = inTime ? editsOf(parts, turn, context) : []
      await expose(parts, turn, context)
      if (inTime && !hooks.mayVeto)
        request.lease?.decided?.({ edits, rewrites: turn.reopening !== undefined || turn.tookOver === true })
      await noteUse(parts, turn)
      hooks.inputRemembered({ edits })
      const askedTokens = (index: number): number =>
        asked.of(turn.keys[index]!, () => turn.tokenizer.count(turn.scan.blocks[index]!.text))
      const budget = budgetReport(turn, context, least)
      const sent: Sent = {
        ...{ id, turn, edits, durationMs: parts.nowMs() - startedMs, askedTokens },
        ...(budget === undefined ? {} : { budget }),
      }
      const report = sentReport(sent)
      watch.sent(id, turn.cache)
      memory.remember(rememberedTurn(parts, { turn, located, report, shown }), turn.previous)
      const bytesOut = edits.reduce(
        (sum, edit) => sum + edit.bytes.length - (edit.end - edit.start),
        request.body.length,
      )
      if (!hooks.preSend({ bytesIn: request.body.length, bytesOut, report })) return unchanged('vetoed-by-hook')
      return record(parts, { request, options, turn }, { edits, report })
    })
  }

/** A copy whose proofs leave the turn itself alone. */
const asItStands = (turn: Turn): Turn => ({
  ...turn,
  decisions: [...turn.decisions],
  replayed: new Set(turn.replayed),
  adopted: [...turn.adopted],
  anew: new Set(turn.anew),
})

const proven = (parts: PipelineParts, turn: Turn, context: TurnContext): Turn => {
  proveBases(turn, context, shownIn(parts, turn, context))
  return turn
}

interface Finished {
  readonly turn: Turn
  /** As it came, before blocks of it were opened again. */
  readonly located: Turn
  readonly report: RequestReport
  readonly shown: Shown
}

const rememberedTurn = (parts: PipelineParts, { turn, located, report, shown }: Finished): SessionTurn => {
  let [newTokens, replayedTokens] = [0, 0]
  for (const { replayed, tokensBefore, tokensAfter } of report.blocks)
    if (replayed) replayedTokens += tokensBefore - tokensAfter
    else newTokens += tokensBefore - tokensAfter
  const saved = parts.economics.banked(turn.request.dialect, { newTokens, replayedTokens })
  const { keys, decisions, cache } = turn
  const rules = rulesOf(turn.options)
  const common = {
    scan: located.scan,
    keys,
    decisions,
    cache,
    shown: { index: shown },
    ...(rules === undefined ? {} : { rules }),
  }
  return {
    ...common,
    atMs: parts.nowMs(),
    bankedTokens: bankOf(turn) + saved - (turn.reopening?.repack.costTokens ?? 0),
  }
}

/** Marks what the sent markers point to as in use. */
const noteUse = async (parts: PipelineParts, { decisions }: Turn): Promise<void> => {
  const refs = decisions.flatMap((decision) => (decision?.ref === undefined ? [] : [decision.ref]))
  if (refs.length > 0 && !(await parts.store.holds(refs)))
    parts.logger('warn', 'an original behind a sent marker is gone', { refs: refs.length })
}

/** Puts files in place where files are the way back. */
const expose = async (parts: PipelineParts, turn: Turn, context: TurnContext): Promise<void> => {
  if (context.wayBack.kind !== 'file') return
  for (const decision of turn.decisions.slice(turn.scan.reusedBlocks))
    if (decision?.ref !== undefined) await parts.store.expose(decision.ref)
}

interface Recorded {
  readonly request: EngineRequest
  readonly options: RunOptions
  readonly turn?: Turn
}

const record = (parts: PipelineParts, { request, options, turn }: Recorded, result: EngineResult): EngineResult => {
  parts.ledger.append(ledgerEvent({ request, result, way: options.way, atMs: parts.nowMs(), session: turn?.session }))
  return result
}
