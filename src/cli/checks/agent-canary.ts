// One request of an agent through a proxy of our own to an upstream on this machine: what may change is the text of one tool
// result; path, key, headers and all other bytes arrive as they were sent, and a streamed answer comes as it is written.
import { createServer, type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { messageOf } from '../../base/errors.js'
import type { AgentCall, KeyPlace } from '../../spec/agent.js'
import { CANARY_ANSWERS, type CanaryRequest, canaryRequest } from './canary-request.js'
import { FAILURE } from './sample.js'

const KEY = 'canary-key-of-headroom-doctor'
/** How long the upstream waits for the first part of its answer to arrive before it sends the rest. */
const HOLD_MS = 3_000
const TIMEOUT_MS = 15_000
/** Headers of a connection, which are its own on each side. */
const HOP = new Set(['host', 'connection', 'content-length', 'transfer-encoding', 'keep-alive'])

interface Seen {
  readonly url: string
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

/** What stands at the far end during one request. */
interface Turn {
  readonly call: AgentCall
  readonly firstArrived: Promise<void>
  seen?: Seen
  isHeldBack?: boolean
}

export interface CanaryUpstream {
  readonly url: string
  /** The request that is running. */
  turn?: Turn
  close(): void
}

export type CanaryFaultKind = 'answer' | 'key' | 'headers' | 'path' | 'body' | 'stream'

export type CanaryOutcome =
  | { readonly fault: CanaryFaultKind; readonly message: string }
  | { readonly bytesBefore: number; readonly bytesAfter: number }

const after = (ms: number): Promise<'late'> => new Promise((resolve) => setTimeout(resolve, ms, 'late').unref())

const bodyOf = async (message: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = []
  for await (const part of message) chunks.push(part as Buffer)
  return Buffer.concat(chunks)
}

export const startCanaryUpstream = async (): Promise<CanaryUpstream> => {
  const server = createServer(async (incoming, response) => {
    const { turn } = upstream
    if (turn === undefined) return void response.writeHead(404).end()
    turn.seen = { url: incoming.url ?? '', headers: incoming.headers, body: await bodyOf(incoming) }
    const [first, rest] = CANARY_ANSWERS[turn.call.dialect].parts
    response.writeHead(200, { 'content-type': 'text/event-stream' }).write(first)
    turn.isHeldBack = (await Promise.race([turn.firstArrived, after(HOLD_MS)])) === 'late'
    response.end(rest)
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  const upstream: CanaryUpstream = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.close()
      server.closeAllConnections()
    },
  }
  return upstream
}

const KEY_HEADERS: Readonly<Record<Exclude<KeyPlace, 'query'>, Readonly<Record<string, string>>>> = {
  'x-api-key': { 'x-api-key': KEY },
  bearer: { authorization: `Bearer ${KEY}` },
  'x-goog-api-key': { 'x-goog-api-key': KEY },
}

interface Sent extends CanaryRequest {
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
}

const requestOf = ({ dialect, path, key, headers }: AgentCall): Sent => ({
  ...canaryRequest(dialect),
  path: key === 'query' ? `${path}${path.includes('?') ? '&' : '?'}key=${KEY}` : path,
  headers: { 'content-type': 'application/json', ...headers, ...(key === 'query' ? {} : KEY_HEADERS[key]) },
})

interface Answer {
  readonly status: number
  readonly body: Buffer
}

const send = (url: string, { path, headers, body }: Sent, onFirst: () => void): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(TIMEOUT_MS)
    const outgoing = request(`${url}${path}`, { method: 'POST', headers, agent: false, signal }, (incoming) => {
      incoming.once('data', onFirst)
      bodyOf(incoming).then((answer) => resolve({ status: incoming.statusCode ?? 0, body: answer }), reject)
    })
    outgoing.on('error', reject)
    outgoing.end(body)
  })

/** @param proxyUrl of a proxy whose upstreams all are `upstream`. */
export const runCanary = async (
  proxyUrl: string,
  upstream: CanaryUpstream,
  call: AgentCall,
): Promise<CanaryOutcome> => {
  let onFirst: () => void = () => undefined
  const turn: Turn = { call, firstArrived: new Promise((resolve) => (onFirst = resolve)) }
  upstream.turn = turn
  const sent = requestOf(call)
  try {
    return judge(turn, sent, await send(proxyUrl, sent, onFirst))
  } catch (error) {
    return { fault: 'answer', message: `no answer: ${messageOf(error)}` }
  }
}

const judge = (turn: Turn, sent: Sent, { status, body }: Answer): CanaryOutcome => {
  const { seen, call } = turn
  if (seen === undefined || status !== 200)
    return {
      fault: 'answer',
      message: `answered ${status} by the proxy itself: ${body.toString('utf8').slice(0, 200)}`,
    }
  const keyAt = call.key === 'query' ? 'in the URL' : `in ${Object.keys(KEY_HEADERS[call.key]).join()}`
  if (!carriesKey(seen, sent, call)) return { fault: 'key', message: `the key ${keyAt} did not arrive as it was sent` }
  if (seen.url !== sent.path) return { fault: 'path', message: `sent to ${call.path}, arrived at another path` }
  const header = changedHeader(seen.headers, sent.headers)
  if (header !== undefined) return { fault: 'headers', message: `the header ${header} was changed, added or lost` }
  const bytes = changedBody(seen.body, sent)
  if (bytes !== undefined) return { fault: 'body', message: bytes }
  if (!body.equals(Buffer.from(CANARY_ANSWERS[call.dialect].parts.join(''))))
    return { fault: 'answer', message: 'the answer did not come back byte for byte' }
  if (turn.isHeldBack) return { fault: 'stream', message: 'a streamed answer was held back until its end' }
  return { bytesBefore: sent.body.length, bytesAfter: seen.body.length }
}

const carriesKey = (seen: Seen, sent: Sent, { key }: AgentCall): boolean => {
  if (key === 'query') return new URL(seen.url, 'http://localhost').searchParams.get('key') === KEY
  return Object.keys(KEY_HEADERS[key]).every((name) => seen.headers[name] === sent.headers[name])
}

/** The first header that is not as it was sent (F-1). */
const changedHeader = (seen: IncomingHttpHeaders, sent: Sent['headers']): string | undefined =>
  [...new Set([...Object.keys(sent), ...Object.keys(seen)])]
    .filter((name) => !HOP.has(name))
    .find((name) => seen[name] !== sent[name])

/** What is wrong with the bytes, if anything (B-2, A-5). */
const changedBody = (seen: Buffer, { body, start, end }: CanaryRequest): string | undefined => {
  const [before, behind] = [body.subarray(0, start), body.subarray(end)]
  const isWhole =
    seen.length >= before.length + behind.length &&
    seen.subarray(0, before.length).equals(before) &&
    seen.subarray(seen.length - behind.length).equals(behind)
  if (!isWhole) return 'bytes outside the tool result were changed'
  return seen.includes(FAILURE) ? undefined : 'the failing line of the tool result did not arrive'
}
