import { setTimeout as sleep } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type FakeUpstream, json, startFakeUpstream } from '../../test/support/fake-upstream.js'
import { call, type FakeHost, fakeHost, proxyFor, replacing, resultOf } from '../../test/support/proxy-client.js'
import { alignBody } from '../drift/align/bytes.js'
import { alignPrefix } from '../drift/align/index.js'
import { createDriftWatch } from '../drift/index.js'
import type { Config } from '../spec/config.js'
import type { CacheBreak } from '../spec/drift.js'
import type { EngineRequest } from '../spec/engine.js'
import { shifted } from './align.js'
import type { EngineHost, RunningProxy } from './options.js'

let upstream: FakeUpstream
let proxy: RunningProxy | undefined

beforeEach(async () => {
  upstream = await startFakeUpstream()
})

afterEach(async () => {
  await proxy?.close()
  await upstream.close()
})

const start = async (
  { run, align = async (body) => alignBody(body) }: Partial<Pick<EngineHost, 'run' | 'align'>> = {},
  config: Partial<Config> = { alignPrefix: 'on' },
): Promise<FakeHost> => {
  const host = { ...fakeHost(run), align }
  proxy = await proxyFor(upstream.url, { host, config })
  return host
}

const post = async (body: string | Uint8Array, headers: readonly string[] = [], path = '/v1/messages') => {
  const all = ['content-type', 'application/json', ...headers]
  const answer = await call({ port: proxy!.port, method: 'POST', path, headers: all, body })
  expect(answer.status).toBe(200)
  return upstream.requests.at(-1)!
}

const breakpoint = { cache_control: { type: 'ephemeral' } }

/** Turns of a client that writes the time into its system prompt and moves its breakpoint along. */
const turnAt = (time: string, turns: number): string =>
  JSON.stringify({
    model: 'claude-x',
    max_tokens: 9,
    system: [{ type: 'text', text: `Now: 2026-11-25T${time}Z. Be brief.`, ...breakpoint }],
    messages: Array.from({ length: turns * 2 - 1 }, (_, at) =>
      at % 2 === 0
        ? {
            role: 'user',
            content: [{ type: 'text', text: `OLD question ${at}`, ...(at === turns * 2 - 2 ? breakpoint : {}) }],
          }
        : { role: 'assistant', content: [{ type: 'text', text: `answer ${at}` }] },
    ),
  })

const LIST =
  /,\{"type":"text","text":"\[Values of the system prompt, as they are now:\\nvalue 1: ([^"\\]+)\\nEnd of values\]"\}/

/** What the provider can have cached: up to the client's newest breakpoint. */
const cached = (body: Buffer): string => {
  const text = body.toString()
  return text.slice(0, text.lastIndexOf(',"cache_control"')).replaceAll(',"cache_control":{"type":"ephemeral"}', '')
}

describe('alignment in the proxy (B-3, B-9)', () => {
  it('is off unless switched on: the very bytes go on', async () => {
    await start({}, {})
    const body = turnAt('10:00:01', 1)
    expect((await post(body)).body.toString()).toBe(body)
  })

  it('keeps what can be cached the same while the clock moves, also behind a restart, and the model is told the time once', async () => {
    let before = ''
    const seen: string[] = []
    for (const turn of [1, 2, 3, 4]) {
      if (turn !== 2) await proxy?.close()
      const host = turn === 2 ? undefined : await start()
      const time = `10:0${turn}:0${turn}`
      const { body } = await post(turnAt(time, turn))
      expect(cached(body).startsWith(before)).toBe(true)
      before = cached(body)
      expect(LIST.exec(body.toString())?.[1]).toBe(`2026-11-25T${time}Z`)
      expect(body.toString().split(time).length).toBe(2)
      seen.push(...(host?.ran ?? []).map((request) => Buffer.from(request.body).toString()))
    }
    expect(seen.length).toBeGreaterThanOrEqual(3)
    expect(seen.some((text) => /Values of the system prompt|T10:0/.test(text))).toBe(false)
  })

  it('goes together with what the engine changes, and counts as sent', async () => {
    const host = await start({ run: replacing('OLD', 'N') })
    const body = turnAt('10:00:00', 1)
    const sent = (await post(body)).body
    const { request } = alignPrefix(JSON.parse(body) as object)
    expect(sent.toString()).toBe(JSON.stringify(request).replace('OLD', 'N'))
    const { receivedBytes, addedBytes = 0, body: seen } = host.ran[0]!
    expect(receivedBytes).toBe(body.length)
    expect(seen.length + addedBytes - 2).toBe(sent.length)
  })

  it('reads a compressed body and sends it plain', async () => {
    await start()
    const body = turnAt('10:00:00', 1)
    const sent = await post(gzipSync(body), ['content-encoding', 'gzip'])
    expect(JSON.parse(sent.body.toString())).toEqual(alignPrefix(JSON.parse(body) as object).request)
    expect(sent.rawHeaders.map((name) => name.toLowerCase())).not.toContain('content-encoding')
  })

  it('works on the two OpenAI formats', async () => {
    await start()
    const chat = {
      model: 'm',
      messages: [
        { role: 'system', content: 'Turn: 41' },
        { role: 'user', content: 'hi' },
      ],
    }
    const responses = { model: 'm', instructions: 'Turn: 41', input: 'hi' }
    for (const [path, request] of [
      ['/v1/chat/completions', chat],
      ['/v1/responses', responses],
    ] as const)
      expect(JSON.parse((await post(JSON.stringify(request), [], path)).body.toString())).toEqual(
        alignPrefix(request).request,
      )
  })

  it('lets a request go as it came where nothing moves, where it fails, and past a bypass', async () => {
    await start()
    for (const body of [
      '{ "system":"Be brief.",  "messages":[{"role":"user","content":"x"}]}',
      '{"system":"2026-11-25"',
    ])
      expect((await post(body)).body.toString()).toBe(body)
    const dated = turnAt('10:00:00', 1)
    expect((await post(dated, ['x-headroom-bypass', '1'])).body.toString()).toBe(dated)
    await proxy?.close()
    await start({
      align: () => Promise.reject(new Error('thread gone')),
      run: async (_: EngineRequest) => resultOf([]),
    })
    expect((await post(dated)).body.toString()).toBe(dated)
  })
})

describe('the explainer over an aligned conversation', () => {
  const usage = (read: number) => ({
    input_tokens: 3,
    cache_read_input_tokens: read,
    cache_creation_input_tokens: 50_000 - read,
  })
  const asked = { role: 'user', content: [{ type: 'text', text: 'go' }] }
  const called = { role: 'assistant', content: [{ type: 'tool_use', id: 't', name: 'Read', input: {} }] }
  const results = { role: 'user', content: [{ type: 'tool_result', tool_use_id: 't', content: 'text' }] }
  const play = async (more: object): Promise<CacheBreak[]> => {
    const noted: CacheBreak[] = []
    const host = { ...fakeHost(), align: async (body: Uint8Array) => alignBody(body) }
    const drift = createDriftWatch({ onBreak: (one) => noted.push(one) })
    proxy = await proxyFor(upstream.url, { host, drift, config: { alignPrefix: 'on' } })
    for (const [at, messages] of [[asked], [asked, called, results]].entries()) {
      upstream.next(json({ type: 'message', content: [], usage: usage(at === 0 ? 0 : 2000) }))
      await post(JSON.stringify({ model: 'm', ...more, system: `At 10:0${at}`, messages }))
    }
    for (let tries = 0; tries < 100 && noted.length === 0; tries++) await sleep(5)
    return noted
  }

  it('tells a list that changed inside of the conversation from a provider that did not read', async () => {
    expect(await play({ thinking: { type: 'adaptive' } })).toMatchObject([
      { cause: 'own-rewrite', where: 'messages[0]' },
    ])
    await proxy?.close()
    expect(await play({})).toMatchObject([{ cause: 'unknown' }])
  })
})

describe('shifted', () => {
  it('puts an insertion behind what others put in at the same place', () => {
    const bytes = Buffer.from('abc')
    const others = [
      { start: 0, end: 2, bytes },
      { start: 5, end: 5, bytes },
      { start: 6, end: 6, bytes },
    ]
    expect(shifted([{ start: 5, end: 5, bytes }], others)).toEqual([{ start: 9, end: 9, bytes }])
  })
})
