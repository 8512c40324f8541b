import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { logText, randomOf } from '../../../test/support/bodies.js'
import { proxyFor } from '../../../test/support/proxy-client.js'
import { agents } from '../../agents/list.js'
import { createHeadroom } from '../../create.js'
import type { Engine } from '../../spec/engine.js'
import type { RunningProxy } from '../options.js'

type Item = Readonly<Record<string, unknown>>

/** Answers each create with the next scripted output items, and keeps what it got over both transports. */
class Provider {
  readonly messages: string[] = []
  readonly posts: string[] = []
  readonly script: Item[][] = []
  readonly server: Server
  readonly sockets = new WebSocketServer({ noServer: true, perMessageDeflate: true })
  #serial = 0

  constructor() {
    this.server = createServer((req, res) => {
      const parts: Buffer[] = []
      req.on('data', (part: Buffer) => parts.push(part))
      req.on('end', () => {
        this.posts.push(Buffer.concat(parts).toString())
        res.writeHead(200, { 'content-type': 'application/json' }).end('{"id":"resp_http","output":[]}')
      })
    })
    this.server.on('upgrade', (req, socket, head) =>
      this.sockets.handleUpgrade(req, socket, head, (client) =>
        client.on('message', (data) => this.#answer(client, String(data))),
      ),
    )
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`
  }

  #answer(client: WebSocket, message: string): void {
    this.messages.push(message)
    if (!message.includes('response.create')) return void client.send(message)
    const id = `resp_${++this.#serial}`
    const output = this.script.shift() ?? []
    client.send(JSON.stringify({ type: 'response.created', response: { id } }))
    for (const item of output) client.send(JSON.stringify({ type: 'response.output_item.done', item }))
    const usage = { input_tokens: 50, output_tokens: 5, input_tokens_details: { cached_tokens: 10 } }
    client.send(JSON.stringify({ type: 'response.completed', response: { id, output, usage } }))
  }
}

let home: string
let provider: Provider
let engine: Engine
let proxy: RunningProxy

const open = async (): Promise<void> => {
  engine = createHeadroom({ home, way: 'proxy' })
  proxy = await proxyFor(provider.url, { host: engine, agents, config: { deadlineMs: 20_000 } })
}

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'headroom-ws-'))
  provider = new Provider()
  provider.server.listen(0, '127.0.0.1')
  await once(provider.server, 'listening')
  await open()
})

afterEach(async () => {
  await proxy.close()
  for (const client of provider.sockets.clients) client.terminate()
  provider.server.closeAllConnections()
  provider.server.close()
  rmSync(home, { recursive: true, force: true })
})

const connect = async (): Promise<WebSocket> => {
  const socket = new WebSocket(`ws://127.0.0.1:${proxy.port}/v1/responses`, {
    headers: { 'session-id': 'thread-1', 'user-agent': 'codex_exec/0.169.0' },
  })
  await once(socket, 'open')
  return socket
}

/** Sends a frame and waits for the end of its answer; gives the events as they came. */
const ask = (socket: WebSocket, frame: string): Promise<Item[]> =>
  new Promise((resolve) => {
    const events: Item[] = []
    const onMessage = (data: unknown): void => {
      const event = JSON.parse(String(data)) as Item
      events.push(event)
      if (event.type !== 'response.completed') return
      socket.off('message', onMessage)
      resolve(events)
    }
    socket.on('message', onMessage)
    socket.send(frame)
  })

const tools = [{ type: 'function', name: 'exec_command', parameters: {} }]
const head = { type: 'response.create', model: 'gpt-5.5', instructions: 'Be exact.', tools }
const question = { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'why does the build fail?' }] }
const callOf = (id: string, cmd: string): Item => ({
  type: 'function_call',
  call_id: id,
  name: 'exec_command',
  arguments: JSON.stringify({ cmd }),
})
const words = {
  type: 'message',
  role: 'assistant',
  content: [{ type: 'output_text', text: 'Looking.', annotations: [] }],
}
const outputOf = (id: string, seed: number): Item => ({
  type: 'function_call_output',
  call_id: id,
  output: `Chunk ID: ${seed}\nWall time: 0.1 seconds\nProcess exited with code 1\nOutput:\n${logText(randomOf(seed), 300)}`,
})
const sentOutputs = (message: string): string[] =>
  (JSON.parse(message) as { input: Item[] }).input.flatMap((item) =>
    typeof item.output === 'string' ? [item.output] : [],
  )

const IDS = ['call_a8Xk29Qm', 'call_b7Zt41Lp']

/** A prewarm, a question, two tool turns; gives the history as a client would send it again. */
const session = async (): Promise<Item[]> => {
  const socket = await connect()
  provider.script.push([], [words, callOf(IDS[0]!, 'npm run build')], [callOf(IDS[1]!, 'npm test')], [])
  await ask(socket, JSON.stringify({ ...head, generate: false, input: [] }))
  await ask(socket, JSON.stringify({ ...head, previous_response_id: 'resp_1', input: [question] }))
  await ask(socket, JSON.stringify({ ...head, previous_response_id: 'resp_2', input: [outputOf(IDS[0]!, 1)] }))
  await ask(socket, JSON.stringify({ ...head, previous_response_id: 'resp_3', input: [outputOf(IDS[1]!, 2)] }))
  socket.close()
  return [
    question,
    words,
    callOf(IDS[0]!, 'npm run build'),
    outputOf(IDS[0]!, 1),
    callOf(IDS[1]!, 'npm test'),
    outputOf(IDS[1]!, 2),
  ]
}

describe('Responses over WebSocket (E-7)', () => {
  it('shortens results in outgoing creates and changes nothing else', async () => {
    await session()
    const [prewarm, first, second, third] = provider.messages as [string, string, string, string]
    expect(prewarm).toBe(JSON.stringify({ ...head, generate: false, input: [] }))
    expect(first).toBe(JSON.stringify({ ...head, previous_response_id: 'resp_1', input: [question] }))
    for (const [message, id, seed] of [
      [second, IDS[0]!, 1],
      [third, IDS[1]!, 2],
    ] as const) {
      const came = outputOf(id, seed)
      const [sent] = sentOutputs(message)
      expect(sent!.length).toBeLessThan(String(came.output).length * 0.6)
      expect(sent).toContain('ERROR')
      const frame = JSON.parse(message) as { input: Item[] }
      expect(message.replace(JSON.stringify(sent), JSON.stringify(came.output))).toBe(
        JSON.stringify({ ...head, previous_response_id: `resp_${seed + 1}`, input: [came] }),
      )
      expect(frame.input[0]).toMatchObject({ call_id: id })
    }
  })
  it('sends the same bytes again when a new process resumes with the whole history, over either transport (B-3)', async () => {
    const history = await session()
    const before = provider.messages.slice(2).flatMap(sentOutputs)
    await proxy.close()
    await open()
    const socket = await connect()
    await ask(socket, JSON.stringify({ ...head, input: history }))
    socket.close()
    expect(sentOutputs(provider.messages.at(-1)!)).toEqual(before)
    const { type: _, ...body } = head
    await fetch(`http://127.0.0.1:${proxy.port}/v1/responses`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'session-id': 'thread-1' },
      body: JSON.stringify({ ...body, input: history }),
    })
    expect(sentOutputs(provider.posts[0]!)).toEqual(before)
  })
  it('reads what was billed and who called which tool', async () => {
    await session()
    const { totals, byTool, byAgent } = await engine.stats()
    expect(byAgent.map(({ name }) => name)).toEqual(['codex'])
    expect(totals.usage).toMatchObject({ inputTokens: 160, outputTokens: 20, cacheReadTokens: 40 })
    expect(byTool.map(({ name }) => name)).toContain('exec_command')
  })
  it('counts the bytes of the frames, not of the conversation behind them (I-2)', async () => {
    const history = await session()
    const socket = await connect()
    await ask(socket, JSON.stringify({ ...head, input: history }))
    socket.close()
    const came = [
      { ...head, generate: false, input: [] },
      { ...head, previous_response_id: 'resp_1', input: [question] },
      { ...head, previous_response_id: 'resp_2', input: [outputOf(IDS[0]!, 1)] },
      { ...head, previous_response_id: 'resp_3', input: [outputOf(IDS[1]!, 2)] },
      { ...head, input: history },
    ]
    const bytes = (texts: readonly string[]): number => texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0)
    const { totals } = await engine.stats()
    expect(totals.bytesIn).toBe(bytes(came.map((frame) => JSON.stringify(frame))))
    expect(totals.bytesOut).toBe(bytes(provider.messages))
    expect(totals.bytesOut).toBeLessThan(totals.bytesIn)
  })
  it('passes other messages, odd frames and binary as they came', async () => {
    const socket = await connect()
    for (const message of [
      '{"type":"response.cancel"}',
      'no json',
      '{"type":"response.creat',
      Buffer.from([0, 1, 2]),
    ]) {
      socket.send(message)
      const [data] = (await once(socket, 'message')) as [Buffer]
      expect(data.equals(Buffer.from(message))).toBe(true)
    }
    socket.terminate()
  })
  it('lets a message in fragments through with the same meaning', async () => {
    const socket = await connect()
    const answered = ask(socket, '{"type":"session.noop"}')
    const text = JSON.stringify({ ...head, input: [question, callOf(IDS[0]!, 'make'), outputOf(IDS[0]!, 3)] })
    const middle = text.length >> 1
    socket.send(text.slice(0, middle), { fin: false })
    socket.ping()
    socket.send(text.slice(middle), { fin: true })
    await answered
    expect(sentOutputs(provider.messages.at(-1)!)[0]!.length).toBeLessThan(text.length * 0.6)
    socket.terminate()
  })
})
