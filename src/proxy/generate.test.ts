import { setTimeout as sleep } from 'node:timers/promises'
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { bedrockStream } from '../../test/support/event-stream.js'
import {
  anthropicStream,
  drip,
  encoded,
  type FakeUpstream,
  readBody,
  SSE_HEADERS,
  startFakeUpstream,
} from '../../test/support/fake-upstream.js'
import {
  call,
  type FakeHost,
  fakeHost,
  headerValues,
  open,
  proxyFor,
  replacing,
  resultOf,
} from '../../test/support/proxy-client.js'
import { agents } from '../agents/list.js'
import type { EngineRequest, EngineResult } from '../spec/engine.js'
import type { RunningProxy } from './options.js'

let upstream: FakeUpstream
let proxy: RunningProxy | undefined

beforeEach(async () => {
  upstream = await startFakeUpstream()
})

afterEach(async () => {
  await proxy?.close()
  await upstream.close()
})

const start = async (run?: (request: EngineRequest) => Promise<EngineResult>, deadlineMs = 250): Promise<FakeHost> => {
  const host = fakeHost(run)
  proxy = await proxyFor(upstream.url, { host, agents, config: { deadlineMs } })
  return host
}

const post = (body: string | Uint8Array, headers: readonly string[] = [], path = '/v1/messages?beta=true') =>
  call({ port: proxy!.port, method: 'POST', path, headers: ['content-type', 'application/json', ...headers], body })

/** Whitespace, escapes, big numbers, `1.0` and duplicate keys that a re-serialiser would change. */
const ODD_BODY =
  '{ "model" : "m", "n": 12345678901234567890, "x":1.0,"x":1e3,\n "messages":[{"role":"user","content":"caf\\u00e9 OLD \\/ 🌍"}]}'

const ENCODERS: Readonly<Record<string, (text: string) => Buffer>> = {
  identity: (text) => Buffer.from(text),
  gzip: (text) => gzipSync(text),
  deflate: (text) => deflateSync(text),
  br: (text) => brotliCompressSync(text),
  // One raw block in a single-segment frame (RFC 8878, section 3.1.1).
  zstd: (text) => {
    const content = Buffer.from(text)
    const head = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x60, 0, 0, 0, 0, 0])
    head.writeUInt16LE(content.length - 256, 5)
    head.writeUIntLE((content.length << 3) | 1, 7, 3)
    return Buffer.concat([head, content])
  },
}
const LONG_BODY = ODD_BODY.replace('OLD', `OLD ${'pad '.repeat(80)}`)

describe('what the engine does not change', () => {
  for (const [encoding, encode] of Object.entries(ENCODERS))
    it(`leaves as the very bytes that came, in ${encoding} (B-1, E-5)`, async () => {
      const host = await start()
      const bytes = encode(LONG_BODY)
      await post(bytes, ['content-encoding', encoding])
      const seen = await upstream.seen()
      expect(seen.body.equals(bytes)).toBe(true)
      expect(headerValues(seen.rawHeaders, 'content-encoding')).toEqual([encoding])
      expect(Buffer.from(host.ran[0]!.body).toString()).toBe(LONG_BODY)
    })

  it('is any body, valid or not (B-1)', async () => {
    await start()
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
        upstream.requests.length = 0
        await post(bytes)
        expect(Buffer.compare(upstream.requests[0]!.body, bytes)).toBe(0)
      }),
      { numRuns: 40 },
    )
  })

  it('goes on in an encoding nobody knows, without asking the engine (E-5)', async () => {
    const host = await start()
    await post('whatever', ['content-encoding', 'snappy'])
    expect((await upstream.seen()).body.toString()).toBe('whatever')
    expect(host.ran).toHaveLength(0)
  })

  it('goes on when the declared encoding is not what the bytes are', async () => {
    const host = await start()
    await post('not gzip', ['content-encoding', 'gzip'])
    expect((await upstream.seen()).body.toString()).toBe('not gzip')
    expect(host.ran).toHaveLength(0)
  })

  it('goes on when it would decode to more than the limit (J-7)', async () => {
    const host = await start()
    const bomb = gzipSync(Buffer.alloc(65 * 1024 * 1024))
    await post(bomb, ['content-encoding', 'gzip'])
    expect((await upstream.seen()).body.equals(bomb)).toBe(true)
    expect(host.ran).toHaveLength(0)
  })
})

describe('what the engine changes', () => {
  for (const [encoding, encode] of Object.entries(ENCODERS))
    it(`goes as identity with a new length, all other bytes as they came, from ${encoding} (B-2)`, async () => {
      await start(replacing('OLD', 'NEW!'))
      await post(encode(LONG_BODY), ['Content-Encoding', encoding, 'X-Other', '1'])
      const seen = await upstream.seen()
      expect(seen.body.toString()).toBe(LONG_BODY.replace('OLD', 'NEW!'))
      expect(headerValues(seen.rawHeaders, 'content-encoding')).toEqual([])
      expect(headerValues(seen.rawHeaders, 'content-length')).toEqual([String(seen.body.length)])
      expect(headerValues(seen.rawHeaders, 'x-other')).toEqual(['1'])
    })

  it('is changed for a chunked body too', async () => {
    await start(replacing('OLD', 'NEW!'))
    const outgoing = open({
      port: proxy!.port,
      method: 'POST',
      path: '/v1/chat/completions',
      headers: ['transfer-encoding', 'chunked'],
    })
    for (const part of ODD_BODY.match(/.{1,20}/gs) ?? []) outgoing.write(part)
    outgoing.end()
    const seen = await upstream.seen()
    while (!seen.complete) await sleep(5)
    expect(seen.body.toString()).toBe(ODD_BODY.replace('OLD', 'NEW!'))
    expect(headerValues(seen.rawHeaders, 'transfer-encoding')).toEqual([])
  })

  it('tells the engine dialect, session, agent and that the client is local', async () => {
    const host = await start()
    await post('{}', ['X-Claude-Code-Session-Id', 'abc', 'User-Agent', 'claude-cli/2.1.330 (external, cli)'])
    await post('{}', ['user-agent', 'my own words'], '/v1/responses')
    await post('{}', [], '/v1/chat/completions')
    expect(host.ran.map(({ dialect, session, agent, loopback }) => [dialect, session, agent, loopback])).toEqual([
      ['anthropic', 'abc', 'claude', true],
      ['openai-responses', undefined, 'other', true],
      ['openai-chat', undefined, undefined, true],
    ])
  })

  for (const header of [
    ['x-headroom-bypass', '1'],
    ['content-md5', 'x'],
    ['authorization', 'AWS4-HMAC-SHA256 x'],
  ])
    it(`is nothing under ${header[0]}`, async () => {
      const host = await start(replacing('OLD', 'NEW!'))
      await post(ODD_BODY, header)
      expect((await upstream.seen()).body.toString()).toBe(ODD_BODY)
      expect(host.ran).toHaveLength(0)
    })
})

describe('an engine that fails never stands in the way (C-3)', () => {
  const failures: Readonly<Record<string, (request: EngineRequest) => unknown>> = {
    'throws at once': () => {
      throw new Error('boom')
    },
    rejects: async () => {
      throw new Error('boom')
    },
    'gives nothing': async () => undefined,
    'gives no edits': async () => ({ report: {} }),
    'gives edits beyond the body': async () => resultOf([{ start: 0, end: 9e9, bytes: new Uint8Array() }]),
    'gives edits out of order': async () =>
      resultOf([
        { start: 9, end: 10, bytes: new Uint8Array() },
        { start: 1, end: 2, bytes: new Uint8Array() },
      ]),
    'gives edits without bytes': async () => resultOf([{ start: 1, end: 2 } as never]),
    'gives edits in fractions': async () => resultOf([{ start: 0.5, end: 2, bytes: new Uint8Array() }]),
  }
  for (const [name, run] of Object.entries(failures))
    it(`sends the original when it ${name}`, async () => {
      await start(run as (request: EngineRequest) => Promise<EngineResult>)
      const answer = await post(ODD_BODY)
      expect(answer.status).toBe(200)
      expect((await upstream.seen()).body.toString()).toBe(ODD_BODY)
    })

  it('sends the original after the deadline when it hangs (C-1)', async () => {
    await start(() => new Promise(() => undefined), 60)
    const startedMs = performance.now()
    await post(ODD_BODY)
    expect((await upstream.seen()).body.toString()).toBe(ODD_BODY)
    expect(performance.now() - startedMs).toBeLessThan(400)
    expect(performance.now() - startedMs).toBeGreaterThan(55)
  })

  it('sends the replayed forms after the deadline, and the late result may not claim (B-4)', async () => {
    const claims: boolean[] = []
    const host = await start(async (request) => {
      const replay = await replacing('OLD', 'REPLAYED')(request)
      request.lease?.replayed(replay.edits)
      await sleep(150)
      claims.push(request.lease?.claim() ?? true)
      return replacing('model', 'LATE')(request)
    }, 50)
    await post(ODD_BODY)
    expect((await upstream.seen()).body.toString()).toBe(ODD_BODY.replace('OLD', 'REPLAYED'))
    while (host.settled.length === 0) await sleep(5)
    expect(claims).toEqual([false])
  })

  it('waits past the deadline for the forms of earlier turns, and for nothing else (B-3)', async () => {
    const body = '{"messages":[{"role":"assistant","content":"OLD"},{"role":"assistant","content":"."}]}'
    await start(async (request) => {
      await sleep(200)
      request.lease?.replayed((await replacing('OLD', 'REPLAYED')(request)).edits)
      await sleep(2000)
      return replacing('OLD', 'LATE')(request)
    }, 50)
    const startedMs = performance.now()
    await post(body)
    expect((await upstream.seen()).body.toString()).toBe(body.replace('OLD', 'REPLAYED'))
    expect(performance.now() - startedMs).toBeLessThan(1500)
  })

  it('waits for a result that was claimed in time', async () => {
    await start(async (request) => {
      request.lease?.replayed([])
      request.lease?.claim()
      await sleep(150)
      return replacing('OLD', 'NEW!')(request)
    }, 50)
    await post(ODD_BODY)
    expect((await upstream.seen()).body.toString()).toBe(ODD_BODY.replace('OLD', 'NEW!'))
  })

  it('sends all edits as soon as they are decided, while the report is still being made', async () => {
    let isReported = false
    const host = await start(async (request) => {
      const result = await replacing('OLD', 'NEW!')(request)
      request.lease?.replayed([])
      request.lease?.claim()
      request.lease?.decided?.({ edits: result.edits, rewrites: false })
      await sleep(300)
      isReported = true
      return result
    })
    const answered = post(ODD_BODY)
    expect((await upstream.seen()).body.toString()).toBe(ODD_BODY.replace('OLD', 'NEW!'))
    expect(isReported).toBe(false)
    await answered
    while (host.settled.length === 0) await sleep(5)
    expect(isReported).toBe(true)
  })

  it('sends nothing upstream when the client left while the engine was busy (E-4)', async () => {
    let finish: () => void = () => undefined
    const host = await start(
      () =>
        new Promise((resolve) => {
          finish = () => resolve(resultOf([]))
        }),
      5000,
    )
    const outgoing = open({ port: proxy!.port, method: 'POST', path: '/v1/messages', headers: ['content-length', '2'] })
    outgoing.end('{}')
    while (host.ran.length === 0) await sleep(5)
    outgoing.destroy()
    await sleep(30)
    finish()
    await sleep(50)
    expect(upstream.requests).toHaveLength(0)
  })
})

describe('usage is read on the side', () => {
  const usage = { inputTokens: 11, outputTokens: 7, cacheReadTokens: 100, cacheWriteTokens: 20 }
  const settled = async (host: FakeHost): Promise<FakeHost['settled'][0]> => {
    while (host.settled.length === 0) await sleep(5)
    return host.settled[0]!
  }

  it('from a JSON answer', async () => {
    const host = await start()
    await post('{}')
    expect(await settled(host)).toEqual({ id: 'r1', status: 200, usage })
  })

  for (const encoding of ['gzip', 'br'] as const)
    it(`from a ${encoding} answer that itself passes untouched`, async () => {
      const host = await start()
      const body = JSON.stringify({ usage: { input_tokens: 3, output_tokens: 4 } })
      upstream.next(encoded(encoding, 'application/json', body))
      await post('{}')
      expect((await settled(host)).usage).toMatchObject({ inputTokens: 3, outputTokens: 4 })
    })

  it('from a stream, however it is cut', async () => {
    const host = await start()
    upstream.next(drip(SSE_HEADERS, anthropicStream.match(/.{1,37}/gs) ?? [], 0))
    const answer = await post('{"stream":true}')
    expect(answer.body.toString()).toBe(anthropicStream)
    expect((await settled(host)).usage).toMatchObject({ inputTokens: 11, outputTokens: 7 })
  })

  it('from a stream of Bedrock, no byte of which waits for its message (E-1)', async () => {
    const host = await start()
    const path = '/model/us.anthropic.claude-sonnet-5-v1:0/invoke-with-response-stream'
    let arrived = (): void => undefined
    let bytes = 0
    upstream.next(async ({ req, res, seen }) => {
      await readBody(req, seen)
      res.writeHead(200, { 'content-type': 'application/vnd.amazon.eventstream' })
      for (let at = 0; at < bedrockStream.length; at += 97) {
        const part = bedrockStream.subarray(at, at + 97)
        const here = new Promise<void>((resolve) => {
          arrived = () => void (bytes === at + part.length && resolve())
        })
        res.write(part)
        await here
      }
      res.end()
    })
    const onChunk = (chunk: Buffer): void => {
      bytes += chunk.length
      arrived()
    }
    const answer = await call({ port: proxy!.port, path, method: 'POST', body: '{}', onChunk })
    expect(answer.body.equals(bedrockStream)).toBe(true)
    expect((await settled(host)).usage).toEqual(usage)
  })

  it('and a damaged encoding costs only the usage', async () => {
    const host = await start()
    upstream.next(({ res }) => void res.writeHead(200, { 'content-encoding': 'gzip' }).end('not gzip at all'))
    const answer = await post('{}')
    expect(answer.body.toString()).toBe('not gzip at all')
    expect(await settled(host)).toMatchObject({ status: 200 })
  })

  it('and an error answer settles with its status', async () => {
    const host = await start()
    upstream.next(({ res }) => void res.writeHead(529).end('{"type":"error"}'))
    await post('{}')
    expect((await settled(host)).status).toBe(529)
  })
})
