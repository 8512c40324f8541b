// The engine's ways in over one set of parts: requests (bytes), messages (objects) and single texts.

import { utf8 } from '../base/bytes.js'
import { HeadroomError } from '../base/errors.js'
import { sha256Hex } from '../base/hash.js'
import { skip } from '../base/skip.js'
import type { BudgetReport } from '../spec/budget.js'
import type { Origin } from '../spec/content.js'
import type { CacheBreak } from '../spec/drift.js'
import type {
  CompressOptions,
  CompressResult,
  CompressTextOptions,
  CompressTextResult,
  EngineRequest,
  EngineResult,
} from '../spec/engine.js'
import type { Decision, Ref } from '../spec/store.js'
import type { ByteEdit } from '../spec/wire.js'
import { type BlockContext, type BlockOutcome, compressRouted, isKept, type NewForm, routeBlock } from './block.js'
import { cacheWatch } from './cache-watch.js'
import { countMemory } from './count-memory.js'
import { type HookRunner, hookRunner } from './hooks.js'
import { formWithin } from './ladder.js'
import { checkOptions } from './options.js'
import type { PipelineParts } from './parts.js'
import { textEvent } from './report.js'
import { createRun } from './request.js'
import { sessionMemory } from './sessions.js'
import { bodyOf } from './shape.js'
import { isHeldOut, type RunOptions } from './turn.js'

export interface Pipeline {
  readonly hooks: HookRunner
  run(request: EngineRequest): Promise<EngineResult>
  compress<T>(messages: T, options?: CompressOptions): Promise<CompressResult<T>>
  compressText(text: string, options?: CompressTextOptions): Promise<CompressTextResult>
  isHeldOut(request: EngineRequest): boolean
  /** A loss of cached tokens: enough of them, and no history of the conversation is changed. */
  broke(event: CacheBreak): void
}

/** Bodies remembered per engine: twenty grown sessions of about 800 KB. */
const MEMORY_BYTES = 32 * 1024 * 1024
/** Counts of originals that were asked back; about 100 bytes each. */
const COUNTS = 2000

export const createPipeline = (parts: PipelineParts): Pipeline => {
  const hooks = hookRunner(parts.hooks, parts.logger)
  const watch = cacheWatch()
  const run = createRun(parts, { memory: sessionMemory(MEMORY_BYTES), hooks, asked: countMemory(COUNTS), watch })
  const proxied: RunOptions = { root: 'proxy', way: 'proxy', policy: parts.policy, library: false }
  return {
    hooks,
    run: (request) => run(request, proxied),
    compress: (messages, options = {}) => compressMessages(parts, run, messages, options),
    compressText: (text, options = {}) => compressText(parts, text, options),
    isHeldOut: (request) => isHeldOut(parts, request),
    broke: watch.broke,
  }
}

type Run = ReturnType<typeof createRun>

const compressMessages = async <T>(
  parts: PipelineParts,
  run: Run,
  messages: T,
  options: CompressOptions,
): Promise<CompressResult<T>> => {
  if (!Array.isArray(messages))
    throw new HeadroomError(
      'INPUT_INVALID',
      'compress(messages): expected an array of messages; for one text use compressText(text)',
    )
  checkOptions(options)
  const body = bodyOf(messages, options.model)
  const policy = { ...parts.policy, name: options.policy ?? parts.policy.name }
  const root = `library\n${JSON.stringify([policy.name, options.query ?? null, options.budgetTokens ?? null])}`
  const { edits, report } = await run(
    { dialect: body.dialect, body: body.bytes, loopback: true },
    {
      root,
      way: parts.way,
      policy,
      library: true,
      ...(options.query === undefined ? {} : { query: options.query }),
      ...(options.budgetTokens === undefined ? {} : { budgetTokens: options.budgetTokens }),
    },
  )
  const edited = report.blocks.filter((block) => block.skip === undefined)
  const texts = edits.map((edit, index) => ({ path: body.toMessages(edited[index]!.path), text: textOf(edit) }))
  return {
    messages: parts.applyToObject(messages as T, texts),
    tokensBefore: report.tokensBefore,
    tokensAfter: report.tokensAfter,
    basis: report.basis,
    refs: edited.flatMap((block) => (block.ref === undefined ? [] : [block.ref])),
    report,
  }
}

const textOf = (edit: ByteEdit): string => JSON.parse(Buffer.from(edit.bytes).toString('utf8')) as string

const compressText = async (
  parts: PipelineParts,
  text: string,
  options: CompressTextOptions,
): Promise<CompressTextResult> => {
  if (typeof text !== 'string')
    throw new HeadroomError('INPUT_INVALID', `compressText(text): expected a string, got ${typeof text}`)
  checkOptions(options)
  const startedMs = parts.nowMs()
  const tokenizer = parts.tokenizerFor(options.model)
  const context: BlockContext = {
    origin: originOf(options.tool),
    tokenizer,
    policy: { ...parts.policy, name: options.policy ?? parts.policy.name },
    ...readerOf(parts, options.agent?.tools),
    ...(options.query === undefined ? {} : { query: options.query }),
    ...(options.budgetTokens === undefined ? {} : { budgetTokens: options.budgetTokens }),
  }
  const shown = options.agent?.shown
  const outcome = againstShown(
    await storedOutcome(parts, text, context),
    shown === undefined ? undefined : tokenizer.count(shown),
  )
  const kept = 'skip' in outcome
  const tokensAfter = kept ? outcome.tokensBefore : outcome.tokensAfter
  parts.ledger.append(
    textEvent({
      way: options.agent === undefined ? parts.way : 'hook',
      id: parts.newId(),
      startedMs,
      nowMs: parts.nowMs(),
      text: shown ?? text,
      outcome,
      origin: context.origin,
      exact: tokenizer.exact,
      agent: options.agent?.name,
    }),
  )
  const budget = textBudget(options, () => tokensAfter || tokenizer.count(kept ? text : outcome.text))
  return {
    text: kept ? text : outcome.text,
    tokensBefore: outcome.tokensBefore,
    tokensAfter,
    basis: tokenizer.exact ? 'exact-tokenizer' : 'estimate',
    contentType: outcome.detection?.type ?? 'plain',
    outcome: kept ? outcome.skip : 'compressed',
    refs: kept || outcome.ref === undefined ? [] : [outcome.ref],
    ...(budget === undefined ? {} : { budget }),
  }
}

/** A single text has no part that is not open. Over the budget it is the smallest there is, but where an agent waits only one size was tried. */
const textBudget = (options: CompressTextOptions, total: () => number): BudgetReport | undefined => {
  const { budgetTokens, agent } = options
  if (budgetTokens === undefined) return undefined
  const totalTokens = total()
  const fits = totalTokens <= budgetTokens
  const least = fits || agent !== undefined ? {} : { leastTokens: totalTokens }
  return { budgetTokens, totalTokens, fixedTokens: 0, ...least, fits }
}

/** A caller of the library holds `retrieve()` itself; an agent has its tools. */
const readerOf = (
  parts: PipelineParts,
  tools: readonly string[] | undefined,
): Pick<BlockContext, 'wayBack' | 'offersEditTool' | 'wholeText'> =>
  tools === undefined
    ? { wayBack: { kind: 'library' }, offersEditTool: false, wholeText: true }
    : {
        wayBack: parts.wayBackOf({ toolNames: tools, loopback: true, exposeDir: parts.exposeDir }),
        offersEditTool: parts.offersEditTool(tools),
        wholeText: false,
      }

/** Where the model would see less than the whole text, a form has to be shorter than that, and saves no more than that. */
const againstShown = (outcome: BlockOutcome, shownTokens: number | undefined): BlockOutcome => {
  if (shownTokens === undefined) return outcome
  if ('skip' in outcome || outcome.tokensAfter < shownTokens) return { ...outcome, tokensBefore: shownTokens }
  return { ...skip('would-grow'), detection: outcome.detection, tokensBefore: shownTokens }
}

/** Stores what was left out before the form is handed on; without a store only forms that lose nothing remain. */
const storedOutcome = async (parts: PipelineParts, text: string, context: BlockContext): Promise<BlockOutcome> => {
  const routed = await routeBlock(parts, text, context)
  if (isKept(routed)) return routed
  const isBound = context.budgetTokens !== undefined && context.wholeText
  const outcome = isBound ? formWithin(parts, routed, context) : compressRouted(parts, routed, context)
  if ('skip' in outcome || outcome.ref === undefined) return outcome
  try {
    await parts.store.commit([{ ref: outcome.ref, bytes: utf8(text) }], [recordOf(outcome, outcome.ref)])
    if (context.wayBack.kind !== 'file' || (await parts.store.expose(outcome.ref)) !== undefined) return outcome
    throw new HeadroomError('STORE_UNAVAILABLE', 'the original cannot be put where the agent would open it')
  } catch (error) {
    parts.logger('error', 'store refused an original; nothing is left out', { error: String(error) })
    return compressRouted(parts, { ...routed, route: { ...routed.route, mayElide: false } }, context)
  }
}

/** What `explain` tells of a single text. It carries no text, and its key is none that a conversation can have. */
const recordOf = ({ compressor, form, detection, tokensBefore, tokensAfter }: NewForm, ref: Ref): Decision => ({
  key: sha256Hex(`text\n${ref}\n${form}`),
  ref,
  compressor,
  form,
  contentType: detection.type,
  tokensBefore,
  tokensAfter,
})

const originOf = (tool: CompressTextOptions['tool']): Origin => {
  if (tool === undefined) return {}
  const input = typeof tool.input === 'object' && tool.input !== null ? (tool.input as Record<string, unknown>) : {}
  const pick = (...names: string[]): string | undefined => {
    for (const name of names) {
      const value = input[name]
      if (typeof value === 'string') return value
      if (Array.isArray(value) && value.every((part) => typeof part === 'string')) return value.join(' ')
    }
    return undefined
  }
  const command = typeof tool.input === 'string' ? tool.input : pick('command', 'cmd', 'script')
  const path = pick('file_path', 'path', 'filename', 'notebook_path')
  const pattern = pick('pattern', 'query', 'regex')
  return {
    ...(tool.name === undefined ? {} : { toolName: tool.name }),
    ...(command === undefined ? {} : { command }),
    ...(path === undefined ? {} : { path }),
    ...(pattern === undefined ? {} : { pattern }),
  }
}
