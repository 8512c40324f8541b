// How far a session has come, read from what the client sends: ids of answered calls and the prompts. A request that is sent
// again gets the same answer again.
import { type Action, callId, lastWords, type Plan, type Step } from '../plan.js'

export type Turn = (
  | { readonly calls: readonly { readonly id: string; readonly action: Action }[] }
  | { readonly say: string }
  /** What was asked for in the background is not done yet. */
  | { readonly waits: true }
) & {
  /** The words stop behind their beginning until the client is gone. */
  readonly holds?: true
  readonly inputTokens?: number
}

type Calls = Extract<Step, { calls: unknown }>

export class Progress {
  readonly #plan: Plan
  readonly #name: string
  readonly #seen = new Set<string>()
  readonly #reported = new Set<number>()
  #at = 0
  #prompt = 0

  /** @param name of the agent whose calls these are; '' for the session's own. */
  constructor(plan: Plan, name = '') {
    this.#plan = plan
    this.#name = name
  }

  /** The index of the step that the next turn will take; for faults that hit one step. */
  get at(): number {
    return this.#at
  }

  /** Goes on behind every step that a body answers. */
  advance(body: string): void {
    while (this.#at < this.#plan.steps.length - 1 && this.#isDone(body)) this.#at++
  }

  /** @param body of a request for a turn, whole or with only what is new. */
  next(body: string): Turn {
    this.advance(body)
    const step = this.#plan.steps[this.#at]!
    // Once: a client that has summed its history up and asks again is no longer full.
    const tokens =
      step.inputTokens === undefined || this.#reported.has(this.#at) ? {} : { inputTokens: step.inputTokens }
    this.#reported.add(this.#at)
    if ('say' in step) return { say: step.say, ...tokens, ...(step.isInterrupted ? { holds: true } : {}) }
    if (this.#isAsked(step)) return { waits: true }
    return { calls: step.calls.map((action, index) => ({ id: this.#id(this.#at, index), action })), ...tokens }
  }

  #isDone(body: string): boolean {
    const step = this.#plan.steps[this.#at]!
    if ('say' in step || step.isInterrupted) {
      const next = this.#plan.prompts[this.#prompt + 1]
      if (next === undefined || !body.includes(next)) return false
      this.#prompt++
      return true
    }
    for (const [index] of step.calls.entries()) {
      const id = this.#id(this.#at, index)
      if (body.includes(id) || this.#isAnsweredWithoutId(body, index)) this.#seen.add(id)
    }
    const told = step.calls.map((action) => action.kind !== 'delegate' || this.#isTold(action, body))
    return this.#isAsked(step) && told.every(Boolean)
  }

  #isAsked({ calls }: Calls): boolean {
    return calls.every((_, index) => this.#seen.has(this.#id(this.#at, index)))
  }

  /** A call for a subagent may be answered before the subagent has said its last words. */
  #isTold({ agent }: Action & { kind: 'delegate' }, body: string): boolean {
    const words = lastWords(agent)
    if (body.includes(words)) this.#seen.add(words)
    return this.#seen.has(words)
  }

  /** The Gemini client of the AI SDK sends no ids: there the count of results tells. */
  #isAnsweredWithoutId(body: string, index: number): boolean {
    const results = body.match(/"functionResponse":/g)?.length ?? 0
    if (results === 0 || body.includes('"id":"call_e2e')) return false
    const before = this.#plan.steps
      .slice(0, this.#at)
      .reduce((sum, step) => sum + ('calls' in step ? step.calls.length : 0), 0)
    return results > before + index
  }

  #id(step: number, index: number): string {
    return callId(this.#name, step, index)
  }
}
