// A generating request that nothing may be done to: it streams through untouched, and its body is compared with the last one
// of its conversation when it has gone, so that a loss of cached tokens is explained with compression off as well.
import { randomUUID } from 'node:crypto'
import type { SentHandle } from '../spec/drift.js'
import type { Codec } from '../spec/wire.js'
import { declaredLength } from './body.js'
import { type Exchange, tunnel } from './exchange.js'
import { decodeForReading, type GenerateParts } from './generate.js'
import { headerOf, sessionOf } from './headers.js'
import { type UsageWatch, watchUsage } from './usage.js'

/** Longest body that is held for this. Chosen: far above any model's window. */
const LIMIT_BYTES = 16 * 1024 * 1024

export const watchedTunnel = (parts: GenerateParts, exchange: Exchange, codec: Codec): void => {
  const { req } = exchange
  if (parts.drift === undefined || (declaredLength(req) ?? 0) > LIMIT_BYTES) {
    tunnel(exchange)
    return
  }
  const seen = seenWhole(parts, exchange, codec).catch((error: unknown) => {
    parts.logger('warn', 'a request could not be compared', { error: String(error) })
    return undefined
  })
  let usage: UsageWatch | undefined
  tunnel(exchange, [], {
    started(_status, headers) {
      usage = watchUsage(codec, headers)
    },
    chunk: (chunk) => usage?.push(chunk),
    ended(status) {
      if (status === undefined) return
      void Promise.all([seen, usage?.end()]).then(([handle, billed]) => handle?.answered(randomUUID(), billed))
    },
  })
}

/** Resolves when the body has gone by whole; undefined where it does not, or is too long or unreadable. */
const seenWhole = async (
  { drift, host }: GenerateParts,
  { req, target }: Exchange,
  codec: Codec,
): Promise<SentHandle | undefined> => {
  const chunks: Buffer[] = []
  let bytes = 0
  req.on('data', (chunk: Buffer) => {
    bytes += chunk.length
    if (bytes <= LIMIT_BYTES) chunks.push(chunk)
    else chunks.length = 0
  })
  const whole = await new Promise<boolean>((resolve) => {
    req.once('end', () => resolve(bytes <= LIMIT_BYTES)).once('close', () => resolve(false))
  })
  if (!whole) return undefined
  const body = await decodeForReading(host, Buffer.concat(chunks), headerOf(req.rawHeaders, 'content-encoding'))
  const session = sessionOf(req.rawHeaders)
  const model = codec.modelOf?.(target.path)
  return body === undefined
    ? undefined
    : drift?.sent({
        body,
        edits: [],
        ...(session === undefined ? {} : { session }),
        ...(model === undefined ? {} : { model }),
      })
}
