// Stands between a client and the proxy and records what the client sent and got. It numbers each request by a header of its own,
// so that the request that reaches the provider can be laid beside the one that left the client.
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { WebSocket, WebSocketServer } from 'ws'

const NUMBER = 'x-e2e-number'
const SOCKET = 'x-e2e-socket'

const indexIn = (headers: readonly string[], header: string): number => {
  const at = headers.findIndex((name) => name.toLowerCase() === header)
  return at < 0 ? -1 : Number(headers[at + 1])
}

/** The number that a request arrived with; -1 where it came past the tap or over a WebSocket. */
export const numberIn = (headers: readonly string[]): number => indexIn(headers, NUMBER)

/** The WebSocket that a frame arrived over, by its place among the tap's; -1 for a request. */
export const socketIn = (headers: readonly string[]): number => indexIn(headers, SOCKET)

export interface Tapped {
  readonly number: number
  readonly path: string
  readonly headers: readonly string[]
  readonly body: Buffer
  readonly answered: Buffer[]
  status: number
  /** When the client went before its answer was whole; `performance.now()`. */
  leftAtMs?: number
}

export interface Tap {
  readonly port: number
  readonly calls: Tapped[]
  /** Frames that the client sent over each WebSocket. */
  readonly sockets: Buffer[][]
  close(): Promise<void>
}

const OF_SOCKET = /^(?:connection|upgrade|host|sec-websocket-(?:key|version|extensions|protocol))$/i

const withoutConnection = (raw: readonly string[]): Record<string, string> => {
  const headers: Record<string, string> = {}
  for (let at = 0; at + 1 < raw.length; at += 2) if (!OF_SOCKET.test(raw[at]!)) headers[raw[at]!] = raw[at + 1]!
  return headers
}

const relay = (call: Tapped, incoming: IncomingMessage, answer: ServerResponse, target: number): void => {
  const onward = request(
    {
      host: '127.0.0.1',
      port: target,
      method: incoming.method ?? 'GET',
      path: incoming.url ?? '/',
      headers: [...call.headers, NUMBER, String(call.number)] as unknown as Record<string, string>,
    },
    (reply) => {
      call.status = reply.statusCode ?? 0
      answer.writeHead(call.status, reply.rawHeaders)
      reply.on('data', (part: Buffer) => {
        call.answered.push(part)
        answer.write(part)
      })
      reply.on('end', () => answer.end())
      reply.on('error', () => answer.destroy())
    },
  )
  onward.on('error', () => answer.destroy())
  answer.on('close', () => {
    if (answer.writableEnded) return
    call.leftAtMs = performance.now()
    onward.destroy()
  })
  onward.end(call.body)
}

const relayFrames = (client: WebSocket, incoming: IncomingMessage, target: number, sockets: Buffer[][]): void => {
  const frames: Buffer[] = []
  const headers = { ...withoutConnection(incoming.rawHeaders), [SOCKET]: String(sockets.push(frames) - 1) }
  const onward = new WebSocket(`ws://127.0.0.1:${target}${incoming.url}`, { headers })
  const early: Buffer[] = []
  client.on('message', (data) => {
    const frame = Buffer.from(data as Buffer)
    frames.push(frame)
    if (onward.readyState === WebSocket.OPEN) onward.send(frame.toString())
    else early.push(frame)
  })
  onward.on('open', () => {
    for (const frame of early) onward.send(frame.toString())
  })
  onward.on('message', (data) => client.send(data.toString()))
  client.on('close', () => onward.close())
  onward.on('close', () => client.close())
  onward.on('error', () => client.terminate())
}

export const startTap = async (target: number): Promise<Tap> => {
  const calls: Tapped[] = []
  const sockets: Buffer[][] = []
  const server = createServer((incoming, answer) => {
    const parts: Buffer[] = []
    incoming.on('data', (part: Buffer) => parts.push(part))
    incoming.on('end', () => {
      const call: Tapped = {
        number: calls.length,
        path: incoming.url ?? '/',
        headers: incoming.rawHeaders,
        body: Buffer.concat(parts),
        answered: [],
        status: 0,
      }
      calls.push(call)
      relay(call, incoming, answer, target)
    })
  })
  const upgrades = new WebSocketServer({ noServer: true })
  server.on('upgrade', (incoming, socket, head) =>
    upgrades.handleUpgrade(incoming, socket, head, (client) => relayFrames(client, incoming, target, sockets)),
  )
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    calls,
    sockets,
    close: () =>
      new Promise((resolve) => {
        for (const client of upgrades.clients) client.terminate()
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
