// One request: locate, replay, freeze, compress what is new, store, edit. Every exit that is not an edit is the original.
import { isSkip } from '../base/skip.js'
import type { EngineRequest, EngineResult } from '../spec/engine.js'
import { contextOf, decideNew } from './decide.js'
import { editsOf } from './edits.js'
import { guard } from './guard.js'
import { type HookRunner, lowerPolicy } from './hooks.js'
import type { PipelineParts } from './parts.js'
import { ledgerEvent, passthrough, type Sent, sentReport } from './report.js'
import type { SessionMemory } from './sessions.js'
import { locate, type RunOptions, type Turn } from './turn.js'

export const createRun =
  (parts: PipelineParts, memory: SessionMemory, hooks: HookRunner) =>
  (request: EngineRequest, options: RunOptions): Promise<EngineResult> => {
    const id = parts.newId()
    const startedMs = parts.nowMs()
    const original = (reason: string): EngineResult => ({
      edits: [],
      report: passthrough(id, reason, parts.nowMs() - startedMs),
    })
    return guard(parts.logger, original, async () => {
      const turn = await locate(parts, memory, request, options)
      if (isSkip(turn)) return record(parts, { request, options }, original(turn.skip))
      const received = hooks.inputReceived({
        blocks: turn.scan.blocks,
        ...(turn.session === undefined ? {} : { session: turn.session }),
      })
      const context = contextOf(parts, turn, lowerPolicy(options.policy.name, received.policy))
      request.lease?.replayed(editsOf(parts, turn, context))
      await decideNew(parts, hooks, turn, { context, protect: received.protect })
      memory.remember({ scan: turn.scan, keys: turn.keys, decisions: turn.decisions, tokens: [] }, turn.previous)
      const edits = editsOf(parts, turn, context)
      hooks.inputRemembered({ edits })
      const sent: Sent = { id, turn, edits, durationMs: parts.nowMs() - startedMs }
      const report = sentReport(sent)
      const bytesOut = edits.reduce(
        (sum, edit) => sum + edit.bytes.length - (edit.end - edit.start),
        request.body.length,
      )
      if (!hooks.preSend({ bytesIn: request.body.length, bytesOut, report })) return original('vetoed-by-hook')
      return record(parts, { request, options, turn }, { edits, report })
    })
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
