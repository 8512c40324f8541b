// A list of messages as an API takes it, in the shapes of OpenAI chat and of Anthropic, read as a conversation.
import type { Dialect } from '../../spec/wire.js'
import { asObject, asObjects, asText, type Json, parsed, textOf, withImages } from '../json.js'
import type { SessionAnswer, SessionCall, SessionEvent, SessionTool } from '../model.js'
import { Turn } from '../turns.js'

export interface Conversation {
  readonly messages: readonly Json[]
  readonly system?: string
  readonly tools: readonly SessionTool[]
  readonly model?: string
}

/** Anthropic's messages hold calls and results as parts of their content. */
export const dialectOf = ({ messages, system }: Conversation): Dialect =>
  system !== undefined ||
  messages.some(({ content }) => asObjects(content).some(({ type }) => type === 'tool_use' || type === 'tool_result'))
    ? 'anthropic'
    : 'openai-chat'

export function* eventsOf(conversation: Conversation): Generator<SessionEvent> {
  const { messages, tools, model } = conversation
  const system =
    conversation.system ??
    messages.flatMap(({ role, content }) => (role === 'system' ? [textOf(content).text] : [])).join('\n\n')
  yield {
    kind: 'setup',
    thread: '',
    ...(system === '' ? {} : { system }),
    ...(tools.length > 0 ? { tools } : {}),
    ...(model === undefined ? {} : { model }),
  }
  const turn = new Turn()
  const ids = oldIds()
  let answers = 0
  for (const message of messages) {
    if (message.role === 'assistant') {
      const { text } = textOf(message.content)
      yield* turn.answer(
        { text, calls: callsOf(message, ids), ...(model === undefined ? {} : { model }) },
        // Two answers in a row, as some recordings have them, are one.
        String(turn.isAnswered || !turn.hasAnswer ? ++answers : answers),
      )
    } else if (message.role !== 'system') readOther(message, turn, ids)
  }
  yield* turn.flush()
}

/** Calls of the older `function_call` form have no ids; their results follow at once. */
interface OldIds {
  next(): string
  readonly last: string
}

const oldIds = (): OldIds => {
  let count = 0
  return {
    next: () => `old_${count++}`,
    get last() {
      return `old_${count - 1}`
    },
  }
}

const callsOf = (message: Json, ids: OldIds): SessionCall[] => [
  ...asObjects(message.tool_calls).map((call) => callOf(asText(call.id), asObject(call.function))),
  ...(typeof message.function_call === 'object' && message.function_call !== null
    ? [callOf(ids.next(), asObject(message.function_call))]
    : []),
  ...asObjects(message.content).flatMap((part) =>
    part.type === 'tool_use' ? [{ id: asText(part.id), name: asText(part.name), input: part.input }] : [],
  ),
]

const callOf = (id: string, { name, arguments: input }: Json): SessionCall => {
  const text = asText(input)
  return { id, name: asText(name), input: typeof input === 'string' ? (parsed(text) ?? text) : input }
}

const readOther = (message: Json, turn: Turn, ids: OldIds): void => {
  const { text, images } = textOf(message.content)
  if (message.role === 'tool' || message.role === 'function') {
    const id = asText(message.tool_call_id) || ids.last
    turn.results([{ id, text, isError: false, ...withImages(images) }])
    return
  }
  const answers = asObjects(message.content).flatMap((part): SessionAnswer[] => {
    if (part.type !== 'tool_result') return []
    const inner = textOf(part.content)
    const id = asText(part.tool_use_id)
    return [{ id, text: inner.text, isError: part.is_error === true, ...withImages(inner.images) }]
  })
  if (answers.length > 0) turn.results(answers)
  turn.user({ texts: text === '' ? [] : [text], ...withImages(images) })
}
