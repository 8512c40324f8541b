// Who may talk to the listener: Host and Origin on every route, and the token where one is configured.
import { createHash, timingSafeEqual } from 'node:crypto'
import { headersOf, type RawHeaders } from './headers.js'
import type { Refusal } from './refusal.js'
import { type Target, TOKEN_PARAMETER } from './target.js'

export interface Access {
  /** Undefined: come in. */
  refusalOf(target: Target, headers: RawHeaders): Refusal | undefined
}

const LOOPBACK_NAMES: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]', '::1'])
const WILDCARDS: ReadonlySet<string> = new Set(['0.0.0.0', '::', '[::]'])

export const isLoopbackHost = (host: string): boolean => LOOPBACK_NAMES.has(host) || /^127(\.\d{1,3}){3}$/.test(host)

export const isLoopbackAddress = (address: string | undefined): boolean =>
  address !== undefined && isLoopbackHost(address.startsWith('::ffff:') ? address.slice(7) : address)

/** Host name of an authority such as `localhost:8787` or `[::1]:80`; undefined where it holds anything else. */
export const hostNameOf = (authority: string): string | undefined => {
  const match = /^(\[[0-9a-f:.]+\]|[^:@/?#\\\s]+)(?::\d{1,5})?$/i.exec(authority)
  return match?.[1]?.toLowerCase()
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()

/**
 * `host` is the configured listen host. A wildcard cannot know its own names, so there the token, which a foreign page
 * does not have, stands in for the Host check.
 */
export const createAccess = (host: string, token: string | undefined): Access => {
  const bare = host.toLowerCase()
  const allowed = (name: string | undefined): boolean =>
    name !== undefined && (LOOPBACK_NAMES.has(name) || name === bare || name === `[${bare}]`)
  const anyHost = WILDCARDS.has(bare) && token !== undefined
  const expected = token === undefined ? undefined : digest(token)

  const hostRefused = (target: Target, headers: RawHeaders): boolean => {
    const names = headersOf(headers, 'host')
    if (target.authority !== undefined) names.push(target.authority)
    return names.some((name) => (anyHost ? hostNameOf(name) === undefined : !allowed(hostNameOf(name))))
  }
  const originRefused = (headers: RawHeaders): boolean =>
    headersOf(headers, 'origin').some((origin) => {
      const match = /^https?:\/\/([^/]+)$/i.exec(origin)
      return match === null || !allowed(hostNameOf(match[1]!))
    })
  const tokenRefused = (target: Target, headers: RawHeaders): boolean => {
    if (expected === undefined) return false
    const given = [...headersOf(headers, 'x-headroom-token'), ...target.query.getAll(TOKEN_PARAMETER)]
    return !given.some((value) => timingSafeEqual(digest(value), expected))
  }

  return {
    refusalOf(target, headers) {
      if (hostRefused(target, headers)) return HOST_REFUSED
      if (originRefused(headers)) return ORIGIN_REFUSED
      return tokenRefused(target, headers) ? TOKEN_REFUSED : undefined
    },
  }
}

const HOST_REFUSED: Refusal = {
  status: 403,
  code: 'host_not_allowed',
  message:
    'headroom answers only to its own address. Use http://127.0.0.1:PORT or http://localhost:PORT as the base URL; it is not a forward proxy.',
}
const ORIGIN_REFUSED: Refusal = {
  status: 403,
  code: 'origin_not_allowed',
  message: 'headroom does not answer web pages of other origins.',
}
const TOKEN_REFUSED: Refusal = {
  status: 401,
  code: 'token_required',
  message: `This headroom asks for its token: send it as header x-headroom-token or as query parameter ${TOKEN_PARAMETER}. It is removed before the request goes on.`,
}
