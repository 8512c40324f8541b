// Generating calls: the one kind of request whose body may be edited before it goes on.
import { bufferOf } from '../base/json-span.js'
import { isSkip } from '../base/skip.js'
import type { DriftWatch, SentHandle, SentRequest } from '../spec/drift.js'
import type { EngineRequest } from '../spec/engine.js'
import type { Logger } from '../spec/logger.js'
import type { ByteEdit, Codec } from '../spec/wire.js'
import { spliceBytes } from '../wire/edit.js'
import { decodeBody } from '../wire/encoding.js'
import { isLoopbackAddress } from './access.js'
import { type Align, type Aligned, shifted, sizeOf, together } from './align.js'
import { BODY_LIMIT_BYTES, collectBody, toShared } from './body.js'
import { type Outcome, runWithin } from './deadline.js'
import { type Exchange, tunnel } from './exchange.js'
import { headerOf, requestHeaders, sessionOf } from './headers.js'
import type { EngineHost } from './options.js'
import type { PrefixWatch } from './prefix-proof.js'
import type { RecentEdits } from './recent-edits.js'
import type { Redemption } from './redeem/index.js'
import type { Offer } from './redeem/offer.js'
import { type AnswerObserver, relayTo } from './relay.js'
import { type UsageWatch, watchUsage } from './usage.js'

export interface GenerateParts {
  readonly host: EngineHost
  readonly deadlineMs: number
  readonly recent: RecentEdits
  readonly prefix: PrefixWatch
  readonly drift?: DriftWatch
  readonly logger: Logger
  /** Absent: off. */
  readonly align?: Align
  /** Absent: off. */
  readonly redemption?: Redemption
  /** The upstream answered with a status. */
  onStatus(requestId: string, status: number, durationMs: number): void
}

export const generate = async (parts: GenerateParts, exchange: Exchange, codec: Codec): Promise<void> => {
  const { req, res } = exchange
  const collected = await collectBody(req, BODY_LIMIT_BYTES)
  if (collected.kind === 'gone') return
  if (collected.kind === 'long') return tunnel(exchange, collected.head)
  const startedMs = performance.now()
  const received = await decodeForReading(parts.host, collected.body, headerOf(req.rawHeaders, 'content-encoding'))
  const { decoded, tail, inside, offer } = await prepared(parts, exchange, { codec, received })
  const outcome =
    decoded === undefined
      ? undefined
      : await runWithin(
          parts.host,
          engineRequest(exchange, codec, { body: decoded, receivedBytes: received?.length, addedBytes: sizeOf(tail) }),
          {
            deadlineMs: parts.deadlineMs,
            recent: () => parts.recent.editsFor(codec.dialect, decoded),
            onFailure: (error) =>
              parts.logger('warn', 'engine failed; new results go on as they came', { error: String(error) }),
          },
        )
  const edits = decoded === undefined || outcome === undefined ? [] : held(parts, codec, { body: decoded, outcome })
  if (res.destroyed) return
  if (outcome?.late === true) parts.logger('warn', 'deadline passed; new results went on as they came')
  const sent = together(edits, tail)
  const changed = decoded !== undefined && sent.length > 0
  const body = changed ? spliceBytes(decoded, sent) : offer && decoded ? decoded : collected.body
  let seen: SentHandle | undefined
  const observer = observe(parts, { codec, outcome, startedMs, seen: () => seen })
  if (offer) parts.redemption?.send({ exchange, codec, offer, observer, body: bufferOf(body) })
  else
    exchange.upstream.dispatch(
      {
        method: (req.method ?? 'POST') as 'POST',
        path: exchange.target.forward,
        headers: requestHeaders(req.rawHeaders, changed ? 'changed' : 'same'),
        body: bufferOf(body),
      },
      relayTo(res, exchange.upstream.shown, observer),
    )
  if (decoded === undefined) return
  seen = parts.drift?.sent({
    ...sentOf(engineRequest(exchange, codec, { body: decoded })),
    edits: inside ? sent : edits,
    ...(inside || outcome?.rewrites ? { rewrites: true } : {}),
  })
}

interface Prepared {
  /** What the engine sees. */
  readonly decoded: Buffer | undefined
  /** Put in on top of the engine's edits. */
  readonly tail: readonly ByteEdit[]
  /** Turns follow them. */
  readonly inside: boolean
  readonly offer: Offer | undefined
}

const prepared = async (
  { align, redemption }: GenerateParts,
  exchange: Exchange,
  { codec, received }: { readonly codec: Codec; readonly received: Buffer | undefined },
): Promise<Prepared> => {
  const aligned: Aligned | undefined = received === undefined ? undefined : await align?.(received)
  const body = aligned?.body ?? received
  const offer = body === undefined ? undefined : await redemption?.offer(exchange, codec, body)
  const tail = shifted(aligned?.tail ?? [], offer?.edits ?? [])
  const decoded = body === undefined || !offer ? body : toShared(spliceBytes(body, offer.edits))
  return { decoded, tail, inside: aligned?.inside === true, offer }
}

/** Edits that keep to what was sent before unless history is changed on purpose, remembered for the next turn. */
export const held = (
  { recent, prefix }: Pick<GenerateParts, 'recent' | 'prefix'>,
  { dialect }: Codec,
  { body, outcome }: { readonly body: Uint8Array; readonly outcome: Outcome },
): readonly ByteEdit[] => {
  const edits = outcome.rewrites ? outcome.edits : prefix.hold(recent.editsFor(dialect, body), outcome.edits)
  recent.remember(dialect, body, edits)
  return edits
}

interface Received {
  readonly body: Uint8Array
  readonly receivedBytes?: number | undefined
  readonly addedBytes?: number
}

const engineRequest = (
  { req, target, agent }: Exchange,
  codec: Codec,
  { body, receivedBytes, addedBytes = 0 }: Received,
): EngineRequest => {
  const session = sessionOf(req.rawHeaders)
  const model = codec.modelOf?.(target.path)
  return {
    dialect: codec.dialect,
    body,
    loopback: isLoopbackAddress(req.socket.remoteAddress),
    ...(session === undefined ? {} : { session }),
    ...(agent === undefined ? {} : { agent }),
    ...(model === undefined ? {} : { model }),
    ...(receivedBytes === undefined || receivedBytes === body.length ? {} : { receivedBytes }),
    ...(addedBytes === 0 ? {} : { addedBytes }),
  }
}

/** Plain JSON bytes in shared memory, or undefined where the body has to stay as it is. */
export const decodeForReading = async (
  host: EngineHost,
  body: Buffer,
  encoding: string | undefined,
): Promise<Buffer | undefined> => {
  if (encoding === undefined || encoding.trim() === '' || encoding.trim().toLowerCase() === 'identity') return body
  const remote = host.decode !== undefined && encoding.toLowerCase().includes('zstd')
  const decoded = remote
    ? await host.decode?.(body, encoding, BODY_LIMIT_BYTES)
    : await decodeBody(body, encoding, BODY_LIMIT_BYTES)
  return decoded === undefined || isSkip(decoded) ? undefined : toShared(decoded.body)
}

const sentOf = ({ body, session, model }: EngineRequest): Omit<SentRequest, 'edits'> => ({
  body,
  ...(session === undefined ? {} : { session }),
  ...(model === undefined ? {} : { model }),
})

interface Observed {
  readonly codec: Codec
  readonly outcome: Outcome | undefined
  readonly startedMs: number
  /** Compares the request with the last one; undefined where nobody does. */
  seen(): SentHandle | undefined
}

/** Settles the request in the ledger once the answer has ended and the engine's own report is there. */
const observe = (parts: GenerateParts, { codec, outcome, startedMs, seen }: Observed): AnswerObserver => {
  if (outcome === undefined) return {}
  let watch: UsageWatch | undefined
  const withId = (act: (id: string) => void): void => {
    void outcome.result
      .then((result) => {
        if (result !== undefined) act(result.report.id)
      })
      .catch((error: unknown) => parts.logger('warn', 'could not settle a request', { error: String(error) }))
  }
  return {
    started(status, headers) {
      watch = watchUsage(codec, headers)
      withId((id) => parts.onStatus(id, status, performance.now() - startedMs))
    },
    chunk: (chunk) => watch?.push(chunk),
    ended(status) {
      if (status === undefined) return
      void (watch?.end() ?? Promise.resolve(undefined)).then((usage) =>
        withId((id) => {
          parts.host.settle(id, status, usage)
          seen()?.answered(id, usage)
        }),
      )
    },
  }
}
