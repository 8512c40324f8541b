// From the answers of the upstream to what is asked next and what is remembered. Pure.
import type { LedgerEvent } from '../../spec/ledger.js'
import type { Codec, Usage } from '../../spec/wire.js'
import { turnKey } from './conversation.js'
import { groupOf, itemKey, type Told } from './items.js'
import { responseKey } from './offer.js'
import { entriesOf, valueAt } from './patch.js'
import { placeAfter } from './place.js'
import type { Answered, Hidden, Piece, RedeemDialect, Round } from './types.js'

/** Answers in a row that may end in calls of ours alone; then the model has to do with what it was given. Chosen, not measured. */
export const MAX_ROUNDS = 5

export const ownCalls = ({ pieces }: Round): NonNullable<Piece['own']>[] =>
  pieces.flatMap(({ own }) => (own === undefined ? [] : [own]))

/** The model waits for results that only we can give. */
export const waitsForUs = (round: Round): boolean =>
  round.stopsForCalls && ownCalls(round).length > 0 && !round.pieces.some(({ call }) => call !== undefined)

/** The body of the next request: the same bytes, and behind them what the model said and was answered. */
export const continuedBody = (dialect: RedeemDialect, body: Buffer, entries: string): Buffer | undefined => {
  const list = valueAt(body, [dialect.listKey])
  if (list === undefined) return undefined
  const last = body[list.start] === 0x5b ? entriesOf(body, list.start).at(-1) : undefined
  const splice = (start: number, end: number, json: string): Buffer =>
    Buffer.concat([body.subarray(0, start), Buffer.from(json), body.subarray(end)])
  if (last !== undefined) return splice(last.end, last.end, `,${entries}`)
  // Responses: the input is the user's words as one string.
  const words = body.toString('utf8', list.start, list.end)
  return words.startsWith('"')
    ? splice(list.start, list.end, `[{"role":"user","content":${words}},${entries}]`)
    : splice(list.start, list.end, `[${entries}]`)
}

/** Everything that one client answer was made of. */
export class Outcome {
  readonly #dialect: RedeemDialect
  readonly #head: Readonly<Record<string, unknown>>
  readonly #pieces: Piece[] = []
  readonly #told: Told[] = []
  readonly #rounds: { entries: string; cut: ReturnType<typeof placeAfter> }[] = []
  readonly #responseIds: string[] = []
  #last: Hidden['last']

  constructor(dialect: RedeemDialect, body: Buffer) {
    const store = valueAt(body, ['store'])
    this.#dialect = dialect
    this.#head =
      store === undefined ? {} : { store: JSON.parse(body.toString('utf8', store.start, store.end)) as unknown }
  }

  get rounds(): number {
    return this.#rounds.length
  }

  /** An answer of calls of ours alone, with what they were answered: list entries for the next request. */
  hide(round: Round, answers: readonly Answered[]): string {
    this.#take(round)
    const entries = `${this.#dialect.turn(round, this.#head)},${this.#dialect.results(answers)}`
    this.#rounds.push({ entries, cut: placeAfter(this.#pieces) })
    this.#told.push({ pieces: round.pieces, entries })
    return entries
  }

  /** The answer that the client sees the end of. */
  end(round: Round, answers: readonly Answered[]): void {
    const before = [...this.#pieces]
    this.#take(round)
    const results = answers.length === 0 ? undefined : this.#dialect.joinedResults(answers)
    this.#told.push({ pieces: round.pieces, ...(results === undefined ? {} : { results }) })
    if (results === undefined) return
    const calls = round.pieces.flatMap((piece, index) =>
      piece.own === undefined
        ? []
        : [{ at: placeAfter([...before, ...round.pieces.slice(0, index)]), json: piece.json }],
    )
    this.#last = { calls, results }
  }

  #take({ pieces, responseId }: Round): void {
    this.#pieces.push(...pieces)
    if (responseId !== undefined) this.#responseIds.push(responseId)
  }

  /** What the next turns need to know. */
  toRemember({ chain, tool }: { readonly chain: string; readonly tool: string }): { key: string; text: string }[] {
    const entries: { key: string; text: string }[] = []
    if (this.#rounds.length > 0 || this.#last !== undefined) {
      const hidden: Hidden = { rounds: this.#rounds, ...(this.#last === undefined ? {} : { last: this.#last }) }
      const shown = this.#pieces.filter(({ own }) => own === undefined)
      const calls = shown.flatMap(({ call }) => (call === undefined ? [] : [call]))
      const key = turnKey(chain, shown.map(({ text }) => text).join(''), calls)
      entries.push({ key, text: JSON.stringify(hidden) })
      const group = this.#head.store === false ? undefined : groupOf(this.#told)
      for (const name of group?.names ?? []) entries.push({ key: itemKey(name), text: group!.text })
    }
    const newest = this.#responseIds.at(-1)
    if (newest === undefined || this.#head.store === false) return entries
    const given = { tool, ...(this.#last === undefined ? {} : { pending: this.#last.results }) }
    for (const id of this.#responseIds)
      entries.push({
        key: responseKey(id),
        text: JSON.stringify(id === newest ? given : { ...given, becomes: newest }),
      })
    return entries
  }
}

export interface FollowUp {
  readonly id: string
  readonly atMs: number
  readonly durationMs: number
  readonly codec: Codec
  readonly body: Buffer
  readonly session: string | undefined
  readonly agent: string | undefined
  readonly model: string | undefined
  readonly status: number
  readonly usage: Usage | undefined
}

/** Reason under which the ledger lists requests that nobody but we asked for. */
export const FOLLOW_UP = 'retrieval-follow-up'

export const followUpEvent = ({ codec, body, session, agent, model, usage, ...rest }: FollowUp): LedgerEvent => ({
  ...rest,
  way: 'proxy',
  dialect: codec.dialect,
  outcome: 'passthrough',
  reason: FOLLOW_UP,
  bytesIn: 0,
  bytesOut: body.length,
  tokensBefore: 0,
  tokensAfter: 0,
  basis: 'estimate',
  lines: [],
  ...(session === undefined ? {} : { session }),
  ...(agent === undefined ? {} : { agent }),
  ...(model === undefined ? {} : { model }),
  ...(usage === undefined ? {} : { usage }),
})
