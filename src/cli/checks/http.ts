// One request to this machine. Not for the network: it follows nothing and keeps no connection.
import { request } from 'node:http'

export interface LocalAnswer {
  readonly status: number
  readonly body: Buffer
}

export interface LocalRequest {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: Uint8Array
  readonly timeoutMs?: number
}

/** Rejects when nobody answers in time. */
export const ask = (url: string, options: LocalRequest = {}): Promise<LocalAnswer> =>
  new Promise((resolve, reject) => {
    const { method = 'GET', headers = {}, body, timeoutMs = 2_000 } = options
    const signal = AbortSignal.timeout(timeoutMs)
    const outgoing = request(url, { method, headers, agent: false, signal }, (incoming) => {
      const chunks: Buffer[] = []
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
      incoming.on('error', reject)
      incoming.on('end', () => resolve({ status: incoming.statusCode ?? 0, body: Buffer.concat(chunks) }))
    })
    outgoing.on('error', reject)
    outgoing.end(body)
  })
