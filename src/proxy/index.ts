// The proxy: node:http in front, one pool per upstream behind, the engine on the side. Any doubt sends the original bytes.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { setTimeout } from 'node:timers/promises'
import { HeadroomError } from '../base/errors.js'
import type { Logger } from '../spec/logger.js'
import type { Codec } from '../spec/wire.js'
import { codecFor } from '../wire/list.js'
import { type Access, createAccess, isLoopbackAddress, isLoopbackHost } from './access.js'
import { type AgentOf, createAgentOf } from './agent-name.js'
import { createAlign } from './align.js'
import { BODY_LIMIT_BYTES, declaredLength } from './body.js'
import { type Exchange, tunnel } from './exchange.js'
import { type GenerateParts, generate } from './generate.js'
import { hasBodyProof, headerOf, sessionOf } from './headers.js'
import { assertNoLoop, listenNear } from './listen.js'
import { oncePerMinute } from './log.js'
import type { EngineHost, JsonAnswer, OutboundProxy, ProxyOptions, RunningProxy } from './options.js'
import { createOwnEndpoints, type OwnEndpoints, ownFailure } from './own.js'
import { prefixWatch } from './prefix-proof.js'
import { recentEdits } from './recent-edits.js'
import { createRedemption } from './redeem/index.js'
import { type Refusal, refuse, refuseSocket } from './refusal.js'
import { type UpstreamName, upstreamFor } from './routes.js'
import { parseTarget, type Target } from './target.js'
import { isWebSocket, relayUpgrade, type UpgradeExchange, withoutOffer } from './upgrade.js'
import { createUpstream, type Upstream } from './upstream.js'
import { watchedTunnel } from './watched-tunnel.js'
import { relayFrames } from './websocket/relay.js'
import { createWorkerHost, type WorkerHost, type WorkerHostOptions } from './worker-host.js'

/** Shared with the engines' own memory of bodies; a bound on what the main thread alone holds alive. */
const RECENT_BYTES = 32 * 1024 * 1024

export type { EngineHost, JsonAnswer, OutboundProxy, ProxyOptions, RunningProxy, WorkerHost, WorkerHostOptions }
export { createWorkerHost }

/** Longest wait for requests in flight when closing, where the caller names none. */
const DRAIN_MS = 10_000
const DRAIN_POLL_MS = 10
/** Longest wait for the first worker before the proxy listens anyway. */
const READY_MS = 3_000

interface Parts {
  readonly agentOf: AgentOf
  readonly access: Access
  readonly own: OwnEndpoints
  readonly upstreams: Readonly<Record<UpstreamName, Upstream>>
  readonly generate: GenerateParts
  readonly logger: Logger
}

export const startProxy = async (options: ProxyOptions): Promise<RunningProxy> => {
  const { config } = options
  if (!isLoopbackHost(config.host) && config.token === undefined)
    throw new HeadroomError(
      'CONFIG_INVALID',
      `listening on ${config.host} lets other machines in: set a token, or listen on 127.0.0.1`,
    )
  const parts = partsOf(options)
  const live: Live = { requests: new Set(), sockets: new Set() }
  const server = serverOf(parts, live)
  const upstreams = Object.values(parts.upstreams)
  const stop = async (): Promise<void> => {
    parts.own.close()
    await Promise.all(upstreams.map((upstream) => upstream.close()))
    await options.host.close()
  }
  try {
    await within(options.host.ready?.() ?? Promise.resolve(), READY_MS)
    const address = await listenNear(server, config.host, config.port)
    await assertNoLoop(upstreams, address.port)
    if (config.port !== 0 && address.port !== config.port)
      parts.logger('warn', 'port taken, listening on another', { wanted: config.port, port: address.port })
    for (const hook of options.hooks ?? []) hook.postStart?.({ host: config.host, port: address.port })
    return running({ options, server, live, port: address.port, stop })
  } catch (error) {
    server.close()
    await stop()
    throw error
  }
}

const partsOf = (options: ProxyOptions): Parts => {
  const { config, host, outbound } = options
  const logger = oncePerMinute(options.logger ?? (() => undefined), Date.now)
  const prefix = prefixWatch(logger)
  const align = config.alignPrefix === 'on' ? createAlign(host, logger) : undefined
  const redemption = config.retrieval === 'wire' ? createRedemption(host, logger) : undefined
  return {
    access: createAccess(config.host, config.token),
    agentOf: createAgentOf(options.agents),
    own: createOwnEndpoints({
      host,
      startedMs: Date.now(),
      prefixBreaks: () => prefix.breaks,
      version: options.version ?? 'unknown',
      nowMs: Date.now,
      ...(options.drift === undefined ? {} : { drift: options.drift }),
      ...(options.page === undefined ? {} : { page: options.page }),
      ...(options.instance === undefined ? {} : { instance: options.instance }),
    }),
    upstreams: {
      anthropic: createUpstream('anthropic', config.upstreamAnthropic, outbound),
      openai: createUpstream('openai', config.upstreamOpenai, outbound),
      gemini: createUpstream('gemini', config.upstreamGemini, outbound),
    },
    generate: {
      host,
      deadlineMs: config.deadlineMs,
      recent: recentEdits(RECENT_BYTES),
      prefix,
      logger,
      ...(options.drift === undefined ? {} : { drift: options.drift }),
      ...(align === undefined ? {} : { align }),
      ...(redemption === undefined ? {} : { redemption }),
      onStatus(requestId, status, durationMs) {
        for (const hook of options.hooks ?? []) hook.postSend?.({ requestId, status, durationMs })
      },
    },
    logger,
  }
}

/** What a closing proxy waits for, and what it cuts. */
interface Live {
  readonly requests: Set<ServerResponse>
  /** Upgraded connections: they end when the peers like, so nobody waits for them. */
  readonly sockets: Set<Duplex>
}

const serverOf = (parts: Parts, { requests, sockets }: Live): Server => {
  const onRequest = (req: IncomingMessage, res: ServerResponse): void => {
    requests.add(res)
    res.once('close', () => requests.delete(res))
    // A client that leaves shows up as `close`; its socket error says nothing more.
    res.on('error', () => res.destroy())
    void answer(parts, req, res).catch((error: unknown) => {
      parts.logger('error', 'request failed inside headroom', { error: String(error) })
      ownFailure(res, error)
    })
  }
  const server = createServer({ requestTimeout: 0, keepAliveTimeout: 65_000, maxHeaderSize: 256 * 1024 }, onRequest)
  server.timeout = 0
  server.on('checkContinue', (req: IncomingMessage, res: ServerResponse) => {
    res.writeContinue()
    onRequest(req, res)
  })
  server.on('checkExpectation', onRequest)
  server.on('upgrade', (req: IncomingMessage, socket: Duplex, head: Buffer) => {
    if (!isWebSocket(req)) return withoutOffer(server, req, socket, head)
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    upgrade(parts, { req, socket, head })
  })
  server.on('connect', (_req: IncomingMessage, socket: Duplex) => {
    socket.on('error', () => socket.destroy())
    refuseSocket(socket, NOT_A_FORWARD_PROXY)
  })
  return server
}

const NOT_A_FORWARD_PROXY: Refusal = {
  status: 405,
  code: 'not_a_forward_proxy',
  message: 'headroom is a base URL, not a forward proxy: set the base URL of the client, not HTTPS_PROXY.',
}
const BAD_TARGET: Refusal = { status: 400, code: 'bad_target', message: 'the request target is not a path' }

const answer = async (parts: Parts, req: IncomingMessage, res: ServerResponse): Promise<void> => {
  const method = req.method ?? 'GET'
  if (method === 'OPTIONS' && req.url === '*') return void res.writeHead(204).end()
  const target = parseTarget(req.url ?? '/')
  if (target === undefined) return refuse(res, BAD_TARGET)
  const refusal = parts.access.refusalOf(target, req.rawHeaders)
  if (refusal !== undefined) return refuse(res, refusal)
  const own = parts.own.find(method, target.path)
  if (own !== undefined) return own(req, res, target)
  const agent = parts.agentOf(req.rawHeaders)
  const exchange: Exchange = { req, res, target, upstream: upstreamOf(parts, req, target), agent }
  const codec = codecFor(method, target.path)
  if (codec === undefined) return tunnel(exchange)
  if (!mayEdit(req, target)) return watchedTunnel(parts.generate, exchange, codec)
  return generate(parts.generate, exchange, codec)
}

const upstreamOf = (parts: Parts, req: IncomingMessage, target: Target): Upstream =>
  parts.upstreams[upstreamFor(target.path, req.rawHeaders)]

const mayEdit = (req: IncomingMessage, { query }: Target): boolean => {
  const bypass = headerOf(req.rawHeaders, 'x-headroom-bypass')
  if (bypass !== undefined && bypass !== '0' && bypass !== 'false') return false
  return (declaredLength(req) ?? 0) <= BODY_LIMIT_BYTES && !hasBodyProof(req.rawHeaders, query)
}

interface Upgrade {
  readonly req: IncomingMessage
  readonly socket: Duplex
  readonly head: Buffer
}

const upgrade = (parts: Parts, { req, socket, head }: Upgrade): void => {
  const target = parseTarget(req.url ?? '/')
  const refusal = target === undefined ? BAD_TARGET : parts.access.refusalOf(target, req.rawHeaders)
  if (target === undefined || refusal !== undefined) return void refuseSocket(socket, refusal ?? BAD_TARGET)
  const exchange: UpgradeExchange = { req, socket, head, target, upstream: upstreamOf(parts, req, target) }
  const codec = codecFor('POST', target.path)
  const reads = codec?.overWebSocket === true && mayEdit(req, target)
  relayUpgrade(reads ? { ...exchange, frames: framesOf(parts, codec, exchange) } : exchange)
}

const framesOf =
  ({ generate: parts, agentOf }: Parts, codec: Codec, { req, socket, head }: UpgradeExchange) =>
  (peer: Duplex): void =>
    relayFrames({
      client: socket,
      peer,
      head,
      codec,
      session: sessionOf(req.rawHeaders),
      agent: agentOf(req.rawHeaders),
      loopback: isLoopbackAddress(req.socket.remoteAddress),
      parts,
    })

interface Started {
  readonly options: ProxyOptions
  readonly server: Server
  readonly live: Live
  readonly port: number
  stop(): Promise<void>
}

const running = ({ options, server, live, port, stop }: Started): RunningProxy => {
  const { host } = options.config
  let closing: Promise<void> | undefined
  const close = async (): Promise<void> => {
    server.close()
    const endMs = performance.now() + (options.drainMs ?? DRAIN_MS)
    while (live.requests.size > 0 && performance.now() < endMs) await setTimeout(DRAIN_POLL_MS)
    server.closeAllConnections()
    for (const socket of live.sockets) socket.destroy()
    await stop()
  }
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    host,
    port,
    close() {
      closing ??= close()
      return closing
    },
  }
}

const within = async (work: Promise<void>, limitMs: number): Promise<void> => {
  const timer = new AbortController()
  // Rejects only because the work was done first and the timer was called off.
  const limit = setTimeout(limitMs, undefined, { signal: timer.signal }).catch(() => undefined)
  await Promise.race([work, limit])
  timer.abort()
}
