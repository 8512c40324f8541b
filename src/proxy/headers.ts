// Headers as flat lists of names and values, so that order, case and repeats survive the relay.

/** Names at even, values at odd positions. */
export type RawHeaders = readonly string[]

/** RFC 9110 section 7.6.1 and the proxy credentials of RFC 9110 section 11.7: meant for one connection only. */
const HOP_BY_HOP: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authentication-info',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
])

const OWN_PREFIX = 'x-headroom-'

/** Headers by which a client proves what the body was; such a body cannot be edited. */
const BODY_PROOFS: ReadonlySet<string> = new Set([
  'content-md5',
  'digest',
  'content-digest',
  'repr-digest',
  'signature',
  'x-amz-content-sha256',
])

export const headerOf = (headers: RawHeaders, name: string): string | undefined => {
  for (let i = 0; i + 1 < headers.length; i += 2) if (headers[i]!.toLowerCase() === name) return headers[i + 1]
  return undefined
}

export const headersOf = (headers: RawHeaders, name: string): string[] => {
  const values: string[] = []
  for (let i = 0; i + 1 < headers.length; i += 2) if (headers[i]!.toLowerCase() === name) values.push(headers[i + 1]!)
  return values
}

const without = (headers: RawHeaders, drop: (lowerName: string) => boolean): string[] => {
  const named = new Set(
    headersOf(headers, 'connection').flatMap((value) => value.split(',').map((name) => name.trim().toLowerCase())),
  )
  const kept: string[] = []
  for (let i = 0; i + 1 < headers.length; i += 2) {
    const lower = headers[i]!.toLowerCase()
    if (!HOP_BY_HOP.has(lower) && !named.has(lower) && !drop(lower)) kept.push(headers[i]!, headers[i + 1]!)
  }
  return kept
}

/** How the body leaves: as a stream of the client's length, as the same bytes, or as other bytes. */
export type BodyForm = 'streamed' | 'same' | 'changed'

/** The client's request headers for the upstream. Host and length are written by the connection; `expect` was answered here. */
export const requestHeaders = (headers: RawHeaders, form: BodyForm): string[] =>
  without(
    headers,
    (name) =>
      name === 'host' ||
      name === 'expect' ||
      name.startsWith(OWN_PREFIX) ||
      (name === 'content-length' && form !== 'streamed') ||
      (name === 'content-encoding' && form === 'changed'),
  )

/** The upstream's answer headers for the client. */
export const answerHeaders = (headers: readonly Buffer[]): string[] =>
  without(
    headers.map((part) => part.toString('latin1')),
    () => false,
  )

/** Where AWS reads a signature that stands in the URL (Signature Version 4, authenticating requests by query, read 2026-11-25). */
const QUERY_SIGNATURE = 'X-Amz-Signature'

/** Signed or digested bodies must arrive as they were sent. */
export const hasBodyProof = (headers: RawHeaders, query: URLSearchParams): boolean => {
  if (query.has(QUERY_SIGNATURE)) return true
  for (let i = 0; i + 1 < headers.length; i += 2) {
    const lower = headers[i]!.toLowerCase()
    if (BODY_PROOFS.has(lower)) return true
    if (lower === 'authorization' && headers[i + 1]!.startsWith('AWS4-')) return true
  }
  return false
}

/** Session identities that clients send, most telling first (Claude Code 2.1, Codex 0.169, OpenCode 1.18; read 2026-11-23). */
const SESSION_HEADERS: readonly string[] = [
  'x-headroom-session',
  'x-claude-code-session-id',
  'session-id',
  'session_id',
  'thread-id',
  'x-session-id',
  'x-session-affinity',
]

export const sessionOf = (headers: RawHeaders): string | undefined => {
  for (const name of SESSION_HEADERS) {
    const value = headerOf(headers, name)
    if (value !== undefined && value !== '') return value
  }
  return undefined
}
