// The Messages API as the scripted provider answers it.
import { type Answering, type Event, nextId, sendEvents, sendWhole } from './answer.js'

type Block = { type: 'tool_use'; id: string; name: string; input: object } | { type: 'text'; text: string }

const blockEvents = (block: Block, index: number): Event[] => {
  const isCall = block.type === 'tool_use'
  const start = isCall ? { ...block, input: {} } : { type: 'text', text: '' }
  const delta = isCall
    ? { type: 'input_json_delta', partial_json: JSON.stringify(block.input) }
    : { type: 'text_delta', text: block.text }
  return [
    ['content_block_start', { type: 'content_block_start', index, content_block: start }],
    ['content_block_delta', { type: 'content_block_delta', index, delta }],
    ['content_block_stop', { type: 'content_block_stop', index }],
  ]
}

export const anthropic = (answering: Answering): unknown => {
  const { parsed, said } = answering
  const content: Block[] =
    'calls' in said
      ? said.calls.map(({ id, name, input }) => ({ type: 'tool_use', id, name, input }))
      : [{ type: 'text', text: said.say }]
  const stop = 'calls' in said ? 'tool_use' : 'end_turn'
  const message = {
    id: nextId('msg'),
    type: 'message',
    role: 'assistant',
    model: String(parsed.model),
    stop_sequence: null,
    usage: {
      input_tokens: answering.inputTokens,
      output_tokens: 5,
      cache_read_input_tokens: 10,
      cache_creation_input_tokens: 20,
    },
  }
  if (parsed.stream !== true) return sendWhole(answering, { ...message, content, stop_reason: stop })
  sendEvents(answering, [
    ['message_start', { type: 'message_start', message: { ...message, content: [], stop_reason: null } }],
    ['ping', { type: 'ping' }],
    ...content.flatMap(blockEvents),
    [
      'message_delta',
      { type: 'message_delta', delta: { stop_reason: stop, stop_sequence: null }, usage: { output_tokens: 5 } },
    ],
    ['message_stop', { type: 'message_stop' }],
  ])
}
