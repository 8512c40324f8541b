import { describe, expect, it } from 'vitest'
import { createHeadroom } from '../../src/index.js'
import { tempHome } from '../support/home.js'
import { families } from './families.js'

const big = (seed: number): string => families[seed % families.length]!.sample(seed).text
const sized = families.filter(({ name }) =>
  /^(json\/orders-compact|log\/app-iso|json\/pods|log\/syslog|search\/rg)$/.test(name),
)

const anthropic = (text: string): unknown[] => [
  { role: 'user', content: 'check the system' },
  {
    role: 'assistant',
    content: [
      { type: 'thinking', thinking: 'I will look.', signature: 'c2ln' },
      { type: 'redacted_thinking', data: 'ZGF0YQ==' },
      { type: 'text', text: 'Looking.' },
      { type: 'tool_use', id: 'toolu_1', name: 'Bash', input: { command: 'status', big: 12345678901234567000 } },
      { type: 'tool_use', id: 'toolu_2', name: 'Bash', input: { command: 'status 2' } },
    ],
  },
  {
    role: 'user',
    content: [
      { type: 'tool_result', tool_use_id: 'toolu_1', content: text, cache_control: { type: 'ephemeral' } },
      {
        type: 'tool_result',
        tool_use_id: 'toolu_2',
        content: [
          { type: 'text', text },
          { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'iVBORw0KGgo=' } },
          { type: 'text', text: 'short' },
        ],
      },
      { type: 'text', text: 'anything unusual here?' },
    ],
  },
]

const chat = (text: string): unknown[] => [
  { role: 'system', content: 'You help.' },
  { role: 'user', content: 'check the system' },
  {
    role: 'assistant',
    content: null,
    tool_calls: [
      { id: 'call_1', type: 'function', function: { name: 'shell', arguments: '{"command":"status"}' } },
      { id: 'call_2', type: 'function', function: { name: 'shell', arguments: '{"command":"status 2"}' } },
    ],
  },
  { role: 'tool', tool_call_id: 'call_1', content: text },
  {
    role: 'tool',
    tool_call_id: 'call_2',
    content: [
      { type: 'text', text },
      { type: 'text', text: 'short' },
    ],
  },
  { role: 'user', content: 'anything unusual here?' },
]

const responses = (text: string): unknown[] => [
  { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'check the system' }] },
  { type: 'reasoning', id: 'rs_1', summary: [], encrypted_content: 'ZW5j' },
  { type: 'function_call', id: 'fc_1', call_id: 'call_1', name: 'shell', arguments: '{"command":"status"}' },
  { type: 'function_call', id: 'fc_2', call_id: 'call_2', name: 'shell', arguments: '{"command":"status 2"}' },
  { type: 'function_call_output', call_id: 'call_1', output: text },
  { type: 'function_call_output', call_id: 'call_2', output: [{ type: 'input_text', text }] },
  { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'anything unusual here?' }] },
]

interface Edit {
  readonly path: string
  readonly before: string
  readonly after: string
}

/** Where two values differ; anything but a changed string throws. Untouched values must be the same objects. */
const edits = (before: unknown, after: unknown, path = ''): Edit[] => {
  if (before === after) return []
  if (typeof before === 'string' && typeof after === 'string') return [{ path, before, after }]
  if (typeof before !== 'object' || typeof after !== 'object' || before === null || after === null)
    throw new Error(`${path} changed its type`)
  expect(Object.keys(after), path).toEqual(Object.keys(before))
  const found = Object.keys(before).flatMap((key) =>
    edits((before as Record<string, unknown>)[key], (after as Record<string, unknown>)[key], `${path}/${key}`),
  )
  expect(found.length, `${path} was copied without need`).toBeGreaterThan(0)
  return found
}

describe.each([
  ['anthropic', anthropic, ['/2/content/0/content', '/2/content/1/content/0/text']],
  ['openai-chat', chat, ['/3/content', '/4/content/0/text']],
  ['openai-responses', responses, ['/4/output', '/5/output/0/text']],
] as const)('compress(messages) in the %s shape', (_, make, places) => {
  it('changes tool results only, keeps the shape, and hands back the same objects elsewhere (A-19)', async () => {
    const engine = createHeadroom({ home: tempHome() })
    for (const family of sized) {
      const { text } = family.sample(9)
      const messages = make(text)
      const copy = structuredClone(messages)
      const result = await engine.compress(messages, { model: 'claude-sonnet-4-5' })
      expect(messages).toEqual(copy)
      const changed = edits(messages, result.messages)
      expect(
        changed.map(({ path }) => path),
        family.name,
      ).toEqual(places)
      for (const { before, after } of changed) {
        expect(before).toBe(text)
        const ref = result.refs.find((candidate) => after.includes(candidate))
        if (ref !== undefined) expect((await engine.retrieve(ref)).text).toBe(text)
        else expect(after).not.toMatch(/ not shown/)
      }
      expect(result.tokensAfter).toBeLessThan(result.tokensBefore)
    }
    await engine.close()
  })

  it('hands back the very list where nothing is to do', async () => {
    const engine = createHeadroom({ home: tempHome() })
    const messages = make('ok')
    const result = await engine.compress(messages)
    expect(result.messages).toBe(messages)
    expect(result.tokensAfter).toBe(result.tokensBefore)
    await engine.close()
  })

  it('says the same again for a longer conversation: the old part keeps its bytes (B-3)', async () => {
    const engine = createHeadroom({ home: tempHome() })
    const messages = make(big(1))
    const first = await engine.compress(messages)
    const longer = [...messages, { role: 'assistant', content: 'Nothing.' }, { role: 'user', content: 'and errors?' }]
    const second = await engine.compress(longer)
    expect(JSON.stringify(second.messages.slice(0, messages.length))).toBe(JSON.stringify(first.messages))
    await engine.close()
  })
})

it('never changes what a retrieval brought back (A-12)', async () => {
  const engine = createHeadroom({ home: tempHome() })
  const messages = [
    {
      role: 'assistant',
      content: [{ type: 'tool_use', id: 't1', name: 'mcp__any__headroom_retrieve', input: { ref: 'x' } }],
    },
    { role: 'user', content: [{ type: 'tool_result', tool_use_id: 't1', content: big(3) }] },
  ]
  expect((await engine.compress(messages)).messages).toBe(messages)
  await engine.close()
})
