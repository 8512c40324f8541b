// First reading of a recording: what its receipts say about counting, caching and what comes before the history.
import type { Recording, SessionTool } from '../sessions/model.js'
import type { TokenizerFor } from '../spec/tokenizer.js'
import type { Dialect } from '../spec/wire.js'
import { headTokens, type Sample, type Slopes } from './calibrate.js'
import { headOf, toolsOf } from './clients.js'
import type { Count } from './piece.js'
import { Thread } from './thread.js'

export interface ThreadSurvey {
  /** Tokens of system prompt and tools. */
  readonly headTokens: number
  /** Sizes at which receipts show the head to be cached apart, ascending: other sessions share its beginning. */
  readonly splits: readonly number[]
  readonly isAssumed: boolean
}

export interface Survey {
  readonly dialect: Dialect
  readonly system: string
  readonly tools: readonly SessionTool[]
  readonly count: Count
  /** Provider tokens for one of ours. */
  slope(model: string): number
  thread(id: string): ThreadSurvey
  readonly ttl: '5m' | '1h'
  /** False where receipts show that the provider cached nothing. */
  readonly caches: boolean
  /** Input behind the last marker. */
  readonly tailTokens: number
  readonly assumed: readonly string[]
  /** That the recording has. */
  readonly events: number
}

export interface SurveyContext {
  readonly slopes: Slopes
  readonly tokenizerFor: TokenizerFor
  /** For recordings that name no model. */
  readonly model: string | undefined
}

/** Requests after which a cache would have shown itself. Chosen, not measured. */
const ENOUGH = 5

/** A head is seldom cached in more parts. */
const MOST_SPLITS = 8

/** Input behind the last marker is a few tokens; more is a request without one. */
const MOST_TAIL = 32

export const survey = async (recording: Recording, context: SurveyContext): Promise<Survey> => {
  const found = await read(recording, context)
  const { slopes, model: fallback } = context
  const learnt = slopes.learn(found.dialect, found.samples)
  const slope = (model: string): number => learnt.get(model) ?? 1
  const measured = headTokens(found.dialect, found.samples, slope)
  const assumedHead = assumedTokens(recording.agent, found, slope(found.model ?? fallback ?? ''))
  const cached = [...found.reads.values()].some((reads) => [...reads].some((tokens) => tokens > 0))
  const caches = found.samples.length < ENOUGH || cached || found.hourTokens + found.shortTokens > 0
  const assumed = [
    ...(found.model === undefined ? [fallback === undefined ? 'no model named: no price' : `model ${fallback}`] : []),
    ...(found.hasTimes ? [] : ['no times: caches never expire']),
    ...(found.samples.length > 0 ? [] : [`no receipts: ${Math.round(assumedHead)} tokens before the history`]),
  ]
  return {
    dialect: found.dialect,
    system: found.system ?? 'You are an agent.',
    tools: toolsOf(recording.agent, found.tools, found.called),
    count: found.count,
    slope,
    thread(id) {
      const head = measured.get(id)
      return head === undefined
        ? { headTokens: assumedHead, splits: [], isAssumed: true }
        : { headTokens: head, splits: splitsOf(found.reads.get(id) ?? new Set(), head), isAssumed: false }
    },
    caches,
    ttl: found.hourTokens > found.shortTokens ? '1h' : '5m',
    tailTokens: found.dialect === 'anthropic' ? Math.min(MOST_TAIL, middle(found.tails)) : 0,
    assumed,
    events: found.events,
  }
}

const middle = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0

const splitsOf = (reads: ReadonlySet<number>, head: number): readonly number[] =>
  [...reads]
    .filter((tokens) => tokens > 0 && tokens < head)
    .sort((a, b) => a - b)
    .slice(0, MOST_SPLITS)

interface Found {
  dialect: Dialect
  model: string | undefined
  system: string | undefined
  tools: readonly SessionTool[] | undefined
  hasTimes: boolean
  readonly count: Count
  readonly called: Set<string>
  readonly samples: Sample[]
  readonly reads: Map<string, Set<number>>
  readonly tails: number[]
  hourTokens: number
  shortTokens: number
  events: number
}

const read = async (recording: Recording, { tokenizerFor, model }: SurveyContext): Promise<Found> => {
  const found: Found = {
    dialect: recording.dialect,
    model: undefined,
    system: undefined,
    tools: undefined,
    hasTimes: false,
    count: await countFor(recording, tokenizerFor, model),
    called: new Set(),
    samples: [],
    reads: new Map(),
    tails: [],
    hourTokens: 0,
    shortTokens: 0,
    events: 0,
  }
  const threads = new Map<string, Thread>()
  for await (const event of recording.events()) {
    found.events++
    if (event.kind === 'setup') {
      found.dialect = event.dialect ?? found.dialect
      found.system = event.system ?? found.system
      found.tools = event.tools ?? found.tools
      found.model ??= event.model
      continue
    }
    if (event.atMs !== undefined) found.hasTimes = true
    const thread = threads.get(event.thread) ?? new Thread(found.dialect, found.count)
    threads.set(event.thread, thread)
    if (event.kind === 'assistant') note(found, event, thread)
    if (event.kind === 'cut') thread.cut(event.keep)
    else if (event.kind === 'compacted') thread.clear()
    else thread.add(event)
  }
  return found
}

type Answer = Extract<Parameters<Thread['add']>[0], { kind: 'assistant' }>

const note = (found: Found, event: Answer, thread: Thread): void => {
  for (const { name } of event.calls) found.called.add(name)
  found.model ??= event.model
  const { receipt } = event
  if (receipt === undefined || event.isHistory || event.model === undefined) return
  const { freshTokens, readTokens, writeTokens, write1hTokens } = receipt
  found.samples.push({
    thread: event.thread,
    model: event.model,
    local: thread.tokens,
    pieces: thread.pieces,
    billed: freshTokens + readTokens + writeTokens + write1hTokens,
  })
  found.tails.push(freshTokens)
  found.hourTokens += write1hTokens
  found.shortTokens += writeTokens
  const reads = found.reads.get(event.thread) ?? new Set()
  if (reads.size < 1000) reads.add(readTokens)
  found.reads.set(event.thread, reads)
}

/** Counts with the vocabulary of the first model that the recording names. */
const countFor = async (
  recording: Recording,
  tokenizerFor: TokenizerFor,
  fallback: string | undefined,
): Promise<Count> => {
  for await (const event of recording.events())
    if ((event.kind === 'assistant' || event.kind === 'setup') && event.model !== undefined) {
      const tokenizer = tokenizerFor(event.model)
      return (text) => tokenizer.count(text)
    }
  const tokenizer = tokenizerFor(fallback)
  return (text) => tokenizer.count(text)
}

/** What is recorded of system prompt and tools counts; the rest is what the client is known to send. */
const assumedTokens = (agent: string, { system, tools, count }: Found, slope: number): number => {
  const { systemTokens, toolTokens } = headOf(agent)
  return (
    (system === undefined ? systemTokens : count(system) * slope) +
    (tools === undefined ? toolTokens : count(JSON.stringify(tools)) * slope)
  )
}
