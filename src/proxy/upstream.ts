// One upstream: a connection pool to the configured base URL, and nothing that a request could redirect.
import type { Dispatcher } from 'undici'
import Pool from 'undici/lib/dispatcher/pool.js'
import { HeadroomError } from '../base/errors.js'
import type { OutboundProxy } from './options.js'
import { connectorFor, outboundFor } from './outbound.js'
import type { UpstreamName } from './routes.js'
import { joinPath } from './target.js'

export interface Upstream {
  readonly name: UpstreamName
  readonly base: URL
  /** Base URL without credentials, for messages. */
  readonly shown: string
  dispatch(request: Omit<Dispatcher.DispatchOptions, 'origin'>, handler: Dispatcher.DispatchHandler): void
  close(): Promise<void>
}

/**
 * Idle sockets are kept through an agent's tool calls. A peer's `keep-alive: timeout` shortens this, and undici looks
 * for a pending close before it reuses an idle socket, so that no request is written to one already closed.
 */
const IDLE_SOCKET_MS = 30_000
const MAX_HEADER_BYTES = 256 * 1024

export const createUpstream = (name: UpstreamName, baseUrl: string, outbound?: OutboundProxy): Upstream => {
  const base = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined
  if (base === undefined || !/^https?:$/.test(base.protocol))
    throw new HeadroomError('CONFIG_INVALID', `the ${name} upstream is not an http:// or https:// URL: ${baseUrl}`)
  const pool = new Pool(base.origin, {
    pipelining: 1,
    headersTimeout: 0,
    bodyTimeout: 0,
    keepAliveTimeout: IDLE_SOCKET_MS,
    maxHeaderSize: MAX_HEADER_BYTES,
    connect: connectorFor(outboundFor(base, outbound)),
  })
  return {
    name,
    base,
    shown: base.origin + base.pathname.replace(/\/+$/, ''),
    dispatch(request, handler) {
      pool.dispatch({ ...request, path: joinPath(base.pathname, request.path) }, handler)
    },
    close: () => pool.destroy(),
  }
}
