// Recorded sessions through policies: every request is built again, sent through each policy, and billed in a simulated
// provider cache. One session is held at a time.
import { messageOf } from '../base/errors.js'
import { PRICES_DATE, PRICES_SOURCE, priceOf } from '../pricing/index.js'
import { filesUnder, type LeftOut, recordingsIn } from '../sessions/find.js'
import type { Recording } from '../sessions/model.js'
import type { ModelPrices } from '../spec/config.js'
import type { TokenizerFor } from '../spec/tokenizer.js'
import { Slopes } from './calibrate.js'
import { Census } from './census.js'
import { Lane } from './lane.js'
import type { CensusRow, PolicyResult, ReceiptCheck, ReplayResult, SessionResult } from './result.js'
import { noSender, type PolicyLabel, type Sender } from './senders.js'
import { SessionReplay } from './session.js'
import { survey } from './survey.js'
import { addChecks, addPolicies, emptyPolicy, timesOf } from './tally.js'
import { Words } from './words.js'

export interface RunOptions {
  /** Policy `none` is always among them and comes first. */
  readonly senders: readonly Sender[]
  readonly tokenizerFor: TokenizerFor
  readonly prices?: ModelPrices
  /** Price as if this model had answered; counts and cache rules stay the recorded one's, where one is recorded. */
  readonly model?: string
  readonly census?: boolean
  onSession?(session: SessionResult): void
}

export interface ReplayOptions extends RunOptions {
  /** Files and folders. */
  readonly paths: readonly string[]
  onProgress?(progress: Progress): void
}

export interface Progress {
  readonly bytesDone: number
  readonly bytesTotal: number
  readonly sessions: number
}

/** Everything that is kept over sessions. */
interface Context {
  readonly options: RunOptions
  readonly senders: readonly [Sender, ...Sender[]]
  readonly slopes: Slopes
  readonly paid: Set<string>
  readonly censuses: ReadonlyMap<PolicyLabel, Census>
  readonly tookMs: Map<PolicyLabel, number[]>
}

export const replay = async (options: ReplayOptions): Promise<ReplayResult> => {
  const run = new Run(options)
  const files = await filesUnder(options.paths)
  const bytesTotal = files.reduce((sum, { bytes }) => sum + bytes, 0)
  let bytesDone = 0
  const show = (ofFile: number): void =>
    options.onProgress?.({ bytesDone: bytesDone + ofFile, bytesTotal, sessions: run.sessions.length })
  show(0)
  for (const { path, bytes } of files) {
    const found = await recordingsIn(path)
    if ('why' in found) run.leftOut.push(found)
    else
      for (const [index, recording] of found.entries())
        await run.take(recording, path, (share) => show(((index + share) / found.length) * bytes))
    bytesDone += bytes
    show(0)
  }
  return run.result()
}

/** The same for recordings that are at hand. */
export const replayRecordings = async (
  recordings: readonly Recording[],
  options: RunOptions,
): Promise<ReplayResult> => {
  const run = new Run(options)
  for (const recording of recordings) await run.take(recording, recording.id)
  return run.result()
}

class Run {
  readonly sessions: SessionResult[] = []
  readonly leftOut: LeftOut[] = []
  readonly #context: Context

  constructor(options: RunOptions) {
    const senders: [Sender, ...Sender[]] = [noSender, ...options.senders.filter(({ policy }) => policy !== 'none')]
    this.#context = {
      options,
      senders,
      slopes: new Slopes(),
      paid: new Set(),
      censuses: new Map(options.census ? senders.map(({ policy }) => [policy, new Census()]) : []),
      tookMs: new Map(),
    }
  }

  /** A recording that cannot be read to its end is left out whole, with the reason. */
  async take(recording: Recording, path: string, onShare?: (share: number) => void): Promise<void> {
    try {
      const session = await replayOne(recording, this.#context, onShare)
      if (session === undefined) return
      this.sessions.push(session)
      this.#context.options.onSession?.(session)
    } catch (error) {
      this.leftOut.push({ path, why: messageOf(error) })
    }
  }

  result(): ReplayResult {
    return resultOf(this.#context, this.sessions, this.leftOut)
  }
}

const replayOne = async (
  recording: Recording,
  context: Context,
  onShare?: (share: number) => void,
): Promise<SessionResult | undefined> => {
  const { options, senders, slopes, censuses } = context
  const { tokenizerFor, model, prices: own = {} } = options
  const known = await survey(recording, { slopes, tokenizerFor, model })
  const words = new Words()
  const laneOf = (sender: Sender): Lane =>
    new Lane({ sender, count: known.count, words, own, priceAs: model, census: censuses.get(sender.policy) })
  const [first, ...rest] = senders
  const lanes: [Lane, ...Lane[]] = [laneOf(first), ...rest.map(laneOf)]
  const rulesLane = new Lane({ sender: noSender, count: known.count, words, own, priceAs: model })
  let taken = 0
  const run = new SessionReplay({
    recording,
    survey: known,
    lanes,
    rulesLane,
    own,
    fallbackModel: model,
    priceAs: model,
    paid: context.paid,
    onEvent: () => onShare?.(++taken / known.events),
  })
  await run.play()
  for (const census of censuses.values()) census.endSession()
  if (run.requests === 0) return undefined
  const policies: Partial<Record<PolicyLabel, PolicyResult>> = {}
  for (const [index, { policy }] of senders.entries()) {
    const lane = lanes[index]!
    const times = timesOf(lane.tookMs)
    policies[policy] = { ...lane.result, ...(times === undefined ? {} : { times }) }
    const all = context.tookMs.get(policy) ?? []
    for (const ms of lane.tookMs) all.push(ms)
    context.tookMs.set(policy, all)
  }
  return {
    id: recording.id,
    agent: recording.agent,
    models: [...run.models],
    requests: run.requests,
    ...(run.startMs === undefined ? {} : { startMs: run.startMs }),
    policies,
    ...(run.check === undefined ? {} : { receipts: run.check }),
    ...(run.unreadLines === 0 ? {} : { unread: { lines: run.unreadLines, first: run.firstUnread } }),
    assumed: known.assumed,
  }
}

const resultOf = (
  { senders, options, censuses, tookMs }: Context,
  sessions: readonly SessionResult[],
  leftOut: ReplayResult['leftOut'],
): ReplayResult => {
  const totals: Partial<Record<PolicyLabel, PolicyResult>> = {}
  const census: Partial<Record<PolicyLabel, readonly CensusRow[]>> = {}
  for (const { policy } of senders) {
    const sum = sessions.reduce((total, one) => addPolicies(total, one.policies[policy] ?? emptyPolicy), emptyPolicy)
    const times = timesOf(tookMs.get(policy) ?? [])
    totals[policy] = { ...sum, ...(times === undefined ? {} : { times }) }
    const counted = censuses.get(policy)
    if (counted !== undefined) census[policy] = counted.rows()
  }
  const checks = sessions.flatMap(({ receipts }): ReceiptCheck[] => (receipts === undefined ? [] : [receipts]))
  const models = new Set(options.model === undefined ? sessions.flatMap((session) => session.models) : [options.model])
  return {
    policies: senders.map(({ policy }) => policy),
    sessions,
    totals,
    ...(checks.length === 0 ? {} : { receipts: checks.reduce(addChecks) }),
    leftOut,
    ...(options.census ? { census } : {}),
    prices: {
      ...(options.model === undefined ? {} : { as: options.model }),
      source: PRICES_SOURCE,
      date: PRICES_DATE,
      unknownModels: [...models].filter((model) => priceOf(model, undefined, options.prices) === undefined),
    },
  }
}
