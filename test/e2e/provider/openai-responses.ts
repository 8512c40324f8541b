// The Responses API as the scripted provider answers it, over HTTP and over a WebSocket.
import type { WebSocket } from 'ws'
import { type Answering, type Event, nextId, type Said, sendEvents, sendWhole, upToWords } from './answer.js'

type Item = Readonly<Record<string, unknown>> & { readonly id: string }

/** Codex, with the built-in provider, leaves summing up to the provider and gets something that it cannot read. */
const isRemoteCompaction = ({ input }: Answering['parsed']): boolean =>
  Array.isArray(input) && (input.at(-1) as { type?: unknown } | undefined)?.type === 'compaction_trigger'

const compacted = (summary: string): Item => ({
  type: 'compaction',
  id: nextId('cmp'),
  encrypted_content: Buffer.from(summary).toString('base64'),
})

const itemsOf = (said: Said): Item[] =>
  'calls' in said
    ? said.calls.map(({ id, name, input, text, namespace }) =>
        text === undefined
          ? {
              type: 'function_call',
              id: nextId('fc'),
              call_id: id,
              name,
              ...(namespace === undefined ? {} : { namespace }),
              arguments: JSON.stringify(input),
              status: 'completed',
            }
          : {
              type: 'custom_tool_call',
              id: nextId('ctc'),
              call_id: id,
              name,
              ...(namespace === undefined ? {} : { namespace }),
              input: text,
              status: 'completed',
            },
      )
    : [
        {
          type: 'message',
          id: nextId('msg'),
          role: 'assistant',
          status: 'completed',
          content: [{ type: 'output_text', text: said.say, annotations: [] }],
        },
      ]

type Responding = Pick<Answering, 'said' | 'parsed' | 'inputTokens'>

const eventsOf = ({ said, parsed, inputTokens }: Responding): { response: object; events: Event[] } => {
  const isMessage = 'say' in said && !isRemoteCompaction(parsed)
  const output = 'say' in said && !isMessage ? [compacted(said.say)] : itemsOf(said)
  const usage = {
    input_tokens: inputTokens,
    input_tokens_details: { cached_tokens: 10 },
    output_tokens: 5,
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: inputTokens + 5,
  }
  const response = {
    id: nextId('resp'),
    object: 'response',
    created_at: 1,
    model: String(parsed.model),
    status: 'completed',
    output,
    usage,
    parallel_tool_calls: true,
    tools: [],
    error: null,
  }
  const list: (Readonly<Record<string, unknown>> & { type: string })[] = [
    { type: 'response.created', response: { ...response, status: 'in_progress', output: [], usage: null } },
  ]
  for (const [output_index, item] of output.entries()) {
    const started = isMessage ? { ...item, content: [] } : item
    list.push({ type: 'response.output_item.added', output_index, item: { ...started, status: 'in_progress' } })
    if (isMessage) list.push(...wordEvents(item.id, said.say))
    list.push({ type: 'response.output_item.done', output_index, item })
  }
  list.push({ type: 'response.completed', response })
  return { response, events: list.map((event, at) => [event.type, { ...event, sequence_number: at }]) }
}

const wordEvents = (item_id: string, text: string): (Readonly<Record<string, unknown>> & { type: string })[] => {
  const at = { item_id, output_index: 0, content_index: 0 }
  const part = { type: 'output_text', text, annotations: [] }
  return [
    { type: 'response.content_part.added', ...at, part: { ...part, text: '' } },
    { type: 'response.output_text.delta', ...at, delta: text, logprobs: [] },
    { type: 'response.output_text.done', ...at, text, logprobs: [] },
    { type: 'response.content_part.done', ...at, part },
  ]
}

export const responses = (answering: Answering): void => {
  const { response, events } = eventsOf(answering)
  if (answering.parsed.stream === true) sendEvents(answering, events)
  else sendWhole(answering, response)
}

/** The same events as frames. The frame that only warms a connection up gets an empty answer. */
export const responseFrames = (client: WebSocket, responding: Responding & Pick<Answering, 'holds'>): void => {
  const { events } = eventsOf(responding)
  const warms = responding.parsed.generate === false
  for (const [name, event] of responding.holds ? events.slice(0, upToWords(events, responding.said)) : events) {
    if (!warms || name === 'response.created') client.send(JSON.stringify(event))
    else if (name === 'response.completed') {
      const { response } = event as { response: object }
      client.send(JSON.stringify({ ...(event as object), response: { ...response, output: [] } }))
    }
  }
}
