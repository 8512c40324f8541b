// The client's side of four APIs, put together as the official libraries do it, and as strict about what an answer may look like.
import { type Answer, call, headerValues } from './proxy-client.js'
import type { Dict, Name } from './redeem-model.js'

/** One answer as the client has it. */
export interface Shown {
  readonly text: string
  readonly calls: readonly { readonly id: string; readonly name: string; readonly args: unknown }[]
  readonly stop: string
  /** Input and output as the answer counts them. */
  readonly usage: { readonly input: number; readonly output: number }
  /** Turn as it goes into the history. */
  readonly entries: readonly Dict[]
}

export interface Client {
  readonly body: Dict
  readonly path: string
  user(text: string): void
  results(texts: readonly string[]): void
  send(port: number): Promise<Shown>
  /** The answer to the very body, without reading it. */
  raw(port: number): Promise<Answer>
}

interface Api {
  readonly list: string
  path(stream: boolean): string
  tools(names: readonly string[]): unknown
  user(text: string): Dict
  results(shown: Shown, texts: readonly string[]): Dict[]
  whole(json: Dict): Shown
  events(events: readonly Dict[]): Shown
}

const EMPTY: Shown = { text: '', calls: [], stop: '', usage: { input: 0, output: 0 }, entries: [] }
const SCHEMA = { type: 'object', properties: { command: { type: 'string' } } }
const must = (holds: boolean, what: string): void => {
  if (!holds) throw new Error(what)
}

export const clientOf = (name: Name, stream: boolean, tools: readonly string[] = ['Query']): Client => {
  const api = apis[name]
  const body: Dict = {
    ...(name === 'gemini' ? {} : { model: 'm-1', stream }),
    ...(name === 'anthropic' ? { max_tokens: 1000 } : {}),
    ...(tools.length === 0 ? {} : { tools: api.tools(tools) }),
    [api.list]: [],
  }
  let last = EMPTY
  const raw = (port: number): Promise<Answer> =>
    call({
      port,
      method: 'POST',
      path: api.path(stream),
      headers: ['content-type', 'application/json'],
      body: JSON.stringify(body),
    })
  return {
    body,
    path: api.path(stream),
    user: (text) => void body[api.list].push(api.user(text)),
    results: (texts) => void body[api.list].push(...api.results(last, texts)),
    raw,
    async send(port) {
      const answer = await raw(port)
      must(answer.status === 200, `status ${answer.status}: ${answer.body.toString()}`)
      must(answer.complete, 'the answer broke off')
      const streamed = headerValues(answer.rawHeaders, 'content-type')[0]?.startsWith('text/event-stream') ?? false
      must(streamed === stream, 'the kind of the answer changed')
      last = streamed
        ? api.events(eventsOf(answer.body.toString()))
        : api.whole(JSON.parse(answer.body.toString()) as Dict)
      must(!answer.body.includes('headroom_retrieve'), 'the client saw a call of ours')
      body[api.list].push(...last.entries)
      return last
    },
  }
}

export const eventsOf = (text: string): Dict[] =>
  text
    .split('\n\n')
    .flatMap((event) => event.split('\n').filter((line) => line.startsWith('data: ')))
    .map((line) => line.slice(6))
    .flatMap((data) => (data === '[DONE]' ? [{ done: true }] : [JSON.parse(data) as Dict]))

const anthropic: Api = {
  list: 'messages',
  path: () => '/v1/messages?beta=true',
  tools: (names) =>
    names.map((tool) => ({ name: tool, description: 'd', input_schema: SCHEMA, cache_control: { type: 'ephemeral' } })),
  user: (text) => ({ role: 'user', content: text }),
  results: ({ calls }, texts) => [
    {
      role: 'user',
      content: calls.map(({ id }, index) => ({ type: 'tool_result', tool_use_id: id, content: texts[index] })),
    },
  ],
  whole: ({ content, stop_reason, usage }) => ({
    text: content.map((block: Dict) => block.text ?? '').join(''),
    calls: content.flatMap((block: Dict) =>
      block.type === 'tool_use' ? [{ id: block.id, name: block.name, args: block.input }] : [],
    ),
    stop: stop_reason,
    usage: { input: usage.input_tokens, output: usage.output_tokens },
    entries: content.length === 0 ? [] : [{ role: 'assistant', content }],
  }),
  events(events) {
    let message: Dict = {}
    let ended = false
    for (const event of events) {
      must(!ended, 'an event after the end')
      if (event.type === 'message_start') {
        must(message.content === undefined, 'a second message_start')
        message = { ...event.message, content: [] }
      } else if (event.type === 'content_block_start') {
        must(
          event.index === message.content.length,
          `block ${event.index} comes after ${message.content.length} blocks`,
        )
        message.content.push({ ...event.content_block, json: '' })
      } else if (event.type === 'content_block_delta') {
        const block = message.content[event.index]
        must(block !== undefined && event.index === message.content.length - 1, `a delta of block ${event.index}`)
        if (event.delta.text !== undefined) block.text += event.delta.text
        if (event.delta.thinking !== undefined) block.thinking += event.delta.thinking
        if (event.delta.signature !== undefined) block.signature += event.delta.signature
        if (event.delta.partial_json !== undefined) block.json += event.delta.partial_json
      } else if (event.type === 'message_delta') {
        message.stop_reason = event.delta.stop_reason
        Object.assign(message.usage, event.usage)
      } else if (event.type === 'message_stop') ended = true
      else must(event.type !== 'error', JSON.stringify(event))
    }
    must(ended, 'no message_stop')
    for (const block of message.content) {
      if (block.type === 'tool_use') block.input = JSON.parse(block.json || '{}')
      delete block.json
    }
    return anthropic.whole(message)
  },
}

const chat: Api = {
  list: 'messages',
  path: () => '/v1/chat/completions',
  tools: (names) => names.map((tool) => ({ type: 'function', function: { name: tool, parameters: SCHEMA } })),
  user: (text) => ({ role: 'user', content: text }),
  results: ({ calls }, texts) =>
    calls.map(({ id }, index) => ({ role: 'tool', tool_call_id: id, content: texts[index] })),
  whole({ choices, usage }) {
    const { message, finish_reason } = choices[0]
    must(message.tool_calls === undefined || message.tool_calls.length > 0, 'an empty list of calls')
    return {
      text: message.content ?? '',
      calls: (message.tool_calls ?? []).map((one: Dict) => ({
        id: one.id,
        name: one.function.name,
        args: JSON.parse(one.function.arguments),
      })),
      stop: finish_reason,
      usage: { input: usage.prompt_tokens, output: usage.completion_tokens },
      entries: [message],
    }
  },
  events(events) {
    const message: Dict = { role: 'assistant', content: null }
    const calls: Dict[] = []
    let [finish_reason, usage, ended, roles]: [string | undefined, Dict, boolean, number] = [undefined, {}, false, 0]
    const ids = new Set<string>()
    for (const event of events) {
      if (event.done) {
        ended = true
        continue
      }
      must(!ended && event.error === undefined, JSON.stringify(event))
      ids.add(event.id)
      if (event.usage) usage = event.usage
      for (const { delta, finish_reason: finish } of event.choices) {
        must(finish_reason === undefined, 'a chunk after the finish')
        if (delta.role) roles++
        if (delta.content) message.content = (message.content ?? '') + delta.content
        for (const part of delta.tool_calls ?? []) {
          must(part.index <= calls.length, `call ${part.index} comes after ${calls.length}`)
          if (part.index === calls.length) calls.push({ ...part, function: { ...part.function } })
          else calls[part.index]!.function.arguments += part.function.arguments
        }
        if (finish) finish_reason = finish
      }
    }
    must(ended && ids.size === 1 && roles === 1, `ended ${ended}, ids ${[...ids]}, roles ${roles}`)
    if (calls.length > 0) message.tool_calls = calls.map(({ index: _, ...one }) => one)
    return chat.whole({ choices: [{ message, finish_reason }], usage })
  },
}

const responses: Api = {
  list: 'input',
  path: () => '/v1/responses',
  tools: (names) => names.map((tool) => ({ type: 'function', name: tool, parameters: SCHEMA })),
  user: (text) => ({ role: 'user', content: text }),
  results: ({ calls }, texts) =>
    calls.map(({ id }, index) => ({ type: 'function_call_output', call_id: id, output: texts[index] })),
  whole: ({ output, status, usage }) => ({
    text: output.map((item: Dict) => (item.content ?? []).map((part: Dict) => part.text).join('')).join(''),
    calls: output.flatMap((item: Dict) =>
      item.type === 'function_call' ? [{ id: item.call_id, name: item.name, args: JSON.parse(item.arguments) }] : [],
    ),
    stop: status,
    usage: { input: usage.input_tokens, output: usage.output_tokens },
    entries: output,
  }),
  events(events) {
    const items: Dict[] = []
    let sequence = -1
    let response: Dict | undefined
    for (const event of events) {
      must(event.type !== 'error', JSON.stringify(event))
      must(
        event.sequence_number === sequence + 1,
        `${event.type} has number ${event.sequence_number} after ${sequence}`,
      )
      sequence = event.sequence_number
      must(response === undefined, 'an event after the end')
      if (event.type === 'response.output_item.added')
        must(event.output_index === items.length, `item ${event.output_index} is added after ${items.length}`)
      if (event.type === 'response.output_item.added') items.push(event.item)
      if (event.output_index !== undefined)
        must(event.output_index === items.length - 1, `${event.type} of item ${event.output_index}`)
      if (event.type === 'response.output_item.done') items[event.output_index] = event.item
      if (/^response\.(completed|incomplete|failed)$/.test(event.type)) response = event.response
    }
    must(JSON.stringify(response?.output) === JSON.stringify(items), 'the last event has other items than the stream')
    return responses.whole(response!)
  },
}

const gemini: Api = {
  list: 'contents',
  path: (stream) => `/v1beta/models/gemini-x:${stream ? 'streamGenerateContent?alt=sse' : 'generateContent'}`,
  tools: (names) => [{ functionDeclarations: names.map((tool) => ({ name: tool, parameters: SCHEMA })) }],
  user: (text) => ({ role: 'user', parts: [{ text }] }),
  results: ({ calls }, texts) => [
    {
      role: 'user',
      parts: calls.map((one, index) => ({ functionResponse: { name: one.name, response: { output: texts[index] } } })),
    },
  ],
  whole({ candidates, usageMetadata }) {
    const { content, finishReason } = candidates[0]
    return {
      text: content.parts.map((part: Dict) => (part.thought ? '' : (part.text ?? ''))).join(''),
      calls: content.parts.flatMap((part: Dict) => (part.functionCall ? [{ id: '', ...part.functionCall }] : [])),
      stop: finishReason,
      usage: { input: usageMetadata.promptTokenCount, output: usageMetadata.candidatesTokenCount },
      entries: [content],
    }
  },
  events(events) {
    const parts: Dict[] = []
    let [finishReason, usageMetadata]: [string | undefined, Dict] = [undefined, {}]
    const ids = new Set(events.map((event) => event.responseId))
    for (const { candidates, usageMetadata: usage, error } of events) {
      must(error === undefined, JSON.stringify(error))
      must(finishReason === undefined, 'a chunk after the finish')
      usageMetadata = usage
      finishReason = candidates[0].finishReason
      for (const part of candidates[0].content.parts) {
        const before = parts.at(-1)
        // Clients join neighbours of text.
        if (part.text !== undefined && !part.thought && before?.text !== undefined && !before.thought)
          before.text += part.text
        else if (part.text !== '') parts.push({ ...part })
      }
    }
    must(finishReason !== undefined && ids.size === 1, `finish ${finishReason}, ids ${[...ids]}`)
    return gemini.whole({ candidates: [{ content: { role: 'model', parts }, finishReason }], usageMetadata })
  },
}

const apis: Record<Name, Api> = { anthropic, 'openai-chat': chat, 'openai-responses': responses, gemini }
