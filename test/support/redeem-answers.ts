// Answers of a scripted model in the form of four APIs: at once, or in as many events as the real ones stream.

export type Name = 'anthropic' | 'openai-chat' | 'openai-responses' | 'gemini'

/** `own`: a call of our tool for the newest original that the request names. */
export type Part =
  | { readonly think: string }
  | { readonly say: string }
  | { readonly own: object; readonly broken?: true }
  | { readonly call: string; readonly args: object }

export interface Script {
  readonly parts: readonly Part[]
  /** Answers with this status in place of a model's answer. */
  readonly status?: number
  readonly stop?: string
  readonly gzip?: true
  readonly zstd?: true
  /** What is said in place of a model's answer, as it is. */
  readonly raw?: string
  /** Line ends in front of an answer that is no stream. */
  readonly awake?: true
  /** Sends this many events, then waits for good. */
  readonly hangAfter?: number
}

// biome-ignore lint/suspicious/noExplicitAny: bodies of four APIs are read as they come
export type Dict = Record<string, any>

export interface Said {
  readonly text: string
  readonly thoughts: readonly string[]
  readonly calls: readonly { readonly id: string; readonly name: string; readonly args: unknown }[]
}

export interface Told {
  readonly part: Part
  readonly id: string
}

export const saidOf = (turn: readonly Told[]): Said => ({
  text: turn.map(({ part }) => ('say' in part ? part.say : '')).join(''),
  thoughts: turn.flatMap(({ part }) => ('think' in part ? [part.think] : [])),
  calls: turn.flatMap(({ part, id }) =>
    'own' in part
      ? part.broken
        ? []
        : [{ id, name: 'headroom_retrieve', args: part.own }]
      : 'call' in part
        ? [{ id, name: part.call, args: part.args }]
        : [],
  ),
})

export interface Answer {
  readonly name: Name
  readonly turn: readonly Told[]
  readonly script: Script
  readonly stream: boolean
  readonly id: string
}

type Events = (readonly [string, object | string])[]

/** Words as a model streams them: a few characters at a time. */
const pieces = (text: string): string[] => text.match(/[\s\S]{1,7}/gu) ?? []
const argsOf = ({ part }: Told): string =>
  'own' in part ? (part.broken ? '{"ref":' : JSON.stringify(part.own)) : JSON.stringify((part as { args: object }).args)
const toolName = (part: Part): string => ('call' in part ? part.call : 'headroom_retrieve')
const isCall = ({ part }: Told): boolean => 'own' in part || 'call' in part

const anthropicBlock = (told: Told): Dict => {
  const { part, id } = told
  if ('say' in part) return { type: 'text', text: part.say }
  if ('think' in part) return { type: 'thinking', thinking: part.think, signature: `sig-${part.think}` }
  return { type: 'tool_use', id, name: toolName(part), input: JSON.parse(argsOf(told).replace(/:$/, ':0}')) }
}

const anthropicStop = ({ turn, script }: Answer): string => script.stop ?? (turn.some(isCall) ? 'tool_use' : 'end_turn')
const ANTHROPIC_USAGE = {
  input_tokens: 100,
  output_tokens: 10,
  cache_read_input_tokens: 50,
  cache_creation: { ephemeral_5m_input_tokens: 3 },
}
const CHAT_USAGE = {
  prompt_tokens: 100,
  completion_tokens: 10,
  total_tokens: 110,
  prompt_tokens_details: { cached_tokens: 50 },
}
const RESPONSES_USAGE = {
  input_tokens: 100,
  output_tokens: 10,
  total_tokens: 110,
  input_tokens_details: { cached_tokens: 50 },
}
const GEMINI_USAGE = { promptTokenCount: 100, candidatesTokenCount: 10, totalTokenCount: 110 }

const chatCall = (told: Told): Dict => ({
  id: told.id,
  type: 'function',
  function: { name: toolName(told.part), arguments: argsOf(told) },
})
const chatFinish = ({ turn, script }: Answer): string => script.stop ?? (turn.some(isCall) ? 'tool_calls' : 'stop')

const responsesItem = (told: Told, index: number, id: string): Dict => {
  const { part } = told
  if ('say' in part)
    return {
      id: `msg_${id}_${index}`,
      type: 'message',
      role: 'assistant',
      status: 'completed',
      content: [{ type: 'output_text', text: part.say, annotations: [] }],
    }
  if ('think' in part) return { id: `rs_${id}_${index}`, type: 'reasoning', summary: [], encrypted_content: part.think }
  return {
    id: `fc_${id}_${index}`,
    type: 'function_call',
    status: 'completed',
    call_id: told.id,
    name: toolName(part),
    arguments: argsOf(told),
  }
}

const geminiPart = (told: Told): Dict => {
  const { part } = told
  if ('say' in part) return { text: part.say }
  if ('think' in part) return { text: part.think, thought: true, thoughtSignature: part.think }
  return { functionCall: { name: toolName(part), args: JSON.parse(argsOf(told).replace(/:$/, ':0}')) } }
}

export const whole: Record<Name, (one: Answer) => Dict> = {
  anthropic: (one) => ({
    id: `msg_${one.id}`,
    type: 'message',
    role: 'assistant',
    model: 'claude-x',
    content: one.turn.map(anthropicBlock),
    stop_reason: anthropicStop(one),
    stop_sequence: null,
    usage: ANTHROPIC_USAGE,
  }),
  'openai-chat': (one) => ({
    id: `chatcmpl_${one.id}`,
    object: 'chat.completion',
    created: 1,
    model: 'gpt-x',
    choices: [
      {
        index: 0,
        message: {
          role: 'assistant',
          content: saidOf(one.turn).text || null,
          ...(one.turn.some(isCall) ? { tool_calls: one.turn.filter(isCall).map(chatCall) } : {}),
        },
        finish_reason: chatFinish(one),
      },
    ],
    usage: CHAT_USAGE,
  }),
  'openai-responses': (one) => ({
    id: `resp_${one.id}`,
    object: 'response',
    created_at: 1,
    status: one.script.stop ?? 'completed',
    model: 'gpt-x',
    output: one.turn.map((told, index) => responsesItem(told, index, one.id)),
    usage: RESPONSES_USAGE,
  }),
  gemini: (one) => ({
    candidates: [
      {
        index: 0,
        content: { role: 'model', parts: one.turn.map(geminiPart) },
        finishReason: one.script.stop ?? 'STOP',
      },
    ],
    usageMetadata: GEMINI_USAGE,
    responseId: one.id,
  }),
}

export const streamed: Record<Name, (one: Answer) => Events> = {
  anthropic: (one) => {
    const events: Events = [
      [
        'message_start',
        {
          type: 'message_start',
          message: {
            ...whole.anthropic(one),
            content: [],
            stop_reason: null,
            usage: { ...ANTHROPIC_USAGE, output_tokens: 1 },
          },
        },
      ],
      ['ping', { type: 'ping' }],
    ]
    for (const [index, told] of one.turn.entries()) {
      const block = anthropicBlock(told)
      const delta = (value: object): void =>
        void events.push(['content_block_delta', { type: 'content_block_delta', index, delta: value }])
      const empty = {
        ...block,
        ...('text' in block ? { text: '' } : 'thinking' in block ? { thinking: '', signature: '' } : { input: {} }),
      }
      events.push(['content_block_start', { type: 'content_block_start', index, content_block: empty }])
      if ('text' in block) for (const text of pieces(block.text)) delta({ type: 'text_delta', text })
      else if ('thinking' in block) {
        for (const thinking of pieces(block.thinking)) delta({ type: 'thinking_delta', thinking })
        delta({ type: 'signature_delta', signature: block.signature })
      } else for (const partial_json of ['', ...pieces(argsOf(told))]) delta({ type: 'input_json_delta', partial_json })
      events.push(['content_block_stop', { type: 'content_block_stop', index }])
    }
    events.push([
      'message_delta',
      {
        type: 'message_delta',
        delta: { stop_reason: anthropicStop(one), stop_sequence: null },
        usage: { output_tokens: 10 },
      },
    ])
    return [...events, ['message_stop', { type: 'message_stop' }]]
  },
  'openai-chat': (one) => {
    const base = {
      id: `chatcmpl_${one.id}`,
      object: 'chat.completion.chunk',
      created: Number(one.id.slice(1)),
      model: 'gpt-x',
    }
    const chunk = (delta: object, finish_reason: string | null = null): readonly [string, object] => [
      '',
      { ...base, choices: [{ index: 0, delta, finish_reason }] },
    ]
    const events: Events = [chunk({ role: 'assistant', content: '' })]
    for (const text of pieces(saidOf(one.turn).text)) events.push(chunk({ content: text }))
    for (const [index, told] of one.turn.filter(isCall).entries()) {
      const { function: fn, ...call } = chatCall(told)
      events.push(chunk({ tool_calls: [{ index, ...call, function: { name: fn.name, arguments: '' } }] }))
      for (const part of pieces(fn.arguments))
        events.push(chunk({ tool_calls: [{ index, function: { arguments: part } }] }))
    }
    events.push(chunk({}, chatFinish(one)), ['', { ...base, choices: [], usage: CHAT_USAGE }])
    return [...events, ['', '[DONE]']]
  },
  'openai-responses': (one) => {
    let sequence_number = 0
    const events: Events = []
    const say = (type: string, more: object): void =>
      void events.push([type, { type, sequence_number: sequence_number++, ...more }])
    const response = whole['openai-responses'](one)
    say('response.created', { response: { ...response, status: 'in_progress', output: [], usage: null } })
    say('response.in_progress', { response: { ...response, status: 'in_progress', output: [], usage: null } })
    for (const [output_index, told] of one.turn.entries()) {
      const item = responsesItem(told, output_index, one.id)
      const at = { output_index, item_id: item.id }
      say('response.output_item.added', {
        output_index,
        item: { ...item, ...(item.content ? { content: [] } : item.arguments ? { arguments: '' } : {}) },
      })
      if (item.content) {
        say('response.content_part.added', {
          ...at,
          content_index: 0,
          part: { type: 'output_text', text: '', annotations: [] },
        })
        for (const delta of pieces(item.content[0].text))
          say('response.output_text.delta', { ...at, content_index: 0, delta })
        say('response.output_text.done', { ...at, content_index: 0, text: item.content[0].text })
        say('response.content_part.done', { ...at, content_index: 0, part: item.content[0] })
      }
      if (item.arguments) {
        for (const delta of pieces(item.arguments)) say('response.function_call_arguments.delta', { ...at, delta })
        say('response.function_call_arguments.done', { ...at, arguments: item.arguments })
      }
      say('response.output_item.done', { output_index, item })
    }
    say(`response.${one.script.stop ?? 'completed'}`, { response })
    return events
  },
  gemini: (one) => {
    const chunk = (parts: Dict[], more: object = {}): readonly [string, object] => [
      '',
      {
        candidates: [{ index: 0, content: { role: 'model', parts }, ...more }],
        usageMetadata: GEMINI_USAGE,
        responseId: one.id,
      },
    ]
    const events: Events = []
    for (const told of one.turn) {
      const part = geminiPart(told)
      if (part.text === undefined || part.thought) events.push(chunk([part]))
      else for (const text of pieces(part.text)) events.push(chunk([{ text }]))
    }
    return [...events, chunk([{ text: '' }], { finishReason: one.script.stop ?? 'STOP' })]
  },
}
