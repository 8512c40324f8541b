import { once } from 'node:events'
import { type AddressInfo, connect as connectTo, createServer, type Server } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { type FakeUpstream, startFakeUpstream } from '../../test/support/fake-upstream.js'
import { headerValues, proxyFor, rawCall } from '../../test/support/proxy-client.js'
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

const connect = async (protocols: string[] = []): Promise<WebSocket> => {
  const socket = new WebSocket(`ws://127.0.0.1:${proxy.port}/v1/responses`, protocols, {
    headers: { Authorization: 'Bearer k', 'OpenAI-Beta': 'responses_websockets=2026-02-06' },
  })
  await once(socket, 'open')
  return socket
}

const HANDSHAKE =
  'GET /v1/responses HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n' +
  'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n'

describe('WebSocket relay (E-7)', () => {
  it('passes text and binary frames both ways, small and large', async () => {
    const socket = await connect()
    for (const message of ['héllo 🌍', Buffer.alloc(3 * 1024 * 1024, 5), '', Buffer.from([0, 255])]) {
      socket.send(message)
      const [data, isBinary] = (await once(socket, 'message')) as [Buffer, boolean]
      expect(isBinary).toBe(Buffer.isBuffer(message))
      expect(data.equals(Buffer.from(message))).toBe(true)
    }
    socket.terminate()
  })

  it('keeps close code and reason', async () => {
    const socket = await connect()
    socket.send('close 4321 gone fishing')
    const [code, reason] = (await once(socket, 'close')) as [number, Buffer]
    expect([code, reason.toString()]).toEqual([4321, 'gone fishing'])
  })

  it('passes handshake headers and the chosen subprotocol', async () => {
    const socket = await connect(['realtime', 'other'])
    expect(socket.protocol).toBe('realtime')
    const { rawHeaders } = await upstream.seen()
    expect(headerValues(rawHeaders, 'authorization')).toEqual(['Bearer k'])
    expect(headerValues(rawHeaders, 'openai-beta')).toEqual(['responses_websockets=2026-02-06'])
    // Frames are read on this path, so no extension may change them.
    expect(headerValues(rawHeaders, 'sec-websocket-extensions')).toHaveLength(0)
    expect(headerValues(rawHeaders, 'upgrade')).toEqual(['websocket'])
    expect(headerValues(rawHeaders, 'host')).toEqual([`127.0.0.1:${upstream.port}`])
    socket.terminate()
  })

  for (const status of [426, 403])
    it(`shows the upstream's ${status} and its body at once`, async () => {
      upstream.refuseUpgrades(status, '{"error":"no sockets"}')
      const startedMs = performance.now()
      const text = await rawCall(proxy.port, HANDSHAKE)
      expect(text).toMatch(new RegExp(`^HTTP/1.1 ${status} Refused\r\nx-reason: policy\r\nContent-Length: 22\r\n`))
      expect(text.endsWith('\r\n\r\n{"error":"no sockets"}')).toBe(true)
      expect(performance.now() - startedMs).toBeLessThan(250)
    })

  it('delivers bytes the client sends right behind its handshake', async () => {
    // A masked text frame "hi" with an all-zero mask.
    const text = await rawCall(
      proxy.port,
      Buffer.concat([Buffer.from(HANDSHAKE), Buffer.from([0x81, 0x82, 0, 0, 0, 0, 0x68, 0x69])]),
    )
    expect(text).toMatch(/^HTTP\/1\.1 101 Switching Protocols\r\n/)
    expect(text.endsWith('\x81\x02hi')).toBe(true)
  })

  it('ends the upstream side when the client goes, and the other way round', async () => {
    const first = await connect()
    first.terminate()
    const second = await connect()
    await sleep(50)
    const closed = once(second, 'close')
    await upstream.close()
    expect((await closed)[0]).toBe(1006)
    upstream = await startFakeUpstream()
  })

  it('holds back a sender when the receiver does not read', async () => {
    const deaf = createServer((socket) => {
      socket.once('data', () => {
        socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n')
        socket.pause()
      })
    })
    deaf.listen(0, '127.0.0.1')
    await once(deaf, 'listening')
    const relay = await proxyFor(`http://127.0.0.1:${(deaf.address() as AddressInfo).port}`)
    const client = connectTo(relay.port, '127.0.0.1')
    client.write(HANDSHAKE)
    await once(client, 'data')
    const chunk = Buffer.alloc(1024 * 1024)
    for (let i = 0; i < 100; i++) client.write(chunk)
    await sleep(400)
    // What neither the kernel's buffers nor the relay's took stays with the sender.
    expect(client.writableLength).toBeGreaterThan(50 * chunk.length)
    client.destroy()
    await relay.close()
    deaf.close()
  })

  it('answers 502 when the upstream cannot be reached', async () => {
    await upstream.close()
    expect(await rawCall(proxy.port, HANDSHAKE)).toMatch(/^HTTP\/1\.1 502 Bad Gateway\r\n[\s\S]*upstream_unreachable/)
    upstream = await startFakeUpstream()
  })

  it('refuses foreign hosts and origins before it connects (J-1)', async () => {
    const foreign = HANDSHAKE.replace('Host: localhost', 'Host: evil.example')
    const page = HANDSHAKE.replace('\r\n\r\n', '\r\nOrigin: https://evil.example\r\n\r\n')
    for (const bytes of [foreign, page]) expect(await rawCall(proxy.port, bytes)).toMatch(/^HTTP\/1\.1 403 /)
    expect(upstream.requests).toHaveLength(0)
  })

  it('does not outlive a closing proxy', async () => {
    const socket = await connect()
    const closed = once(socket, 'close')
    await proxy.close()
    await closed
  })
})

describe('other upgrade offers', () => {
  const offer = (rest: string, body: string): string =>
    `POST /v1/messages HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n` +
    `HTTP2-Settings: AAEAAEAA\r\nX-Stays: 1\r\n${rest}\r\n\r\n${body}`

  for (const [name, bytes] of [
    ['a length', offer('Content-Length: 15', '{"messages":[]}')],
    ['chunks', offer('Transfer-Encoding: chunked', '6\r\n{"mess\r\n9\r\nages":[]}\r\n0\r\n\r\n')],
  ] as const)
    it(`are ignored and the request goes on whole, with ${name} (E-6)`, async () => {
      const text = await rawCall(proxy.port, bytes)
      expect(text).toMatch(/^HTTP\/1\.1 200 OK\r\n/)
      const seen = await upstream.seen()
      expect([seen.method, seen.url, seen.body.toString()]).toEqual(['POST', '/v1/messages', '{"messages":[]}'])
      expect(headerValues(seen.rawHeaders, 'x-stays')).toEqual(['1'])
      expect(headerValues(seen.rawHeaders, 'upgrade')).toEqual([])
    })

  it('whose body comes later, and a second request on the connection, are served too', async () => {
    const socket = connectTo(proxy.port, '127.0.0.1')
    let text = ''
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1')
    })
    const [head, body] = offer('Content-Length: 15', '\n{"messages":[]}').split('\n{') as [string, string]
    socket.write(head)
    await sleep(80)
    socket.write(`{${body}`)
    await upstream.seen(1)
    await sleep(80)
    socket.write('GET /v1/models HTTP/1.1\r\nHost: localhost\r\n\r\n')
    const second = await upstream.seen(2)
    await sleep(80)
    socket.destroy()
    expect([upstream.requests[0]?.body.toString(), second.url]).toEqual(['{"messages":[]}', '/v1/models'])
    expect(text.match(/HTTP\/1\.1 200 OK/g)).toHaveLength(2)
  })
})

describe('upstreams that answer an upgrade with a plain answer', () => {
  let plain: Server

  afterEach(() => plain.close())

  it('get it passed on, chunking undone and the connection closed', async () => {
    plain = createServer((socket) => {
      socket.on('error', () => socket.destroy())
      socket.once('data', () =>
        socket.write('HTTP/1.1 200 Fine\r\nTransfer-Encoding: chunked\r\nX-A: 1\r\n\r\n3\r\nabc\r\n0\r\n\r\n'),
      )
    })
    plain.listen(0, '127.0.0.1')
    await once(plain, 'listening')
    const address = plain.address()
    const other = await proxyFor(`http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`)
    const text = await rawCall(other.port, HANDSHAKE)
    await other.close()
    expect(text).toBe('HTTP/1.1 200 Fine\r\nX-A: 1\r\nconnection: close\r\n\r\nabc')
  })
})
