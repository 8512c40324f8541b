import { describe, expect, it } from 'vitest'
import { conformsToCodec, isEditable, scanOf } from '../../../test/conformance/codec.js'
import { chatBody } from '../../../test/support/bodies.js'
import type { BodyScan, JsonPath } from '../../spec/wire.js'
import { openaiChat } from './index.js'

type Dict = Readonly<Record<string, unknown>>

const entriesOf = (value: unknown): readonly (readonly [number, Dict])[] =>
  Array.isArray(value) ? value.map((item, index) => [index, (item ?? {}) as Dict] as const) : []

const editable = (parsed: unknown): JsonPath[] => {
  const paths: JsonPath[] = []
  for (const [i, message] of entriesOf((parsed as Dict).messages)) {
    if (message.role !== 'tool' && message.role !== 'function') continue
    if (typeof message.content === 'string') paths.push(['messages', i, 'content'])
    for (const [j, part] of entriesOf(message.content)) {
      if (part.type === 'text' && typeof part.text === 'string') paths.push(['messages', i, 'content', j, 'text'])
    }
  }
  return paths
}

const CHUNKS = `data: {"id":"c","choices":[{"index":0,"delta":{"content":"naïve ✓ 🎉"}}],"usage":null}\n\n`
const LAST = `data: {"id":"c","choices":[],"usage":{"prompt_tokens":1000,"completion_tokens":21,"total_tokens":1021,"prompt_tokens_details":{"cached_tokens":896,"audio_tokens":0}}}\n\n`
const USAGE = { inputTokens: 104, outputTokens: 21, cacheReadTokens: 896 }

conformsToCodec(openaiChat, {
  bodies: chatBody,
  editable,
  streams: [
    { sse: `${CHUNKS}${CHUNKS}${LAST}data: [DONE]\n\n`, usage: USAGE },
    {
      sse: `: keep-alive\n\n${CHUNKS}data:{"choices":[],\ndata: "usage":{"prompt_tokens":7,"completion_tokens":2}}\n\n`,
      usage: { inputTokens: 7, outputTokens: 2 },
    },
  ],
  answers: [
    {
      json: `{"choices":[{"message":{"content":"🎉"}}],"usage":{"prompt_tokens":1000,"completion_tokens":21,"prompt_tokens_details":{"cached_tokens":896}}}`,
      usage: USAGE,
    },
  ],
})

const scanMessages = (messages: unknown[], more: object = {}): BodyScan =>
  scanOf(openaiChat, Buffer.from(JSON.stringify({ messages, ...more })))

const call = (id: string, name: string, args: unknown) => ({
  id,
  type: 'function',
  function: { name, arguments: typeof args === 'string' ? args : JSON.stringify(args) },
})

describe('openai-chat', () => {
  it('is asked for generating calls only (E-6)', () => {
    for (const path of ['/v1/chat/completions', '/chat/completions', '/openai/deployments/d/chat/completions'])
      expect(openaiChat.matches('POST', path)).toBe(true)
    for (const path of ['/v1/chat/completions/c_1', '/v1/completions', '/v1/chat'])
      expect(openaiChat.matches('POST', path)).toBe(false)
    expect(openaiChat.matches('GET', '/v1/chat/completions')).toBe(false)
  })

  it('pairs results with their calls, as strings and as parts, before or after the words of the turn', () => {
    const { blocks } = scanMessages([
      { role: 'user', content: 'go' },
      {
        role: 'assistant',
        tool_calls: [call('a', 'read_file', { path: 'src/a.ts' }), call('b', 'run', { commands: ['cd x', 'rg y'] })],
        content: 'looking',
      },
      {
        role: 'tool',
        tool_call_id: 'b',
        content: [
          { type: 'text', text: 'one' },
          { type: 'text', text: 'two' },
        ],
      },
      { content: 'whole', tool_call_id: 'a', role: 'tool' },
    ])
    expect(blocks.map(({ kind, text }) => [kind, text])).toEqual([
      ['text', 'go'],
      ['tool-call', '{"path":"src/a.ts"}'],
      ['tool-call', '{"commands":["cd x","rg y"]}'],
      ['text', 'looking'],
      ['tool-result', 'one'],
      ['tool-result', 'two'],
      ['tool-result', 'whole'],
    ])
    expect(blocks.filter(isEditable).map((block) => block.origin)).toEqual([
      { toolName: 'run', command: 'cd x\nrg y' },
      { toolName: 'run', command: 'cd x\nrg y' },
      { toolName: 'read_file', path: 'src/a.ts' },
    ])
  })

  it('pairs by the newest call where a server numbers calls anew in each turn', () => {
    const { blocks } = scanMessages([
      { role: 'assistant', tool_calls: [call('call_0', 'first', {})] },
      { role: 'tool', tool_call_id: 'call_0', content: 'a' },
      { role: 'assistant', tool_calls: [call('call_0', 'second', {})] },
      { role: 'tool', tool_call_id: 'call_0', content: 'b' },
    ])
    expect(blocks.filter(isEditable).map((block) => block.origin.toolName)).toEqual(['first', 'second'])
  })

  it('reads the old function form and free-text tools', () => {
    const { blocks, toolNames } = scanMessages(
      [
        { role: 'assistant', content: null, function_call: { name: 'grep', arguments: '{"pattern":"x"}' } },
        { role: 'function', name: 'grep', content: 'hits' },
        { role: 'function', name: 'unseen', content: 'more' },
        { role: 'assistant', tool_calls: [{ id: 'c', type: 'custom', custom: { name: 'patch', input: '*** Begin' } }] },
        { role: 'tool', tool_call_id: 'c', content: 'done' },
      ],
      {
        functions: [{ name: 'grep' }],
        tools: [
          { type: 'function', function: { name: 'run' } },
          { type: 'custom', custom: { name: 'patch' } },
        ],
      },
    )
    expect(blocks.filter(isEditable).map((block) => block.origin)).toEqual([
      { toolName: 'grep', pattern: 'x' },
      { toolName: 'unseen' },
      { toolName: 'patch' },
    ])
    expect(toolNames).toEqual(['grep', 'run', 'patch'])
  })

  it('protects what a retrieve tool gave back, also where only the result names it (A-12)', () => {
    const { blocks } = scanMessages([
      { role: 'assistant', tool_calls: [call('a', 'srv_headroom_retrieve', 'not json')] },
      { role: 'tool', tool_call_id: 'a', content: 'x'.repeat(1_000_000) },
      { role: 'function', name: 'headroom_retrieve', content: 'original' },
    ])
    expect(blocks.filter((block) => block.kind === 'tool-result').map((block) => block.protectedBy)).toEqual([
      'retrieved-content',
      'retrieved-content',
    ])
  })

  it('reads model, stream and session', () => {
    expect(scanMessages([], { model: 'm', stream: false, prompt_cache_key: 'k' })).toMatchObject({
      model: 'm',
      stream: false,
      sessionId: 'k',
    })
    expect(openaiChat.scan(Buffer.from('{"model":"m"}'))).toEqual({ skip: 'not-parsable', detail: 'no messages array' })
  })
})
