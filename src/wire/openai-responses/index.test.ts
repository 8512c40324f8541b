import { describe, expect, it } from 'vitest'
import { conformsToCodec, isEditable, scanOf } from '../../../test/conformance/codec.js'
import { growSession, responsesBody } from '../../../test/support/bodies.js'
import type { BodyScan, JsonPath } from '../../spec/wire.js'
import { openaiResponses } from './index.js'

type Dict = Readonly<Record<string, unknown>>

const entriesOf = (value: unknown): readonly (readonly [number, Dict])[] =>
  Array.isArray(value) ? value.map((item, index) => [index, (item ?? {}) as Dict] as const) : []

const editable = (parsed: unknown): JsonPath[] => {
  const paths: JsonPath[] = []
  for (const [i, item] of entriesOf((parsed as Dict).input)) {
    if (item.type !== 'function_call_output' && item.type !== 'custom_tool_call_output') continue
    if (typeof item.output === 'string') paths.push(['input', i, 'output'])
    for (const [j, part] of entriesOf(item.output))
      if (part.type === 'input_text') paths.push(['input', i, 'output', j, 'text'])
  }
  return paths
}

const DELTA = `event: response.output_text.delta\ndata: {"type":"response.output_text.delta","delta":"naïve ✓ 🎉"}\n\n`
const DONE = `event: response.completed\ndata: {"type":"response.completed","response":{"id":"r","output":[],"usage":{"input_tokens":900,"input_tokens_details":{"cached_tokens":512},"output_tokens":40,"output_tokens_details":{"reasoning_tokens":8},"total_tokens":940}}}\n\n`
const USAGE = { inputTokens: 388, outputTokens: 40, cacheReadTokens: 512 }

conformsToCodec(openaiResponses, {
  bodies: responsesBody,
  editable,
  streams: [
    {
      sse: `event: response.created\ndata: {"type":"response.created","response":{"usage":null}}\n\n${DELTA}${DONE}`,
      usage: USAGE,
    },
  ],
  answers: [
    {
      json: `{"id":"r","usage":{"input_tokens":900,"input_tokens_details":{"cached_tokens":512},"output_tokens":40}}`,
      usage: USAGE,
    },
    {
      json: `{"type":"response.completed","response":{"usage":{"input_tokens":900,"input_tokens_details":{"cached_tokens":512},"output_tokens":40}}}`,
      usage: USAGE,
    },
  ],
})

const scanBodyOf = (body: object): BodyScan => scanOf(openaiResponses, Buffer.from(JSON.stringify(body)))
const scanItems = (...input: object[]): BodyScan => scanBodyOf({ input })

describe('openai-responses', () => {
  it('is asked for generating calls only (E-6)', () => {
    for (const path of ['/v1/responses', '/backend-api/codex/responses', '/responses'])
      expect(openaiResponses.matches('POST', path)).toBe(true)
    for (const path of [
      '/v1/responses/resp_1',
      '/v1/responses/compact',
      '/v1/responses/resp_1/cancel',
      '/v1/responses/input_tokens',
    ])
      expect(openaiResponses.matches('POST', path)).toBe(false)
    expect(openaiResponses.matches('GET', '/v1/responses')).toBe(false)
  })

  it('recognises code mode: tools as an input item, commands inside scripts, outputs as parts (E-8)', () => {
    const { blocks, toolNames } = scanItems(
      {
        type: 'additional_tools',
        role: 'developer',
        tools: [
          {
            type: 'namespace',
            name: 'functions',
            tools: [
              { type: 'custom', name: 'exec' },
              { type: 'function', name: 'wait' },
            ],
          },
          { type: 'web_search' },
        ],
      },
      {
        type: 'custom_tool_call',
        call_id: 'c1',
        name: 'exec',
        namespace: 'functions',
        input:
          'const [a, b] = await Promise.all([tools.exec_command({cmd: "rg \\"x\\" src", workdir: "/r"}), tools.exec_command({ "cmd": `ls` })])\ntext(a.output)',
      },
      {
        type: 'custom_tool_call_output',
        call_id: 'c1',
        output: [
          { type: 'input_text', text: 'Script completed\n' },
          { type: 'input_text', text: 'hits' },
          { type: 'input_image', image_url: 'data:' },
        ],
      },
    )
    expect(toolNames).toEqual(['exec', 'wait', 'web_search'])
    expect(blocks.filter(isEditable).map(({ text, origin }) => [text, origin.command])).toEqual([
      ['Script completed\n', 'rg "x" src\nls'],
      ['hits', 'rg "x" src\nls'],
    ])
  })

  it('recognises classic calls, patches and every kind of shell (E-8)', () => {
    const { blocks } = scanItems(
      { type: 'function_call', call_id: 'a', name: 'exec_command', arguments: '{"cmd":"pytest -q"}' },
      { type: 'function_call_output', call_id: 'a', output: 'Chunk ID: 1\nOutput:\nok' },
      { type: 'function_call', call_id: 'b', name: 'shell', arguments: '{"command":["bash","-lc","rg x | head"]}' },
      { type: 'function_call_output', call_id: 'b', output: [{ type: 'input_text', text: 'hits' }] },
      { type: 'local_shell_call', id: 'lsh', call_id: 'c', action: { type: 'exec', command: ['git', 'log'], env: {} } },
      { type: 'local_shell_call_output', id: 'lsh', output: 'commits' },
      { type: 'shell_call', call_id: 'd', action: { commands: ['ls', 'pwd'], timeout_ms: 5 } },
      {
        type: 'shell_call_output',
        call_id: 'd',
        output: [{ stdout: 'out', stderr: 'err', outcome: { type: 'exit', exit_code: 0 } }],
      },
      { type: 'apply_patch_call', call_id: 'e', operation: { type: 'update_file', path: 'a.ts', diff: '@@' } },
      { type: 'apply_patch_call_output', call_id: 'e', status: 'completed', output: 'done' },
    )
    expect(
      blocks.filter(isEditable).map(({ text, origin }) => [text, origin.toolName, origin.command ?? origin.path]),
    ).toEqual([
      ['Chunk ID: 1\nOutput:\nok', 'exec_command', 'pytest -q'],
      ['hits', 'shell', 'rg x | head'],
      ['commits', 'local_shell', 'git log'],
      ['out', 'shell', 'ls\npwd'],
      ['err', 'shell', 'ls\npwd'],
      ['done', 'apply_patch', 'a.ts'],
    ])
  })

  it('finds something to edit in every session of a current client (E-8)', () => {
    for (let seed = 0; seed < 20; seed++) {
      const last = [...growSession('openai-responses', seed, 3)].at(-1) as Uint8Array
      expect(scanOf(openaiResponses, last).blocks.filter(isEditable).length).toBeGreaterThan(0)
    }
  })

  it('knows when the provider may drop earlier items by itself (A-18)', () => {
    const mayForget = (more: object) => scanBodyOf({ input: [], ...more }).mayForget ?? false
    expect(mayForget({ truncation: 'disabled' })).toBe(false)
    expect(mayForget({ context_management: null })).toBe(false)
    expect(mayForget({ truncation: 'auto' })).toBe(true)
    expect(mayForget({ context_management: [{ type: 'compaction', compact_threshold: 90_000 }] })).toBe(true)
  })

  it('knows when the provider is asked to sum up, also where it takes up an earlier scan (A-10)', () => {
    const output = { type: 'function_call_output', call_id: 'a', output: 'text' }
    const trigger = { type: 'compaction_trigger' }
    const bytes = (...input: object[]): Buffer => Buffer.from(JSON.stringify({ input }))
    const sumsUp = (body: Buffer, previous?: BodyScan): boolean =>
      scanOf(openaiResponses, body, previous).sumsUp ?? false
    const asked = bytes(output, trigger)
    const before = scanOf(openaiResponses, asked)
    expect([sumsUp(bytes(output)), sumsUp(asked), sumsUp(bytes(output, trigger, output))]).toEqual([false, true, false])
    expect([sumsUp(asked, before), sumsUp(bytes(output, trigger, output), before)]).toEqual([true, false])
  })

  it('protects what a retrieve tool gave back, called by name or from a script (A-12)', () => {
    const { blocks } = scanItems(
      { type: 'function_call', call_id: 'a', name: 'headroom_retrieve', namespace: 'mcp__headroom', arguments: '{}' },
      { type: 'function_call_output', call_id: 'a', output: 'original' },
      {
        type: 'custom_tool_call',
        call_id: 'b',
        name: 'exec',
        input: 'text(await tools.mcp__headroom__headroom_retrieve({ref: "0123456789abcdef"}))',
      },
      { type: 'custom_tool_call_output', call_id: 'b', output: [{ type: 'input_text', text: 'original' }] },
      {
        type: 'custom_tool_call',
        call_id: 'c',
        name: 'exec',
        input: 'await tools.exec_command({cmd: "headroom retrieve 0123456789abcdef"})',
      },
      { type: 'custom_tool_call_output', call_id: 'c', output: 'original' },
    )
    expect(blocks.filter((block) => block.kind === 'tool-result').map((block) => block.protectedBy)).toEqual(
      Array(3).fill('retrieved-content'),
    )
  })

  it('reads a plain string as the user, and frames that continue a response', () => {
    expect(
      scanBodyOf({ model: 'm', input: 'hello', instructions: 'be brief' }).blocks.map(({ role, text }) => [role, text]),
    ).toEqual([
      ['user', 'hello'],
      ['system', 'be brief'],
    ])
    const frame = scanBodyOf({
      type: 'response.create',
      previous_response_id: 'resp_1',
      prompt_cache_key: 'k',
      stream: true,
      input: [{ type: 'function_call_output', call_id: 'a', output: 'text' }],
    })
    expect(frame).toMatchObject({ previousResponseId: 'resp_1', sessionId: 'k', stream: true })
    expect(frame.blocks.filter(isEditable)).toMatchObject([{ text: 'text', callId: 'a', origin: {} }])
    expect(scanBodyOf({ type: 'response.create', generate: false }).blocks).toEqual([])
  })

  it('reads messages with and without their type, and every role', () => {
    const { blocks } = scanItems(
      { role: 'developer', content: 'D' },
      {
        type: 'message',
        role: 'user',
        content: [
          { type: 'input_text', text: 'U' },
          { type: 'input_file', filename: 'f' },
        ],
      },
      {
        type: 'message',
        role: 'assistant',
        content: [
          { type: 'output_text', text: 'A', annotations: [] },
          { type: 'refusal', refusal: 'no' },
        ],
      },
      { type: 'reasoning', summary: [{ type: 'summary_text', text: 'S' }], encrypted_content: 'x', content: null },
    )
    expect(blocks.map(({ role, text }) => [role, text])).toEqual([
      ['system', 'D'],
      ['user', 'U'],
      ['assistant', 'A'],
    ])
  })
})
