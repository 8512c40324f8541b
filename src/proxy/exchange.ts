// One client request on its way through: where it goes, and the transparent tunnel that everything may fall back to.
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Readable } from 'node:stream'
import { hasBody, restOf } from './body.js'
import { requestHeaders } from './headers.js'
import { type AnswerObserver, relayTo } from './relay.js'
import type { Target } from './target.js'
import type { Upstream } from './upstream.js'

export interface Exchange {
  readonly req: IncomingMessage
  readonly res: ServerResponse
  readonly target: Target
  readonly upstream: Upstream
  /** Who sends it; undefined where the client says nothing of itself. */
  readonly agent: string | undefined
}

/** Streams request and answer through, untouched. `head` is what was already read of the body. */
export const tunnel = (
  { req, res, target, upstream }: Exchange,
  head: readonly Buffer[] = [],
  observer: AnswerObserver = {},
): void => {
  const body: Readable | null = hasBody(req) ? restOf(req, head) : null
  upstream.dispatch(
    {
      method: (req.method ?? 'GET') as 'GET',
      path: target.forward,
      headers: requestHeaders(req.rawHeaders, 'streamed'),
      body,
    },
    relayTo(res, upstream.shown, observer),
  )
}
