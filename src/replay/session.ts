// Second reading of a recording: every request that its client sent, through every policy, into a cache of its own.

import { rulesFor, TTL_MS, withoutCache } from '../economics/cache-rules.js'
import type { AssistantEvent, Recording, SessionEvent } from '../sessions/model.js'
import type { ModelPrices } from '../spec/config.js'
import type { Asked, Cached, Input } from './cache.js'
import { pieceTokens } from './calibrate.js'
import type { Lane, Turn } from './lane.js'
import type { Bill, ReceiptCheck } from './result.js'
import type { Survey } from './survey.js'
import { addBills, billOf, emptyBill, inputTokens } from './tally.js'
import { Thread } from './thread.js'

export interface SessionRun {
  readonly recording: Recording
  readonly survey: Survey
  /** Policy `none` first: receipts are held against it. */
  readonly lanes: readonly [Lane, ...Lane[]]
  /** Policy `none` without receipts' totals and cache states. */
  readonly rulesLane: Lane
  readonly own: ModelPrices
  readonly fallbackModel: string | undefined
  /** Price as if this model had answered. */
  readonly priceAs?: string | undefined
  /** Answers that other recordings had already. */
  readonly paid: Set<string>
  onEvent?(): void
}

/** Unread lines that are named by their number. */
const MOST_UNREAD = 5

/** Between two requests of a recording without times. */
const STEP_MS = 1000

/** A receipt that shows this much more or less in the cache than the rules say tells of something outside the session. */
const CACHE_DIFFERS = 256

export class SessionReplay {
  readonly #run: SessionRun
  readonly #threads = new Map<string, Thread>()
  readonly #heads = new Map<string, readonly Cached[]>()
  /** Threads whose first request was sent: what that found in the cache came from outside the recording. */
  readonly #begun = new Set<string>()
  readonly models: Set<string> = new Set()
  /** Lines of the file that are no records. */
  unreadLines = 0
  readonly firstUnread: number[] = []
  requests = 0
  startMs: number | undefined
  #clockMs = 0
  #check: ReceiptCheck | undefined
  #errors = 0
  #rebuiltTokens = 0
  /** Of each thread, what its first receipt has beyond the counted history. */
  readonly #beforeHistory = new Map<string, number>()

  constructor(run: SessionRun) {
    this.#run = run
  }

  async play(): Promise<void> {
    const { recording, lanes } = this.#run
    try {
      for await (const event of recording.events((line) => this.#unread(line))) {
        await this.#take(event)
        this.#run.onEvent?.()
      }
    } finally {
      for (const lane of lanes) await lane.endSession()
    }
  }

  get check(): ReceiptCheck | undefined {
    const check = this.#check
    return check === undefined
      ? undefined
      : { ...check, rebuiltTokens: Math.round(this.#rebuiltTokens), meanError: this.#errors / check.requests }
  }

  #unread(line: number): void {
    this.unreadLines++
    if (this.firstUnread.length < MOST_UNREAD) this.firstUnread.push(line)
  }

  async #take(event: SessionEvent): Promise<void> {
    if (event.kind === 'setup') return
    const thread = this.#threadOf(event.thread)
    if (event.atMs !== undefined && event.kind !== 'assistant') this.#clockMs = Math.max(this.#clockMs, event.atMs)
    if (event.kind === 'cut') thread.cut(event.keep)
    else if (event.kind === 'compacted') {
      thread.clear()
      for (const lane of this.#run.lanes) lane.clear(event.thread)
    } else if (event.kind !== 'assistant') thread.add(event)
    else await this.#answer(event, thread)
  }

  #threadOf(id: string): Thread {
    const known = this.#threads.get(id)
    if (known !== undefined) return known
    const { survey } = this.#run
    const thread = new Thread(survey.dialect, survey.count)
    this.#threads.set(id, thread)
    return thread
  }

  async #answer(event: AssistantEvent, thread: Thread): Promise<void> {
    const { paid, lanes } = this.#run
    const isRepeated = event.answerId !== undefined && paid.has(event.answerId)
    if (event.answerId !== undefined) paid.add(event.answerId)
    if (event.isHistory || isRepeated || thread.isEmpty) {
      thread.add(event)
      return
    }
    const rulesTurn = this.#turn(event, thread)
    const rulesSent = await this.#run.rulesLane.send(rulesTurn)
    if (event.receipt !== undefined && !this.#begun.has(event.thread)) {
      const own = rulesSent.asked
      this.#run.rulesLane.cache.observe(own, { own, held: heldPieces(own, event.receipt.readTokens) })
    }
    this.#begun.add(event.thread)
    const rulesInput = this.#run.rulesLane.bill(rulesTurn, rulesSent.asked)
    if (event.receipt !== undefined) this.#align(event.receipt, thread, rulesTurn)
    const turn = this.#turn(event, thread)
    const asked = []
    for (const lane of lanes) asked.push((await lane.send(turn)).asked)
    if (event.receipt !== undefined) this.#observe(event.receipt.readTokens, asked)
    for (const [index, lane] of lanes.entries()) {
      const input = lane.bill(turn, asked[index]!)
      if (index === 0 && event.receipt !== undefined) this.#compare(event, turn, { none: input, rules: rulesInput })
    }
    const said = thread.add(event)
    for (const [index, lane] of lanes.entries()) lane.answer(turn, said, asked[index]!)
    this.requests++
    if (event.atMs !== undefined) this.#clockMs = Math.max(this.#clockMs, event.atMs)
    else this.#clockMs += STEP_MS
  }

  #turn(event: AssistantEvent, thread: Thread): Turn {
    const { survey, recording, fallbackModel } = this.#run
    const model = event.model ?? fallbackModel ?? 'unknown'
    this.models.add(model)
    if (event.atMs !== undefined) this.startMs ??= event.atMs
    const session = event.thread === '' ? recording.id : `${recording.id} ${event.thread}`
    const slope = survey.slope(model)
    const rules = rulesFor(survey.dialect, model, event.atMs)
    return {
      thread: event.thread,
      request: thread.request({ model, system: survey.system, tools: survey.tools, ttl: survey.ttl, session }),
      head: this.#head(event.thread, model),
      rules: survey.caches ? rules : withoutCache(rules),
      ttlMs: TTL_MS[survey.ttl],
      slope,
      tailTokens: survey.tailTokens,
      atMs: this.#clockMs,
      day: event.atMs,
      outputTokens: outputOf(event, slope, survey.count),
    }
  }

  /** System prompt and tools as pieces of known size; the last one ends the client's first entry. */
  #head(thread: string, model: string): readonly Cached[] {
    const key = `${thread} ${model}`
    const known = this.#heads.get(key)
    if (known !== undefined) return known
    const { survey } = this.#run
    const { headTokens, splits } = survey.thread(thread)
    const ends = [...splits, Math.max(headTokens - survey.tailTokens, splits.at(-1) ?? 0)]
    const head = ends.map((end, index): Cached => {
      const tokens = end - (ends[index - 1] ?? 0)
      const isLast = index === ends.length - 1
      // The beginning is common to all sessions of a client; the end is this conversation's own.
      const id = isLast ? `head ${end} of ${thread}` : `head ${end}`
      return isLast ? { id, tokens, ttlMs: TTL_MS[survey.ttl] } : { id, tokens }
    })
    this.#heads.set(key, head)
    return head
  }

  /** Adds what the receipt has beyond what is recorded, so that the request's total is the receipt's. */
  #align(receipt: NonNullable<AssistantEvent['receipt']>, thread: Thread, turn: Turn): void {
    const history = thread.tokens * turn.slope + thread.pieces * pieceTokens(thread.dialect)
    const counted =
      turn.head.reduce((sum, { tokens }) => sum + tokens, 0) + history + thread.unrecordedTokens + turn.tailTokens
    const billed = inputTokens({ ...receipt, outputTokens: 0 })
    const before = this.#beforeHistory.get(turn.thread) ?? billed - history
    this.#beforeHistory.set(turn.thread, before)
    this.#rebuiltTokens += before + history
    this.#errors += Math.abs(billed - counted) / Math.max(1, billed)
    if (Math.abs(billed - counted) >= 1) thread.addUnrecorded(billed - counted)
  }

  /** Where the provider's cache held more or less than the session alone explains, it did so for every policy. */
  #observe(readTokens: number, asked: readonly Asked[]): void {
    const [lane] = this.#run.lanes
    const own = asked[0]!
    if (Math.abs(lane.cache.readable(own) - readTokens) <= CACHE_DIFFERS) return
    const held = heldPieces(own, readTokens)
    for (const [index, one] of this.#run.lanes.entries()) one.cache.observe(asked[index]!, { own, held })
  }

  #compare(event: AssistantEvent, turn: Turn, inputs: { none: Input; rules: Input }): void {
    const { own, priceAs = turn.request.model } = this.#run
    const pricing = { model: priceAs, rules: turn.rules, atMs: turn.day, own }
    const bill = (input: Input): Bill => billOf({ ...input, outputTokens: 0 }, pricing)
    const known = this.#check ?? {
      requests: 0,
      recorded: emptyBill,
      none: emptyBill,
      rulesAlone: emptyBill,
      rebuiltTokens: 0,
      meanError: 0,
    }
    const { outputTokens: _, ...recorded } = event.receipt!
    this.#check = {
      requests: known.requests + 1,
      recorded: addBills(known.recorded, bill(recorded)),
      none: addBills(known.none, bill(inputs.none)),
      rulesAlone: addBills(known.rulesAlone, bill(inputs.rules)),
      rebuiltTokens: 0,
      meanError: 0,
    }
  }
}

/** Pieces that fit whole into so many tokens; sums of ours and of a receipt may differ by a rounding. */
const heldPieces = ({ pieces }: Asked, readTokens: number): number => {
  let sum = 0
  const over = pieces.findIndex(({ tokens }) => {
    sum += tokens
    return sum > readTokens + 2
  })
  return over === -1 ? pieces.length : over
}

/** Some clients record the output of a stream's beginning only, so the answer's own count is the least. */
const outputOf = (
  { receipt, text, thinking = '', calls }: AssistantEvent,
  slope: number,
  count: (text: string) => number,
): number => {
  const counted = count(
    [text, thinking, ...calls.map(({ name, input }) => `${name} ${JSON.stringify(input ?? {})}`)].join('\n'),
  )
  return Math.max(receipt?.outputTokens ?? 0, Math.round(counted * slope))
}
