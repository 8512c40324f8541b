// One turn of an agent that ran a build, in each dialect, and a provider's streamed answer to it.
import type { Dialect } from '../../spec/wire.js'
import { sampleLog } from './sample.js'

const LINES = 1_000
const COMMAND = 'npm run build'
const QUESTION = 'Why does the build fail?'
/** A way back, so that something may be left out. */
const RETRIEVE = 'mcp__headroom__headroom_retrieve'
const SCHEMA = { type: 'object', properties: {} }

export interface CanaryRequest {
  readonly body: Buffer
  /** Byte range of the only string that may change, quotes included. */
  readonly start: number
  readonly end: number
}

const BODIES: Readonly<Record<Dialect, (result: string) => object>> = {
  anthropic: (result) => ({
    model: 'claude-sonnet-4-5',
    max_tokens: 16,
    stream: true,
    tools: ['Bash', RETRIEVE].map((name) => ({ name, description: 'run', input_schema: SCHEMA })),
    messages: [
      { role: 'user', content: QUESTION },
      {
        role: 'assistant',
        content: [{ type: 'tool_use', id: 'toolu_1', name: 'Bash', input: { command: COMMAND } }],
      },
      { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'toolu_1', content: result }] },
    ],
  }),
  'openai-chat': (result) => ({
    model: 'gpt-5.1',
    stream: true,
    tools: ['bash', RETRIEVE].map((name) => ({ type: 'function', function: { name, parameters: SCHEMA } })),
    messages: [
      { role: 'user', content: QUESTION },
      {
        role: 'assistant',
        content: null,
        tool_calls: [
          {
            id: 'call_1',
            type: 'function',
            function: { name: 'bash', arguments: JSON.stringify({ command: COMMAND }) },
          },
        ],
      },
      { role: 'tool', tool_call_id: 'call_1', content: result },
    ],
  }),
  'openai-responses': (result) => ({
    model: 'gpt-5.1',
    stream: true,
    store: false,
    tools: ['shell', RETRIEVE].map((name) => ({ type: 'function', name, parameters: SCHEMA })),
    input: [
      { role: 'user', content: [{ type: 'input_text', text: QUESTION }] },
      { type: 'function_call', call_id: 'call_1', name: 'shell', arguments: JSON.stringify({ command: COMMAND }) },
      { type: 'function_call_output', call_id: 'call_1', output: result },
    ],
  }),
  gemini: (result) => ({
    contents: [
      { role: 'user', parts: [{ text: QUESTION }] },
      { role: 'model', parts: [{ functionCall: { id: '1', name: 'run_shell_command', args: { command: COMMAND } } }] },
      {
        role: 'user',
        parts: [{ functionResponse: { id: '1', name: 'run_shell_command', response: { output: result } } }],
      },
    ],
    tools: [{ functionDeclarations: ['run_shell_command', RETRIEVE].map((name) => ({ name, parameters: SCHEMA })) }],
  }),
}

export const canaryRequest = (dialect: Dialect): CanaryRequest => {
  const result = sampleLog(LINES)
  const body = Buffer.from(JSON.stringify(BODIES[dialect](result)))
  const literal = Buffer.from(JSON.stringify(result))
  const start = body.indexOf(literal)
  return { body, start, end: start + literal.length }
}

export interface CanaryAnswer {
  /** Events as they come from the provider; the second part comes when the first has arrived. */
  readonly parts: readonly [string, string]
}

const named = (type: string, fields: object = {}): string =>
  `event: ${type}\ndata: ${JSON.stringify({ type, ...fields })}\n\n`
const data = (value: object): string => `data: ${JSON.stringify(value)}\n\n`
const chunk = (delta: object, finish: string | null): string =>
  data({
    id: 'c1',
    object: 'chat.completion.chunk',
    model: 'gpt-5.1',
    choices: [{ index: 0, delta, finish_reason: finish }],
  })
const candidate = (text: string, more: object): string =>
  data({ candidates: [{ content: { role: 'model', parts: [{ text }] }, ...more }] })

export const CANARY_ANSWERS: Readonly<Record<Dialect, CanaryAnswer>> = {
  anthropic: {
    parts: [
      named('message_start', {
        message: {
          id: 'msg_1',
          type: 'message',
          role: 'assistant',
          model: 'claude-sonnet-4-5',
          content: [],
          usage: { input_tokens: 10, output_tokens: 1 },
        },
      }) + named('content_block_start', { index: 0, content_block: { type: 'text', text: '' } }),
      named('content_block_delta', { index: 0, delta: { type: 'text_delta', text: 'seen ✓' } }) +
        named('content_block_stop', { index: 0 }) +
        named('message_delta', { delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 2 } }) +
        named('message_stop'),
    ],
  },
  'openai-chat': {
    parts: [chunk({ role: 'assistant', content: '' }, null), `${chunk({ content: 'seen ✓' }, 'stop')}data: [DONE]\n\n`],
  },
  'openai-responses': {
    parts: [
      named('response.created', { response: { id: 'resp_1', status: 'in_progress' } }),
      named('response.output_text.delta', { item_id: 'msg_1', delta: 'seen ✓' }) +
        named('response.completed', {
          response: { id: 'resp_1', status: 'completed', usage: { input_tokens: 10, output_tokens: 2 } },
        }),
    ],
  },
  gemini: { parts: [candidate('seen', {}), candidate(' ✓', { finishReason: 'STOP' })] },
}
