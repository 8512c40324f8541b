// A scripted provider for real clients: answers each turn with the next step of a plan, in the client's own dialect, and records
// what it got and what it answered.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { WebSocketServer } from 'ws'
import type { Dialect } from '../../../src/spec/wire.js'
import type { Plan } from '../plan.js'
import { type Answering, nextId, type Said, sendJson } from './answer.js'
import { anthropic } from './anthropic.js'
import { type Conversation, Conversations } from './conversations.js'
import { completing, waitingFor } from './delegation.js'
import { gemini, isGemini } from './gemini.js'
import { chat } from './openai-chat.js'
import { responseFrames, responses } from './openai-responses.js'
import type { Turn } from './progress.js'
import { asksForSummary } from './summary.js'
import { callFor, fileIn } from './tool-call.js'
import { offeredIn } from './tools.js'

export interface Recorded {
  readonly path: string
  readonly headers: readonly string[]
  readonly body: Buffer
  /** Of a request that generates; undefined of any other. */
  readonly dialect?: Dialect
  /** It offered tools, so it took a step of the plan. */
  readonly isTurn: boolean
  /** It asked to have the history summed up. */
  readonly isSummary: boolean
  /** The subagent that it is of; '' for the session's own agent. */
  readonly agent: string
  /** The step it took, of that agent's. */
  readonly step: number
  /** It was told to wait for its subagents: how often depends on the machine. */
  readonly waits: boolean
  /** What was answered. */
  readonly answered: Buffer[]
  /** The beginning of the streamed answer did not reach the client while its end was still to come. */
  wasHeldBack: boolean
  /** The words stop in their midst until the client is gone. */
  readonly holds: boolean
  /** When the client went before its answer was whole; `performance.now()`. */
  abandonedAtMs?: number
  isOpen: boolean
}

export type FaultKind = 400 | 429 | 503 | 529 | 'cut'

/** Hits the first request of one step, once. */
export interface Fault {
  readonly kind: FaultKind
  readonly step: number
}

export interface ProviderOptions {
  readonly plan: Plan
  /** Folder that paths in calls begin with. */
  readonly work: string
  /** Answers Responses over a WebSocket too; else upgrades are refused. */
  readonly webSocket?: boolean
  readonly fault?: Fault
  /** Whether the answer to the request with these headers has begun to arrive at the client. */
  readonly hasArrived?: (headers: readonly string[]) => boolean
}

export interface Provider {
  readonly port: number
  readonly calls: Recorded[]
  /** The fault has hit, or none was asked for. */
  isFaultSpent(): boolean
  /** Answers under way and WebSockets that somebody still holds. */
  open(): number
  close(): Promise<void>
}

const dialectOf = (path: string): Dialect | undefined => {
  if (path.endsWith('/messages')) return 'anthropic'
  if (path.endsWith('/chat/completions')) return 'openai-chat'
  if (path.endsWith('/responses')) return 'openai-responses'
  return isGemini(path) ? 'gemini' : undefined
}

type Parsed = Answering['parsed']

const parsedOf = (text: string): Parsed | undefined => {
  try {
    return JSON.parse(text) as Parsed
  } catch {
    return undefined
  }
}

const faultBody = (dialect: Dialect, status: number): object => {
  const message = `scripted ${status}`
  if (dialect === 'gemini')
    return { error: { code: status, message, status: status === 429 ? 'RESOURCE_EXHAUSTED' : 'UNAVAILABLE' } }
  const type = status === 400 ? 'invalid_request_error' : status === 429 ? 'rate_limit_error' : 'overloaded_error'
  return dialect === 'anthropic'
    ? { type: 'error', error: { type, message } }
    : { error: { message, type, code: null } }
}

/** An error as a frame carries it. */
const errorFrame = (status: number): object => ({
  type: 'error',
  status,
  ...faultBody('openai-responses', status),
})

/** Keeps what is written to the client beside the record of its request. */
const listening = (answer: ServerResponse, record: Recorded): ServerResponse => {
  const [write, end] = [answer.write.bind(answer), answer.end.bind(answer)]
  answer.on('close', () => {
    record.isOpen = false
    if (!answer.writableEnded) record.abandonedAtMs = performance.now()
  })
  const keep = (part: unknown): void => {
    if (typeof part === 'string') record.answered.push(Buffer.from(part))
  }
  answer.write = ((part: string) => {
    keep(part)
    return write(part)
  }) as typeof answer.write
  answer.end = ((part?: string) => {
    keep(part)
    return end(part)
  }) as typeof answer.end
  return answer
}

const INPUT_TOKENS = 100
/** To whatever is no turn: titles, routes. */
const ASIDE: Turn = { say: 'ok' }

interface Incoming {
  readonly headers: readonly string[]
  readonly body: Buffer
}

interface Answered {
  readonly said: Said
  readonly inputTokens: number
  readonly conversation: Conversation
  readonly parsed?: Parsed
}

class Script {
  readonly calls: Recorded[] = []
  readonly #options: ProviderOptions
  readonly #conversations: Conversations
  #isFaulty: boolean

  constructor(options: ProviderOptions) {
    this.#options = options
    this.#conversations = new Conversations(options.plan)
    this.#isFaulty = options.fault !== undefined
  }

  /** @param before the agent of the request before on the same connection */
  record(path: string, { headers, body }: Incoming, before?: Conversation): Recorded & Answered {
    const dialect = dialectOf(path)
    const text = body.toString('utf8')
    const parsed = parsedOf(text)
    const offered = dialect === undefined || parsed === undefined ? [] : offeredIn(parsed)
    const isWarming = parsed?.generate === false
    const summary = parsed !== undefined && asksForSummary(parsed) ? this.#options.plan.summary : undefined
    const isTurn =
      dialect !== undefined &&
      !isWarming &&
      summary === undefined &&
      (offered.length > 0 || 'previous_response_id' in (parsed ?? {}))
    const conversation = this.#conversations.of(parsed ?? {}, before)
    if (offered.length > 0) conversation.offered = offered
    // What a summary covers has been answered, though no later request holds it.
    if (summary !== undefined) conversation.progress.advance(text)
    const turn: Turn = isTurn ? conversation.progress.next(text) : (summary ?? ASIDE)
    const call: Recorded = {
      path,
      headers,
      body,
      ...(dialect === undefined ? {} : { dialect }),
      isTurn,
      isSummary: summary !== undefined,
      agent: conversation.agent,
      step: conversation.progress.at,
      waits: 'waits' in turn,
      answered: [],
      wasHeldBack: false,
      holds: turn.holds === true,
      isOpen: true,
    }
    this.calls.push(call)
    const said = this.#said(turn, conversation, text)
    const { inputTokens = INPUT_TOKENS } = turn
    return Object.assign(call, { said, inputTokens, conversation, ...(parsed === undefined ? {} : { parsed }) })
  }

  #said(turn: Turn, { agent, offered }: Conversation, body: string): Said {
    if ('waits' in turn) {
      const call = waitingFor(offered)
      return call === undefined
        ? { say: 'The subagents are at work.' }
        : { calls: [{ id: nextId('call_wait'), ...call }] }
    }
    if ('say' in turn) {
      const call = agent === '' ? undefined : completing(turn.say, offered)
      return call === undefined ? turn : { calls: [{ id: nextId('call_done'), ...call }] }
    }
    const { work } = this.#options
    return { calls: turn.calls.map(({ id, action }) => ({ id, ...callFor(action, offered, work, fileIn(body)) })) }
  }

  get isFaultSpent(): boolean {
    return !this.#isFaulty
  }

  hasArrived(call: Recorded): boolean {
    return this.#options.hasArrived?.(call.headers) ?? true
  }

  /** The fault for this call, which is then spent. */
  fault(call: Recorded): FaultKind | undefined {
    const { fault } = this.#options
    if (!this.#isFaulty || !call.isTurn || fault?.step !== call.step) return undefined
    this.#isFaulty = false
    return fault.kind
  }
}

const reply = (script: Script, incoming: IncomingMessage, body: Buffer, answering: ServerResponse): unknown => {
  const path = (incoming.url ?? '').split('?')[0]!
  if (incoming.method !== 'POST') return sendJson(answering, incoming.method === 'HEAD' ? 200 : 404, {})
  const call = script.record(path, { headers: incoming.rawHeaders, body })
  const answer = listening(answering, call)
  const { parsed, said, inputTokens, holds, dialect } = call
  if (parsed === undefined) return sendJson(answer, 400, { error: { message: 'not JSON' } })
  if (path.endsWith('/count_tokens')) return sendJson(answer, 200, { input_tokens: Math.ceil(body.length / 4) })
  if (dialect === undefined) return sendJson(answer, 404, { error: { message: `no such path ${path}` } })
  const fault = script.fault(call)
  if (typeof fault === 'number') {
    if (fault === 429) answer.setHeader('retry-after', '1')
    return sendJson(answer, fault, faultBody(dialect, fault))
  }
  const speak = { anthropic, 'openai-chat': chat, 'openai-responses': responses, gemini }[dialect]
  speak({
    answer,
    path,
    parsed,
    said,
    inputTokens,
    holds,
    cut: fault === 'cut',
    hasArrived: () => script.hasArrived(call),
    heldBack: () => {
      call.wasHeldBack = true
    },
  })
}

export const startProvider = async (options: ProviderOptions): Promise<Provider> => {
  const script = new Script(options)
  const server: Server = createServer((incoming, answer) => {
    const parts: Buffer[] = []
    incoming.on('data', (part: Buffer) => parts.push(part))
    incoming.on('end', () => reply(script, incoming, Buffer.concat(parts), answer))
  })
  const sockets = new WebSocketServer({ noServer: true })
  server.on('upgrade', (req, socket, head) => {
    const path = (req.url ?? '').split('?')[0]!
    if (!options.webSocket) return socket.end('HTTP/1.1 426 Upgrade Required\r\ncontent-length: 0\r\n\r\n')
    sockets.handleUpgrade(req, socket, head, (client) => {
      let latest: (Recorded & Answered) | undefined
      client.on('message', (data) => {
        const incoming = { headers: req.rawHeaders, body: Buffer.from(data as Buffer) }
        const call = script.record(path, incoming, latest?.conversation)
        latest = call
        const fault = script.fault(call)
        if (fault === 'cut') client.terminate()
        else if (fault !== undefined) client.send(JSON.stringify(errorFrame(fault)))
        else responseFrames(client, { ...call, parsed: call.parsed ?? {} })
        if (!call.holds) call.isOpen = false
      })
      client.on('close', () => {
        if (latest?.isOpen) latest.abandonedAtMs = performance.now()
        if (latest !== undefined) latest.isOpen = false
      })
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    calls: script.calls,
    isFaultSpent: () => script.isFaultSpent,
    open: () => script.calls.filter(({ isOpen }) => isOpen).length + sockets.clients.size,
    close: () =>
      new Promise((resolve) => {
        for (const client of sockets.clients) client.terminate()
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
