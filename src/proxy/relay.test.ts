import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { brotliCompressSync, gunzipSync, gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  anthropicStream,
  cut,
  drip,
  encoded,
  type FakeUpstream,
  json,
  readBody,
  reply,
  SSE_HEADERS,
  stall,
  startFakeUpstream,
} from '../../test/support/fake-upstream.js'
import { call, headerValues, open, proxyFor, rawCall } from '../../test/support/proxy-client.js'
import type { RunningProxy } from './options.js'

let upstream: FakeUpstream
let proxy: RunningProxy

beforeEach(async () => {
  upstream = await startFakeUpstream()
  proxy = await proxyFor(upstream.url)
})

afterEach(async () => {
  await proxy.close()
  await upstream.close()
})

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

describe('requests on their way up', () => {
  for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND', 'QUERY'])
    it(`passes ${method} to paths nobody knows (E-6)`, async () => {
      upstream.next(reply(207, ['x-kind', 'odd'], 'body'))
      const withBody = method === 'GET' || method === 'OPTIONS' ? {} : { body: 'payload' }
      const answer = await call({ port: proxy.port, method, path: '/v9/unknown/%2e%2e/x?b=2&a=%20', ...withBody })
      const seen = await upstream.seen()
      expect([seen.method, seen.url]).toEqual([method, '/v9/unknown/%2e%2e/x?b=2&a=%20'])
      expect(seen.body.toString()).toBe(withBody.body ?? '')
      expect([answer.status, answer.body.toString()]).toEqual([207, 'body'])
    })

  it('forwards headers in order and case, repeats included, and adds none of its own (F-1)', async () => {
    const headers = [
      'User-Agent',
      'claude-cli/2.1.330 (external)',
      'X-API-Key',
      'sk-secret',
      'anthropic-BETA',
      'one',
      'Accept',
      '*/*',
      'anthropic-BETA',
      'two',
      'Accept-Encoding',
      'gzip, br, zstd',
      'X-Latin',
      'caf\u00e9',
      'Cookie',
      'a=1',
      'Cookie',
      'b=2',
    ]
    await call({ port: proxy.port, method: 'POST', path: '/v1/other', headers, body: 'x' })
    const { rawHeaders } = await upstream.seen()
    expect(rawHeaders.slice(0, 4)).toEqual(['host', `127.0.0.1:${upstream.port}`, 'connection', 'keep-alive'])
    expect(rawHeaders.slice(4)).toEqual([...headers, 'content-length', '1'])
  })

  it('drops what is meant for one connection only, named headers too', async () => {
    const headers = [
      'Connection',
      'X-Hop, close',
      'X-Hop',
      '1',
      'Keep-Alive',
      'timeout=3',
      'Proxy-Authorization',
      'Basic x',
      'Proxy-Connection',
      'close',
      'TE',
      'trailers',
      'X-Stays',
      '1',
    ]
    await call({ port: proxy.port, path: '/v1/other', headers })
    const { rawHeaders } = await upstream.seen()
    expect(rawHeaders.slice(4)).toEqual(['X-Stays', '1'])
  })

  it('keeps provider credentials and strips only its own headers (F-5)', async () => {
    const headers = ['Authorization', 'Bearer sk-ant-oat-1', 'x-headroom-bypass', '1', 'X-Headroom-Session', 's']
    await call({ port: proxy.port, path: '/v1/models', headers })
    const { rawHeaders } = await upstream.seen()
    expect(headerValues(rawHeaders, 'authorization')).toEqual(['Bearer sk-ant-oat-1'])
    expect(rawHeaders.join('\n').toLowerCase()).not.toContain('x-headroom')
  })

  it('passes a chunked body without length', async () => {
    const outgoing = open({
      port: proxy.port,
      method: 'POST',
      path: '/upload',
      headers: ['transfer-encoding', 'chunked'],
    })
    for (const part of ['one ', 'two ', 'three']) {
      outgoing.write(part)
      await sleep(5)
    }
    outgoing.end()
    const seen = await upstream.seen()
    while (!seen.complete) await sleep(5)
    expect(seen.body.toString()).toBe('one two three')
  })

  it('passes a 40 MB upload byte for byte', async () => {
    const body = Buffer.alloc(40 * 1024 * 1024, 'abcdefghij')
    await call({ port: proxy.port, method: 'PUT', path: '/v1/files', body })
    const seen = await upstream.seen()
    expect(headerValues(seen.rawHeaders, 'content-length')).toEqual([String(body.length)])
    expect(sha256(seen.body)).toBe(sha256(body))
  })

  it('answers 100-continue and forwards the body', async () => {
    const text = await rawCall(
      proxy.port,
      `POST /up HTTP/1.1\r\nHost: 127.0.0.1\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\nhi`,
    )
    expect(text.startsWith('HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK')).toBe(true)
    expect((await upstream.seen()).body.toString()).toBe('hi')
  })

  it('passes an answer that comes before the upload has ended', async () => {
    upstream.next(({ res }) => void res.writeHead(413).end('too big'))
    const answer = await call({ port: proxy.port, method: 'POST', path: '/up', body: Buffer.alloc(8 * 1024 * 1024) })
    expect([answer.status, answer.body.toString()]).toEqual([413, 'too big'])
  })

  it('answers pipelined requests in their order', async () => {
    upstream.next(async (exchange) => {
      await sleep(60)
      await reply(200, ['content-length', '5'], 'first')(exchange)
    })
    upstream.next(reply(200, ['content-length', '6'], 'second'))
    const one = (path: string): string => `GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`
    const text = await rawCall(proxy.port, one('/a') + one('/b'))
    expect(text.indexOf('first')).toBeGreaterThan(0)
    expect(text.indexOf('second')).toBeGreaterThan(text.indexOf('first'))
  })

  it('reuses upstream connections', async () => {
    for (let i = 0; i < 5; i++) await call({ port: proxy.port, path: `/v1/models/${i}` })
    expect(upstream.requests).toHaveLength(5)
    expect(upstream.connections()).toBe(1)
  })

  it('passes count_tokens with the original body (E-9)', async () => {
    const body = '{ "model":"m", "messages":[{"role":"user","content":"1.0 \\u00e9"}] }'
    await call({ port: proxy.port, method: 'POST', path: '/v1/messages/count_tokens?beta=true', body })
    const seen = await upstream.seen()
    expect([seen.url, seen.body.toString()]).toEqual(['/v1/messages/count_tokens?beta=true', body])
  })
})

describe('answers on their way down', () => {
  it('keeps status, reason, header order, case and repeated cookies (E-3)', async () => {
    const headers = [
      'X-Request-Id',
      'req_1',
      'Set-Cookie',
      'a=1; Path=/',
      'set-cookie',
      'b=2',
      'Content-Type',
      'text/weird',
      'Content-Length',
      '2',
      'Retry-After',
      '7',
      'x-latin',
      'caf\u00e9',
    ]
    upstream.next(async ({ req, res, seen }) => {
      await readBody(req, seen)
      res.sendDate = false
      res.writeHead(429, 'Slow Down Please', headers)
      res.end(Buffer.from('no'))
    })
    const answer = await call({ port: proxy.port, path: '/v1/models' })
    expect([answer.status, answer.statusMessage, answer.body.toString()]).toEqual([429, 'Slow Down Please', 'no'])
    expect(answer.rawHeaders.slice(0, headers.length)).toEqual(headers)
    expect(headerValues(answer.rawHeaders, 'date')).toEqual([])
  })

  for (const status of [201, 301, 307, 400, 401, 404, 418, 426, 500, 503, 529])
    it(`passes ${status} on without following, retrying or rewording`, async () => {
      upstream.next(reply(status, ['location', 'http://evil.example/', 'content-length', '4'], 'text'))
      const answer = await call({ port: proxy.port, path: '/v1/x' })
      expect([answer.status, answer.body.toString()]).toEqual([status, 'text'])
      expect(headerValues(answer.rawHeaders, 'location')).toEqual(['http://evil.example/'])
      expect(upstream.requests).toHaveLength(1)
    })

  it('passes HEAD with its length and no body', async () => {
    upstream.next(({ res }) => void res.writeHead(200, { 'content-length': 1234 }).end())
    const answer = await call({ port: proxy.port, method: 'HEAD', path: '/api/hello' })
    expect([answer.status, answer.body.length]).toEqual([200, 0])
    expect(headerValues(answer.rawHeaders, 'content-length')).toEqual(['1234'])
  })

  for (const status of [204, 304])
    it(`passes ${status} without inventing a body`, async () => {
      upstream.next(({ res }) => void res.writeHead(status, { etag: '"x"' }).end())
      const answer = await call({ port: proxy.port, path: '/v1/x' })
      expect([answer.status, answer.body.length]).toEqual([status, 0])
      expect(headerValues(answer.rawHeaders, 'transfer-encoding')).toEqual([])
    })

  it('passes trailers', async () => {
    upstream.next(async ({ req, res, seen }) => {
      await readBody(req, seen)
      res.writeHead(200, { trailer: 'x-sum' })
      res.write('a')
      res.addTrailers({ 'x-sum': '97' })
      res.end()
    })
    expect((await call({ port: proxy.port, path: '/v1/x' })).trailers).toEqual({ 'x-sum': '97' })
  })

  it('ignores informational answers', async () => {
    upstream.next(async ({ req, res, seen }) => {
      await readBody(req, seen)
      res.writeEarlyHints({ link: '</x>; rel=preload' })
      res.writeHead(200).end('ok')
    })
    const answer = await call({ port: proxy.port, path: '/v1/x' })
    expect([answer.status, answer.body.toString()]).toEqual([200, 'ok'])
  })

  for (const encoding of ['gzip', 'br'] as const)
    it(`passes a ${encoding} answer in the encoding it came in`, async () => {
      upstream.next(encoded(encoding, 'application/json', '{"a":1}'))
      const answer = await call({ port: proxy.port, path: '/v1/x', headers: ['accept-encoding', encoding] })
      expect(headerValues(answer.rawHeaders, 'content-encoding')).toEqual([encoding])
      expect(answer.body).toEqual(encoding === 'gzip' ? gzipSync('{"a":1}') : brotliCompressSync('{"a":1}'))
      if (encoding === 'gzip') expect(gunzipSync(answer.body).toString()).toBe('{"a":1}')
    })

  it('sends status and headers as soon as the upstream has, before any body (E-3)', async () => {
    let release: () => void = () => undefined
    upstream.next(async ({ req, res, seen }) => {
      await readBody(req, seen)
      res.writeHead(200, [...SSE_HEADERS])
      res.flushHeaders()
      await new Promise<void>((resolve) => {
        release = resolve
      })
      res.end('data: 1\n\n')
    })
    const answer = await call({ port: proxy.port, path: '/v1/x', onAnswer: () => release() })
    expect(answer.body.toString()).toBe('data: 1\n\n')
  })

  it('passes every chunk when it comes, not when the answer ends (E-1)', async () => {
    const chunks = Array.from({ length: 20 }, (_, i) => `data: ${i}\n\n`)
    upstream.next(drip(SSE_HEADERS, chunks, 10))
    const times: number[] = []
    const answer = await call({ port: proxy.port, path: '/v1/x', onChunk: (_chunk, atMs) => times.push(atMs) })
    expect(answer.body.toString()).toBe(chunks.join(''))
    expect(times.length).toBeGreaterThanOrEqual(15)
    expect(times.at(-1)! - times[0]!).toBeGreaterThan(150)
  })

  it('gives the same bytes for a stream cut at every byte (E-2)', async () => {
    const bytes = Buffer.from(anthropicStream)
    const each = Array.from(bytes, (_byte, i) => bytes.subarray(i, i + 1))
    upstream.next(async ({ req, res, seen }) => {
      await readBody(req, seen)
      res.writeHead(200, [...SSE_HEADERS])
      for (const byte of each) {
        res.write(byte)
        await new Promise(setImmediate)
      }
      res.end()
    })
    const body = '{"model":"claude","stream":true,"messages":[]}'
    const answer = await call({ port: proxy.port, method: 'POST', path: '/v1/messages', body })
    expect(sha256(answer.body)).toBe(sha256(bytes))
  })

  it('ends the client connection uncleanly when the upstream is cut in mid-answer', async () => {
    upstream.next(cut(['event: ping\n', 'data: {}\n\n']))
    const answer = await call({ port: proxy.port, path: '/v1/x' })
    expect(answer.body.toString()).toBe('event: ping\ndata: {}\n\n')
    expect(answer.complete).toBe(false)
  })

  it('holds back an upstream that is faster than the client (E-4)', async () => {
    const chunk = Buffer.alloc(1024 * 1024, 7)
    let sent = 0
    upstream.next(async ({ req, res, seen }) => {
      await readBody(req, seen)
      res.writeHead(200)
      for (; sent < 256; sent++) if (!res.write(chunk)) await new Promise((resolve) => res.once('drain', resolve))
      res.end()
    })
    let atPause = 0
    const answer = await call({
      port: proxy.port,
      path: '/v1/x',
      onAnswer: (incoming) => {
        incoming.pause()
        setTimeout(() => {
          atPause = sent
          incoming.resume()
        }, 300)
      },
    })
    expect(atPause).toBeLessThan(40)
    expect(answer.body.length).toBe(256 * chunk.length)
  })
})

describe('clients that leave and upstreams that fail', () => {
  it('aborts the upstream within 100 ms when the client leaves before the first byte (E-4)', async () => {
    upstream.always(stall)
    const outgoing = open({ port: proxy.port, method: 'POST', path: '/v1/x', body: '{}' })
    outgoing.end('{}')
    const seen = await upstream.seen()
    while (!seen.complete) await sleep(2)
    const leftMs = performance.now()
    outgoing.destroy()
    while (seen.closedAtMs === undefined) await sleep(2)
    expect(seen.closedAtMs - leftMs).toBeLessThan(100)
  })

  it('aborts the upstream within 100 ms when the client leaves in mid-stream (E-4)', async () => {
    upstream.always(drip(SSE_HEADERS, Array(500).fill('data: x\n\n'), 10))
    let leftMs = 0
    await call({
      port: proxy.port,
      path: '/v1/x',
      onAnswer: (_answer, outgoing) => {
        setTimeout(() => {
          leftMs = performance.now()
          outgoing.destroy()
        }, 30)
      },
    })
    const seen = await upstream.seen()
    while (seen.closedAtMs === undefined) await sleep(2)
    expect(seen.closedAtMs - leftMs).toBeLessThan(100)
  })

  it('aborts the upstream when the client leaves in mid-upload', async () => {
    const outgoing = open({ port: proxy.port, method: 'POST', path: '/v1/x', headers: ['content-length', '1000000'] })
    outgoing.write('some of it')
    upstream.always(stall)
    const seen = await upstream.seen()
    outgoing.destroy()
    while (seen.closedAtMs === undefined) await sleep(2)
    expect(seen.complete).toBe(false)
  })

  it('says which upstream cannot be reached, once, as 502', async () => {
    const { port } = upstream
    await upstream.close()
    const answer = await call({ port: proxy.port, method: 'POST', path: '/v1/messages', body: '{"messages":[]}' })
    upstream = await startFakeUpstream()
    expect(answer.status).toBe(502)
    const { type, error } = JSON.parse(answer.body.toString()) as { type: string; error: Record<string, string> }
    expect([type, error.type]).toEqual(['error', 'upstream_unreachable'])
    expect(error.message).toContain(`http://127.0.0.1:${port}`)
  })

  it('asks a new connection when the idle one was closed, without an error to the client (C-7)', async () => {
    upstream.next(async ({ req, res, seen }) => {
      await readBody(req, seen)
      res.end('1')
      setTimeout(() => req.socket.destroy(), 20)
    })
    await call({ port: proxy.port, path: '/v1/x' })
    await sleep(60)
    const answer = await call({ port: proxy.port, method: 'POST', path: '/v1/x', body: 'b' })
    expect([answer.status, upstream.connections(), upstream.requests.length]).toEqual([200, 2, 2])
  })

  it('sends a generating call once, also when the upstream drops it unanswered', async () => {
    upstream.always(async ({ req, seen }) => {
      await readBody(req, seen)
      req.socket.destroy()
    })
    const answer = await call({ port: proxy.port, method: 'POST', path: '/v1/messages', body: '{"messages":[]}' })
    expect([answer.status, upstream.requests.length]).toEqual([502, 1])
  })

  it('keeps no cookies between requests', async () => {
    upstream.next(json({ ok: true }))
    upstream.next(reply(200, ['set-cookie', 'track=1']))
    await call({ port: proxy.port, path: '/v1/x' })
    await call({ port: proxy.port, path: '/v1/x' })
    await call({ port: proxy.port, path: '/v1/x' })
    expect(headerValues(upstream.requests[2]!.rawHeaders, 'cookie')).toEqual([])
  })
})
