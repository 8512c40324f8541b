// The way through a corporate proxy: one CONNECT per upstream connection, TLS inside it where the upstream has TLS.
import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'
import type { Socket } from 'node:net'
import type { buildConnector as Build } from 'undici'
import buildConnector from 'undici/lib/core/connect.js'
import { HeadroomError } from '../base/errors.js'
import type { OutboundProxy } from './options.js'

/** Milliseconds for TCP and TLS to an upstream or a proxy. */
const CONNECT_TIMEOUT_MS = 10_000

/** The proxy for an upstream, or undefined for a direct connection. */
export const outboundFor = (upstream: URL, outbound: OutboundProxy = {}): URL | undefined => {
  const value = upstream.protocol === 'https:' ? outbound.https : outbound.http
  if (value === undefined || value === '' || isExempt(upstream, outbound.no ?? '')) return undefined
  const url = URL.canParse(value) ? new URL(value) : undefined
  if (url === undefined || !/^https?:$/.test(url.protocol))
    throw new HeadroomError(
      'CONFIG_INVALID',
      'the outbound proxy (HTTPS_PROXY or HTTP_PROXY) is not an http:// or https:// URL',
    )
  return url
}

/** `NO_PROXY` as curl reads it: names match themselves and their subdomains, a port restricts, `*` is everything. */
const isExempt = (upstream: URL, no: string): boolean => {
  const host = upstream.hostname.toLowerCase().replace(/^\[|\]$/g, '')
  const port = upstream.port || (upstream.protocol === 'https:' ? '443' : '80')
  return no.split(/[\s,]+/).some((entry) => {
    if (entry === '*') return true
    const match = /^(?:\*?\.)?(\[[^\]]+\]|[^:]+|[0-9a-f:]+)(?::(\d+))?$/i.exec(entry)
    if (match === null) return false
    const name = match[1]!.toLowerCase().replace(/^\[|\]$/g, '')
    return (match[2] === undefined || match[2] === port) && (host === name || host.endsWith(`.${name}`))
  })
}

/** Opens connections to an upstream, directly or through `via`. */
export const connectorFor = (via: URL | undefined): Build.connector => {
  const direct = buildConnector({ timeout: CONNECT_TIMEOUT_MS, autoSelectFamily: true })
  if (via === undefined) return direct
  return (options, callback) => {
    const port = options.port || (options.protocol === 'https:' ? '443' : '80')
    tunnel(via, `${options.hostname}:${port}`, (error, socket) => {
      if (socket === undefined) callback(error ?? new Error('no tunnel'), null)
      else if (options.protocol !== 'https:') callback(null, socket)
      else direct({ ...options, httpSocket: socket }, callback)
    })
  }
}

const tunnel = (via: URL, authority: string, done: (error: Error | undefined, socket?: Socket) => void): void => {
  const secure = via.protocol === 'https:'
  const credentials = `${decodeURIComponent(via.username)}:${decodeURIComponent(via.password)}`
  const headers = {
    host: authority,
    ...(via.username === '' ? {} : { 'proxy-authorization': `Basic ${Buffer.from(credentials).toString('base64')}` }),
  }
  const request = (secure ? httpsRequest : httpRequest)({
    host: via.hostname.replace(/^\[|\]$/g, ''),
    port: via.port || (secure ? 443 : 80),
    method: 'CONNECT',
    path: authority,
    agent: false,
    timeout: CONNECT_TIMEOUT_MS,
    headers,
  })
  request.once('timeout', () => request.destroy(new Error('the outbound proxy did not answer in time')))
  request.once('error', (error) => done(error))
  request.once('response', (answer) => {
    answer.resume()
    done(new Error(`the outbound proxy answered ${answer.statusCode} to CONNECT`))
  })
  request.once('connect', (answer, socket) => {
    if (answer.statusCode !== 200) {
      socket.destroy()
      return done(new Error(`the outbound proxy answered ${answer.statusCode} to CONNECT`))
    }
    socket.setTimeout(0)
    socket.setNoDelay(true)
    done(undefined, socket)
  })
  request.end()
}
