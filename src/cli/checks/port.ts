// Who holds a port: nobody, a proxy of ours, another program, or the system.
import { createServer } from 'node:net'
import type { Config } from '../../spec/config.js'
import { age } from '../figures.js'
import { ask } from './http.js'

export interface RunningHeadroom {
  readonly kind: 'headroom'
  readonly version: string | undefined
  readonly uptimeMs: number | undefined
}

export type PortState =
  | { readonly kind: 'free' }
  | RunningHeadroom
  | { readonly kind: 'taken' }
  | { readonly kind: 'refused'; readonly reason: string }

const LAST_PORT = 65_535

const listenError = (host: string, port: number): Promise<NodeJS.ErrnoException | undefined> =>
  new Promise((resolve) => {
    const server = createServer()
    server.once('error', resolve)
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(undefined)))
  })

export const portState = async ({ host, port, token }: Pick<Config, 'host' | 'port' | 'token'>): Promise<PortState> => {
  if (port === 0) return { kind: 'free' }
  const error = await listenError(host, port)
  if (error === undefined) return { kind: 'free' }
  if (error.code !== 'EADDRINUSE') return { kind: 'refused', reason: error.message }
  return holderOf(urlOf(host, port), token)
}

/** Address to ask a listener on this machine; a wildcard is asked on loopback. */
export const urlOf = (host: string, port: number): string => {
  if (host === '0.0.0.0' || host === '::') return `http://127.0.0.1:${port}`
  return `http://${host.includes(':') && !host.startsWith('[') ? `[${host}]` : host}:${port}`
}

/** Who answers at an address that is listened on. */
export const holderOf = async (
  url: string,
  token: string | undefined,
): Promise<RunningHeadroom | { kind: 'taken' }> => {
  const headers: Record<string, string> = token === undefined ? {} : { 'x-headroom-token': token }
  // Whoever does not speak HTTP, or not in time, is another program.
  const answer = await ask(`${url}/healthz`, { headers }).catch(() => undefined)
  const facts = objectOf(answer?.body.toString('utf8') ?? '')
  const ours = facts.service === 'headroom' || JSON.stringify(facts.error ?? null).includes('This headroom')
  if (!ours) return { kind: 'taken' }
  return {
    kind: 'headroom',
    version: typeof facts.version === 'string' ? facts.version : undefined,
    uptimeMs: typeof facts.uptimeMs === 'number' ? facts.uptimeMs : undefined,
  }
}

const objectOf = (text: string): Readonly<Record<string, unknown>> => {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
  } catch {
    // Not our health answer; the caller prints what it knows without it.
    return {}
  }
}

/** The next port above `port` that can be listened on; 0 (any) where the next 50 are taken. */
export const nextFreePort = async (host: string, port: number): Promise<number> => {
  for (let candidate = port + 1; candidate <= Math.min(port + 50, LAST_PORT); candidate++)
    if ((await listenError(host, candidate)) === undefined) return candidate
  return 0
}

export const holderWords = (state: PortState): string => {
  if (state.kind === 'free') return 'free'
  if (state.kind === 'refused') return `cannot be listened on: ${state.reason}`
  if (state.kind === 'taken') return 'taken by another program'
  const since = state.uptimeMs === undefined ? undefined : `up ${age(state.uptimeMs)}`
  const facts = [state.version, since].filter(Boolean).join(', ')
  return `served by a running headroom proxy${facts === '' ? '' : ` (${facts})`}`
}
