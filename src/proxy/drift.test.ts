import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { json, startFakeUpstream } from '../../test/support/fake-upstream.js'
import { call, fakeHost, proxyFor } from '../../test/support/proxy-client.js'
import { bodyOf } from '../drift/bodies.testkit.js'
import { createDriftWatch } from '../drift/index.js'
import type { CacheBreak, DriftReport } from '../spec/drift.js'

interface Sent {
  readonly date: string
  readonly read: number
}

/** Two turns of one conversation through a real proxy; the provider bills as told. */
const turns = async (steps: readonly Sent[], headers: readonly string[] = []) => {
  const upstream = await startFakeUpstream()
  const noted: CacheBreak[] = []
  const host = fakeHost()
  const proxy = await proxyFor(upstream.url, {
    host,
    drift: createDriftWatch({ onBreak: (one) => noted.push(one), missMicroUsd: () => 7 }),
  })
  for (const [at, { date, read }] of steps.entries()) {
    const usage = { input_tokens: 3, cache_read_input_tokens: read, cache_creation_input_tokens: 50_000 - read }
    upstream.next(json({ type: 'message', content: [], usage }))
    const body = bodyOf({ turns: 20 + at, date })
    const answer = await call({
      ...{ port: proxy.port, method: 'POST', path: '/v1/messages', body },
      headers: ['content-type', 'application/json', ...headers],
    })
    expect(answer.status).toBe(200)
    expect(upstream.requests.at(-1)!.body.equals(body)).toBe(true)
    for (let tries = 0; tries < 100 && noted.length < at; tries++) await sleep(5)
  }
  const shown = await call({ port: proxy.port, path: '/headroom/cache' })
  await proxy.close()
  await upstream.close()
  return { noted, report: JSON.parse(shown.body.toString()) as DriftReport }
}

const CHANGED: readonly Sent[] = [
  { date: '2026-11-24', read: 0 },
  { date: '2026-11-25', read: 2000 },
]

describe('losses of cached tokens', () => {
  it('are explained by the proxy, with exact texts while it runs and their form on record', async () => {
    const { noted, report } = await turns(CHANGED)
    expect(noted).toMatchObject([{ cause: 'system-changed', turn: 21, lostTokens: 48_000, looks: 'date' }])
    expect(JSON.stringify(noted)).not.toContain('2026-11-25')
    expect(report.recent[0]!.words).toMatch(
      /^turn 21 lost 48k cached tokens: system prompt changed \(a date, "2026-11-24" → "2026-11-25"\) at byte [\d,]+$/,
    )
    expect(report.spots[0]).toMatchObject({ basis: 'seen', looks: 'date', microUsdPerRequest: 7 })
  })

  it('are explained with compression off as well, and the bytes stream through', async () => {
    const { noted, report } = await turns(CHANGED, ['x-headroom-bypass', '1'])
    expect(noted).toMatchObject([{ cause: 'system-changed', lostTokens: 48_000 }])
    expect(report.requests).toBe(2)
  })
})
