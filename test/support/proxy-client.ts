// A client that sees the wire as it is, an engine that does what it is told, and a proxy between it and a fake upstream.
import { type ClientRequest, type IncomingMessage, request } from 'node:http'
import { connect } from 'node:net'
import { type ProxyOptions, type RunningProxy, startProxy } from '../../src/proxy/index.js'
import type { EngineHost } from '../../src/proxy/options.js'
import type { Config } from '../../src/spec/config.js'
import type { EngineRequest, EngineResult } from '../../src/spec/engine.js'
import type { ByteEdit, Usage } from '../../src/spec/wire.js'

export interface Answer {
  readonly status: number
  readonly statusMessage: string
  readonly rawHeaders: readonly string[]
  readonly body: Buffer
  readonly trailers: NodeJS.Dict<string>
  /** False where the connection ended before the answer did. */
  readonly complete: boolean
}

export interface Call {
  readonly port: number
  readonly method?: string
  readonly path?: string
  /** Flat list, sent as it is. */
  readonly headers?: readonly string[]
  readonly body?: string | Uint8Array
  /** Called with every chunk as it arrives. */
  readonly onChunk?: (chunk: Buffer, atMs: number) => void
  readonly onAnswer?: (answer: IncomingMessage, request: ClientRequest) => void
}

const send = ({ port, method = 'GET', path = '/', headers = [], body }: Call): ClientRequest => {
  const named = headers.some((part, i) => i % 2 === 0 && part.toLowerCase() === 'host')
  const sized = headers.some((part, i) => i % 2 === 0 && /^(content-length|transfer-encoding)$/i.test(part))
  const all = [
    ...(named ? [] : ['host', `127.0.0.1:${port}`]),
    ...headers,
    ...(body === undefined || sized ? [] : ['content-length', String(Buffer.byteLength(body))]),
  ]
  const options = {
    host: '127.0.0.1',
    port,
    method,
    path,
    headers: all,
    agent: false as const,
    setDefaultHeaders: false,
  }
  return request(options)
}

/** One request on a connection of its own. */
export const call = (options: Call): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const outgoing = send(options)
    outgoing.on('error', reject)
    outgoing.on('response', (answer) => {
      options.onAnswer?.(answer, outgoing)
      const chunks: Buffer[] = []
      answer.on('data', (chunk: Buffer) => {
        chunks.push(chunk)
        options.onChunk?.(chunk, performance.now())
      })
      answer.on('error', () => undefined)
      answer.on('close', () =>
        resolve({
          status: answer.statusCode ?? 0,
          statusMessage: answer.statusMessage ?? '',
          rawHeaders: answer.rawHeaders,
          body: Buffer.concat(chunks),
          trailers: answer.trailers,
          complete: answer.complete,
        }),
      )
    })
    // A string would make Node write the head as UTF-8.
    outgoing.end(options.body === undefined ? undefined : Buffer.from(options.body))
  })

/** A request that is still being written; the caller ends or destroys it. */
export const open = (options: Call): ClientRequest => {
  const outgoing = send(options)
  outgoing.on('error', () => undefined)
  outgoing.flushHeaders()
  return outgoing
}

/** Sends bytes and gives everything that came back until the peer closed, or `quietMs` passed without any. */
export const rawCall = (port: number, bytes: string | Buffer, quietMs = 300): Promise<string> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    let text = ''
    const done = (): void => {
      clearTimeout(timer)
      socket.destroy()
      resolve(text)
    }
    let timer = setTimeout(done, 3000)
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1')
      clearTimeout(timer)
      timer = setTimeout(done, quietMs)
    })
    socket.on('error', done).on('close', done)
    socket.write(bytes)
  })

export const headerValues = (headers: readonly string[], name: string): string[] =>
  headers.filter((_value, i) => i % 2 === 1 && headers[i - 1]!.toLowerCase() === name)

export interface FakeHost extends EngineHost {
  readonly ran: EngineRequest[]
  readonly settled: { id: string; status: number; usage: Usage | undefined }[]
  closed: boolean
}

export const resultOf = (edits: readonly ByteEdit[], id = 'r1'): EngineResult => ({
  edits,
  report: {
    id,
    outcome: edits.length === 0 ? 'passthrough' : 'compressed',
    basis: 'estimate',
    tokensBefore: 0,
    tokensAfter: 0,
    durationMs: 0,
    blocks: [],
  },
})

/** An engine in this thread: `run` decides, the rest remembers what it was told. */
export const fakeHost = (
  run: (request: EngineRequest) => Promise<EngineResult> = async () => resultOf([]),
): FakeHost => {
  const ran: EngineRequest[] = []
  const settled: FakeHost['settled'] = []
  const host: FakeHost = {
    ran,
    settled,
    closed: false,
    run: (request) => {
      ran.push(request)
      return run(request)
    },
    settle: (id, status, usage) => void settled.push({ id, status, usage }),
    stats: async (sinceMs = 0) => ({
      sinceMs,
      totals: {
        requests: 2,
        compressed: 1,
        bytesIn: 1000,
        bytesOut: 600,
        tokensBefore: 250,
        tokensAfter: 150,
        firstSeenBefore: 250,
        firstSeenAfter: 150,
        usage: { inputTokens: 9 },
        retrievedTokens: 5,
      },
      byCompressor: [{ name: 'log', blocks: 1, tokensBefore: 200, tokensAfter: 100 }],
      byTool: [],
      byAgent: [],
      bySkip: [{ name: 'below-"floor"', blocks: 3, tokensBefore: 50, tokensAfter: 50 }],
      recent: [],
    }),
    money: async (sinceMs = 0) => ({
      sinceMs,
      prices: { source: 'made', date: '2026-01-01' },
      basis: 'estimate',
      total: { name: 'total', requests: 2, paidMicroUsd: 900, savedMicroUsd: 30, costMicroUsd: 50, netMicroUsd: -20 },
      byDay: [],
      byModel: [],
      byAgent: [],
      bySession: [],
      unpriced: { requests: 1, models: ['x'] },
      unbilledRequests: 0,
      isCut: false,
    }),
    retrieve: async (ref, options) => ({
      text: options?.lines === undefined ? 'whole\ntext\n' : `lines ${options.lines}`,
      found: ref === 'aaaaaaaaaaaaaaaa',
      bytes: Buffer.from([0xff, 0x00, 0x41]),
      totalLines: 2,
    }),
    explain: async (ref) => ({ ref, found: ref === 'aaaaaaaaaaaaaaaa', originalBytes: 3, originalLines: 1 }),
    close: async () => {
      host.closed = true
    },
  }
  return host
}

/** Puts `text` in the place of the first `find` of a body. */
export const replacing =
  (find: string, text: string) =>
  async ({ body }: EngineRequest): Promise<EngineResult> => {
    const start = Buffer.from(body).indexOf(find)
    if (start === -1) return resultOf([])
    return resultOf([{ start, end: start + Buffer.byteLength(find), bytes: Buffer.from(text) }])
  }

export const configFor = (upstreamUrl: string, changes: Partial<Config> = {}): Config => ({
  home: '/nonexistent',
  policy: 'balanced',
  rules: [],
  repack: 'cold',
  holdoutPercent: 0,
  host: '127.0.0.1',
  port: 0,
  upstreamAnthropic: upstreamUrl,
  upstreamOpenai: upstreamUrl,
  upstreamGemini: upstreamUrl,
  deadlineMs: 250,
  retrieval: 'auto',
  alignPrefix: 'off',
  trimTools: 'off',
  workers: 1,
  storeMaxBytes: 1e9,
  storeMaxAgeDays: 30,
  logLevel: 'error',
  ...changes,
})

export const proxyFor = (
  upstreamUrl: string,
  options: Partial<Omit<ProxyOptions, 'config'>> & { config?: Partial<Config> } = {},
): Promise<RunningProxy> => {
  const { config, ...rest } = options
  return startProxy({ host: fakeHost(), drainMs: 0, ...rest, config: configFor(upstreamUrl, config) })
}
