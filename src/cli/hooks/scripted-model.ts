// An upstream on this machine that plays the model of a probe: it makes the given tool calls one after the other, in
// Anthropic's format, and keeps what came back.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { ToolCall } from '../../spec/agent.js'

export interface ScriptedModel {
  readonly url: string
  /** Text of each tool result as the model would have seen it, in order. */
  results(): readonly string[]
  close(): void
}

/** @param next the call for the results so far; undefined ends the session. */
export const startScriptedModel = async (
  next: (results: readonly string[]) => ToolCall | undefined,
): Promise<ScriptedModel> => {
  let seen: readonly string[] = []
  const server = createServer(async (request, response) => {
    const body = await bodyOf(request)
    const path = (request.url ?? '').split('?')[0] ?? ''
    if (request.method !== 'POST') return void response.writeHead(request.method === 'HEAD' ? 200 : 404).end()
    if (path.endsWith('/count_tokens')) return sendJson(response, { input_tokens: 1 })
    if (!path.endsWith('/messages')) return void response.writeHead(404).end('{}')
    const parsed = JSON.parse(body) as Body
    const results = resultsOf(parsed)
    if (results.length > seen.length) seen = results
    // A title or another side question offers no tools.
    const call = (parsed.tools ?? []).length === 0 ? undefined : next(results)
    answer(response, { call, turn: results.length, stream: parsed.stream === true })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    results: () => seen,
    close: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}

interface Part {
  readonly type?: string
  readonly text?: string
  readonly content?: unknown
}

interface Body {
  readonly stream?: boolean
  readonly tools?: readonly unknown[]
  readonly messages?: readonly { readonly content: unknown }[]
}

const partsOf = (content: unknown): readonly Part[] => (Array.isArray(content) ? (content as Part[]) : [])

const resultsOf = ({ messages = [] }: Body): string[] =>
  messages
    .flatMap(({ content }) => partsOf(content))
    .filter(({ type }) => type === 'tool_result')
    .map(({ content }) =>
      typeof content === 'string'
        ? content
        : partsOf(content)
            .map(({ text = '' }) => text)
            .join('\n'),
    )

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}

const sendJson = (response: ServerResponse, value: unknown): void => {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value))
}

interface Said {
  readonly call: ToolCall | undefined
  readonly turn: number
  readonly stream: boolean
}

const answer = (response: ServerResponse, { call, turn, stream }: Said): void => {
  const block = call ? { type: 'tool_use', id: `toolu_${turn}`, ...call } : { type: 'text', text: 'done' }
  const stop = call ? 'tool_use' : 'end_turn'
  const message = {
    id: `msg_${turn}`,
    type: 'message',
    role: 'assistant',
    model: 'claude-sonnet-4-5',
    stop_sequence: null,
    usage: { input_tokens: 1, output_tokens: 1 },
  }
  if (!stream) {
    sendJson(response, { ...message, content: [block], stop_reason: stop })
    return
  }
  const empty = call ? { ...block, input: {} } : { type: 'text', text: '' }
  const delta = call
    ? { type: 'input_json_delta', partial_json: JSON.stringify(call.input) }
    : { type: 'text_delta', text: 'done' }
  const events: readonly (readonly [string, object])[] = [
    ['message_start', { message: { ...message, content: [], stop_reason: null } }],
    ['content_block_start', { index: 0, content_block: empty }],
    ['content_block_delta', { index: 0, delta }],
    ['content_block_stop', { index: 0 }],
    ['message_delta', { delta: { stop_reason: stop, stop_sequence: null }, usage: { output_tokens: 1 } }],
    ['message_stop', {}],
  ]
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  response.end(events.map(([type, data]) => `event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`).join(''))
}
