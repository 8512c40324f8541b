import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type FakeUpstream, startFakeUpstream } from '../../test/support/fake-upstream.js'
import { type Answer, call, fakeHost, headerValues, proxyFor } from '../../test/support/proxy-client.js'
import type { Engine } from '../spec/engine.js'
import type { EngineHost, RunningProxy } from './options.js'

let upstream: FakeUpstream
let proxy: RunningProxy

const start = async (host: EngineHost = fakeHost()): Promise<void> => {
  proxy = await proxyFor(upstream.url, { host, page: '<!doctype html><title>t</title>', version: '1.2.3' })
}

beforeEach(async () => {
  upstream = await startFakeUpstream()
})

afterEach(async () => {
  await proxy.close()
  expect(upstream.requests).toHaveLength(0)
  await upstream.close()
})

const get = (path: string, headers: readonly string[] = [], method = 'GET'): Promise<Answer> =>
  call({ port: proxy.port, path, headers, method })
const parse = ({ body }: Answer): Record<string, unknown> => JSON.parse(body.toString()) as Record<string, unknown>

describe('own endpoints', () => {
  it('say that the proxy lives', async () => {
    await start()
    expect(parse(await get('/healthz'))).toMatchObject({ status: 'ok', service: 'headroom', version: '1.2.3' })
    expect((await get('/healthz', [], 'HEAD')).body).toHaveLength(0)
  })

  it('give stats of the session, of a span, or of all time, and refuse other words', async () => {
    await start()
    const before = Date.now()
    expect(parse(await get('/stats')).sinceMs).toBeGreaterThan(before - 60_000)
    const hour = Number(parse(await get('/stats?since=1h')).sinceMs)
    expect(Math.abs(hour - (before - 3_600_000))).toBeLessThan(5000)
    expect(parse(await get('/stats?since=all')).sinceMs).toBe(0)
    expect((await get('/stats?since=yesterday')).status).toBe(400)
  })

  it('give metrics that a scraper can read', async () => {
    await start()
    const answer = await get('/metrics')
    const text = answer.body.toString()
    expect(headerValues(answer.rawHeaders, 'content-type')).toEqual(['text/plain; version=0.0.4; charset=utf-8'])
    for (const line of text.trimEnd().split('\n'))
      expect(line).toMatch(/^(# (HELP|TYPE) headroom_\w+ .+|headroom_\w+(\{\w+="([^"\\]|\\.)*"\})? -?\d+(\.\d+)?)$/)
    expect(text).toContain('\nheadroom_net_micro_usd -20\n')
    expect(text).toContain('headroom_skipped_blocks_total{reason="below-\\"floor\\""} 3')
  })

  it('give what was billed, losses as losses', async () => {
    await start()
    expect(parse(await get('/headroom/money?since=all'))).toMatchObject({ sinceMs: 0, total: { netMicroUsd: -20 } })
    expect((await get('/headroom/money?since=yesterday')).status).toBe(400)
  })

  it('show the page under both names, allowed to load nothing from elsewhere (J-4)', async () => {
    await start()
    for (const path of ['/', '/dashboard']) {
      const answer = await get(path)
      expect(answer.body.toString()).toContain('<title>t</title>')
      expect(headerValues(answer.rawHeaders, 'content-security-policy')[0]).toContain("default-src 'none'")
    }
  })

  it('retrieve originals as JSON, as text by lines, and whole as bytes', async () => {
    await start()
    const path = '/headroom/retrieve/aaaaaaaaaaaaaaaa'
    expect(parse(await get(path))).toMatchObject({ found: true, text: 'whole\ntext\n', totalLines: 2 })
    expect((await get(`${path}?lines=2-3`, ['accept', 'text/plain'])).body.toString()).toBe('lines 2-3')
    expect([...(await get(path, ['accept', 'text/plain'])).body]).toEqual([0xff, 0x00, 0x41])
    expect((await get('/headroom/retrieve/bbbb')).status).toBe(404)
  })

  it('explain refs, and name themselves where nothing matches', async () => {
    await start()
    expect(parse(await get('/headroom/explain/aaaaaaaaaaaaaaaa'))).toMatchObject({ found: true })
    expect((await get('/headroom/explain/bb')).status).toBe(404)
    expect((await get('/headroom/what')).body.toString()).toContain('/headroom/retrieve/REF')
  })

  it('compress texts and messages where the engine can', async () => {
    const engine = {
      compressText: async (text: string, options: object) => ({ text: text.slice(1), options }),
      compress: async (messages: unknown) => ({ messages }),
    } as unknown as Pick<Engine, 'compress' | 'compressText'>
    await start({ ...fakeHost(), ...engine })
    const post = (body: string): Promise<Answer> =>
      call({ port: proxy.port, method: 'POST', path: '/headroom/compress', body })
    expect(parse(await post('{"text":"abc","model":"m"}'))).toEqual({ text: 'bc', options: { model: 'm' } })
    expect(parse(await post('{"messages":[1]}'))).toEqual({ messages: [1] })
    for (const bad of ['{', '[]', '{}', '{"text":"a","modle":"m"}']) expect((await post(bad)).status).toBe(400)
    expect((await get('/headroom/compress')).status).toBe(405)
  })

  it('report their own failures as their own', async () => {
    await start({
      ...fakeHost(),
      stats: async () => {
        throw new Error('ledger is gone')
      },
    })
    const answer = await get('/stats')
    expect([answer.status, answer.body.toString()]).toEqual([500, expect.stringContaining('ledger is gone')])
  })
})
