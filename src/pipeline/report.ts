// Reports and ledger events, derived from decisions; nothing is counted twice.

import type { BudgetReport } from '../spec/budget.js'
import type { Origin } from '../spec/content.js'
import type { EngineRequest, EngineResult } from '../spec/engine.js'
import type { LedgerEvent, LedgerLine } from '../spec/ledger.js'
import type { Arm } from '../spec/money.js'
import type { BlockReport, RequestReport } from '../spec/report.js'
import type { Decision } from '../spec/store.js'
import type { ByteEdit } from '../spec/wire.js'
import type { BlockOutcome } from './block.js'
import type { Turn } from './turn.js'

export interface Sent {
  readonly id: string
  /** Tokens of a block that was asked back and so is none of ours to decide about. */
  askedTokens(index: number): number
  readonly turn: Turn
  readonly edits: readonly ByteEdit[]
  readonly durationMs: number
  readonly budget?: BudgetReport
}

export const passthrough = (id: string, reason: string, durationMs: number): RequestReport => ({
  id,
  outcome: 'passthrough',
  reason,
  basis: 'estimate',
  tokensBefore: 0,
  tokensAfter: 0,
  durationMs,
  blocks: [],
})

export const sentReport = ({ id, turn, edits, durationMs, askedTokens, budget }: Sent): RequestReport => {
  const edited = new Set(edits.map((edit) => edit.start))
  // What stands before the model's last words went out on an earlier request.
  const answered = turn.scan.blocks.findLastIndex(({ role }) => role === 'assistant')
  const blocks = turn.scan.blocks.flatMap((block, index): BlockReport[] => {
    const decision = turn.decisions[index]
    if (block.kind !== 'tool-result' || (decision === undefined && block.protectedBy === undefined)) return []
    const common = { path: block.path, origin: block.origin, replayed: turn.replayed.has(index) }
    if (block.protectedBy === 'retrieved-content') {
      const tokens = askedTokens(index)
      return [
        { ...common, replayed: index < answered, skip: block.protectedBy, tokensBefore: tokens, tokensAfter: tokens },
      ]
    }
    if (decision === undefined) return [{ ...common, skip: block.protectedBy!, tokensBefore: 0, tokensAfter: 0 }]
    const unread = turn.unread.has(index) ? { skip: 'cache-unread' as const } : {}
    return [{ ...common, ...reportOf(decision, edited.has(block.start)), ...unread }]
  })
  const sum = (pick: (block: BlockReport) => number) => blocks.reduce((total, block) => total + pick(block), 0)
  return {
    id,
    outcome: edits.length > 0 ? 'compressed' : 'passthrough',
    ...(edits.length > 0 ? {} : { reason: reasonOf(turn, blocks) }),
    ...modelOf(turn),
    basis: turn.tokenizer.exact ? 'exact-tokenizer' : 'estimate',
    tokensBefore: sum((block) => block.tokensBefore),
    tokensAfter: sum((block) => block.tokensAfter),
    durationMs,
    blocks,
    ...(turn.reopening === undefined ? {} : { repack: turn.reopening.repack }),
    ...(turn.tookOver === undefined ? {} : { tookOver: turn.tookOver }),
    ...(turn.arm === undefined ? {} : { arm: armOf(turn, turn.arm, edits) }),
    ...(budget === undefined ? {} : { budget }),
  }
}

const armOf = ({ decisions }: Turn, arm: 'held-out' | 'treated', edits: readonly ByteEdit[]): Arm => {
  const isMixed = arm === 'held-out' ? edits.length > 0 : decisions.some((decision) => decision?.skip === 'holdout')
  return isMixed ? 'mixed' : arm
}

const reasonOf = ({ arm }: Turn, blocks: readonly BlockReport[]): string =>
  arm === 'held-out' ? 'holdout' : blocks.length === 0 ? 'no-tool-results' : 'nothing-to-change'

const reportOf = (
  decision: Decision,
  edited: boolean,
): Pick<BlockReport, 'tokensBefore' | 'tokensAfter'> & Partial<BlockReport> => ({
  tokensBefore: decision.tokensBefore,
  tokensAfter: edited ? decision.tokensAfter : decision.tokensBefore,
  ...(decision.compressor === undefined ? {} : { compressor: decision.compressor }),
  ...(decision.form === undefined ? {} : { form: decision.form }),
  ...(decision.ref === undefined ? {} : { ref: decision.ref }),
  ...(decision.contentType === undefined ? {} : { contentType: decision.contentType }),
  ...(edited ? {} : { skip: decision.skip ?? 'no-way-back' }),
})

export interface LedgerInput {
  readonly request: EngineRequest
  readonly result: EngineResult
  readonly way: LedgerEvent['way']
  readonly atMs: number
  readonly session: string | undefined
}

export const ledgerEvent = ({ request, result, way, atMs, session }: LedgerInput): LedgerEvent => {
  const { report, edits } = result
  const bytesIn = request.receivedBytes ?? request.body.length
  const { newItemsStart } = request
  const wireEdits = newItemsStart === undefined ? edits : edits.filter(({ start }) => start >= newItemsStart)
  return {
    id: report.id,
    atMs,
    way,
    dialect: request.dialect,
    outcome: report.outcome,
    bytesIn,
    bytesOut: wireEdits.reduce(
      (sum, edit) => sum + edit.bytes.length - (edit.end - edit.start),
      newItemsStart === undefined ? request.body.length + (request.addedBytes ?? 0) : bytesIn,
    ),
    tokensBefore: report.tokensBefore,
    tokensAfter: report.tokensAfter,
    basis: report.basis,
    durationMs: report.durationMs,
    lines: linesOf(report.blocks),
    ...(report.reason === undefined ? {} : { reason: report.reason }),
    ...(report.model === undefined ? {} : { model: report.model }),
    ...(session === undefined ? {} : { session }),
    ...(request.agent === undefined ? {} : { agent: request.agent }),
    ...(report.repack === undefined ? {} : { repack: report.repack }),
    ...(report.arm === undefined ? {} : { arm: report.arm }),
  }
}

const linesOf = (blocks: readonly BlockReport[]): LedgerLine[] => {
  const lines = new Map<string, LedgerLine>()
  for (const block of blocks) {
    const { compressor, skip, origin, replayed, contentType } = block
    const key = JSON.stringify([skip === undefined ? compressor : '', skip, origin.toolName, contentType, replayed])
    const line = lines.get(key)
    lines.set(key, {
      blocks: (line?.blocks ?? 0) + 1,
      tokensBefore: (line?.tokensBefore ?? 0) + block.tokensBefore,
      tokensAfter: (line?.tokensAfter ?? 0) + block.tokensAfter,
      replayed,
      ...(compressor === undefined || skip !== undefined ? {} : { compressor }),
      ...(skip === undefined ? {} : { skip }),
      ...(origin.toolName === undefined ? {} : { tool: origin.toolName }),
      ...(contentType === undefined ? {} : { contentType }),
    })
  }
  return [...lines.values()]
}

export interface TextRun {
  readonly way: LedgerEvent['way']
  readonly id: string
  readonly startedMs: number
  readonly nowMs: number
  readonly text: string
  readonly outcome: BlockOutcome
  readonly origin: Origin
  readonly exact: boolean
  readonly agent: string | undefined
}

/** Ledger event of one `compressText` call. Bytes are UTF-8 lengths. */
export const textEvent = ({ way, id, startedMs, nowMs, text, outcome, origin, exact, agent }: TextRun): LedgerEvent => {
  const kept = 'skip' in outcome
  const tokensAfter = kept ? outcome.tokensBefore : outcome.tokensAfter
  return {
    id,
    atMs: nowMs,
    way,
    ...(agent === undefined ? {} : { agent }),
    outcome: kept ? 'passthrough' : 'compressed',
    ...(kept ? { reason: outcome.skip } : {}),
    bytesIn: Buffer.byteLength(text),
    bytesOut: Buffer.byteLength(kept ? text : outcome.text),
    tokensBefore: outcome.tokensBefore,
    tokensAfter,
    basis: exact ? 'exact-tokenizer' : 'estimate',
    durationMs: nowMs - startedMs,
    lines: [
      {
        blocks: 1,
        tokensBefore: outcome.tokensBefore,
        tokensAfter,
        replayed: false,
        ...(kept ? { skip: outcome.skip } : { compressor: outcome.compressor }),
        ...(origin.toolName === undefined ? {} : { tool: origin.toolName }),
        ...(outcome.detection === undefined ? {} : { contentType: outcome.detection.type }),
      },
    ],
  }
}

const modelOf = ({ scan, request }: Turn): { model?: string } => {
  const model = scan.model ?? request.model
  return model === undefined ? {} : { model }
}
