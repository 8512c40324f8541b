import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type FakeUpstream, startFakeUpstream } from '../../test/support/fake-upstream.js'
import { call, headerValues, proxyFor, rawCall } from '../../test/support/proxy-client.js'
import { createAccess, hostNameOf, isLoopbackAddress } from './access.js'
import type { RunningProxy } from './options.js'
import { parseTarget } from './target.js'

let upstream: FakeUpstream
let proxy: RunningProxy | undefined

beforeEach(async () => {
  upstream = await startFakeUpstream()
})

afterEach(async () => {
  await proxy?.close()
  proxy = undefined
  await upstream.close()
})

const OWN = ['/', '/dashboard', '/healthz', '/stats', '/metrics', '/headroom/retrieve/aaaaaaaaaaaaaaaa', '/headroom/x']
const PROXIED = ['/v1/models', '/v1/messages', '/unknown']

describe('Host and Origin on every route (J-1)', () => {
  for (const path of [...OWN, ...PROXIED])
    it(`refuses foreign ones on ${path}`, async () => {
      proxy = await proxyFor(upstream.url)
      const { port } = proxy
      for (const host of [
        'evil.example',
        `evil.example:${port}`,
        '127.0.0.1.evil.example',
        'localhost@evil.example',
        '',
      ])
        expect((await call({ port, path, headers: ['host', host] })).status).toBe(403)
      for (const origin of ['https://evil.example', 'null', 'file://', 'http://localhost.evil.example'])
        expect((await call({ port, path, headers: ['origin', origin] })).status).toBe(403)
      expect(upstream.requests).toHaveLength(0)
    })

  it('accepts every loopback name with any port, and sends no CORS headers', async () => {
    proxy = await proxyFor(upstream.url)
    for (const host of ['127.0.0.1', 'localhost:1', 'LOCALHOST', '[::1]:8787'])
      expect((await call({ port: proxy.port, path: '/healthz', headers: ['host', host] })).status).toBe(200)
    const answer = await call({ port: proxy.port, path: '/stats', headers: ['origin', 'http://localhost:3000'] })
    expect(answer.status).toBe(200)
    expect(answer.rawHeaders.join().toLowerCase()).not.toContain('access-control')
  })
})

describe('upstream host from config only (J-2)', () => {
  const hostile = [
    '//evil.example/v1/x',
    '/v1/x?url=http://evil.example/',
    '/@evil.example/v1/x',
    '/%2f%2fevil.example',
    '/..//evil.example/',
    '/v1/x#@evil.example',
  ]
  for (const target of hostile)
    it(`sends ${target} to the configured host as it is`, async () => {
      proxy = await proxyFor(upstream.url)
      await rawCall(proxy.port, `GET ${target} HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-Host: evil.example\r\n\r\n`)
      const seen = await upstream.seen()
      expect(seen.url).toBe(target)
      expect(headerValues(seen.rawHeaders, 'host')).toEqual([`127.0.0.1:${upstream.port}`])
    })

  it('takes the path of an absolute-form target, and only where its host is this proxy', async () => {
    proxy = await proxyFor(upstream.url)
    await rawCall(proxy.port, 'GET http://127.0.0.1:1/v1/y?z HTTP/1.1\r\nHost: localhost\r\n\r\n')
    expect((await upstream.seen()).url).toBe('/v1/y?z')
    for (const target of ['http://evil.example/v1/y', 'http://localhost@evil.example/', 'http://u:p@localhost/'])
      expect(await rawCall(proxy.port, `GET ${target} HTTP/1.1\r\nHost: localhost\r\n\r\n`)).toMatch(/^HTTP\/1.1 403 /)
    expect(upstream.requests).toHaveLength(1)
  })

  it('opens no tunnels for CONNECT', async () => {
    proxy = await proxyFor(upstream.url)
    const text = await rawCall(proxy.port, 'CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example:443\r\n\r\n')
    expect(text).toMatch(/^HTTP\/1.1 405 /)
  })

  it('answers OPTIONS * itself and refuses targets that are no path', async () => {
    proxy = await proxyFor(upstream.url)
    expect(await rawCall(proxy.port, 'OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n')).toMatch(/^HTTP\/1.1 204 /)
    expect(upstream.requests).toHaveLength(0)
  })
})

describe('tokens', () => {
  it('are required to listen beyond loopback (J-1)', async () => {
    await expect(proxyFor(upstream.url, { config: { host: '0.0.0.0' } })).rejects.toThrow(/set a token/)
  })

  for (const path of [...OWN, ...PROXIED])
    it(`are asked for on ${path} (J-1)`, async () => {
      proxy = await proxyFor(upstream.url, { config: { token: 'tök en' } })
      expect((await call({ port: proxy.port, path })).status).toBe(401)
      expect((await call({ port: proxy.port, path: `${path}?headroom_token=wrong` })).status).toBe(401)
      expect(upstream.requests).toHaveLength(0)
      const answer = await call({ port: proxy.port, path: `${path}?headroom_token=t%C3%B6k%20en` })
      expect([401, 403]).not.toContain(answer.status)
    })

  it('never reach the upstream, and nothing else of the query changes (F-5)', async () => {
    proxy = await proxyFor(upstream.url, { config: { token: 't' } })
    const headers = ['x-headroom-token', 't', 'authorization', 'Bearer sk']
    await call({ port: proxy.port, path: '/v1/x?a=%20&headroom_token=t&b=+1', headers })
    await call({ port: proxy.port, path: '/v1/x?headroom_token=t' })
    expect(upstream.requests.map(({ url }) => url)).toEqual(['/v1/x?a=%20&b=+1', '/v1/x'])
    expect(upstream.requests[0]!.rawHeaders.join().toLowerCase()).not.toContain('headroom')
    expect(headerValues(upstream.requests[0]!.rawHeaders, 'authorization')).toEqual(['Bearer sk'])
  })

  it('stand in for the Host check on a wildcard listener', () => {
    const target = parseTarget('/v1/x')!
    const access = createAccess('0.0.0.0', 't')
    expect(access.refusalOf(target, ['Host', 'box.lan:8787', 'x-headroom-token', 't'])).toBeUndefined()
    expect(access.refusalOf(target, ['Host', 'box.lan:8787'])?.status).toBe(401)
    expect(createAccess('box.lan', 't').refusalOf(target, ['Host', 'other.lan'])?.status).toBe(403)
  })
})

describe('names and addresses', () => {
  it('are read without being fooled', () => {
    expect(['localhost:1', '[::1]', 'a.b', 'u@h', 'h:x', 'a b', '[::1]evil'].map(hostNameOf)).toEqual([
      'localhost',
      '[::1]',
      'a.b',
      undefined,
      undefined,
      undefined,
      undefined,
    ])
    expect(['127.0.0.1', '127.9.9.9', '::1', '::ffff:127.0.0.1', '10.0.0.1', undefined].map(isLoopbackAddress)).toEqual(
      [true, true, true, true, false, false],
    )
  })
})
