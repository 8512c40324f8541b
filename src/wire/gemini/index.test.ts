import { describe, expect, it } from 'vitest'
import { conformsToCodec, isEditable, scanOf } from '../../../test/conformance/codec.js'
import { geminiBody } from '../../../test/support/bodies.js'
import type { BodyScan, JsonPath } from '../../spec/wire.js'
import { gemini } from './index.js'

type Dict = Readonly<Record<string, unknown>>

const entriesOf = (value: unknown): readonly (readonly [number, Dict])[] =>
  Array.isArray(value) ? value.map((item, index) => [index, (item ?? {}) as Dict] as const) : []

const editable = (parsed: unknown): JsonPath[] => {
  const paths: JsonPath[] = []
  for (const [i, turn] of entriesOf((parsed as Dict).contents)) {
    if (turn.role === 'model') continue
    for (const [j, part] of entriesOf(turn.parts)) {
      const response = (part.functionResponse as Dict | undefined)?.response as Dict | undefined
      if (typeof part.text === 'string' || response === undefined) continue
      const path = ['contents', i, 'parts', j, 'functionResponse', 'response']
      for (const name of ['output', 'error']) if (typeof response[name] === 'string') paths.push([...path, name])
      for (const [k, item] of entriesOf(response.content))
        if (item.type === 'text' && typeof item.text === 'string') paths.push([...path, 'content', k, 'text'])
    }
  }
  return paths
}

const USAGE = { inputTokens: 104, outputTokens: 21, cacheReadTokens: 896 }
const METADATA =
  '"usageMetadata":{"promptTokenCount":1000,"candidatesTokenCount":15,"thoughtsTokenCount":6,"cachedContentTokenCount":896,"totalTokenCount":1021}'
const FIRST = '{"candidates":[{"content":{"parts":[{"text":"naïve ✓ 🎉"}]}}],"usageMetadata":{"promptTokenCount":1000}}'

conformsToCodec(gemini, {
  bodies: geminiBody,
  editable,
  streams: [
    { sse: `data: ${FIRST}\n\ndata: {"candidates":[],${METADATA}}\n\n`, usage: USAGE },
    {
      sse: `data: {"response":{"usageMetadata":{"promptTokenCount":7,"candidatesTokenCount":2}}}\n\n`,
      usage: { inputTokens: 7, outputTokens: 2 },
    },
  ],
  answers: [
    { json: `{"candidates":[{"content":{"parts":[{"text":"🎉"}]}}],${METADATA}}`, usage: USAGE },
    { json: `[${FIRST},\n{"candidates":[],${METADATA}}]`, usage: USAGE },
  ],
})

const scanTurns = (contents: unknown[], more: object = {}): BodyScan =>
  scanOf(gemini, Buffer.from(JSON.stringify({ contents, ...more })))

describe('gemini', () => {
  it('is asked for generating calls only, and reads the model from the path (E-6)', () => {
    for (const path of [
      '/v1beta/models/gemini-3-pro:streamGenerateContent',
      '/v1/models/gemini-2.5-flash:generateContent',
      '/v1/projects/p/locations/l/publishers/google/models/gemini-3-pro:generateContent',
    ])
      expect([gemini.matches('POST', path), gemini.modelOf?.(path)]).toEqual([true, /models\/([^:]+)/.exec(path)![1]])
    for (const path of ['/v1beta/models/m:countTokens', '/v1beta/models', '/v1beta/models/m:embedContent'])
      expect(gemini.matches('POST', path)).toBe(false)
    expect(gemini.matches('GET', '/v1beta/models/m:generateContent')).toBe(false)
  })

  it('pairs results with their calls by id, in either spelling', () => {
    const { blocks, toolNames } = scanTurns(
      [
        { role: 'user', parts: [{ text: 'go' }] },
        {
          role: 'model',
          parts: [
            { functionCall: { id: 'a', name: 'read_file', args: { file_path: 'src/a.ts' } }, thoughtSignature: 's' },
            { function_call: { id: 'b', name: 'run_shell_command', args: { command: 'npm test' } } },
          ],
        },
        {
          role: 'user',
          parts: [
            { function_response: { id: 'b', name: 'run_shell_command', response: { output: 'one' } } },
            { functionResponse: { id: 'a', name: 'read_file', response: { error: 'two' } } },
          ],
        },
      ],
      { tools: [{ functionDeclarations: [{ name: 'read_file' }, { name: 'headroom_retrieve' }] }] },
    )
    expect(blocks.filter(isEditable).map(({ text, origin, callId }) => [text, origin, callId])).toEqual([
      ['one', { toolName: 'run_shell_command', command: 'npm test' }, 'b'],
      ['two', { toolName: 'read_file', path: 'src/a.ts', isError: true }, 'a'],
    ])
    expect(toolNames).toEqual(['read_file', 'headroom_retrieve'])
  })

  it('pairs results without ids by name and place in the turn', () => {
    const turn = (first: string, second: string): unknown[] => [
      {
        role: 'model',
        parts: [first, second].map((command) => ({ functionCall: { name: 'shell', args: { command } } })),
      },
      {
        role: 'function',
        parts: [first, second].map((command) => ({
          functionResponse: { name: 'shell', response: { output: command } },
        })),
      },
    ]
    const { blocks } = scanTurns([...turn('ls', 'make'), ...turn('git log', 'pytest')])
    const results = blocks.filter(isEditable)
    expect(results.map(({ origin }) => origin.command)).toEqual(results.map(({ text }) => text))
    expect(results.every(({ callId }) => callId === undefined)).toBe(true)
  })

  it('protects what our own tool gave back (A-12)', () => {
    const { blocks } = scanTurns([
      { role: 'model', parts: [{ functionCall: { id: 'r', name: 'headroom_retrieve', args: { ref: 'x' } } }] },
      {
        role: 'user',
        parts: [{ functionResponse: { id: 'r', name: 'headroom_retrieve', response: { output: 'whole' } } }],
      },
    ])
    expect(blocks.find(({ kind }) => kind === 'tool-result')?.protectedBy).toBe('retrieved-content')
  })
})
