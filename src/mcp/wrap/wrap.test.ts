import { PassThrough } from 'node:stream'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Engine } from '../../spec/engine.js'
import { type WrapOptions, wrapServer } from './index.js'
import { linesOf } from './lines.js'

const LONG = 'line of a log\n'.repeat(50)
const SHORT = 'short [49 lines not shown; full text kept; id 0123456789abcdef]'

const engine = (fails = false): Engine =>
  ({
    compressText: async (text: string, { policy }: { policy?: string } = {}) => {
      if (fails) throw new Error('store gone')
      return { text: text === LONG && policy !== 'strict' ? SHORT : text }
    },
    retrieve: async () => ({ text: LONG, found: true, bytes: Buffer.from(LONG), totalLines: 50 }),
  }) as unknown as Engine

/** Plays lines of both sides in turn; gives what each side got. */
const play = async (
  steps: readonly (readonly ['client' | 'server', string])[],
  options: Partial<WrapOptions> & { fails?: boolean } = {},
): Promise<{ client: string; server: string; logs: string[] }> => {
  const [clientIn, clientOut, serverIn, serverOut] = Array.from({ length: 4 }, () => new PassThrough()) as [
    PassThrough,
    PassThrough,
    PassThrough,
    PassThrough,
  ]
  const logs: string[] = []
  const got = { client: '', server: '' }
  clientOut.on('data', (chunk: Buffer) => {
    got.client += chunk.toString()
  })
  serverIn.on('data', (chunk: Buffer) => {
    got.server += chunk.toString()
  })
  const done = wrapServer({
    client: { input: clientIn, output: clientOut },
    server: { input: serverOut, output: serverIn },
    engine: async () => engine(options.fails),
    retrieve: true,
    logger: (_level, message) => void logs.push(message),
    ...options,
  })
  for (const [side, line] of steps) {
    ;(side === 'client' ? clientIn : serverOut).write(`${line}\n`)
    for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve))
  }
  clientIn.end()
  serverOut.end()
  await done
  return { ...got, logs }
}

const call = (id: number | string, name = 'read'): string =>
  JSON.stringify({ jsonrpc: '2.0', id, method: 'tools/call', params: { name, arguments: { path: 'x' } } })
const result = (id: number | string, more: object = {}, text = LONG): string =>
  JSON.stringify({ jsonrpc: '2.0', id, result: { content: [{ type: 'text', text }], ...more } })
const listed = (id: number, more: object = {}): string =>
  JSON.stringify({ jsonrpc: '2.0', id, result: { tools: [{ name: 'read', inputSchema: {} }], ...more } })
const list = (id: number): string => JSON.stringify({ jsonrpc: '2.0', id, method: 'tools/list' })
const offered = [
  ['client', list(1)],
  ['server', listed(1)],
] as const

describe('a wrapped MCP server', () => {
  it('hands on every message of both sides as it came', async () => {
    const odd = [
      '{"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":1,"progress":0.50}}',
      '{ "id" : 7 ,"jsonrpc":"2.0", "result":{ "x":1e3 } }',
      'no json at all {"id":',
      '[{"jsonrpc":"2.0","id":1,"method":"ping"}]',
      '{"jsonrpc":"2.0","id":"a","method":"sampling/createMessage","params":{"name":"tools/call"}}',
      '{"id":1,"id":2,"method":"tools/call","params":{"name":"x"}}',
    ]
    const { client, server } = await play(
      odd.flatMap(
        (line) =>
          [
            ['client', line],
            ['server', line],
          ] as const,
      ),
    )
    expect(client).toBe(odd.map((line) => `${line}\n`).join(''))
    expect(server).toBe(client)
  })
  it('shortens texts of results once the way back stands in the tool list (A-10)', async () => {
    const before = await play([
      ['client', call(2)],
      ['server', result(2)],
    ])
    expect(before.client).toBe(`${result(2)}\n`)
    const after = await play([...offered, ['client', call(2)], ['server', result(2, { isError: true })]])
    expect(after.client.split('\n')[1]).toBe(result(2, { isError: true }, SHORT))
  })
  it('trims a tool list where asked for, each time to the same bytes, and not without (K-5)', async () => {
    const tools = [
      { name: 'read', description: 'Reads  it. ', inputSchema: { title: 'readArguments', type: 'object' } },
    ]
    const steps = [
      ['client', list(1)],
      ['server', listed(1, { tools, nextCursor: 'c  d' })],
    ] as const
    const short = listed(1, {
      tools: [{ name: 'read', description: 'Reads it.', inputSchema: { type: 'object' } }],
      nextCursor: 'c  d',
    })
    const on = { trimTools: true, retrieve: false }
    expect((await play([...steps, ...steps], on)).client).toBe(`${short}\n${short}\n`)
    expect((await play(steps, { retrieve: false })).client).toBe(`${listed(1, { tools, nextCursor: 'c  d' })}\n`)
    const both = await play(
      [
        ['client', list(1)],
        ['server', listed(1, { tools })],
      ],
      { trimTools: true },
    )
    expect(both.client).toContain('"Reads it."')
    expect(both.client).toContain('headroom_retrieve')
  })
  it('adds one tool to the last page of the list, and none where the name is taken', async () => {
    const { client } = await play(offered)
    const tools = (JSON.parse(client) as { result: { tools: { name: string }[] } }).result.tools
    expect(tools.map(({ name }) => name)).toEqual(['read', 'headroom_retrieve'])
    const paged = await play([
      ['client', list(1)],
      ['server', listed(1, { nextCursor: 'c' })],
    ])
    expect(paged.client).toBe(`${listed(1, { nextCursor: 'c' })}\n`)
    const taken = listed(1, { tools: [{ name: 'headroom_retrieve' }] })
    expect(
      (
        await play([
          ['client', list(1)],
          ['server', taken],
        ])
      ).client,
    ).toBe(`${taken}\n`)
    expect((await play(offered, { retrieve: false })).client).toBe(`${listed(1)}\n`)
  })
  it('answers a retrieve call itself, under the id that came', async () => {
    const { client, server } = await play([
      ...offered,
      [
        'client',
        JSON.stringify({
          jsonrpc: '2.0',
          id: 'r1',
          method: 'tools/call',
          params: { name: 'headroom_retrieve', arguments: { ref: '0123456789abcdef' } },
        }),
      ],
    ])
    expect(server).toBe(`${list(1)}\n`)
    expect(JSON.parse(client.split('\n')[1]!)).toMatchObject({
      id: 'r1',
      result: { content: [{ type: 'text', text: LONG }] },
    })
  })
  it('leaves a result alone that also has a machine-readable form', async () => {
    const line = result(2, { structuredContent: { text: LONG } })
    const { client } = await play([...offered, ['client', call(2)], ['server', line]])
    expect(client.split('\n')[1]).toBe(line)
  })
  it('hands on the original when the engine fails (A-24)', async () => {
    const { client, logs } = await play([...offered, ['client', call(2)], ['server', result(2)]], { fails: true })
    expect(client.split('\n')[1]).toBe(result(2))
    expect(logs).toEqual(['a result goes on as it came'])
  })
  it('tells the numeric id 1 from the text id "1"', async () => {
    const { client } = await play([...offered, ['client', call('1')], ['server', result(1)]])
    expect(client.split('\n')[1]).toBe(result(1))
  })
})

describe('lines of a stream', () => {
  it('join to the stream again, wherever it is cut', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), fc.array(fc.nat(300)), async (bytes, cuts) => {
        const input = new PassThrough()
        const points = [0, ...cuts.filter((cut) => cut < bytes.length).sort((a, b) => a - b), bytes.length]
        for (let index = 1; index < points.length; index++)
          input.write(Buffer.from(bytes.subarray(points[index - 1], points[index])))
        input.end()
        const lines: Buffer[] = []
        for await (const line of linesOf(input)) lines.push(line)
        expect(Buffer.concat(lines).equals(Buffer.from(bytes))).toBe(true)
        for (const line of lines.slice(0, -1)) expect(line.indexOf(10)).toBe(line.length - 1)
      }),
    )
  })
})
