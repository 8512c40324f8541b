// Joins what recordings split: one answer of a model is one event, then the results of its calls, then what users said.
import type { AssistantEvent, ItemEvent, SessionAnswer, SessionCall, UserEvent } from './model.js'

type AnswerPart = Omit<AssistantEvent, 'kind' | 'thread'>

/** Parts of one model answer and what followed it, until the next answer begins. */
export class Turn {
  readonly #thread: string
  #answer: AnswerPart | undefined
  #key: string | undefined
  readonly #results: SessionAnswer[] = []
  #resultsAtMs: number | undefined
  readonly #users: UserEvent[] = []

  constructor(thread = '') {
    this.#thread = thread
  }

  /** Events that `flush` would give now. */
  get size(): number {
    return (this.#answer === undefined ? 0 : 1) + (this.#results.length === 0 ? 0 : 1) + this.#users.length
  }

  get hasAnswer(): boolean {
    return this.#answer !== undefined
  }

  /** True where results or user texts came after the answer: another answer is another turn. */
  get isAnswered(): boolean {
    return this.#results.length + this.#users.length > 0
  }

  /** A part of the answer with this key; a part with another key begins the next turn, whose earlier events come back. */
  answer(part: AnswerPart, key: string): readonly ItemEvent[] {
    const before = this.#answer !== undefined && this.#key === key ? [] : this.flush()
    this.#key = key
    this.#answer = this.#answer === undefined ? part : joined(this.#answer, part)
    return before
  }

  /** What is known of the running answer only later. */
  amend(change: Partial<AnswerPart>): void {
    if (this.#answer !== undefined) this.#answer = { ...this.#answer, ...change }
  }

  get receipt(): AnswerPart['receipt'] {
    return this.#answer?.receipt
  }

  results(answers: readonly SessionAnswer[], atMs?: number): void {
    this.#results.push(...answers)
    this.#resultsAtMs = atMs ?? this.#resultsAtMs
  }

  user(event: Omit<UserEvent, 'kind' | 'thread'>): void {
    if (event.texts.length > 0 || event.images !== undefined)
      this.#users.push({ kind: 'user', thread: this.#thread, ...event })
  }

  flush(): ItemEvent[] {
    const thread = this.#thread
    const events: ItemEvent[] = []
    if (this.#answer !== undefined) events.push({ kind: 'assistant', thread, ...this.#answer })
    if (this.#results.length > 0)
      events.push({
        kind: 'results',
        thread,
        answers: [...this.#results],
        ...(this.#resultsAtMs === undefined ? {} : { atMs: this.#resultsAtMs }),
      })
    events.push(...this.#users)
    this.#answer = undefined
    this.#key = undefined
    this.#results.length = 0
    this.#resultsAtMs = undefined
    this.#users.length = 0
    return events
  }
}

const joined = (first: AnswerPart, more: AnswerPart): AnswerPart => {
  const calls = new Map<string, SessionCall>([...first.calls, ...more.calls].map((call) => [call.id, call]))
  const thinking = [first.thinking, more.thinking].filter((text) => text !== undefined).join('\n')
  return {
    ...first,
    ...more,
    text: [first.text, more.text].filter((text) => text !== '').join('\n'),
    calls: [...calls.values()],
    ...(thinking === '' ? {} : { thinking }),
    ...(first.atMs === undefined ? {} : { atMs: first.atMs }),
  }
}
