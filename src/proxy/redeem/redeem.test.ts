// Sessions through the proxy, against a model that accepts its own history only. Breaking any of these fails here: the place of a
// hidden call, the order of results, the persisted key, indices and sums of a continued answer.

import { mkdtempSync, rmSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { call, headerValues, proxyFor } from '../../../test/support/proxy-client.js'
import { type Client, clientOf, eventsOf } from '../../../test/support/redeem-clients.js'
import { type Dict, type Model, type Name, startModel, turnsIn } from '../../../test/support/redeem-model.js'
import { createHeadroom } from '../../create.js'
import type { Config } from '../../spec/config.js'
import type { Engine } from '../../spec/engine.js'
import type { RunningProxy } from '../options.js'

const NAMES: readonly Name[] = ['anthropic', 'openai-chat', 'openai-responses', 'gemini']
const WAYS = NAMES.flatMap((name) => [true, false].map((stream) => ({ name, stream })))
const OWN = { own: { ref: '$REF' } }
const BOTH = [{ think: 'hm' }, { say: 'Let me look. ' }, OWN, { call: 'Query', args: { command: 'more' } }, OWN]

/** Streams that are none of the API's, before anything of ours is in them. */
const ODD: Record<Name, readonly string[]> = {
  anthropic: ['{"type":"content_block_start","index":0}', '{"type":"content_block_delta","index":0}', 'x'],
  'openai-chat': [
    '{"choices":[null]}',
    '{"choices":[{"delta":{"tool_calls":[{"index":0}]}}]}',
    '{"choices":7}',
    '[DONE]',
  ],
  'openai-responses': [
    '{"type":"response.output_item.done","output_index":0,"item":null}',
    '{"type":"response.completed"}',
  ],
  gemini: ['{"candidates":[{"content":{"parts":[null]}}]}', '{"candidates":[{"content":{"parts":[{"text":"a"}]}}]}'],
}
const FORCED: Record<Name, object> = {
  anthropic: { tool_choice: { type: 'any' } },
  'openai-chat': { tool_choice: 'required' },
  'openai-responses': { tool_choice: { type: 'function', name: 'Query' } },
  gemini: { toolConfig: { functionCallingConfig: { mode: 'ANY' } } },
}

let home: string
let model: Model
let proxy: RunningProxy
let engine: Engine

const arms: (string | undefined)[] = []

const start = async (
  retrieval: 'wire' | 'auto' = 'wire',
  { holdoutPercent = 0, alignPrefix = 'off' }: Partial<Pick<Config, 'holdoutPercent' | 'alignPrefix'>> = {},
): Promise<void> => {
  engine = createHeadroom({ home, holdoutPercent })
  const run: Engine['run'] = async (request) => {
    const result = await engine.run(request)
    arms.push(result.report.arm)
    return result
  }
  const host = { ...engine, run }
  proxy = await proxyFor(model.url, { host, config: { home, retrieval, alignPrefix, deadlineMs: 20_000 } })
}

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'headroom-redeem-'))
  model = await startModel()
  await start()
})

afterEach(async () => {
  await proxy.close()
  await model.close()
  rmSync(home, { recursive: true, force: true })
})

const LOG = Array.from({ length: 400 }, (_, line) =>
  line === 233
    ? 'ERROR payment of order 91823 refused'
    : `12:00:${line % 60} INFO worker-${line % 5} compiled module ${line} in ${line % 40} ms`,
).join('\n')

/** A first turn whose result is shortened, so that there is something to ask for. */
const opened = async (name: Name, stream: boolean): Promise<Client> => {
  const client = clientOf(name, stream)
  client.user('Why does the build fail?')
  model.next({
    parts: [{ think: 'first' }, { say: 'I look at the log.' }, { call: 'Query', args: { command: 'build' } }],
  })
  await client.send(proxy.port)
  client.results([LOG])
  return client
}

const withoutId = ({ id: _, ...item }: Dict): Dict => item
const idsIn = ({ input }: Dict): string[] => input.map((item: Dict) => item.id ?? item.call_id ?? item.content)

const fetchWith = (agent: Agent, { port, path, body }: { port: number; path: string; body: string }): Promise<string> =>
  new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }
    const asking = request(
      { agent, host: '127.0.0.1', port, path, method: 'POST', headers, timeout: 3000 },
      (answer) => {
        const chunks: Buffer[] = []
        answer.on('data', (chunk: Buffer) => chunks.push(chunk))
        answer.on('end', () => resolve(Buffer.concat(chunks).toString()))
        answer.on('error', reject)
      },
    )
    asking.on('timeout', () => asking.destroy(new Error('the connection was never free again')))
    asking.on('error', reject)
    asking.end(body)
  })

const parsedBodies = (): Dict[] => model.bodies.map((body) => JSON.parse(body.toString()) as Dict)
const LISTS = {
  anthropic: 'messages',
  'openai-chat': 'messages',
  'openai-responses': 'input',
  gemini: 'contents',
} as const

/** Each request repeats the one before, entry by entry; follow-ups among them. */
const expectPrefixes = (name: Name): void => {
  const bodies = parsedBodies()
  for (const [index, body] of bodies.entries()) {
    const [before, now] = [bodies[index - 1]?.[LISTS[name]] ?? [], body[LISTS[name]]]
    expect(now.slice(0, before.length)).toEqual(before)
    expect(body.tools).toEqual(bodies[0]!.tools)
  }
}

describe.each(WAYS)('retrieval in the wire: $name, streaming $stream', ({ name, stream }) => {
  it('answers a call of its own inside the answer, and repeats it on every later turn, after a restart too', async () => {
    const client = await opened(name, stream)
    model.next(
      { parts: [{ think: 'hm' }, { say: 'Let me look. ' }, OWN] },
      { parts: [{ think: 'ah' }, { say: 'Order 91823 was refused.' }] },
    )
    const shown = await client.send(proxy.port)
    expect(shown.text).toBe('Let me look. Order 91823 was refused.')
    expect(shown.calls).toEqual([])
    expect(shown.usage).toEqual({ input: 200, output: 20 })
    expect(shown.stop).not.toMatch(/tool/)
    expect(model.bodies).toHaveLength(3)
    expect(JSON.stringify(parsedBodies()[2])).toContain('compiled module 399')
    for (const restart of [false, true]) {
      if (restart) {
        await proxy.close()
        await start()
      }
      client.user('And now?')
      model.next({ parts: [{ say: 'Nothing more.' }] })
      expect((await client.send(proxy.port)).text).toBe('Nothing more.')
    }
    expect(turnsIn(name, model.bodies[4]!)).toBe(4)
    expect(model.faults).toEqual([])
    expectPrefixes(name)
  })

  it('answers parallel calls, and round after round', async () => {
    const client = await opened(name, stream)
    model.next(
      { parts: [OWN, { own: { ref: '$REF', lines: '230-236' } }] },
      { parts: [{ say: 'One more. ' }, { own: { ref: 'nothing' } }] },
      { parts: [{ own: { ref: '0123456789abcdef' } }] },
      { parts: [{ say: 'Found it.' }, { call: 'Query', args: { command: 'x' } }] },
    )
    const shown = await client.send(proxy.port)
    expect([shown.text, shown.calls.length]).toEqual(['One more. Found it.', 1])
    expect(shown.usage).toEqual({ input: 400, output: 40 })
    expect(model.bodies[3]!.toString()).toContain('must be the id of a marker')
    expect(model.bodies[4]!.toString()).toContain('no original 0123456789abcdef in this store')
    client.results(['short'])
    model.next({ parts: [{ say: 'Done.' }] })
    await client.send(proxy.port)
    expect(model.faults).toEqual([])
    expect(turnsIn(name, model.bodies.at(-1)!)).toBe(5)
    expectPrefixes(name)
  })

  it('hides its calls beside one of the client, and supplies their results with the client’s own', async () => {
    const client = await opened(name, stream)
    model.next({ parts: BOTH })
    const shown = await client.send(proxy.port)
    expect([shown.text, shown.calls.map((one) => one.name)]).toEqual(['Let me look. ', ['Query']])
    if (name !== 'gemini')
      expect(shown.stop).toBe(
        { anthropic: 'tool_use', 'openai-chat': 'tool_calls', 'openai-responses': 'completed' }[name],
      )
    client.results(['more output'])
    await proxy.close()
    await start()
    model.next({ parts: [OWN] }, { parts: BOTH })
    await client.send(proxy.port)
    client.results(['yet more'])
    model.next({ parts: [{ say: 'Done.' }] })
    await client.send(proxy.port)
    expect(model.faults).toEqual([])
    expect(turnsIn(name, model.bodies.at(-1)!)).toBe(4)
    expectPrefixes(name)
  })

  it('gives the same bytes on a repeated request, and none of it without the option', async () => {
    const client = await opened(name, stream)
    model.next({ parts: [OWN] }, { parts: [{ say: 'Yes.' }] })
    await client.send(proxy.port)
    client.user('Sure?')
    model.next({ parts: [{ say: 'Yes.' }] }, { parts: [{ say: 'Yes.' }] })
    await client.raw(proxy.port)
    await client.raw(proxy.port)
    expect(model.bodies.at(-1)!.equals(model.bodies.at(-2)!)).toBe(true)
    await proxy.close()
    await start('auto')
    model.next({ parts: [{ say: 'Yes.' }] })
    await client.raw(proxy.port)
    expect(model.bodies.at(-1)!.toString()).not.toContain('headroom_retrieve')
  })

  it.each(['gzip', 'zstd'] as const)('reads answers in %s', async (encoding) => {
    const client = await opened(name, stream)
    model.next({ parts: [OWN], [encoding]: true }, { parts: [{ say: 'Unpacked ✓' }], [encoding]: true })
    expect((await client.send(proxy.port)).text).toBe('Unpacked ✓')
  })

  it('hands on as it comes what it cannot read, and goes on with the connection', async () => {
    const client = await opened(name, stream)
    const odd = stream ? ODD[name].map((data) => `data: ${data}\n\n`).join('') : '{"error":{"message":"sorry"}}'
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    const post = (): Promise<string> =>
      fetchWith(agent, { port: proxy.port, path: client.path, body: JSON.stringify(client.body) })
    model.next({ parts: [], raw: odd }, { parts: [{ say: 'Good.' }] })
    expect(await post()).toBe(odd)
    expect(await post()).toContain('Good.')
    agent.destroy()
  })

  it('offers nothing where the first request leaves the model no choice, and keeps what it offered where a later one does', async () => {
    const forced = clientOf(name, stream)
    forced.user('extract it')
    Object.assign(forced.body, FORCED[name])
    await forced.raw(proxy.port)
    const free = clientOf(name, stream)
    free.user('look at it')
    model.next({ parts: [{ say: 'Yes.' }] })
    await free.send(proxy.port)
    free.user('and again')
    Object.assign(free.body, FORCED[name])
    await free.raw(proxy.port)
    expect(model.bodies[0]!.toString()).toBe(JSON.stringify(forced.body))
    expect(parsedBodies()[2]!.tools).toEqual(parsedBodies()[1]!.tools)
    expect(model.bodies[2]!.toString()).toContain('headroom_retrieve')
  })

  it('shows an error of the follow-up as what it is', async () => {
    const client = await opened(name, stream)
    model.next({ parts: [{ say: 'Look. ' }, OWN] }, { parts: [], status: 529 })
    const answer = await client.raw(proxy.port)
    if (stream) {
      const last = eventsOf(answer.body.toString()).at(-1)!
      expect(answer.status).toBe(200)
      expect(JSON.stringify(last)).toContain('try later')
    } else {
      expect(answer.status).toBe(529)
      expect(headerValues(answer.rawHeaders, 'retry-after')).toEqual(['7'])
      expect(answer.body.toString()).toContain('try later')
    }
    model.next({ parts: [{ say: 'Better.' }] })
    expect((await client.send(proxy.port)).text).toBe('Better.')
    expect(model.faults).toEqual([])
  })

  it('ends an answer that only ever asks for more', async () => {
    const client = await opened(name, stream)
    model.next(...Array.from({ length: 9 }, (_, round) => ({ parts: [{ say: `r${round} ` }, OWN] })))
    const shown = await client.send(proxy.port)
    expect(shown.text).toBe('r0 r1 r2 r3 r4 r5 ')
    expect(shown.calls).toEqual([])
    expect(shown.stop).not.toMatch(/tool/)
    expect(model.bodies).toHaveLength(7)
  })

  it('drops a call that was cut', async () => {
    const client = await opened(name, stream)
    const stop = {
      anthropic: 'max_tokens',
      'openai-chat': 'length',
      'openai-responses': 'incomplete',
      gemini: 'MAX_TOKENS',
    }[name]
    model.next({ parts: [{ say: 'Long' }, { ...OWN, broken: true }], stop })
    const shown = await client.send(proxy.port)
    expect([shown.text, shown.stop]).toEqual(['Long', stop])
    expect(model.bodies).toHaveLength(2)
  })

  it('offers nothing where it may not: no tools, a retrieve tool of the client, a session already under way', async () => {
    const none = clientOf(name, stream, [])
    none.user('hello')
    await none.raw(proxy.port)
    const own = clientOf(name, stream, ['mcp__headroom__headroom_retrieve'])
    own.user('hello')
    await own.raw(proxy.port)
    const before = clientOf(name, stream)
    before.user('hello there')
    await proxy.close()
    await start('auto')
    model.next({ parts: [{ say: 'Hi.' }] })
    await before.send(proxy.port)
    await proxy.close()
    await start()
    before.user('go on')
    await before.raw(proxy.port)
    const sent = [none, own, before].map((client) => JSON.stringify(client.body))
    expect([model.bodies[0], model.bodies[1], model.bodies.at(-1)].map(String)).toEqual(sent)
  })
})

describe('retrieval in the wire', () => {
  it.each(NAMES)('finds a call of ours behind line ends that keep a connection awake: %s', async (name) => {
    const client = await opened(name, false)
    model.next({ parts: [OWN], awake: true }, { parts: [{ say: 'Awake.' }], awake: true })
    expect((await client.send(proxy.port)).text).toBe('Awake.')
    expect(model.bodies).toHaveLength(3)
  })

  it.each([true, false])(
    'goes on with a client that sends ids of items in their place, streaming %s',
    async (stream) => {
      const client = await opened('openai-responses', stream)
      const byIds = (): void => {
        client.body.input = client.body.input.map((item: Dict) =>
          /^(?:rs|msg)_/.test(item.id) ? { type: 'item_reference', id: item.id } : withoutId(item),
        )
      }
      byIds()
      model.next(
        { parts: [OWN] },
        { parts: [{ think: 'hm' }, { say: 'Look. ' }, OWN] },
        { parts: [{ think: 'ah' }, OWN, { call: 'Query', args: { command: 'more' } }, OWN] },
      )
      expect((await client.send(proxy.port)).text).toBe('Look. ')
      client.results(['more output'])
      byIds()
      await proxy.close()
      await start()
      model.next({ parts: [{ think: 'so' }, OWN] }, { parts: [{ think: 'oh' }, { say: 'Done.' }] })
      await client.send(proxy.port)
      client.user('And now?')
      byIds()
      model.next({ parts: [{ say: 'Nothing more.' }] })
      await client.send(proxy.port)
      expect(model.faults).toEqual([])
      expect(turnsIn('openai-responses', model.bodies.at(-1)!)).toBeGreaterThan(0)
      const types = parsedBodies()
        .at(-1)!
        .input.map((item: Dict) => item.name ?? item.type ?? item.role)
      expect(types.filter((type: string) => type === 'headroom_retrieve')).toHaveLength(5)
      for (const [index, body] of parsedBodies().entries())
        expect(idsIn(body).slice(0, idsIn(parsedBodies()[index - 1] ?? { input: [] }).length)).toEqual(
          idsIn(parsedBodies()[index - 1] ?? { input: [] }),
        )
    },
  )

  it('keeps the tool of a conversation that a session began anew, whoever resumes it', async () => {
    const post = (session: string, body: Dict): Promise<unknown> =>
      call({
        port: proxy.port,
        method: 'POST',
        path: '/v1/messages',
        headers: ['content-type', 'application/json', 'x-claude-code-session-id', session],
        body: JSON.stringify(body),
      })
    const client = clientOf('anthropic', false)
    client.user('hello')
    await post('s1', client.body)
    const after = clientOf('anthropic', false)
    after.user('A summary of what was said.')
    model.next({ parts: [{ say: 'Yes.' }] })
    await post('s1', after.body)
    after.body.messages.push({ role: 'assistant', content: 'Yes.' })
    after.user('go on')
    await post('s2', after.body)
    expect(parsedBodies().map(({ tools }) => tools.length)).toEqual([2, 2, 2])
  })

  it('lets a request with several answers go as it came, in a session that was offered the tool too', async () => {
    const client = clientOf('openai-chat', false)
    client.user('hello')
    model.next({ parts: [{ say: 'Hi.' }] })
    await client.send(proxy.port)
    client.user('three of them')
    client.body.n = 3
    await client.raw(proxy.port)
    expect(model.bodies[1]!.toString()).toBe(JSON.stringify(client.body))
  })

  it('writes its own requests into the ledger, and counts what it added as sent', async () => {
    const client = await opened('anthropic', true)
    model.next({ parts: [OWN] }, { parts: [{ say: 'Yes.' }] })
    await client.send(proxy.port)
    await expect
      .poll(async () => (await engine.stats()).recent.find((event) => event.reason === 'retrieval-follow-up')?.usage)
      .toMatchObject({ outputTokens: 10 })
    const { recent, totals } = await engine.stats()
    const follow = recent.find((event) => event.reason === 'retrieval-follow-up')!
    expect([follow.bytesIn, follow.bytesOut, follow.status]).toEqual([0, model.bodies[2]!.length, 200])
    expect(totals.bytesOut).toBe(model.bodies.reduce((sum, body) => sum + body.length, 0))
    expect(totals.retrievedTokens).toBeGreaterThan(1000)
  })

  it('ends the follow-up when the client leaves (E-4)', async () => {
    const client = await opened('anthropic', true)
    model.next({ parts: [{ say: 'Look. ' }, OWN] }, { parts: [{ say: 'never seen' }], hangAfter: 4 })
    const leaving = call({
      port: proxy.port,
      method: 'POST',
      path: client.path,
      headers: ['content-type', 'application/json'],
      body: JSON.stringify(client.body),
      onAnswer: (answer) =>
        void expect
          .poll(() => model.bodies.length)
          .toBe(3)
          .then(() => answer.destroy()),
    })
    await leaving
    await expect.poll(() => model.cut).toBe(1)
  })

  it('hands events on while the answer is still being told', async () => {
    const client = await opened('openai-chat', true)
    model.next({ parts: [{ say: 'Early words' }, OWN] }, { parts: [{ say: 'never' }], hangAfter: 2 })
    let seen = ''
    await new Promise<void>((resolve) => {
      void call({
        port: proxy.port,
        method: 'POST',
        path: client.path,
        headers: ['content-type', 'application/json'],
        body: JSON.stringify(client.body),
        onAnswer(answer) {
          answer.on('data', (chunk: Buffer) => {
            seen += chunk.toString()
            if (!seen.includes('ords')) return
            answer.destroy()
            resolve()
          })
        },
      })
    })
    expect(seen).not.toContain('[DONE]')
  })

  it('does not send a follow-up under the retry key of the first request', async () => {
    const client = await opened('anthropic', false)
    model.next({ parts: [OWN] }, { parts: [{ say: 'Yes.' }] })
    const headers = ['content-type', 'application/json', 'Idempotency-Key', 'k1', 'x-api-key', 'secret']
    await call({ port: proxy.port, method: 'POST', path: client.path, headers, body: JSON.stringify(client.body) })
    expect(model.headers.slice(1).map((one) => [one['idempotency-key'], one['x-api-key']])).toEqual([
      ['k1', 'secret'],
      [undefined, 'secret'],
    ])
  })

  it('goes on from a response that the provider holds, with the results it waits for', async () => {
    const client = await opened('openai-responses', true)
    model.next({ parts: BOTH })
    const shown = await client.send(proxy.port)
    model.next({ parts: [{ say: 'Done.' }] })
    const body = {
      ...client.body,
      previous_response_id: 'resp_r2',
      input: [{ type: 'function_call_output', call_id: shown.calls[0]!.id, output: 'x' }],
    }
    await call({
      port: proxy.port,
      method: 'POST',
      path: client.path,
      headers: ['content-type', 'application/json'],
      body: JSON.stringify(body),
    })
    const { input, tools } = parsedBodies().at(-1)!
    expect(input.map((item: Dict) => item.type)).toEqual(Array(3).fill('function_call_output'))
    expect(tools).toHaveLength(2)
  })
})

describe.each(NAMES)('a conversation that a holdout leaves alone: %s', (name) => {
  it('is offered nothing, on no turn, also when there is no holdout any more (I-4)', async () => {
    let heldOut = 0
    for (let n = 0; n < 8; n++) {
      const client = clientOf(name, false)
      client.user(`Task ${n}`)
      let isHeldOut: boolean | undefined
      for (const holdoutPercent of [50, n % 2 === 0 ? 50 : 0]) {
        await proxy.close()
        await start('wire', { holdoutPercent })
        const body = JSON.stringify(client.body)
        model.next({ parts: [{ say: 'I look.' }, { call: 'Query', args: { command: 'build' } }] })
        await client.send(proxy.port)
        isHeldOut ??= arms.pop() === 'held-out'
        expect(model.bodies.at(-1)!.includes('headroom_retrieve')).toBe(!isHeldOut)
        if (isHeldOut) expect(model.bodies.at(-1)!.toString()).toBe(body)
        client.results(['short'])
      }
      if (isHeldOut) heldOut++
    }
    expect(heldOut).toBeGreaterThan(0)
    expect(heldOut).toBeLessThan(8)
  })
})

const VALUES = /(?:\n\n)?\[Values of the system prompt[\s\S]*$/

/** The conversation without the list of values; a text by itself is short for a list of one. */
const unlisted = (body: Dict): Dict[] =>
  ((body.messages ?? body.input) as Dict[]).flatMap((entry) => {
    if (entry.role === 'system' || typeof entry.content === 'undefined') return [entry]
    const parts: Dict[] = typeof entry.content === 'string' ? [{ type: 'text', text: entry.content }] : entry.content
    const content = parts
      .map((part) => (typeof part.text === 'string' ? { ...part, text: part.text.replace(VALUES, '') } : part))
      .map((part) => (part.type === 'input_text' ? { ...part, type: 'text' } : part))
      .filter((part) => part.text !== '')
    return content.length === 0 ? [] : [{ ...entry, content }]
  })

describe.each(['anthropic', 'openai-chat', 'openai-responses'] as const)(
  'retrieval in the wire and alignment in one session: %s',
  (name) => {
    const told = (client: Client, time: string): void => {
      const text = `You are careful. Now: 2026-11-25T${time}Z.`
      if (name === 'openai-chat') client.body.messages[0] = { role: 'system', content: text }
      else client.body[name === 'anthropic' ? 'system' : 'instructions'] = text
    }
    const restart = async (): Promise<void> => {
      await proxy.close()
      await start('wire', { alignPrefix: 'on' })
    }
    it('keep the prefix while the clock moves, offer the tool on every turn, and send the same bytes behind a restart (B-3)', async () => {
      await restart()
      const client = clientOf(name, false)
      if (name === 'openai-chat') client.body.messages.push({})
      client.user('Why does the build fail?')
      model.next({ parts: [{ say: 'I look.' }, { call: 'Query', args: { command: 'build' } }] })
      told(client, '10:00:01')
      await client.send(proxy.port)
      client.results([LOG])
      model.next({ parts: [{ say: 'Let me see. ' }, OWN] }, { parts: [{ say: 'Order 91823 was refused.' }] })
      told(client, '10:01:02')
      expect((await client.send(proxy.port)).text).toBe('Let me see. Order 91823 was refused.')
      client.user('And now?')
      model.next({ parts: [{ say: 'Nothing more.' }] })
      await restart()
      told(client, '10:02:03')
      await client.send(proxy.port)
      client.user('Sure?')
      told(client, '10:03:04')
      await client.raw(proxy.port)
      await restart()
      await client.raw(proxy.port)
      expect(model.faults).toEqual([])
      expect(model.bodies).toHaveLength(6)
      expect(model.bodies[5]!.equals(model.bodies[4]!)).toBe(true)
      const bodies = parsedBodies()
      for (const [index, body] of bodies.entries()) {
        expect(JSON.stringify(body.tools)).toContain('headroom_retrieve')
        expect([body.tools, body.system, body.instructions]).toEqual([
          ...[bodies[0]!.tools, bodies[0]!.system, bodies[0]!.instructions],
        ])
        const time = ['10:00:01', '10:01:02', '10:01:02', '10:02:03', '10:03:04', '10:03:04'][index]!
        expect(JSON.stringify(body).split(time)).toHaveLength(2)
        const before = unlisted(bodies[Math.max(0, index - 1)]!)
        expect(unlisted(body).slice(0, before.length)).toEqual(before)
      }
    })
  },
)
