// Retrieval in the wire: for clients that can have no MCP server and open no files, where the user switched it on
// (docs/decisions/0027-retrieval-in-the-wire.md). Without the option nothing here is ever called.
import { messageOf } from '../../base/errors.js'
import type { Logger } from '../../spec/logger.js'
import type { Codec } from '../../spec/wire.js'
import type { Exchange } from '../exchange.js'
import { sessionOf } from '../headers.js'
import type { EngineHost } from '../options.js'
import type { AnswerObserver } from '../relay.js'
import { within } from '../within.js'
import { redeemDialect } from './dialects/list.js'
import { type Offer, offer as offerHere } from './offer.js'
import { redeem } from './relay.js'

/** Longest wait for what a session was given; then its request goes as the client sent it. Chosen: what an engine may take at most. */
const OFFER_WAIT_MS = 1000

export interface Redemption {
  /** What goes into this request; undefined where it goes as it came. */
  offer(exchange: Exchange, codec: Codec, body: Uint8Array): Promise<Offer | undefined>
  /** Sends the body and answers the client. */
  send(request: Sending): void
}

export interface Sending {
  readonly exchange: Exchange
  readonly codec: Codec
  readonly offer: Offer
  readonly body: Buffer
  readonly observer: AnswerObserver
}

/** Undefined where the host cannot remember anything. */
export const createRedemption = (host: EngineHost, logger: Logger): Redemption | undefined => {
  const { recall, remember, record, retrieve, isHeldOut } = host
  if (remember === undefined || record === undefined) return undefined
  const offerOf =
    host.offer ?? (recall === undefined ? undefined : (request) => offerHere(request, { recall, remember, isHeldOut }))
  if (offerOf === undefined) return undefined
  return {
    async offer(exchange, codec, body) {
      if (!streamsEvents(exchange)) return undefined
      const session = sessionOf(exchange.req.rawHeaders)
      try {
        return await within(
          offerOf({ dialect: codec.dialect, body, ...(session === undefined ? {} : { session }) }),
          OFFER_WAIT_MS,
        )
      } catch (error) {
        logger('warn', 'retrieval in the wire is not offered to a request', { error: messageOf(error) })
        return undefined
      }
    },
    send: ({ codec, ...request }) =>
      redeem({
        ...request,
        codec,
        dialect: redeemDialect(codec.dialect)!,
        engine: { retrieve, remember, record },
        logger,
      }),
  }
}

/** Gemini streams one JSON array where nobody asks for events, Bedrock frames of its own; those are not cut open. */
const streamsEvents = ({ target }: Exchange): boolean => {
  if (/\/invoke-with-response-stream$/.test(target.path)) return false
  return !/:streamGenerateContent$/.test(target.path) || target.query.get('alt') === 'sse'
}
