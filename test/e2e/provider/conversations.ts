// Which agent of a session a request belongs to, and how far each has come. Requests of a parent and its subagents arrive in any
// order; the words that an agent was asked with tell them apart.
import { type Plan, subagentsOf } from '../plan.js'
import { Progress } from './progress.js'
import type { Offered } from './schema.js'

type Json = Readonly<Record<string, unknown>>

export interface Conversation {
  /** Of the subagent; '' for the session's own agent. */
  readonly agent: string
  readonly progress: Progress
  /** The tools of its latest request that named any. */
  offered: readonly Offered[]
}

const listOf = (value: unknown): readonly Json[] =>
  Array.isArray(value) ? value.filter((one): one is Json => typeof one === 'object' && one !== null) : []

/** Texts that were put to the model, in order; results of tools are none. */
const askedIn = ({ messages, contents, input }: Json): string[] =>
  [messages, contents, input].flatMap((turns) =>
    typeof turns === 'string' ? [turns] : listOf(turns).flatMap((turn) => (isAsking(turn) ? textsOf(turn) : [])),
  )

/** Codex hands a task over as a message between agents, encrypted by a real provider. */
const isAsking = ({ role, type }: Json): boolean => role === 'user' || type === 'agent_message'

const textsOf = ({ content, parts }: Json): string[] => {
  const value = content ?? parts
  if (typeof value === 'string') return [value]
  return listOf(value).flatMap(({ text, encrypted_content: task }) =>
    [text, task].filter((one) => typeof one === 'string'),
  )
}

export class Conversations {
  readonly #own: Conversation
  /** Each text that an agent is asked with. */
  readonly #asked: (readonly [text: string, conversation: Conversation])[]

  constructor(plan: Plan) {
    this.#own = { agent: '', progress: new Progress(plan), offered: [] }
    this.#asked = plan.prompts.map((prompt) => [prompt, this.#own])
    for (const { name, task, steps } of subagentsOf(plan))
      this.#asked.push([task, { agent: name, progress: new Progress({ prompts: [task], steps }, name), offered: [] }])
  }

  /**
   * The agent that was asked last: a subagent may have inherited what its parent was asked.
   * @param before of the same connection; its agent goes on where the request asks nothing
   */
  of(request: Json, before: Conversation | undefined): Conversation {
    const texts = askedIn(request)
    for (let at = texts.length - 1; at >= 0; at--) {
      const last = this.#asked
        .map(([text, conversation]) => ({ conversation, at: texts[at]!.lastIndexOf(text) }))
        .reduce((best, one) => (one.at > best.at ? one : best))
      if (last.at >= 0) return last.conversation
    }
    return before ?? this.#own
  }
}
