// The few answers that are not the upstream's. Their envelope is read by both the Anthropic and the OpenAI clients.
import type { ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'

export interface Refusal {
  readonly status: number
  readonly code: string
  /** What happened and what to do, without request content. */
  readonly message: string
}

const envelope = ({ code, message }: Refusal): string =>
  `${JSON.stringify({ type: 'error', error: { type: code, code, message } })}\n`

export const refuse = (res: ServerResponse, refusal: Refusal): void => {
  const body = envelope(refusal)
  res.writeHead(refusal.status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
    connection: 'close',
  })
  res.end(body)
}

const REASONS: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  405: 'Method Not Allowed',
  502: 'Bad Gateway',
}

/** The same answer on a bare socket, where no response object exists (upgrades, CONNECT). */
export const refuseSocket = (socket: Duplex, refusal: Refusal): void => {
  const body = envelope(refusal)
  socket.end(
    `HTTP/1.1 ${refusal.status} ${REASONS[refusal.status] ?? 'Error'}\r\ncontent-type: application/json; charset=utf-8\r\n` +
      `content-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  )
}

export const unreachable = (base: string, reason: string): Refusal => ({
  status: 502,
  code: 'upstream_unreachable',
  message: `headroom could not reach the upstream ${base} (${reason}). Check the network, the proxy settings and the upstream base URL; the request was not answered by anyone.`,
})
