// The client that talks to a built proxy over kept connections.
import { Agent, request } from 'node:http'
import { performance } from 'node:perf_hooks'
import type { Dialect } from '../../../src/spec/wire.js'
import type { FakeUpstream } from '../../support/fake-upstream.js'

const agent = new Agent({ keepAlive: true, maxSockets: 4 })

const PATHS: Readonly<Record<Dialect, string>> = {
  anthropic: '/v1/messages',
  'openai-chat': '/v1/chat/completions',
  'openai-responses': '/v1/responses',
  gemini: '/v1beta/models/gemini-3-pro:generateContent',
}

export interface Exchange {
  /** Body and headers as the upstream got them. */
  readonly went: Buffer
  readonly rawHeaders: readonly string[]
  readonly answer: Buffer
  readonly status: number
  /** From the first byte sent to the whole body at the upstream. */
  readonly tookMs: number
}

export interface Outgoing {
  readonly dialect: Dialect
  readonly body: Buffer
  readonly encoding?: string
}

/** Sends one request and waits for the whole answer; `upstream` must see no other traffic meanwhile. */
export const exchange = (
  port: number,
  upstream: FakeUpstream,
  { dialect, body, encoding }: Outgoing,
): Promise<Exchange> =>
  new Promise((resolve, reject) => {
    upstream.requests.length = 0
    const startedMs = performance.now()
    const headers = {
      'content-type': 'application/json',
      'x-api-key': 'test',
      'anthropic-version': '2023-06-01',
      'content-length': body.length,
      ...(encoding === undefined ? {} : { 'content-encoding': encoding }),
    }
    const outgoing = request(
      { host: '127.0.0.1', port, method: 'POST', path: PATHS[dialect], headers, agent },
      (answer) => {
        const tookMs = performance.now() - startedMs
        const chunks: Buffer[] = []
        answer.on('data', (chunk: Buffer) => chunks.push(chunk))
        answer.on('error', reject)
        answer.on('end', () => {
          const seen = upstream.requests[0]
          if (seen === undefined) return reject(new Error('the upstream saw nothing'))
          resolve({
            went: seen.body,
            rawHeaders: seen.rawHeaders,
            answer: Buffer.concat(chunks),
            status: answer.statusCode ?? 0,
            tookMs,
          })
        })
      },
    )
    outgoing.on('error', reject)
    outgoing.end(body)
  })
