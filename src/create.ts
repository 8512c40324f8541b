// Composition root: the only file that knows interfaces and implementations.
import { randomUUID } from 'node:crypto'
import { join, resolve } from 'node:path'
import { isMainThread } from 'node:worker_threads'
import { countLines } from './base/lines.js'
import { createBudgetSolver } from './budget/index.js'
import { createCompressors } from './compress/list.js'
import { defaultHome } from './config/env.js'
import { detect, peel } from './detect/index.js'
import { alignBody } from './drift/align/bytes.js'
import { armOf } from './economics/holdout.js'
import { lifetimeMs } from './economics/lifetime.js'
import { bankedBy, weighRepack } from './economics/net-cost.js'
import type { Filter } from './filters/index.js'
import { HOME_FOLDER, loadFilters, PROJECT_FOLDER } from './filters/load.js'
import { readWasm } from './grammars/read.js'
import { createPipeline, type Pipeline } from './pipeline/index.js'
import type { PipelineParts } from './pipeline/parts.js'
import { createReferences } from './reference/index.js'
import { isSummary } from './reference/verdict.js'
import { offersEditTool, route, wayBackOf } from './route/index.js'
import { importanceOf } from './salience/importance.js'
import { mustKeep } from './salience/must-keep.js'
import { severityOf } from './salience/severity.js'
import type { Config, ModelPrices } from './spec/config.js'
import type { Engine, Explanation, RetrieveOptions, RetrieveResult } from './spec/engine.js'
import type { Hook } from './spec/hook.js'
import type { Ledger, LedgerEvent } from './spec/ledger.js'
import type { Logger } from './spec/logger.js'
import type { Decision, Ref, Store } from './spec/store.js'
import { openLedger } from './stats/ledger.js'
import { exposedFolder, isMarkerPath, markers, openStore, retrieveFrom } from './store/index.js'
import { tokenizerFor } from './tokenize/index.js'
import { applyToObject, literalOf } from './wire/edit.js'
import { codecs } from './wire/list.js'

export interface HeadroomOptions
  extends Partial<
    Pick<
      Config,
      'home' | 'policy' | 'rules' | 'storeMaxBytes' | 'storeMaxAgeDays' | 'prices' | 'repack' | 'holdoutPercent'
    >
  > {
  readonly hooks?: readonly Hook[]
  /** Which way in the ledger names for library calls. */
  readonly way?: LedgerEvent['way']
  readonly logger?: Logger
  /** Project whose own filters count before those of `home`. Absent: the working directory; in a worker thread, such as the proxy's, none. */
  readonly project?: string
  /** Milliseconds since the epoch; tests hand in their own. */
  readonly nowMs?: () => number
}

const DAY_MS = 86_400_000
const silent: Logger = () => undefined

/** An engine with its own store, ledger and memory: two engines in one process share nothing but files of a common home. */
export const createHeadroom = (options: HeadroomOptions = {}): Engine => {
  const hooks = options.hooks ?? []
  for (const hook of hooks) hook.setup?.({ ...options })
  const parts = createParts(options)
  for (const hook of hooks) hook.preStart?.()
  return engineOf({
    ...parts,
    pipeline: createPipeline(parts),
    tokensOf: (text) => parts.tokenizerFor().count(text),
    ...(options.prices === undefined ? {} : { prices: options.prices }),
  })
}

/** Every collaborator of the pipeline, opened. */
export const createParts = (options: HeadroomOptions = {}): PipelineParts => {
  const home = resolve(options.home ?? defaultHome())
  const logger = options.logger ?? silent
  const nowMs = options.nowMs ?? Date.now
  // A home whose path a marker cannot hold offers no files as a way back.
  const printable = isMarkerPath(join(exposedFolder(home), 'ref.txt'))
  return {
    codecs,
    detect,
    peel,
    route,
    wayBackOf: (input) => wayBackOf({ ...input, loopback: input.loopback && printable }),
    offersEditTool,
    compressors: createCompressors({ readWasm, filters: ownFilters(options, { home, logger }) }),
    tokenizerFor,
    store: openStore({
      home,
      logger,
      nowMs,
      ...(options.storeMaxBytes === undefined ? {} : { maxBytes: options.storeMaxBytes }),
      ...(options.storeMaxAgeDays === undefined ? {} : { maxAgeMs: options.storeMaxAgeDays * DAY_MS }),
    }),
    markers,
    references: createReferences({
      findMarkers: markers.find,
      isFailure: (line) => severityOf(line) >= 2,
      isVerdict: (line) => severityOf(line) >= 2 || isSummary(line),
    }),
    mustKeep,
    literalOf,
    applyToObject,
    hooks: options.hooks ?? [],
    policy: { name: options.policy ?? 'balanced', rules: options.rules ?? [] },
    armOf: (conversation) => armOf(conversation, options.holdoutPercent ?? 0),
    budget: createBudgetSolver(importanceOf),
    economics: { lifetimeMs, weigh: (offer) => weighRepack(offer, options.repack), banked: bankedBy },
    ledger: openLedger({ home, logger, nowMs }),
    way: options.way ?? 'library',
    exposeDir: exposedFolder(home),
    nowMs,
    newId: randomUUID,
    logger,
  }
}

/** A file that cannot be used is named and left out: a slip in one filter must not stop an agent. */
const ownFilters = (
  { project = isMainThread ? process.cwd() : undefined }: HeadroomOptions,
  { home, logger }: { readonly home: string; readonly logger: Logger },
): readonly Filter[] => {
  const folders = project === undefined ? [] : [join(project, PROJECT_FOLDER)]
  const { loaded, faults } = loadFilters([...folders, join(home, HOME_FOLDER)])
  for (const { message } of faults)
    logger('warn', 'a filter is left out; headroom filters list names it', { reason: message })
  return loaded.map(({ filter }) => filter)
}

interface EngineParts {
  readonly pipeline: Pipeline
  readonly store: Store
  readonly ledger: Ledger
  nowMs(): number
  tokensOf(text: string): number
  readonly prices?: ModelPrices
  readonly logger: Logger
}

const engineOf = ({ pipeline, store, ledger, nowMs, tokensOf, prices, logger }: EngineParts): Engine => {
  const sweep = sweeper({ store, nowMs, logger })
  return {
    run: async (request) => {
      sweep.soon()
      return pipeline.run(request)
    },
    compress: pipeline.compress,
    compressText: pipeline.compressText,
    isHeldOut: async (request) => pipeline.isHeldOut(request),
    retrieve: async (ref, options = {}) => {
      const result = await retrieve(store, ref, options)
      if (result.found)
        ledger.retrieved(ref, tokensOf(result.text), options.lines === undefined && options.query === undefined)
      return result
    },
    explain: (ref) => explain(store, ref),
    stats: async (sinceMs = 0) => ledger.stats(sinceMs),
    async money(sinceMs = 0) {
      const { costOf, priceOf, PRICES_DATE, PRICES_SOURCE } = await import('./pricing/index.js')
      return ledger.money(sinceMs, {
        prices: { source: PRICES_SOURCE, date: PRICES_DATE },
        costOf(model, billed, atMs) {
          const price = priceOf(model, atMs, prices)
          return price === undefined ? undefined : costOf(billed, price)
        },
      })
    },
    recall: async (keys) => textsOf(await store.decisions(keys)),
    async remember(entries) {
      const decisions = entries.map(({ key, text }) => ({ key, text, form: NOTE, tokensBefore: 0, tokensAfter: 0 }))
      return textsOf(new Map((await store.commit([], decisions)).map((decision) => [decision.key, decision])))
    },
    record: (event) => ledger.append(event),
    align: async (body) => alignBody(body),
    settle(requestId, status, usage) {
      ledger.settle(requestId, status, usage)
      const answer = usage === undefined ? { requestId, status } : { requestId, status, usage }
      pipeline.hooks.responseReceived(answer)
    },
    noteBreak(event) {
      ledger.broke(event)
      pipeline.broke(event)
    },
    close: async () => {
      sweep.stop()
      ledger.close()
      store.close()
    },
  }
}

/** Form of a decision that is no block's: a small text under a key of its own. */
const NOTE = 'note'

const textsOf = (decisions: ReadonlyMap<string, Decision>): ReadonlyMap<string, string> =>
  new Map(
    [...decisions].flatMap(([key, { text, form }]) =>
      text === undefined || form !== NOTE ? [] : [[key, text] as const],
    ),
  )

const SWEEP_EVERY_MS = 10 * 60 * 1000
/** After the request that asked for it has gone. */
const SWEEP_AFTER_MS = 2000

/** Keeps the store within its bounds while an engine serves requests; each sweep is a bounded piece of work. */
const sweeper = ({
  store,
  nowMs,
  logger,
}: Pick<EngineParts, 'store' | 'nowMs' | 'logger'>): { soon(): void; stop(): void } => {
  let nextMs = nowMs() + SWEEP_AFTER_MS
  let timer: NodeJS.Timeout | undefined
  const sweepOnce = async (): Promise<void> => {
    timer = undefined
    try {
      if ((await store.sweep(nowMs())) > 0) nextMs = nowMs() + SWEEP_AFTER_MS
    } catch (error) {
      logger('warn', 'the store could not be swept', { error: String(error) })
    }
  }
  return {
    soon() {
      if (timer !== undefined || nowMs() < nextMs) return
      nextMs = nowMs() + SWEEP_EVERY_MS
      timer = setTimeout(() => void sweepOnce(), SWEEP_AFTER_MS)
      timer.unref()
    },
    stop: () => clearTimeout(timer),
  }
}

const REF = /^[0-9a-f]{16}$/

const retrieve = async (store: Store, ref: Ref, options: RetrieveOptions): Promise<RetrieveResult> => {
  const bytes = REF.test(ref) ? await store.original(ref) : undefined
  if (bytes === undefined) return { text: '', found: false, bytes: new Uint8Array(), totalLines: 0 }
  return { ...retrieveFrom(bytes, options), found: true }
}

const explain = async (store: Store, ref: Ref): Promise<Explanation> => {
  const bytes = REF.test(ref) ? await store.original(ref) : undefined
  if (bytes === undefined) return { ref, found: false, originalBytes: 0, originalLines: 0 }
  const form = await store.formOf(ref)
  return {
    ref,
    found: true,
    originalBytes: bytes.length,
    originalLines: countLines(Buffer.from(bytes).toString('utf8')),
    ...(form?.compressor === undefined ? {} : { compressor: form.compressor }),
    ...(form?.form === undefined ? {} : { form: form.form }),
    ...(form?.contentType === undefined ? {} : { contentType: form.contentType }),
    ...(form === undefined ? {} : { tokensBefore: form.tokensBefore, tokensAfter: form.tokensAfter }),
  }
}
