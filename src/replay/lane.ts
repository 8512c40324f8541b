// One policy through one session: what it sends, what the provider's cache makes of that, and what it comes to.

import type { CacheRules } from '../economics/cache-rules.js'
import type { ModelPrices } from '../spec/config.js'
import type { Asked, Cached, Input } from './cache.js'
import { PromptCache } from './cache.js'
import { pieceTokens } from './calibrate.js'
import type { Census } from './census.js'
import { Curve } from './curve.js'
import type { Count, Piece } from './piece.js'
import type { PolicyResult } from './result.js'
import type { Sender, Sent } from './senders.js'
import { addBilled, addBills, billOf, emptyPolicy, inputTokens, NOTHING, type Pricing } from './tally.js'
import type { BuiltRequest } from './thread.js'
import { Shown, type Words } from './words.js'

/** One request of the client, and how its tokens are counted. */
export interface Turn {
  readonly thread: string
  readonly request: BuiltRequest
  /** What comes before the history; the last one ends the client's first cache entry. */
  readonly head: readonly Cached[]
  readonly rules: CacheRules
  /** How long entries live where the client asks for them. */
  readonly ttlMs: number
  /** Provider tokens for one of ours. */
  readonly slope: number
  /** Behind the last marker: never cached. */
  readonly tailTokens: number
  readonly atMs: number
  /** For prices; absent where the recording has no times. */
  readonly day?: number | undefined
  readonly outputTokens: number
}

export interface LaneSetup {
  readonly sender: Sender
  readonly count: Count
  readonly words: Words
  readonly own: ModelPrices
  /** Price as if this model had answered. */
  readonly priceAs?: string | undefined
  readonly census?: Census | undefined
}

interface Form {
  readonly text: string
  readonly id: string
  readonly tokens: number
}

/** A result as it was sent last. */
interface ResultForm {
  readonly tokens: number
  readonly isChanged: boolean
  readonly leavesOut: boolean
}

/** A retrieval's own output, and the longest answer that a client takes. */
const CALL_TOKENS = 80
const MOST_RETRIEVED_TOKENS = 25_000

export class Lane {
  readonly cache: PromptCache = new PromptCache()
  readonly tookMs: number[] = []
  result: PolicyResult = emptyPolicy
  readonly #setup: LaneSetup
  readonly #forms = new Map<Piece, Form>()
  readonly #results = new Map<Piece, ResultForm>()
  readonly #shown = new Map<string, Shown>()
  /** Retrieved tokens that every later request of a thread holds. */
  readonly #held = new Map<string, number>()
  readonly #context = new Curve()

  constructor(setup: LaneSetup) {
    this.#setup = setup
  }

  async send(turn: Turn): Promise<{ readonly asked: Asked; readonly sent: Sent }> {
    const { sender } = this.#setup
    const sent = await sender.send(turn.request, turn.atMs)
    if (sent.tookMs !== undefined) this.tookMs.push(sent.tookMs)
    this.#look(turn, sent)
    if (sent.repack !== undefined) this.#countRepack(sent.repack)
    const asked = this.#asked(turn, sent)
    return { asked, sent }
  }

  /** After the cache was brought in line with a receipt. */
  bill(turn: Turn, asked: Asked): Input {
    const input = this.cache.bill(asked)
    const pricing = this.#pricing(turn)
    const bill = billOf({ ...input, outputTokens: turn.outputTokens }, pricing)
    this.#context.add(inputTokens(bill.billed))
    this.result = { ...this.result, ...addBills(this.result, bill), contextTokens: this.#context.points }
    const held = this.#held.get(turn.thread) ?? 0
    if (held > 0) this.#retrieve(turn, { readTokens: held }, 0)
    return input
  }

  /** What the agent said next, and what of it was not in any request. */
  answer(turn: Turn, said: readonly Piece[], asked: Asked): void {
    const needed = this.#shown.get(turn.thread)?.use(said) ?? []
    if (needed.length === 0) return
    if (!this.#setup.sender.givesBack) {
      this.result = { ...this.result, lost: this.result.lost + needed.length }
      return
    }
    for (const piece of needed) {
      const writeTokens = Math.round(Math.min(MOST_RETRIEVED_TOKENS, piece.tokens * turn.slope))
      const held = this.#held.get(turn.thread) ?? 0
      const whole = asked.pieces.reduce((sum, { tokens }) => sum + tokens, 0)
      this.#retrieve(turn, { readTokens: Math.round(whole) + held, writeTokens, outputTokens: CALL_TOKENS }, 1)
      this.#held.set(turn.thread, held + writeTokens)
    }
  }

  async endSession(): Promise<void> {
    await this.#setup.sender.endSession?.()
  }

  /** The thread begins anew. */
  clear(thread: string): void {
    this.#shown.get(thread)?.clear()
    this.#held.delete(thread)
  }

  #pricing({ request, rules, day }: Turn): Pricing {
    const { own, priceAs = request.model } = this.#setup
    return { model: priceAs, rules, atMs: day, own }
  }

  #retrieve(turn: Turn, part: Partial<typeof NOTHING>, count: number): void {
    const billed = { ...NOTHING, ...part }
    const bill = billOf(billed, this.#pricing(turn))
    const { retrievals } = this.result
    this.result = {
      ...this.result,
      retrievals: {
        count: retrievals.count + count,
        billed: addBilled(retrievals.billed, bill.billed),
        microUsd: retrievals.microUsd + bill.inputMicroUsd + bill.outputMicroUsd,
        plainTokens: retrievals.plainTokens + bill.plainTokens,
      },
    }
  }

  #countRepack(cause: keyof PolicyResult['repacks']): void {
    const { repacks } = this.result
    this.result = { ...this.result, repacks: { ...repacks, [cause]: repacks[cause] + 1 } }
  }

  /** Counts what is new in this request. */
  #look({ thread, request, head, slope }: Turn, { forms, blocks }: Sent): void {
    const { census } = this.#setup
    const sum = (all: readonly { readonly tokens: number }[]): number =>
      all.reduce((total, { tokens }) => total + tokens, 0) / slope
    census?.addOther('system and tools', sum(head))
    census?.addOther('not recorded', sum([...request.unrecorded.values()].flat()))
    const shown = this.#shown.get(thread) ?? new Shown(this.#setup.words)
    this.#shown.set(thread, shown)
    for (const [index, { piece }] of request.placed.entries()) {
      const text = forms.get(index)
      const form = text === undefined ? undefined : this.#formOf(piece, text)
      const block = blocks.get(index)
      // An imitation has no refs; whatever it shortens it leaves out, unless nothing is lost by it.
      const leavesOut = form !== undefined && (block?.ref !== undefined || !this.#setup.sender.givesBack)
      shown.send(piece, leavesOut ? text : undefined)
      census?.add(piece, form?.tokens ?? piece.tokens, block)
      if (piece.result === undefined) continue
      this.#countResult(piece, { tokens: form?.tokens ?? piece.tokens, isChanged: form !== undefined, leavesOut })
    }
  }

  /** A result counts once; where its form changes later, the last one counts. */
  #countResult(piece: Piece, form: ResultForm): void {
    const last = this.#results.get(piece)
    if (last?.tokens === form.tokens && last.isChanged === form.isChanged && last.leavesOut === form.leavesOut) return
    this.#results.set(piece, form)
    const { result } = this
    this.result = {
      ...result,
      resultTokensBefore: result.resultTokensBefore + (last === undefined ? piece.tokens : 0),
      resultTokensAfter: result.resultTokensAfter + form.tokens - (last?.tokens ?? 0),
      changed: result.changed + Number(form.isChanged) - Number(last?.isChanged ?? false),
      leftOut: result.leftOut + Number(form.leavesOut) - Number(last?.leavesOut ?? false),
    }
  }

  #formOf(piece: Piece, text: string): Form {
    const known = this.#forms.get(piece)
    if (known?.text === text) return known
    const form = { text, id: `${piece.id} ${text.length} ${formHash(text)}`, tokens: this.#setup.count(text) }
    this.#forms.set(piece, form)
    return form
  }

  #asked(turn: Turn, { forms }: Sent): Asked {
    const { request, head, rules, slope, ttlMs, tailTokens, atMs } = turn
    const own = pieceTokens(request.dialect)
    const pieces: Cached[] = [...head]
    const addUnrecorded = (before: number): void => {
      for (const { id, tokens } of request.unrecorded.get(before) ?? []) pieces.push({ id, tokens })
    }
    addUnrecorded(0)
    for (const [index, { piece }] of request.placed.entries()) {
      const text = forms.get(index)
      const form = text === undefined ? undefined : this.#formOf(piece, text)
      pieces.push({ id: form?.id ?? piece.id, tokens: (form?.tokens ?? piece.tokens) * slope + own })
      addUnrecorded(index + 1)
    }
    const last = pieces.at(-1)
    if (last !== undefined && rules.kind === 'marked') pieces[pieces.length - 1] = { ...last, ttlMs }
    if (tailTokens > 0) pieces.push({ id: 'tail', tokens: tailTokens })
    return { pieces, rules, model: request.model, atMs }
  }
}

/** FNV-1a, 32 bits: with the length and the piece's own id enough to tell the forms of one piece apart. */
const formHash = (text: string): number => {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  return hash >>> 0
}
