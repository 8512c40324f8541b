// A scripted provider on a real socket: answers like Anthropic, OpenAI chat and Responses, and keeps every request as it came.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { WebSocketServer } from 'ws'

export interface Recorded {
  readonly method: string
  readonly url: string
  /** Names at even, values at odd positions, as they came. */
  readonly rawHeaders: readonly string[]
  body: Buffer
  /** The body has arrived whole. */
  complete: boolean
  /** `performance.now()` when the connection or the answer was cut by the other side; undefined while it lives. */
  closedAtMs: number | undefined
}

export type Script = (exchange: { req: IncomingMessage; res: ServerResponse; seen: Recorded }) => void | Promise<void>

export interface FakeUpstream {
  readonly url: string
  readonly port: number
  readonly requests: Recorded[]
  /** Sockets opened so far. */
  readonly connections: () => number
  /** Answers the next request that has no script yet. */
  next(script: Script): void
  /** Answers every request without an own script. */
  always(script: Script): void
  /** Refuses upgrades with this status and body instead of echoing. */
  refuseUpgrades(status: number, body: string): void
  /** The `count`-th request, once it has come. */
  seen(count?: number): Promise<Recorded>
  close(): Promise<void>
}

export interface FakeUpstreamOptions {
  readonly tls?: { readonly key: string; readonly cert: string }
  readonly port?: number
}

export const startFakeUpstream = async (options: FakeUpstreamOptions = {}): Promise<FakeUpstream> => {
  const requests: Recorded[] = []
  const queue: Script[] = []
  let standing: Script = answerAsProvider
  let refusal: { status: number; body: string } | undefined
  let connections = 0
  const onRequest = (req: IncomingMessage, res: ServerResponse): void => {
    const seen = record(req, res)
    requests.push(seen)
    // A script ends in an error where the other side cuts the connection; `closedAtMs` tells.
    Promise.resolve((queue.shift() ?? standing)({ req, res, seen })).catch(() => res.destroy())
  }
  const server: Server =
    options.tls === undefined ? createServer(onRequest) : createTlsServer({ ...options.tls }, onRequest)
  server.requestTimeout = 0
  server.on(options.tls === undefined ? 'connection' : 'secureConnection', () => connections++)
  const sockets = new WebSocketServer({ noServer: true, handleProtocols: (names) => [...names][0] ?? false })
  server.on('upgrade', (req: IncomingMessage, socket: Duplex, head: Buffer) => {
    requests.push(record(req))
    if (refusal === undefined) return echoFrames(sockets, { req, socket, head })
    socket.end(
      `HTTP/1.1 ${refusal.status} Refused\r\nx-reason: policy\r\nContent-Length: ${refusal.body.length}\r\n\r\n${refusal.body}`,
    )
  })
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `${options.tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}`,
    port,
    requests,
    connections: () => connections,
    next: (script) => void queue.push(script),
    always(script) {
      standing = script
    },
    refuseUpgrades(status, body) {
      refusal = { status, body }
    },
    async seen(count = 1) {
      for (let tries = 0; tries < 2000; tries++) {
        const found = requests[count - 1]
        if (found !== undefined) return found
        await sleep(5)
      }
      throw new Error(`only ${requests.length} of ${count} requests came`)
    },
    close: () =>
      new Promise((resolve) => {
        for (const client of sockets.clients) client.terminate()
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

const record = (req: IncomingMessage, res?: ServerResponse): Recorded => {
  const seen: Recorded = {
    method: req.method ?? '',
    url: req.url ?? '',
    rawHeaders: req.rawHeaders,
    body: Buffer.alloc(0),
    complete: false,
    closedAtMs: undefined,
  }
  res?.on('close', () => {
    if (!res.writableFinished) seen.closedAtMs = performance.now()
  })
  return seen
}

/** Reads the whole request body into `seen`. */
export const readBody = async (req: IncomingMessage, seen: Recorded): Promise<Buffer> => {
  const chunks: Buffer[] = []
  for await (const chunk of req) chunks.push(chunk as Buffer)
  seen.body = Buffer.concat(chunks)
  seen.complete = true
  return seen.body
}

/** Answers after the request was read, with headers as a flat list so that repeats and case stay. */
export const reply =
  (status: number, headers: readonly string[], body: string | Buffer = ''): Script =>
  async ({ req, res, seen }) => {
    await readBody(req, seen)
    res.sendDate = false
    res.writeHead(status, [...headers])
    res.end(Buffer.from(body))
  }

export const json = (value: unknown, status = 200): Script =>
  reply(status, ['content-type', 'application/json'], JSON.stringify(value))

/** Sends the chunks one by one, `gapMs` apart. */
export const drip =
  (headers: readonly string[], chunks: readonly (string | Buffer)[], gapMs: number): Script =>
  async ({ req, res, seen }) => {
    await readBody(req, seen)
    res.writeHead(200, [...headers])
    res.flushHeaders()
    for (const chunk of chunks) {
      if (res.destroyed) return
      res.write(chunk)
      await sleep(gapMs)
    }
    res.end()
  }

export const SSE_HEADERS: readonly string[] = ['content-type', 'text/event-stream', 'cache-control', 'no-cache']

/** Sends what it has and then cuts the connection. */
export const cut =
  (chunks: readonly (string | Buffer)[]): Script =>
  async ({ req, res, seen }) => {
    await readBody(req, seen)
    res.writeHead(200, [...SSE_HEADERS])
    for (const chunk of chunks) res.write(chunk)
    await sleep(20)
    res.destroy()
  }

/** Never answers; the request's body is read. */
export const stall: Script = async ({ req, seen }) => {
  await readBody(req, seen)
}

export const encoded = (encoding: 'gzip' | 'br', type: string, body: string): Script =>
  reply(
    200,
    ['content-type', type, 'content-encoding', encoding],
    encoding === 'gzip' ? gzipSync(body) : brotliCompressSync(body),
  )

interface Handshake {
  readonly req: IncomingMessage
  readonly socket: Duplex
  readonly head: Buffer
}

/** Echoes every message; a text `close CODE REASON` closes with that code. */
const echoFrames = (sockets: WebSocketServer, { req, socket, head }: Handshake): void =>
  sockets.handleUpgrade(req, socket, head, (client) => {
    client.on('message', (data, isBinary) => {
      const close = isBinary ? null : /^close (\d+) ?(.*)$/.exec(String(data))
      if (close === null) client.send(data, { binary: isBinary })
      else client.close(Number(close[1]), close[2])
    })
  })

export const anthropicAnswer: Readonly<Record<string, unknown>> = {
  id: 'msg_1',
  type: 'message',
  role: 'assistant',
  model: 'claude-test',
  content: [{ type: 'text', text: 'Hällo 🌍' }],
  stop_reason: 'end_turn',
  usage: { input_tokens: 11, output_tokens: 7, cache_read_input_tokens: 100, cache_creation_input_tokens: 20 },
}

const event = (name: string, data: object): string =>
  `event: ${name}\ndata: ${JSON.stringify({ type: name, ...data })}\n\n`

/** A whole stream as Anthropic sends it, with pings, a multi-byte text and an event nobody knows. */
export const anthropicStream: string = [
  event('message_start', {
    message: { ...anthropicAnswer, content: [], usage: { input_tokens: 11, output_tokens: 1 } },
  }),
  event('ping', {}),
  event('content_block_start', { index: 0, content_block: { type: 'text', text: '' } }),
  event('content_block_delta', { index: 0, delta: { type: 'text_delta', text: 'Hällo 🌍' } }),
  ': a comment\n\n',
  event('event_of_tomorrow', { anything: [1, 2] }),
  event('content_block_stop', { index: 0 }),
  event('message_delta', { delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 7 } }),
  event('message_stop', {}),
].join('')

export const chatAnswer: Readonly<Record<string, unknown>> = {
  id: 'chatcmpl-1',
  object: 'chat.completion',
  model: 'gpt-test',
  choices: [{ index: 0, message: { role: 'assistant', content: 'Hällo 🌍' }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 31, completion_tokens: 7, prompt_tokens_details: { cached_tokens: 20 } },
}

const chatStream = `data: ${JSON.stringify({ choices: [{ delta: { content: 'Hällo' } }] })}\n\ndata: ${JSON.stringify({ choices: [], usage: chatAnswer.usage })}\n\ndata: [DONE]\n\n`

export const responsesAnswer: Readonly<Record<string, unknown>> = {
  id: 'resp_1',
  object: 'response',
  status: 'completed',
  model: 'gpt-test',
  output: [{ type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'Hällo 🌍' }] }],
  usage: { input_tokens: 31, output_tokens: 7, input_tokens_details: { cached_tokens: 20 } },
}

const responsesStream = `${event('response.created', { response: { ...responsesAnswer, status: 'in_progress', usage: null } })}${event('response.completed', { response: responsesAnswer })}`

/** What a provider says to a request of its own kind; anything else is echoed as JSON. */
const answerAsProvider: Script = async (exchange) => {
  const { req, res, seen } = exchange
  const body = await readBody(req, seen)
  const path = (req.url ?? '').split('?')[0] ?? ''
  const stream = /"stream"\s*:\s*true/.test(body.toString('latin1'))
  const send = (type: string, text: string): void => {
    res.writeHead(200, { 'content-type': type })
    res.end(text)
  }
  const provider = PROVIDERS.find(([suffix]) => path.endsWith(suffix))
  if (provider === undefined) return send('application/json', JSON.stringify({ method: req.method, url: req.url }))
  if (stream) return send('text/event-stream', provider[2])
  send('application/json', JSON.stringify(provider[1]))
}

const PROVIDERS: readonly (readonly [string, object, string])[] = [
  ['/messages', anthropicAnswer, anthropicStream],
  ['/chat/completions', chatAnswer, chatStream],
  ['/responses', responsesAnswer, responsesStream],
]
