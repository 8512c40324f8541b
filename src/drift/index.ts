// Says why a provider could not read what it had cached: each request is compared with the one before it in its
// conversation, after it was sent, and the loss is what the provider billed. Works on what clients send, compressed or not.
import { messageOf } from '../base/errors.js'
import type {
  CacheBreak,
  Change,
  DriftWatch,
  ExplainedBreak,
  SeenBreak,
  SentHandle,
  SentRequest,
  VolatileSpot,
} from '../spec/drift.js'
import type { Usage } from '../spec/wire.js'
import { answersIn, indexBody, type Pause } from './body-index.js'
import { type Difference, differenceOf } from './difference.js'
import { looksOfChange, masked } from './looks.js'
import { Conversations, type Remembered } from './memory.js'
import { bytesBehind, mergeSpots, modelOf, rememberedSuspicions, type Spot, seenSpots, tokensPerByte } from './spots.js'
import { cachedAfter, type Verdict, verdictOf } from './verdict.js'
import { adviceFor, headline } from './words.js'

export interface DriftOptions {
  /** Bound on the bodies held for comparison. */
  readonly maxBytes?: number
  nowMs?(): number
  readonly pause?: Pause
  /** Told of each loss once its answer has ended. */
  onBreak?(one: CacheBreak): void
  /** What a model bills for tokens that are paid again instead of read; undefined where it has no price. */
  missMicroUsd?(model: string, tokens: number): number | undefined
  onFailure?(message: string): void
}

/** The same bytes that the proxy holds for its own sake, so mostly no memory of their own. */
const MAX_BYTES = 32 * 1024 * 1024
const RECENT_BREAKS = 50
/** Newest conversations whose volatile content is reported. */
const WATCHED = 8
const EXACT_CHARS = 400
const immediate: Pause = () => new Promise((resolve) => setImmediate(resolve))

interface Compared {
  readonly turn: Remembered
  readonly previous: Remembered | undefined
  readonly difference: Difference | undefined
}

export const createDriftWatch = (options: DriftOptions = {}): DriftWatch => {
  const { nowMs = Date.now, pause = immediate } = options
  const memory = new Conversations(options.maxBytes ?? MAX_BYTES)
  const recent: SeenBreak[] = []
  const suspicions = rememberedSuspicions()
  let requests = 0
  /** One comparison at a time, in the order of the requests. */
  let queue: Promise<unknown> = Promise.resolve()

  const compare = async (request: SentRequest, atMs: number): Promise<Compared | undefined> => {
    await pause()
    const index = await indexBody(request.body, pause, memory.nearest(request.body))
    if (index === undefined) return undefined
    const model = modelOf(index, request.model)
    const previous = memory.previousOf(index, request.session, model)
    const difference = previous === undefined ? undefined : differenceOf(previous.index, index)
    const turn: Remembered = {
      index,
      request,
      atMs,
      model,
      cachedTokens: difference === undefined ? previous?.cachedTokens : undefined,
      inputTokens: previous?.inputTokens,
      spots: previous === undefined ? [] : mergeSpots(previous.spots, seenSpots(previous.index, index)),
    }
    memory.remember(turn, difference?.cause === 'rewound' ? undefined : previous)
    return { turn, previous, difference }
  }

  const conclude = ({ turn, previous, difference }: Compared, id: string, usage: Usage | undefined): void => {
    const before = previous?.cachedTokens
    turn.cachedTokens = cachedAfter(usage) ?? turn.cachedTokens
    turn.inputTokens = inputOf(usage) ?? turn.inputTokens
    if (previous === undefined || usage === undefined) return
    const verdict = verdictOf({
      old: previous.index,
      now: turn.index,
      oldEdits: previous.request.edits,
      nowEdits: turn.request.edits,
      ...(turn.request.rewrites ? { rewrites: true } : {}),
      difference,
      cachedTokens: before,
      usage,
      idleMs: turn.atMs - previous.atMs,
    })
    if (verdict === undefined) return
    const event = eventOf({ id, turn, previous, difference, verdict }, options.missMicroUsd)
    const exact = exactOf(verdict, difference)
    recent.unshift(exact === undefined ? event : { ...event, exact })
    recent.length = Math.min(recent.length, RECENT_BREAKS)
    options.onBreak?.(event)
  }

  const failed = (error: unknown): undefined => {
    options.onFailure?.(messageOf(error))
    return undefined
  }

  return {
    sent(request): SentHandle {
      requests++
      const atMs = nowMs()
      const work = queue.then(() => compare(request, atMs)).catch(failed)
      queue = work
      return {
        answered(id, usage) {
          void work.then((compared) => compared && conclude(compared, id, usage)).catch(failed)
        },
      }
    },
    report: () => ({
      requests,
      recent: recent.map(explained),
      spots: memory.all.slice(0, WATCHED).flatMap((turn) => spotsOf(turn, suspicions, options)),
    }),
  }
}

export const explained = (one: SeenBreak): ExplainedBreak => ({
  ...one,
  words: headline(one),
  advice: adviceFor(one.cause),
})

const inputOf = (usage: Usage | undefined): number | undefined =>
  usage?.inputTokens === undefined
    ? undefined
    : usage.inputTokens + (usage.cacheReadTokens ?? 0) + (usage.cacheWriteTokens ?? 0)

interface Concluded extends Compared {
  readonly id: string
  readonly previous: Remembered
  readonly verdict: Verdict
}

const eventOf = (
  { id, turn, previous, difference, verdict }: Concluded,
  missMicroUsd: DriftOptions['missMicroUsd'],
): CacheBreak => {
  const { own, cause, also, ...figures } = verdict
  const { session } = turn.request
  const lost = figures.lostTokens
  const price = lost === undefined || turn.model === undefined ? undefined : missMicroUsd?.(turn.model, lost)
  return {
    id,
    atMs: turn.atMs,
    turn: answersIn(turn.index.items) + 1,
    cause,
    idleMs: turn.atMs - previous.atMs,
    ...(also.length === 0 ? {} : { also }),
    ...(turn.model === undefined ? {} : { model: turn.model }),
    ...(session === undefined ? {} : { session }),
    ...figures,
    ...(price === undefined ? {} : { lostMicroUsd: price }),
    ...placeOf(verdict, difference, turn),
  }
}

const placeOf = (
  { own, cause }: Verdict,
  difference: Difference | undefined,
  { index }: Remembered,
): Pick<CacheBreak, 'atByte' | 'where' | 'subject' | 'looks' | 'oldBytes' | 'newBytes' | 'masked'> => {
  if (/^own-/.test(cause) && own !== undefined) return { atByte: own.atByte, where: `${index.listName}[${own.item}]` }
  if (difference?.cause !== cause) return {}
  const { atByte, where, subject, change } = difference
  return {
    atByte,
    where,
    ...(subject === undefined ? {} : { subject }),
    ...(change === undefined ? {} : formOf(change)),
  }
}

const formOf = (change: Change): Pick<CacheBreak, 'looks' | 'oldBytes' | 'newBytes' | 'masked'> => ({
  looks: looksOfChange(change),
  oldBytes: Buffer.byteLength(change.old),
  newBytes: Buffer.byteLength(change.new),
  masked: { old: masked(change.old), new: masked(change.new) },
})

const exactOf = ({ cause }: Verdict, difference: Difference | undefined): Change | undefined => {
  if (difference?.change === undefined || difference.cause !== cause) return undefined
  const { old, new: now } = difference.change
  return { old: old.slice(0, EXACT_CHARS), new: now.slice(0, EXACT_CHARS) }
}

/** Seen changes first; suspicions where nothing was seen at the same place. Read when somebody asks. */
const spotsOf = (
  turn: Remembered,
  suspicions: ReturnType<typeof rememberedSuspicions>,
  { missMicroUsd }: DriftOptions,
): VolatileSpot[] => {
  const { index, model, inputTokens, spots } = turn
  const overlaps = (spot: Spot): boolean =>
    spots.some((seen) => seen.where === spot.where && seen.startByte < spot.endByte && spot.startByte < seen.endByte)
  const rate = tokensPerByte(index, inputTokens)
  return [...spots, ...suspicions(index).filter((spot) => !overlaps(spot))].map((spot) => {
    const tokensAfter = Math.round(bytesBehind(index, spot) * rate)
    const price = model === undefined ? undefined : missMicroUsd?.(model, tokensAfter)
    return {
      ...spot,
      tokensAfter,
      ...(model === undefined ? {} : { model }),
      ...(price === undefined ? {} : { microUsdPerRequest: price }),
    }
  })
}
