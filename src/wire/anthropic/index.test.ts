import { describe, expect, it } from 'vitest'
import { conformsToCodec, isEditable, scanOf } from '../../../test/conformance/codec.js'
import { anthropicBody } from '../../../test/support/bodies.js'
import type { JsonPath } from '../../spec/wire.js'
import { anthropic } from './index.js'

type Dict = Readonly<Record<string, unknown>>

const entriesOf = (value: unknown): readonly (readonly [number, Dict])[] =>
  Array.isArray(value) ? value.map((item, index) => [index, (item ?? {}) as Dict] as const) : []

const editable = (parsed: unknown): JsonPath[] => {
  const paths: JsonPath[] = []
  for (const [i, message] of entriesOf((parsed as Dict).messages)) {
    if (message.role !== 'user') continue
    for (const [j, part] of entriesOf(message.content)) {
      if (part.type !== 'tool_result') continue
      if (typeof part.content === 'string') paths.push(['messages', i, 'content', j, 'content'])
      for (const [k, text] of entriesOf(part.content)) {
        if (text.type === 'text' && typeof text.text === 'string' && text.citations == null)
          paths.push(['messages', i, 'content', j, 'content', k, 'text'])
      }
    }
  }
  return paths
}

const START = `event: message_start\ndata: {"type":"message_start","message":{"id":"msg_1","usage":{"input_tokens":12,"cache_creation_input_tokens":340,"cache_read_input_tokens":5600,"output_tokens":1,"service_tier":"standard"}}}\n\n`
const DELTAS = `event: ping\ndata: {"type": "ping"}\n\nevent: content_block_delta\ndata: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"naïve ✓ 🎉 \\"usage\\""}}\n\n`
const STOP = `event: message_delta\ndata: {"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":77}}\n\nevent: message_stop\ndata: {"type":"message_stop"}\n\n`
const USAGE = { inputTokens: 12, cacheWriteTokens: 340, cacheReadTokens: 5600, outputTokens: 77 }

conformsToCodec(anthropic, {
  bodies: anthropicBody,
  editable,
  streams: [{ sse: START + DELTAS + STOP, usage: USAGE }],
  answers: [
    {
      json: `{"id":"msg_1","content":[{"type":"text","text":"🎉"}],"usage":{"input_tokens":12,"cache_creation_input_tokens":340,"cache_read_input_tokens":5600,"output_tokens":77}}`,
      usage: USAGE,
    },
  ],
})

const scanText = (text: string) => scanOf(anthropic, Buffer.from(text))
const scanValue = (value: unknown) => scanText(JSON.stringify(value))

const use = (id: string, name: string, input: unknown, more: object = {}) => ({
  role: 'assistant',
  content: [{ type: 'tool_use', id, name, input, ...more }],
})
const result = (id: string, content: unknown, more: object = {}) => ({
  role: 'user',
  content: [{ type: 'tool_result', tool_use_id: id, content, ...more }],
})

describe('anthropic', () => {
  it('is asked for generating calls only (E-6)', () => {
    expect(anthropic.matches('POST', '/v1/messages')).toBe(true)
    expect(anthropic.matches('POST', '/team/a/v1/messages')).toBe(true)
    for (const path of [
      '/v1/messages/count_tokens',
      '/v1/messages/batches',
      '/v1/messages/',
      '/v1/complete',
      '/messages',
    ])
      expect(anthropic.matches('POST', path)).toBe(false)
    expect(anthropic.matches('GET', '/v1/messages')).toBe(false)
    const hosted = [
      ['/v1/projects/p/locations/l/publishers/anthropic/models/claude-x@20250929:rawPredict', 'claude-x@20250929'],
      ['/projects/p/locations/l/publishers/anthropic/models/claude-x:streamRawPredict', 'claude-x'],
      ['/model/us.anthropic.claude-x-v1%3A0/invoke', 'us.anthropic.claude-x-v1:0'],
      ['/model/anthropic.claude-x-v1:0/invoke-with-response-stream', 'anthropic.claude-x-v1:0'],
    ]
    for (const [path, model] of hosted)
      expect([anthropic.matches('POST', path!), anthropic.modelOf?.(path!)]).toEqual([true, model])
    for (const path of [
      '/v1/projects/p/locations/l/publishers/anthropic/models/count-tokens:rawPredict',
      '/v1/projects/p/locations/l/publishers/google/models/gemini-3:rawPredict',
      '/model/anthropic.claude-x/converse',
      '/model/meta.llama/invoke',
    ])
      expect(anthropic.matches('POST', path)).toBe(false)
  })

  it('knows tool, command, path, pattern and failure of a result, whatever the order of its members', () => {
    const { blocks } = scanValue({
      messages: [
        {
          role: 'assistant',
          content: [
            { input: { command: 'npm test', description: 'run' }, type: 'tool_use', name: 'Bash', id: 'a' },
            { type: 'tool_use', id: 'b', name: 'Grep', input: { pattern: 'x', path: 'src' } },
          ],
        },
        {
          content: [
            { content: 'grep', tool_use_id: 'b', type: 'tool_result' },
            { content: 'bash', is_error: true, type: 'tool_result', tool_use_id: 'a' },
          ],
          role: 'user',
        },
      ],
    })
    expect(blocks.filter(isEditable).map(({ text, origin, callId }) => ({ text, origin, callId }))).toEqual([
      { text: 'grep', callId: 'b', origin: { toolName: 'Grep', pattern: 'x', path: 'src' } },
      { text: 'bash', callId: 'a', origin: { toolName: 'Bash', command: 'npm test', isError: true } },
    ])
    expect(blocks[0]).toMatchObject({ kind: 'tool-call', text: '{"command":"npm test","description":"run"}' })
  })

  it('protects what a retrieve tool gave back, under any prefix and by command (A-12)', () => {
    const { blocks } = scanValue({
      messages: [
        use('a', 'mcp__my_server__headroom_retrieve', { ref: 'x' }),
        result('a', 'original'),
        use('b', 'Bash', { command: 'npx headroom-ai retrieve 0123456789abcdef' }),
        result('b', [{ type: 'text', text: 'original' }]),
        use('c', 'Bash', { command: 'git log' }),
        result('c', 'free'),
      ],
    })
    const results = blocks.filter((block) => block.kind === 'tool-result')
    expect(results.map((block) => block.protectedBy)).toEqual(['retrieved-content', 'retrieved-content', undefined])
  })

  it('protects results that a program of the provider reads (A-19)', () => {
    const { blocks } = scanValue({
      messages: [
        use('a', 'query', {}, { caller: { type: 'code_execution_20250825', tool_id: 's' } }),
        result('a', 'rows'),
        use('b', 'query', {}, { caller: { type: 'direct' } }),
        result('b', 'rows'),
      ],
    })
    expect(blocks.filter((block) => block.kind === 'tool-result').map((block) => block.protectedBy)).toEqual([
      'protected',
      undefined,
    ])
  })

  it('reads system turns among the messages and gives both forms of a text the same blocks', () => {
    const plain = scanValue({
      system: 'S',
      messages: [
        { role: 'user', content: 'U' },
        { role: 'system', content: 'late', output_config: {} },
        { role: 'assistant', content: 'A' },
      ],
    })
    const listed = scanValue({
      system: [
        { type: 'text', text: 'x-anthropic-billing-header: cc_version=1; cch=77' },
        { type: 'text', text: 'S', cache_control: { type: 'ephemeral' } },
      ],
      messages: [
        { role: 'user', content: [{ type: 'text', text: 'U' }] },
        { role: 'system', content: [{ type: 'text', text: 'late' }] },
        {
          role: 'assistant',
          content: [
            { type: 'thinking', thinking: 't', signature: 's' },
            { type: 'text', text: 'A' },
          ],
        },
      ],
    })
    const identity = [
      ['system', 'S'],
      ['user', 'U'],
      ['system', 'late'],
      ['assistant', 'A'],
    ]
    for (const scan of [plain, listed]) expect(scan.blocks.map((block) => [block.role, block.text])).toEqual(identity)
  })

  it('reads model, stream, tools in their order and the session', () => {
    const facts = {
      model: 'm',
      stream: true,
      tools: [
        { name: 'Zed', input_schema: { properties: { name: {} } } },
        { type: 'web_search_20250305', name: 'web_search' },
        { type: 'mcp_toolset' },
      ],
      messages: [],
    }
    expect(scanValue({ ...facts, metadata: { user_id: '{"device_id":"d","session_id":"s-1"}' } })).toMatchObject({
      model: 'm',
      stream: true,
      toolNames: ['Zed', 'web_search', 'mcp_toolset'],
      sessionId: 's-1',
    })
    expect(scanValue({ ...facts, metadata: { user_id: 'user_ab_account_cd_session_0123-4567' } }).sessionId).toBe(
      '0123-4567',
    )
    expect(scanValue({ ...facts, metadata: { user_id: 'user-42' } })).not.toHaveProperty('sessionId')
  })

  it('knows when the provider may drop earlier blocks by itself (A-18)', () => {
    const mayForget = (context_management: unknown) =>
      scanValue({ messages: [], context_management }).mayForget ?? false
    expect(mayForget({ edits: [{ type: 'clear_thinking_20251015', keep: 'all' }] })).toBe(false)
    expect(mayForget({ edits: [] })).toBe(false)
    expect(mayForget({})).toBe(false)
    expect(mayForget(null)).toBe(false)
    const clearing = { type: 'clear_tool_uses_20250919', trigger: { type: 'input_tokens', value: 30_000 } }
    expect(mayForget({ edits: [{ type: 'clear_thinking_20251015' }, clearing] })).toBe(true)
    expect(mayForget({ edits: [{ type: 'compact_20260112' }] })).toBe(true)
    expect(mayForget({ edits: [{}] })).toBe(true)
    expect(mayForget({ edits: 'all' })).toBe(true)
  })

  it('leaves alone what says two things at once (A-19)', () => {
    expect(
      scanText('{"messages":[{"role":"user","content":[{"type":"tool_result","content":"a","content":"b"}]}]}').blocks,
    ).toEqual([])
    expect(scanText('{"messages":[{"role":"user","role":"assistant","content":"a"}]}').blocks).toEqual([])
    expect(anthropic.scan(Buffer.from('{"messages":[],"messages":[]}'))).toEqual({
      skip: 'not-parsable',
      detail: 'messages occurs twice',
    })
  })

  it('refuses bytes that are not UTF-8', () => {
    const body = Buffer.from('{"messages":[{"role":"user","content":"a?"}]}')
    body[body.indexOf('?')] = 0xff
    expect(anthropic.scan(body)).toMatchObject({ skip: 'not-parsable' })
  })

  it('holds no earlier body of a session in blocks nobody read', () => {
    const bodyOf = (turns: number) =>
      Buffer.from(
        JSON.stringify({
          messages: Array.from({ length: turns }, (_, i) => use(`t${i}`, 'Bash', { command: `echo ${i}` })),
        }),
      )
    const first = bodyOf(2)
    const old = scanOf(anthropic, first)
    const grown = scanOf(anthropic, bodyOf(3), old)
    expect(grown.reusedBlocks).toBe(2)
    first.fill(0)
    expect(grown.blocks[0]?.text).toBe('{"command":"echo 0"}')
  })
})
