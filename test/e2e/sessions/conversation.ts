// A conversation free of any wire format, and the request bodies that clients of each dialect send for it turn by turn.
import type { Dialect } from '../../../src/spec/wire.js'

export interface ToolCall {
  readonly id: string
  readonly name: string
  readonly input: unknown
}

export interface ToolAnswer {
  readonly id: string
  readonly text: string
  readonly isError: boolean
}

export type Step =
  | { readonly kind: 'user'; readonly texts: readonly string[] }
  | {
      readonly kind: 'assistant'
      readonly text: string
      readonly thinking?: string
      readonly calls: readonly ToolCall[]
    }
  | { readonly kind: 'results'; readonly answers: readonly ToolAnswer[] }

export interface Conversation {
  readonly name: string
  readonly agent: string
  readonly system: string
  readonly steps: readonly Step[]
}

/** Habits of one client. */
export interface ClientHabits {
  /** The cache marker of Anthropic clients: on the last block, on the last two user turns, or nowhere. */
  readonly marker: 'last' | 'last-two' | 'none'
  /** Tool results as a list of parts instead of a string. */
  readonly parts: boolean
  readonly toolsLast: boolean
  readonly systemLast: boolean
  /** The body names its session (`metadata.user_id`, `prompt_cache_key`). */
  readonly session: string | undefined
  /** Offers our retrieve tool; a shell is always offered. */
  readonly retrieve: boolean
  /** Short tool descriptions: prompts that stay near the least size that a provider caches. */
  readonly lean: boolean
  readonly model: Readonly<Record<Dialect, string>>
}

export const plainHabits: ClientHabits = {
  marker: 'last',
  parts: false,
  toolsLast: false,
  systemLast: false,
  session: undefined,
  retrieve: false,
  lean: false,
  model: {
    anthropic: 'claude-sonnet-4-5',
    'openai-chat': 'gpt-4.1',
    'openai-responses': 'gpt-5.1-codex',
    gemini: 'gemini-3-pro',
  },
}

type Json = Record<string, unknown>

const BASE_TOOLS = ['Bash', 'Read', 'Edit', 'Write', 'Grep', 'Glob', 'WebFetch']
const TOOL_WORDS =
  'Runs in the workspace and returns its output as text. Use absolute paths. Results longer than the limit are cut by the client. '.repeat(
    8,
  )

const wordsOn = (name: string, { lean }: ClientHabits): string => (lean ? name : `${name}: ${TOOL_WORDS}`)

const schemaOf = (): Json => ({
  type: 'object',
  properties: { value: { type: 'string', description: 'What to work on' }, limit: { type: 'number', default: 1.5 } },
  required: ['value'],
  additionalProperties: false,
})

const toolNames = (conversation: Conversation, { retrieve, lean }: ClientHabits): string[] => {
  const called = conversation.steps.flatMap((step) => (step.kind === 'assistant' ? step.calls : []))
  return [
    ...new Set([
      ...(lean ? [] : BASE_TOOLS),
      ...called.map((call) => call.name),
      ...(retrieve ? ['mcp__headroom__headroom_retrieve'] : []),
    ]),
  ]
}

/** Number of steps after which the client sends a request: whenever the assistant is to speak next. */
export const requestPoints = ({ steps }: Conversation): number[] => {
  const points = steps.flatMap((step, index) => (step.kind === 'assistant' && index > 0 ? [index] : []))
  return steps.at(-1)?.kind === 'assistant' ? points : [...points, steps.length]
}

export const bodyFor = (
  dialect: Dialect,
  conversation: Conversation,
  steps: readonly Step[],
  habits: ClientHabits,
): Buffer => Buffer.from(JSON.stringify(ENCODERS[dialect](conversation, steps, habits)))

type Encoder = (conversation: Conversation, steps: readonly Step[], habits: ClientHabits) => Json

const ordered = (
  habits: ClientHabits,
  parts: { head: Json; system: Json; list: Json; tools: Json; tail: Json },
): Json => ({
  ...parts.head,
  ...(habits.systemLast ? {} : parts.system),
  ...(habits.toolsLast ? {} : parts.tools),
  ...parts.list,
  ...(habits.systemLast ? parts.system : {}),
  ...(habits.toolsLast ? parts.tools : {}),
  ...parts.tail,
})

const MARK = { cache_control: { type: 'ephemeral' } }

const anthropicBody: Encoder = (conversation, steps, habits) => {
  const messages = mergeTurns(steps.flatMap((step) => anthropicMessages(step, habits)))
  markTurns(messages, habits)
  const tools = toolNames(conversation, habits).map((name) => ({
    name,
    description: wordsOn(name, habits),
    input_schema: schemaOf(),
  }))
  const system = [{ type: 'text', text: conversation.system, ...(habits.marker === 'none' ? {} : MARK) }]
  return ordered(habits, {
    head: { model: habits.model.anthropic, max_tokens: 32000, temperature: 1 },
    system: { system },
    tools: { tools },
    list: { messages },
    tail: {
      ...(habits.session === undefined
        ? {}
        : { metadata: { user_id: JSON.stringify({ device_id: 'd', session_id: habits.session }) } }),
      stream: true,
    },
  })
}

interface Message {
  readonly role: string
  content: string | Json[]
}

const anthropicMessages = (step: Step, habits: ClientHabits): Message[] => {
  if (step.kind === 'user') {
    const [only = ''] = step.texts
    return [
      { role: 'user', content: step.texts.length > 1 ? step.texts.map((text) => ({ type: 'text', text })) : only },
    ]
  }
  if (step.kind === 'assistant')
    return [
      {
        role: 'assistant',
        content: [
          ...(step.thinking === undefined
            ? []
            : [{ type: 'thinking', thinking: step.thinking, signature: 'EqQBCkYIBRgCKkDq/8s+vA==' }]),
          ...(step.text === '' ? [] : [{ type: 'text', text: step.text }]),
          ...step.calls.map(({ id, name, input }) => ({ type: 'tool_use', id, name, input })),
        ],
      },
    ]
  return [
    {
      role: 'user',
      content: step.answers.map(({ id, text, isError }) => ({
        tool_use_id: id,
        type: 'tool_result',
        content: habits.parts ? [{ type: 'text', text }] : text,
        ...(isError ? { is_error: true } : {}),
      })),
    },
  ]
}

const listOf = (content: string | Json[]): Json[] =>
  typeof content === 'string' ? [{ type: 'text', text: content }] : content

/** Turns of one role that follow each other become one, as the provider asks. */
const mergeTurns = (messages: readonly Message[]): Message[] => {
  const merged: Message[] = []
  for (const message of messages) {
    const last = merged.at(-1)
    if (last?.role === message.role) last.content = [...listOf(last.content), ...listOf(message.content)]
    else merged.push({ ...message })
  }
  return merged.filter(({ content }) => content.length > 0)
}

const markTurns = (messages: Message[], { marker }: ClientHabits): void => {
  const count = marker === 'none' ? 0 : marker === 'last' ? 1 : 2
  for (const message of messages.filter(({ role }) => role === 'user').slice(-count || messages.length)) {
    const parts = listOf(message.content)
    message.content = parts.map((part, index) => (index === parts.length - 1 ? { ...part, ...MARK } : part))
  }
}

const chatBody: Encoder = (conversation, steps, habits) => {
  const textOf = (text: string): unknown => (habits.parts ? [{ type: 'text', text }] : text)
  const messages: Json[] = [{ role: 'system', content: conversation.system }]
  for (const step of steps) {
    if (step.kind === 'user') for (const text of step.texts) messages.push({ role: 'user', content: textOf(text) })
    else if (step.kind === 'assistant')
      messages.push({
        role: 'assistant',
        content: step.text === '' ? null : step.text,
        ...(step.calls.length === 0
          ? {}
          : {
              tool_calls: step.calls.map(({ id, name, input }) => ({
                id,
                type: 'function',
                function: { name, arguments: JSON.stringify(input) },
              })),
            }),
      })
    else
      for (const { id, text } of step.answers) messages.push({ role: 'tool', tool_call_id: id, content: textOf(text) })
  }
  const tools = toolNames(conversation, habits).map((name) => ({
    type: 'function',
    function: { name, description: wordsOn(name, habits), parameters: schemaOf() },
  }))
  return ordered(habits, {
    head: { model: habits.model['openai-chat'], stream: true },
    system: {},
    tools: { tools },
    list: { messages },
    tail: habits.session === undefined ? {} : { prompt_cache_key: habits.session },
  })
}

const responsesBody: Encoder = (conversation, steps, habits) => {
  const input = steps.flatMap((step) => responsesItems(step, habits))
  const tools = toolNames(conversation, habits).map((name) => ({
    type: 'function',
    name,
    description: wordsOn(name, habits),
    strict: false,
    parameters: schemaOf(),
  }))
  return ordered(habits, {
    head: { model: habits.model['openai-responses'] },
    system: { instructions: conversation.system },
    tools: { tools },
    list: { input },
    tail: {
      store: false,
      stream: true,
      include: ['reasoning.encrypted_content'],
      ...(habits.session === undefined ? {} : { prompt_cache_key: habits.session }),
    },
  })
}

const responsesItems = (step: Step, habits: ClientHabits): Json[] => {
  if (step.kind === 'user')
    return [{ type: 'message', role: 'user', content: step.texts.map((text) => ({ type: 'input_text', text })) }]
  if (step.kind === 'results')
    return step.answers.map(({ id, text }) => ({
      type: 'function_call_output',
      call_id: id,
      output: habits.parts ? [{ type: 'input_text', text }] : text,
    }))
  return [
    ...(step.thinking === undefined
      ? []
      : [{ type: 'reasoning', summary: [], encrypted_content: 'gAAAAABo8k+/=='.repeat(9) }]),
    ...(step.text === ''
      ? []
      : [{ type: 'message', role: 'assistant', content: [{ type: 'output_text', text: step.text }] }]),
    ...step.calls.map(({ id, name, input }) => ({
      type: 'function_call',
      call_id: id,
      name,
      arguments: JSON.stringify(input),
    })),
  ]
}

const geminiBody: Encoder = (conversation, steps, habits) => {
  const names = new Map<string, string>()
  const contents = steps.map((step): Json => {
    if (step.kind === 'user') return { role: 'user', parts: step.texts.map((text) => ({ text })) }
    if (step.kind === 'results')
      return {
        role: 'user',
        parts: step.answers.map(({ id, text, isError }) => ({
          functionResponse: { id, name: names.get(id), response: { [isError ? 'error' : 'output']: text } },
        })),
      }
    for (const { id, name } of step.calls) names.set(id, name)
    return {
      role: 'model',
      parts: [
        ...(step.text === '' ? [] : [{ text: step.text }]),
        ...step.calls.map(({ id, name, input }) => ({
          functionCall: { id, name, args: input },
          thoughtSignature: 'CikB==',
        })),
      ],
    }
  })
  const declarations = toolNames(conversation, habits).map((name) => ({
    name,
    description: wordsOn(name, habits),
    parametersJsonSchema: schemaOf(),
  }))
  return ordered(habits, {
    head: {},
    system: { systemInstruction: { parts: [{ text: conversation.system }] } },
    tools: { tools: [{ functionDeclarations: declarations }] },
    list: { contents },
    tail: { generationConfig: { temperature: 1 } },
  })
}

const ENCODERS: Readonly<Record<Dialect, Encoder>> = {
  anthropic: anthropicBody,
  'openai-chat': chatBody,
  'openai-responses': responsesBody,
  gemini: geminiBody,
}
