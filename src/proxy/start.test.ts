import { once } from 'node:events'
import { createServer } from 'node:http'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { drip, type FakeUpstream, startFakeUpstream } from '../../test/support/fake-upstream.js'
import { call, fakeHost, headerValues, proxyFor } from '../../test/support/proxy-client.js'
import { outboundFor } from './outbound.js'

let upstream: FakeUpstream

beforeEach(async () => {
  upstream = await startFakeUpstream()
})

afterEach(() => upstream.close())

describe('start', () => {
  it('refuses an upstream that is the proxy itself, by any name (F-6)', async () => {
    for (const host of ['127.0.0.1', 'localhost', '[::1]', '0.0.0.0', '127.0.0.9']) {
      const probe = await startFakeUpstream()
      await probe.close()
      const config = { port: probe.port, upstreamAnthropic: `http://${host}:${probe.port}/v1` }
      const host2 = fakeHost()
      await expect(proxyFor(upstream.url, { config, host: host2 })).rejects.toThrow(/this proxy itself/)
      expect(host2.closed).toBe(true)
    }
  })

  it('takes the next free port when the configured one is taken (D-6)', async () => {
    const proxy = await proxyFor(upstream.url, { config: { port: upstream.port } })
    expect(proxy.port).not.toBe(upstream.port)
    expect(proxy.url).toBe(`http://127.0.0.1:${proxy.port}`)
    expect((await call({ port: proxy.port, path: '/healthz' })).status).toBe(200)
    await proxy.close()
  })

  it('refuses upstreams that are no URL', async () => {
    await expect(proxyFor('ftp://x')).rejects.toThrow(/not an http/)
    await expect(proxyFor('x')).rejects.toThrow(/not an http/)
  })

  it('keeps the path prefix of the base URL', async () => {
    const proxy = await proxyFor(`${upstream.url}/gateway/v1/`)
    await call({ port: proxy.port, method: 'POST', path: '/v1/messages?beta=true', body: '{}' })
    await call({ port: proxy.port, path: '/v1/models' })
    expect(upstream.requests.map(({ url }) => url)).toEqual(['/gateway/v1/messages?beta=true', '/gateway/v1/models'])
    await proxy.close()
  })

  it('tells hooks the address and each answer', async () => {
    const events: unknown[] = []
    const proxy = await proxyFor(upstream.url, {
      hooks: [
        {
          name: 'h',
          postStart: (at) => events.push(at),
          postSend: ({ requestId, status }) => events.push([requestId, status]),
        },
      ],
    })
    await call({ port: proxy.port, method: 'POST', path: '/v1/messages', body: '{}' })
    expect(events).toEqual([{ host: '127.0.0.1', port: proxy.port }, ['r1', 200]])
    await proxy.close()
  })
})

describe('close', () => {
  it('finishes what is in flight, accepts nothing new, and closes the engine', async () => {
    upstream.always(drip([], ['a', 'b', 'c'], 40))
    const host = fakeHost()
    const proxy = await proxyFor(upstream.url, { host, drainMs: 5000 })
    const idle = connect(proxy.port, '127.0.0.1')
    await once(idle, 'connect')
    const running = call({ port: proxy.port, path: '/v1/x' })
    await upstream.seen()
    const closing = proxy.close()
    await expect(call({ port: proxy.port, path: '/healthz' })).rejects.toThrow(/ECONNREFUSED/)
    expect((await running).body.toString()).toBe('abc')
    await closing
    expect(host.closed).toBe(true)
  })

  it('cuts what does not end in time', async () => {
    upstream.always(drip([], Array(200).fill('x'), 50))
    const proxy = await proxyFor(upstream.url, { drainMs: 100 })
    const running = call({ port: proxy.port, path: '/v1/x' })
    await upstream.seen()
    const startedMs = performance.now()
    await proxy.close()
    expect(performance.now() - startedMs).toBeLessThan(1000)
    expect((await running).complete).toBe(false)
  })
})

describe('outbound proxy (D-4)', () => {
  const viaFor = (url: string, no?: string): string | undefined =>
    outboundFor(new URL(url), { https: 'http://p:1', http: 'http://q:2', ...(no === undefined ? {} : { no }) })?.href

  it('is chosen by scheme and left out by NO_PROXY', () => {
    expect(viaFor('https://api.example.com')).toBe('http://p:1/')
    expect(viaFor('http://api.example.com')).toBe('http://q:2/')
    for (const no of ['*', 'example.com', '.example.com', '*.example.com', 'x, api.example.com:443', 'EXAMPLE.com'])
      expect(viaFor('https://api.example.com', no)).toBeUndefined()
    for (const no of ['', 'ample.com', 'example.com:80', 'other'])
      expect(viaFor('https://api.example.com', no)).toBeDefined()
    expect(viaFor('https://[::1]:9', '::1')).toBeUndefined()
    expect(() => outboundFor(new URL('https://x'), { https: 'socks5://p' })).toThrow(/outbound proxy/)
  })

  it('carries calls and upgrades through CONNECT with its own credentials', async () => {
    const seen: string[] = []
    const corporate = createServer()
    corporate.on('connect', (req, socket) => {
      seen.push(`${req.url} ${req.headers['proxy-authorization']}`)
      const peer = connect(upstream.port, '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 Connection Established\r\n\r\n')
        peer.pipe(socket).pipe(peer)
      })
      for (const end of [peer, socket]) end.on('error', () => end.destroy())
    })
    corporate.listen(0, '127.0.0.1')
    await once(corporate, 'listening')
    const address = corporate.address()
    const port = typeof address === 'object' ? address?.port : 0
    const proxy = await proxyFor('http://provider.invalid', {
      outbound: { http: `http://us%65r:p%40ss@127.0.0.1:${port}` },
    })
    const headers = ['X-A', '1', 'X-A', '2']
    const answer = await call({ port: proxy.port, method: 'POST', path: '/v1/messages', headers, body: '{}' })
    expect(answer.status).toBe(200)
    expect(headerValues(upstream.requests[0]!.rawHeaders, 'x-a')).toEqual(['1', '2'])
    expect(headerValues(upstream.requests[0]!.rawHeaders, 'host')).toEqual(['provider.invalid'])
    expect(seen).toEqual([`provider.invalid:80 Basic ${Buffer.from('user:p@ss').toString('base64')}`])
    await proxy.close()
    corporate.closeAllConnections()
    corporate.close()
  })

  it('that refuses is named in the 502', async () => {
    const corporate = createServer()
    corporate.on('connect', (_req, socket) => socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n'))
    corporate.listen(0, '127.0.0.1')
    await once(corporate, 'listening')
    const address = corporate.address()
    const port = typeof address === 'object' ? address?.port : 0
    const proxy = await proxyFor('http://provider.invalid', { outbound: { http: `http://127.0.0.1:${port}` } })
    const answer = await call({ port: proxy.port, path: '/v1/models' })
    expect([answer.status, answer.body.toString()]).toEqual([502, expect.stringContaining('407')])
    await proxy.close()
    corporate.close()
    await sleep(0)
  })
})
