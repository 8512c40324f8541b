// Headroom's own endpoints. Everything that is not listed here belongs to an upstream.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { type IntervalHistogram, monitorEventLoopDelay } from 'node:perf_hooks'
import { messageOf } from '../base/errors.js'
import type { DriftWatch } from '../spec/drift.js'
import type { Engine, RetrieveOptions, RetrieveResult } from '../spec/engine.js'
import { BODY_LIMIT_BYTES, collectBody } from './body.js'
import { compressJson } from './compress-call.js'
import { metricsText } from './metrics.js'
import type { EngineHost } from './options.js'
import { refuse } from './refusal.js'
import type { Target } from './target.js'

export interface OwnParts {
  /** Breaks of a sent prefix that were found and mended. */
  prefixBreaks?(): number
  /** Tells this process apart from any other that had the port. */
  readonly instance?: string
  readonly host: EngineHost
  readonly startedMs: number
  readonly drift?: DriftWatch
  readonly page?: string
  readonly version: string
  nowMs(): number
}

type Answer = (req: IncomingMessage, res: ServerResponse, target: Target) => void | Promise<void>

export interface OwnEndpoints {
  /** The endpoint of a request, or undefined where it goes to an upstream. */
  find(method: string, path: string): Answer | undefined
  close(): void
}

const PREFIX = '/headroom/'
/** The event loop is looked at this often; Node counts the wait between two looks as delay, so it is taken off again. */
const SAMPLE_MS = 5

export const createOwnEndpoints = (parts: OwnParts): OwnEndpoints => {
  const delay = monitorEventLoopDelay({ resolution: SAMPLE_MS })
  delay.enable()
  const read: Readonly<Record<string, Answer>> = {
    '/healthz': (_req, res) => health(parts, res),
    '/stats': (_req, res, target) => stats(parts, res, target),
    '/metrics': (_req, res) => metrics(parts, delay, res),
    '/': (_req, res) => page(parts, res),
    '/dashboard': (_req, res) => page(parts, res),
  }
  return {
    find(method, path) {
      const reads = method === 'GET' || method === 'HEAD'
      if (path.startsWith(PREFIX)) return (req, res, target) => prefixed(parts, { req, res, target })
      return reads && Object.hasOwn(read, path) ? read[path] : undefined
    },
    close: () => void delay.disable(),
  }
}

interface Call {
  readonly req: IncomingMessage
  readonly res: ServerResponse
  readonly target: Target
}

const prefixed = (parts: OwnParts, call: Call): void | Promise<void> => {
  const [name, ref = '', ...more] = call.target.path.slice(PREFIX.length).split('/')
  const reads = call.req.method === 'GET' || call.req.method === 'HEAD'
  if (more.length === 0 && reads && name === 'retrieve') return retrieve(parts, call, ref)
  if (more.length === 0 && reads && name === 'explain') return explain(parts, call, ref)
  if (ref === '' && reads && name === 'cache') return cacheBreaks(parts, call)
  if (ref === '' && reads && name === 'money') return money(parts, call)
  if (ref === '' && name === 'compress') {
    if (call.req.method === 'POST') return compress(parts, call)
    return refuse(call.res, { status: 405, code: 'method_not_allowed', message: 'compress takes POST' })
  }
  refuse(call.res, {
    status: 404,
    code: 'not_found',
    message:
      'headroom has /headroom/retrieve/REF, /headroom/explain/REF, /headroom/cache, /headroom/money, POST /headroom/compress, /healthz, /stats, /metrics and /dashboard',
  })
}

const send = (res: ServerResponse, type: string, body: string | Uint8Array, status = 200): void => {
  const bytes = typeof body === 'string' ? Buffer.from(body, 'utf8') : body
  res.writeHead(status, {
    'content-type': type,
    'content-length': bytes.length,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  })
  res.end(bytes)
}

const JSON_TYPE = 'application/json; charset=utf-8'
const sendJson = (res: ServerResponse, value: unknown, status = 200): void =>
  send(res, JSON_TYPE, `${JSON.stringify(value)}\n`, status)

const health = ({ version, instance, startedMs, nowMs }: OwnParts, res: ServerResponse): void =>
  sendJson(res, { status: 'ok', service: 'headroom', version, instance, uptimeMs: nowMs() - startedMs })

const UNIT_MS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/** Epoch milliseconds for `session` (the default), `all`, or a span such as `1h` and `7d`. */
const sinceOf = ({ startedMs, nowMs }: OwnParts, since: string | null): number | undefined => {
  if (since === null || since === 'session') return startedMs
  if (since === 'all') return 0
  const span = /^(\d{1,6})([smhd])$/.exec(since)
  return span === null ? undefined : nowMs() - Number(span[1]) * UNIT_MS[span[2]!]!
}

const SINCE_FAULT = {
  status: 400,
  code: 'input_invalid',
  message: 'since is session, all, or a span such as 1h or 7d',
} as const

const stats = async (parts: OwnParts, res: ServerResponse, { query }: Target): Promise<void> => {
  const sinceMs = sinceOf(parts, query.get('since'))
  if (sinceMs === undefined) return refuse(res, SINCE_FAULT)
  sendJson(res, await parts.host.stats(sinceMs))
}

/** In dollars, where answers told what was billed. */
const money = async (parts: OwnParts, { res, target }: Call): Promise<void> => {
  const sinceMs = sinceOf(parts, target.query.get('since'))
  if (sinceMs === undefined) return refuse(res, SINCE_FAULT)
  const found = await parts.host.money?.(sinceMs)
  if (found === undefined)
    return refuse(res, { status: 404, code: 'not_found', message: 'this proxy runs without a ledger' })
  sendJson(res, found)
}

const metrics = async (parts: OwnParts, delay: IntervalHistogram, res: ServerResponse): Promise<void> => {
  const facts = {
    rssBytes: process.memoryUsage.rss(),
    uptimeSeconds: Math.round((parts.nowMs() - parts.startedMs) / 1000),
    prefixBreaks: parts.prefixBreaks?.() ?? 0,
    loopDelayMs: Math.max(0, Math.round(delay.max / 1e6 - SAMPLE_MS)),
  }
  delay.reset()
  const [stats, money] = await Promise.all([parts.host.stats(parts.startedMs), parts.host.money?.(parts.startedMs)])
  send(res, 'text/plain; version=0.0.4; charset=utf-8', metricsText(stats, facts, money))
}

/** What changes and what it cost, exact texts included: they are in this process only, and answered to this machine only. */
const cacheBreaks = async ({ drift, host, startedMs }: OwnParts, { res, target }: Call): Promise<void> => {
  const since = target.query.get('since') === 'all' ? 0 : startedMs
  const { cacheBreaks: recorded } = await host.stats(since)
  const report = drift?.report() ?? { requests: 0, recent: [], spots: [] }
  sendJson(res, { ...report, watching: drift !== undefined, recorded: recorded ?? { byCause: [], recent: [] } })
}

/** The page may load nothing from anywhere; it talks to its own origin. */
const PAGE_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

const page = ({ page: html, version }: OwnParts, res: ServerResponse): void => {
  if (html === undefined) {
    sendJson(res, { service: 'headroom', version })
    return
  }
  res.setHeader('content-security-policy', PAGE_POLICY)
  res.setHeader('referrer-policy', 'no-referrer')
  send(res, 'text/html; charset=utf-8', html)
}

const numberOf = (value: string | null): number | undefined =>
  value !== null && /^\d{1,12}$/.test(value) ? Number(value) : undefined

const retrieveOptions = (query: URLSearchParams): RetrieveOptions => {
  const [text, lines] = [query.get('query'), query.get('lines')]
  const [cursor, maxChars] = [numberOf(query.get('cursor')), numberOf(query.get('maxChars'))]
  return {
    ...(text === null ? {} : { query: text }),
    ...(lines === null ? {} : { lines }),
    ...(cursor === undefined ? {} : { cursor }),
    ...(maxChars === undefined ? {} : { maxChars }),
  }
}

const retrieve = async ({ host }: OwnParts, { req, res, target }: Call, ref: string): Promise<void> => {
  const options = retrieveOptions(target.query)
  const result = await host.retrieve(ref, options)
  if (!result.found)
    return refuse(res, {
      status: 404,
      code: 'ref_unknown',
      message: `no original is kept under ${ref.slice(0, 64)}; run the command or read the file again to get the text`,
    })
  const plain = /\btext\/plain\b/.test(req.headers.accept ?? '')
  if (plain) return send(res, 'text/plain; charset=utf-8', plainOf(result, options))
  const { bytes: _bytes, ...rest } = result
  sendJson(res, { ref, ...rest })
}

/** Whole originals leave as their bytes; excerpts as text. */
const plainOf = (result: RetrieveResult, options: RetrieveOptions): string | Uint8Array =>
  Object.keys(options).length === 0 && result.next === undefined ? result.bytes : result.text

const explain = async ({ host }: OwnParts, { res }: Call, ref: string): Promise<void> => {
  const explanation = await host.explain(ref)
  sendJson(res, explanation, explanation.found ? 200 : 404)
}

const compress = async ({ host }: OwnParts, { req, res }: Call): Promise<void> => {
  const collected = await collectBody(req, BODY_LIMIT_BYTES)
  if (collected.kind === 'gone') return
  if (collected.kind === 'long')
    return refuse(res, { status: 413, code: 'input_invalid', message: 'the body is longer than 64 MiB' })
  const answer = host.compressJson ?? inThread(host)
  if (answer === undefined)
    return refuse(res, { status: 404, code: 'not_found', message: 'this proxy runs without a compress call' })
  const { status, json } = await answer(collected.body)
  send(res, JSON_TYPE, json, status)
}

const inThread = ({ compress, compressText }: EngineHost): EngineHost['compressJson'] => {
  if (compress === undefined || compressText === undefined) return undefined
  return (body) => compressJson({ compress, compressText } as Pick<Engine, 'compress' | 'compressText'>, body)
}

/** Answers an own endpoint's failure in words; nothing of it concerns an upstream. */
export const ownFailure = (res: ServerResponse, error: unknown): void => {
  if (res.headersSent) res.destroy()
  else refuse(res, { status: 500, code: 'internal', message: messageOf(error) })
}
