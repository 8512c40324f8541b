// Single requests: odd bodies that must leave as they came, and answers cut at every byte.
import { mkdtempSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import fc from 'fast-check'
import type { Dialect } from '../../../src/spec/wire.js'
import { anthropicBody, chatBody, geminiBody, responsesBody } from '../../support/bodies.js'
import { type BuiltProxy, startBuiltProxy } from '../../support/built-proxy.js'
import { anthropicStream, drip, reply, SSE_HEADERS, startFakeUpstream } from '../../support/fake-upstream.js'
import { call } from '../../support/proxy-client.js'
import { growingSession } from '../../support/session.js'
import { foreignChanges } from './literals.js'
import { exchange } from './process.js'

export interface Check {
  readonly name: string
  readonly faults: readonly string[]
}

const withProxy = async (
  cli: string,
  work: (proxy: BuiltProxy, upstream: Awaited<ReturnType<typeof startFakeUpstream>>) => Promise<Check>,
): Promise<Check> => {
  const upstream = await startFakeUpstream()
  const home = mkdtempSync(join(resolve('.cache'), 'sessions-'))
  const proxy = await startBuiltProxy({ cli, home, upstream: upstream.url })
  try {
    return await work(proxy, upstream)
  } finally {
    await proxy.stop('SIGKILL')
    await upstream.close()
    rmSync(home, { recursive: true, force: true })
  }
}

const BODIES: Readonly<Record<Dialect, fc.Arbitrary<Uint8Array>>> = {
  anthropic: anthropicBody,
  'openai-chat': chatBody,
  'openai-responses': responsesBody,
  gemini: geminiBody,
}

/** Odd bodies of a dialect: identical where nothing is compressible, edited in tool results alone elsewhere. */
export const fuzzedBodies = (cli: string, dialect: Dialect, count: number): Promise<Check> =>
  withProxy(cli, async (proxy, upstream) => {
    const faults: string[] = []
    let identical = 0
    for (const [index, bytes] of fc.sample(BODIES[dialect], { numRuns: count, seed: 20261125 }).entries()) {
      const body = Buffer.from(bytes)
      const { went } = await exchange(proxy.port, upstream, { dialect, body })
      if (went.equals(body)) identical++
      else for (const fault of foreignChanges(dialect, body, went)) faults.push(`body ${index}: ${fault}`)
    }
    return { name: `${count} odd ${dialect} bodies, ${identical} identical, others edited in results alone`, faults }
  })

/** A stream cut in two at every byte arrives as it was. */
export const answersCutEverywhere = (cli: string): Promise<Check> =>
  withProxy(cli, async (proxy, upstream) => {
    const faults: string[] = []
    const stream = Buffer.from(anthropicStream)
    const body = Buffer.from('{"model":"claude-sonnet-4-5","stream":true,"messages":[]}')
    for (let at = 1; at < stream.length; at++) {
      upstream.next(drip(SSE_HEADERS, [stream.subarray(0, at), stream.subarray(at)], 0))
      const { answer } = await exchange(proxy.port, upstream, { dialect: 'anthropic', body })
      if (!answer.equals(stream)) faults.push(`cut at ${at}: ${answer.length} of ${stream.length} bytes`)
    }
    return { name: `a stream cut at each of ${stream.length} bytes`, faults }
  })

/** Two processes on one home get the same new body at the same moment: what they send is the same. */
export const racingProcesses = async (cli: string): Promise<Check> => {
  const upstreams = [await startFakeUpstream(), await startFakeUpstream()]
  const home = mkdtempSync(join(resolve('.cache'), 'sessions-'))
  const proxies = await Promise.all(
    upstreams.map(({ url }) => startBuiltProxy({ cli, home, upstream: url, deadlineMs: 10_000 })),
  )
  const faults: string[] = []
  let edited = 0
  for (const [index, { body }] of growingSession(77, 60_000).entries()) {
    const [one, other] = await Promise.all(
      proxies.map((proxy, at) => exchange(proxy.port, upstreams[at]!, { dialect: 'anthropic', body })),
    )
    if (!one!.went.equals(body)) edited++
    if (!one!.went.equals(other!.went))
      faults.push(`turn ${index}: ${one!.went.length} and ${other!.went.length} bytes`)
  }
  for (const proxy of proxies) await proxy.stop('SIGKILL')
  for (const upstream of upstreams) await upstream.close()
  rmSync(home, { recursive: true, force: true })
  return { name: `two processes at the same moment, ${edited} turns edited`, faults }
}

const ODD_HEADERS = [
  ...['Content-Type', 'application/json', 'X-Api-Key', 'sk-test', 'anthropic-beta', 'a-1', 'anthropic-beta', 'b-2'],
  ...[
    'User-Agent',
    'claude-cli/2.1 (external)',
    'X-Stainless-Lang',
    'js',
    'ACCEPT',
    '*/*',
    'accept-encoding',
    'gzip, br',
  ],
]
const ODD_ANSWER = [
  ...['Content-Type', 'application/json', 'request-id', 'req_1', 'Anthropic-RateLimit-Requests-Remaining', '41'],
  ...['Set-Cookie', 'a=1', 'Set-Cookie', 'b=2', 'retry-after', '7', 'CF-Ray', '8f'],
]

/** Names in their case and order, repeats and values; what one connection needs for itself stays out of the comparison. */
const kept = (headers: readonly string[]): string[] => {
  const own = /^(host|connection|keep-alive|content-length|transfer-encoding|date)$/i
  return headers.flatMap((name, at) => (at % 2 === 0 && !own.test(name) ? [`${name}: ${headers[at + 1]}`] : []))
}

/** Headers arrive as they were, both ways, with a body that changed and one that did not, and with every status. */
export const headersKept = (cli: string): Promise<Check> =>
  withProxy(cli, async (proxy, upstream) => {
    const faults: string[] = []
    const bodies = ['{"messages":[]}', growingSession(3, 20_000).at(-1)!.body]
    for (const body of bodies)
      for (const status of [200, 400, 401, 429, 500, 529]) {
        upstream.requests.length = 0
        upstream.next(reply(status, ODD_ANSWER, '{"type":"error"}'))
        const answer = await call({
          port: proxy.port,
          method: 'POST',
          path: '/v1/messages?beta=true',
          headers: ODD_HEADERS,
          body,
        })
        const seen = upstream.requests[0]
        const came = kept(seen?.rawHeaders ?? []).join('\n')
        if (came !== kept(ODD_HEADERS).join('\n')) faults.push(`request headers became ${came.replaceAll('\n', ' | ')}`)
        if (seen?.url !== '/v1/messages?beta=true') faults.push(`the path became ${seen?.url}`)
        const went = kept(answer.rawHeaders).join('\n')
        if (answer.status !== status || went !== kept(ODD_ANSWER).join('\n'))
          faults.push(`an answer of ${status} became ${answer.status} ${went.replaceAll('\n', ' | ')}`)
        if (answer.body.toString() !== '{"type":"error"}') faults.push('the answer changed')
      }
    return { name: 'headers both ways', faults }
  })
