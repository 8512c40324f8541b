// Request targets. Only the path and query of what a client asks for are ever used: the upstream's host is the configured one.

export interface Target {
  /** Path without query, as sent. */
  readonly path: string
  /** Path and query for the upstream, our own token removed. */
  readonly forward: string
  readonly query: URLSearchParams
  /** Authority of an absolute-form target; checked like a Host header. */
  readonly authority?: string
}

const ABSOLUTE = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)(.*)$/i

/** Query parameter that may carry our token where a client cannot set headers. */
export const TOKEN_PARAMETER = 'headroom_token'

export const parseTarget = (url: string): Target | undefined => {
  const absolute = ABSOLUTE.exec(url)
  const local = absolute === null ? url : rooted(absolute[2] ?? '')
  if (!local.startsWith('/')) return undefined
  const mark = local.indexOf('?')
  const path = mark === -1 ? local : local.slice(0, mark)
  const query = mark === -1 ? '' : local.slice(mark + 1)
  const kept = withoutToken(query)
  return {
    path,
    forward: mark === -1 || (kept === '' && query !== '') ? path : `${path}?${kept}`,
    query: new URLSearchParams(query),
    ...(absolute === null ? {} : { authority: absolute[1] ?? '' }),
  }
}

const rooted = (rest: string): string => (rest.startsWith('/') ? rest : `/${rest}`)

/** Cuts our parameter out without re-encoding the others. */
const withoutToken = (query: string): string =>
  query.includes(TOKEN_PARAMETER)
    ? query
        .split('&')
        .filter((part) => part !== TOKEN_PARAMETER && !part.startsWith(`${TOKEN_PARAMETER}=`))
        .join('&')
    : query

/** Joins a base URL's own path prefix with a target; a `/v1` that both carry is written once. */
export const joinPath = (basePath: string, target: string): string => {
  const prefix = basePath.replace(/\/+$/, '')
  if (prefix.endsWith('/v1') && /^\/v1(?=[/?]|$)/.test(target)) return prefix + target.slice(3)
  return prefix + target
}
