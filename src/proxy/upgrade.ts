// WebSocket and other upgrades: one handshake passed on, then raw bytes both ways, so frames and close codes are the peers' own.
import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { messageOf } from '../base/errors.js'
import { answerHeaders, requestHeaders } from './headers.js'
import { refuseSocket, unreachable } from './refusal.js'
import type { Target } from './target.js'
import type { Upstream } from './upstream.js'

export interface UpgradeExchange {
  readonly req: IncomingMessage
  readonly socket: Duplex
  /** Bytes the client sent right behind its handshake. */
  readonly head: Buffer
  readonly target: Target
  readonly upstream: Upstream
  /** Relays the frames one by one in place of the bytes; no extension may then be agreed on that changes frames. */
  readonly frames?: (peer: Duplex) => void
}

export const isWebSocket = (req: IncomingMessage): boolean => req.headers.upgrade?.toLowerCase() === 'websocket'

/**
 * Hands a request with another upgrade (Java's client offers `h2c` on every call, bodies included) back to the server
 * as the plain request it also is: an offer may be ignored (RFC 9110, section 7.8).
 */
export const withoutOffer = (server: Server, req: IncomingMessage, socket: Duplex, head: Buffer): void => {
  const kept: string[] = []
  for (let i = 0; i + 1 < req.rawHeaders.length; i += 2) {
    const [name, value] = [req.rawHeaders[i]!, req.rawHeaders[i + 1]!]
    const lower = name.toLowerCase()
    if (lower === 'connection') kept.push(name, withoutTokens(value))
    else if (lower !== 'upgrade' && lower !== 'http2-settings') kept.push(name, value)
  }
  const line = `${req.method} ${req.url} HTTP/${req.httpVersion}\r\n`
  socket.unshift(Buffer.concat([Buffer.from(line + headerLines(kept), 'latin1'), head]))
  server.emit('connection', socket)
}

const withoutTokens = (connection: string): string =>
  connection
    .split(',')
    .map((token) => token.trim())
    .filter((token) => !/^(upgrade|http2-settings)$/i.test(token))
    .join(', ') || 'keep-alive'

export const relayUpgrade = ({ req, socket, head, target, upstream, frames }: UpgradeExchange): void => {
  let abort: ((error?: Error) => void) | undefined
  let open = false
  let answered = false
  socket.on('error', () => socket.destroy())
  socket.once('close', () => {
    if (!open) abort?.(new Error('client went away'))
  })
  upstream.dispatch(
    {
      method: (req.method ?? 'GET') as 'GET',
      path: target.forward,
      headers: frames
        ? withoutExtensions(requestHeaders(req.rawHeaders, 'same'))
        : requestHeaders(req.rawHeaders, 'same'),
      upgrade: req.headers.upgrade ?? 'websocket',
    },
    {
      onConnect(abortUpstream) {
        abort = abortUpstream
        if (socket.destroyed) abortUpstream(new Error('client went away'))
      },
      onUpgrade(status, headers, peer) {
        open = true
        const lines = (headers ?? []).map((part) => (typeof part === 'string' ? part : part.toString('latin1')))
        socket.write(statusHead(status, 'Switching Protocols', lines), 'latin1')
        if (frames) frames(peer)
        else join(socket, peer, head)
        closeTogether(socket, peer)
      },
      onHeaders(status, headers, resume, statusText) {
        if (status < 200) return true
        answered = true
        // Chunking is undone on the way: the end of the connection ends the body.
        const lines = [...answerHeaders(headers), 'connection', 'close']
        socket.write(statusHead(status, statusText, lines), 'latin1')
        socket.on('drain', resume)
        return true
      },
      onData: (chunk) => socket.write(chunk),
      onComplete: () => void socket.end(),
      onError(error) {
        if (answered || open || socket.destroyed) socket.destroy()
        else refuseSocket(socket, unreachable(upstream.shown, messageOf(error)))
      },
    },
  )
}

/** Each side of a relay agrees on its own extensions (RFC 6455, section 9.1); we agree on none. */
const withoutExtensions = (headers: readonly string[]): string[] =>
  headers.filter((_, index) => headers[index - (index % 2)]!.toLowerCase() !== 'sec-websocket-extensions')

const statusHead = (status: number, text: string, headers: readonly string[]): string =>
  `HTTP/1.1 ${status} ${text}\r\n${headerLines(headers)}`

const headerLines = (headers: readonly string[]): string => {
  let lines = ''
  for (let i = 0; i + 1 < headers.length; i += 2) lines += `${headers[i]}: ${headers[i + 1]}\r\n`
  return `${lines}\r\n`
}

const join = (client: Duplex, peer: Duplex, head: Buffer): void => {
  if (head.length > 0) peer.write(head)
  client.pipe(peer)
  peer.pipe(client)
}

const closeTogether = (client: Duplex, peer: Duplex): void => {
  peer.on('error', () => client.destroy())
  client.on('error', () => peer.destroy())
  peer.once('close', () => closeAfterWrites(client))
  client.once('close', () => closeAfterWrites(peer))
}

/** A side that ended in order has what it sent delivered first; one that broke takes the other with it. */
const closeAfterWrites = (socket: Duplex): void => {
  if (socket.writableEnded && !socket.writableFinished) socket.once('finish', () => socket.destroy())
  else socket.destroy()
}
