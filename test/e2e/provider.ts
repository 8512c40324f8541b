// A scripted provider for real clients: answers each turn with the next step of a plan, in the client's own dialect, and records what it got.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type WebSocket, WebSocketServer } from 'ws'
import { gemini, isGemini } from './provider-gemini.js'

/** What the "model" does on its nth turn: run a shell command, or say something and stop. */
export type Step = { readonly shell: string } | { readonly say: string }

export interface Recorded {
  readonly path: string
  readonly headers: IncomingMessage['headers']
  readonly body: Buffer
}

export interface Provider {
  readonly port: number
  readonly calls: Recorded[]
  close(): Promise<void>
}

interface Parsed {
  readonly stream?: boolean
  readonly tools?: readonly { readonly name?: string }[]
  readonly messages?: readonly { readonly role: string; readonly content: unknown }[]
  readonly input?: unknown
  /** False in the frame that only warms a connection. */
  readonly generate?: boolean
}

/** Turns taken so far: results of the shell tool in the request. */
const turnsTaken = (body: string): number =>
  body.match(
    /"type":\s*"(tool_result|function_call_output|custom_tool_call_output)"|"role":\s*"tool"|"functionResponse":/g,
  )?.length ?? 0

/** @param webSocket answers Responses over a WebSocket too; else upgrades are refused. */
export const startProvider = async (steps: readonly Step[], webSocket = false): Promise<Provider> => {
  const calls: Recorded[] = []
  const server: Server = createServer((incoming, answer) => {
    const parts: Buffer[] = []
    incoming.on('data', (part: Buffer) => parts.push(part))
    incoming.on('end', () => {
      const body = Buffer.concat(parts)
      const path = (incoming.url ?? '').split('?')[0]!
      if (incoming.method === 'POST') calls.push({ path, headers: incoming.headers, body })
      reply({ path, method: incoming.method ?? 'GET', body, steps, answer })
    })
  })
  const sockets = new WebSocketServer({ noServer: true })
  server.on('upgrade', (req, socket, head) => {
    const path = (req.url ?? '').split('?')[0]!
    if (!webSocket) return socket.end('HTTP/1.1 426 Upgrade Required\r\ncontent-length: 0\r\n\r\n')
    sockets.handleUpgrade(req, socket, head, (client) => {
      let taken = 0
      client.on('message', (data) => {
        const body = Buffer.from(data as Buffer)
        calls.push({ path, headers: req.headers, body })
        taken += turnsTaken(body.toString())
        frames(client, JSON.parse(body.toString()) as Parsed, steps[Math.min(taken, steps.length - 1)]!)
      })
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    calls,
    close: () =>
      new Promise((resolve) => {
        for (const client of sockets.clients) client.terminate()
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

interface Reply {
  readonly path: string
  readonly method: string
  readonly body: Buffer
  readonly steps: readonly Step[]
  readonly answer: ServerResponse
}

const reply = ({ path, method, body, steps, answer }: Reply): unknown => {
  const json = (status: number, value: unknown): void => {
    answer.writeHead(status, { 'content-type': 'application/json' })
    answer.end(JSON.stringify(value))
  }
  if (method !== 'POST') return json(method === 'HEAD' ? 200 : 404, {})
  const text = body.toString('utf8')
  let parsed: Parsed = {}
  try {
    parsed = JSON.parse(text) as Parsed
  } catch {
    return json(400, { error: { type: 'invalid_request_error', message: 'not JSON' } })
  }
  const step = steps[Math.min(turnsTaken(text), steps.length - 1)]!
  if (path.endsWith('/count_tokens')) return json(200, { input_tokens: Math.ceil(text.length / 4) })
  if (isGemini(path)) return gemini(answer, { path, text, step })
  if (path.endsWith('/messages')) return anthropic(answer, parsed, step)
  if (path.endsWith('/chat/completions')) return chat(answer, parsed, step)
  if (path.endsWith('/responses')) return responses(answer, parsed, step)
  return json(404, { error: { message: `no such path ${path}` } })
}

const events = (answer: ServerResponse, list: readonly (readonly [string | undefined, object | string])[]): void => {
  answer.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' })
  for (const [name, data] of list)
    answer.write(
      `${name === undefined ? '' : `event: ${name}\n`}data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`,
    )
  answer.end()
}

let serial = 0
const nextId = (prefix: string): string => `${prefix}_${String(++serial).padStart(6, '0')}`

const shellTool = (parsed: Parsed): string => {
  const names = (parsed.tools ?? []).map((tool) => tool.name ?? '')
  return names.find((name) => /^(bash|shell|exec_command|run_shell)/i.test(name)) ?? 'Bash'
}

const anthropic = (answer: ServerResponse, parsed: Parsed, step: Step): void => {
  const shell = 'shell' in step && (parsed.tools ?? []).length > 0
  const block = shell
    ? {
        type: 'tool_use',
        id: nextId('toolu'),
        name: shellTool(parsed),
        input: { command: step.shell, description: 'look' },
      }
    : { type: 'text', text: 'say' in step ? step.say : 'ok' }
  const message = {
    id: nextId('msg'),
    type: 'message',
    role: 'assistant',
    model: 'claude-sonnet-4-5',
    stop_sequence: null,
    usage: { input_tokens: 100, output_tokens: 5, cache_read_input_tokens: 10, cache_creation_input_tokens: 20 },
  }
  const stop = shell ? 'tool_use' : 'end_turn'
  if (!parsed.stream) {
    answer.writeHead(200, { 'content-type': 'application/json' })
    answer.end(JSON.stringify({ ...message, content: [block], stop_reason: stop }))
    return
  }
  const start = block.type === 'tool_use' ? { ...block, input: {} } : { type: 'text', text: '' }
  const delta =
    block.type === 'tool_use'
      ? { type: 'input_json_delta', partial_json: JSON.stringify((block as { input: unknown }).input) }
      : { type: 'text_delta', text: (block as { text: string }).text }
  events(answer, [
    ['message_start', { type: 'message_start', message: { ...message, content: [], stop_reason: null } }],
    ['content_block_start', { type: 'content_block_start', index: 0, content_block: start }],
    ['ping', { type: 'ping' }],
    ['content_block_delta', { type: 'content_block_delta', index: 0, delta }],
    ['content_block_stop', { type: 'content_block_stop', index: 0 }],
    [
      'message_delta',
      { type: 'message_delta', delta: { stop_reason: stop, stop_sequence: null }, usage: { output_tokens: 5 } },
    ],
    ['message_stop', { type: 'message_stop' }],
  ])
}

const chat = (answer: ServerResponse, parsed: Parsed, step: Step): void => {
  const shell = 'shell' in step && (parsed.tools ?? []).length > 0
  const call = {
    id: nextId('call'),
    type: 'function',
    function: { name: 'bash', arguments: JSON.stringify({ command: 'shell' in step ? step.shell : '' }) },
  }
  const base = { id: nextId('chatcmpl'), created: 1, model: 'gpt-5.1' }
  const usage = {
    prompt_tokens: 100,
    completion_tokens: 5,
    total_tokens: 105,
    prompt_tokens_details: { cached_tokens: 10 },
  }
  const content = 'say' in step ? step.say : 'ok'
  if (!parsed.stream) {
    const message = shell ? { role: 'assistant', content: null, tool_calls: [call] } : { role: 'assistant', content }
    answer.writeHead(200, { 'content-type': 'application/json' })
    answer.end(
      JSON.stringify({
        ...base,
        object: 'chat.completion',
        choices: [{ index: 0, message, finish_reason: shell ? 'tool_calls' : 'stop' }],
        usage,
      }),
    )
    return
  }
  const delta = shell ? { role: 'assistant', tool_calls: [{ index: 0, ...call }] } : { role: 'assistant', content }
  const chunk = (choice: object) => ({
    ...base,
    object: 'chat.completion.chunk',
    choices: [{ index: 0, finish_reason: null, delta: {}, ...choice }],
  })
  events(answer, [
    [undefined, chunk({ delta })],
    [undefined, { ...chunk({ finish_reason: shell ? 'tool_calls' : 'stop' }), usage }],
    [undefined, '[DONE]'],
  ])
}

/** The events of one answer, as a stream and as frames carry them. */
const responseEvents = (
  parsed: Parsed,
  step: Step,
): { response: object; list: readonly (readonly [string, object])[] } => {
  const shell = 'shell' in step
  const id = nextId('resp')
  const item = shell
    ? {
        type: 'function_call',
        id: nextId('fc'),
        call_id: nextId('call'),
        name: shellTool(parsed) === 'Bash' ? 'exec_command' : shellTool(parsed),
        arguments: JSON.stringify({ cmd: step.shell, command: ['bash', '-lc', step.shell] }),
        status: 'completed',
      }
    : {
        type: 'message',
        id: nextId('msg'),
        role: 'assistant',
        status: 'completed',
        content: [{ type: 'output_text', text: step.say, annotations: [] }],
      }
  const usage = {
    input_tokens: 100,
    input_tokens_details: { cached_tokens: 10 },
    output_tokens: 5,
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: 105,
  }
  const response = {
    id,
    object: 'response',
    created_at: 1,
    model: 'gpt-5.5',
    status: 'completed',
    output: [item],
    usage,
    parallel_tool_calls: true,
    tools: [],
    error: null,
  }
  const list: (readonly [string, object])[] = [
    [
      'response.created',
      {
        type: 'response.created',
        sequence_number: 0,
        response: { ...response, status: 'in_progress', output: [], usage: null },
      },
    ],
    [
      'response.output_item.added',
      {
        type: 'response.output_item.added',
        sequence_number: 1,
        output_index: 0,
        item: { ...item, status: 'in_progress' },
      },
    ],
  ]
  if ('say' in step)
    list.push([
      'response.output_text.delta',
      {
        type: 'response.output_text.delta',
        sequence_number: 2,
        item_id: item.id,
        output_index: 0,
        content_index: 0,
        delta: step.say,
      },
    ])
  list.push([
    'response.output_item.done',
    { type: 'response.output_item.done', sequence_number: 3, output_index: 0, item },
  ])
  list.push(['response.completed', { type: 'response.completed', sequence_number: 4, response }])
  return { response, list }
}

const responses = (answer: ServerResponse, parsed: Parsed, step: Step): void => {
  const { response, list } = responseEvents(parsed, step)
  if (parsed.stream) return void events(answer, list)
  answer.writeHead(200, { 'content-type': 'application/json' })
  answer.end(JSON.stringify(response))
}

const frames = (client: WebSocket, parsed: Parsed, step: Step): void => {
  const { list } = responseEvents(parsed, step)
  const warms = parsed.generate === false
  for (const [name, event] of list) {
    if (!warms) client.send(JSON.stringify(event))
    else if (name === 'response.created') client.send(JSON.stringify(event))
    else if (name === 'response.completed') {
      const { response } = event as { response: object }
      client.send(JSON.stringify({ ...event, response: { ...response, output: [] } }))
    }
  }
}
