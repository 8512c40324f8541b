// Request bodies as real clients write them, made from a seed: whole sessions that grow turn by turn, and single bodies
// with every oddity that JSON allows. Nothing here is recorded.
import fc from 'fast-check'
import type { Dialect } from '../../src/spec/wire.js'

/** Small seeded generator (mulberry32): the same seed gives the same bytes everywhere. */
export interface Random {
  /** Integer in 0..bound-1. */
  int(bound: number): number
  chance(probability: number): boolean
  pick<T>(list: readonly T[]): T
}

export const randomOf = (seed: number): Random => {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
  return {
    int: (bound) => Math.floor(next() * bound),
    chance: (probability) => next() < probability,
    pick: (list) => list[Math.floor(next() * list.length)]!,
  }
}

const WORDS = 'cache worker batch request session parser token index queue retry flush merge stream header'.split(' ')
const NAMES = ['loadConfig', 'parseHeader', 'flushQueue', 'mergeIndex', 'retryLater', 'readStream', 'openSession']
const FILES = ['src/app/server.ts', 'src/app/queue.ts', 'lib/parse.py', 'pkg/index/merge.go', 'tests/test_retry.py']
/** Text that byte offsets, escapes or code units get wrong first. */
const ODD_TEXTS = [
  'naïve café ✓',
  '日本語の出力',
  '👩‍💻 done 🎉',
  'tab\there "quoted" \\ back',
  'bell\u0007 nul\u0000',
  '\u2028line\u2029',
  'lone \ud83d half',
  'C:\\new\\table\r\n',
]

const lines = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => line(index)).join('\n')

export const logText = (random: Random, count: number): string =>
  lines(count, (index) => {
    const level = random.chance(0.03) ? 'ERROR' : random.chance(0.1) ? 'WARN ' : 'INFO '
    return `2026-01-12T08:${String(index % 60).padStart(2, '0')}:07.${100 + random.int(900)}Z ${level} [worker-${random.int(8)}] ${random.pick(WORDS)} ${random.pick(WORDS)} id=${random.int(100_000)} took ${random.int(900)} ms`
  })

export const searchText = (random: Random, count: number): string =>
  lines(
    count,
    () =>
      `${random.pick(FILES)}:${1 + random.int(900)}:  const value = ${random.pick(NAMES)}("${random.pick(WORDS)}", ${random.int(50)})`,
  )

/** File text with the `N<tab>` gutter of a read tool. */
export const fileText = (random: Random, count: number): string =>
  lines(
    count,
    (index) =>
      `${index + 1}\t${'  '.repeat(random.int(4))}${random.pick(['if (', 'return ', 'const x = ', '// '])}${random.pick(NAMES)}(${random.pick(WORDS)})`,
  )

export const jsonText = (random: Random, count: number): string =>
  JSON.stringify(
    Array.from({ length: count }, (_, index) => ({
      id: index,
      name: random.pick(NAMES),
      status: random.chance(0.05) ? 'failed' : 'ok',
      ms: random.int(500),
    })),
    null,
    2,
  )

export const testText = (random: Random, count: number): string =>
  `${lines(count, () => `tests/test_${random.pick(WORDS)}.py::test_${random.pick(NAMES)} ${random.chance(0.05) ? 'FAILED' : 'PASSED'}`)}\n=== ${random.int(9)} failed, ${count} passed in 3.2s ===`

const sentence = (random: Random): string =>
  Array.from({ length: 6 + random.int(12) }, () => random.pick(WORDS)).join(' ')

interface ScriptedCall {
  readonly id: string
  readonly tool: 'shell' | 'read' | 'search'
  readonly input: Readonly<Record<string, string>>
  readonly result: string
  readonly failed: boolean
}

interface ScriptedStep {
  /** A new user prompt comes before this step. */
  readonly prompt: string | undefined
  readonly words: string
  readonly calls: readonly ScriptedCall[]
}

const oddity = (random: Random): string => (random.chance(0.2) ? `\n${random.pick(ODD_TEXTS)}` : '')

const callAt = (random: Random, id: string): ScriptedCall => {
  const size = 5 + random.int(random.chance(0.15) ? 400 : 60)
  const kind = random.int(5)
  const file = random.pick(FILES)
  const failed = random.chance(0.15)
  if (kind === 0)
    return {
      id,
      tool: 'read',
      input: { file_path: `/repo/${file}` },
      result: fileText(random, size) + oddity(random),
      failed: false,
    }
  if (kind === 1)
    return {
      id,
      tool: 'search',
      input: { pattern: random.pick(NAMES), path: 'src' },
      result: searchText(random, size) + oddity(random),
      failed: false,
    }
  const [command, result] = (
    [
      ['npm run build 2>&1', logText(random, size)],
      ['curl -s localhost:9000/jobs', jsonText(random, size)],
      ['pytest -q', testText(random, size)],
    ] as const
  )[kind - 2]!
  return {
    id,
    tool: 'shell',
    input: { command },
    result: (failed ? 'Exit code 1\n' : '') + result + oddity(random),
    failed,
  }
}

/** The conversation behind a session, the same for every dialect. */
const scriptOf = (random: Random, steps: number): ScriptedStep[] =>
  Array.from({ length: steps }, (_, step) => ({
    prompt: step === 0 || random.chance(0.15) ? `Please look at ${sentence(random)}?${oddity(random)}` : undefined,
    words: sentence(random),
    calls: Array.from({ length: random.chance(0.25) ? 2 + random.int(2) : 1 }, (_, index) =>
      callAt(random, `${step}_${index}_${random.int(1e9).toString(36)}`),
    ),
  }))

type Json = unknown

/** Habits of one client, fixed for its session. */
interface Habits {
  readonly systemFirst: boolean
  readonly lists: boolean
  readonly codeMode: boolean
  readonly session: string
  readonly model: string
  readonly system: string
}

const habitsOf = (random: Random): Habits => ({
  systemFirst: random.chance(0.5),
  lists: random.chance(0.4),
  codeMode: random.chance(0.5),
  session: `0194-${random.int(1e9).toString(16)}-${random.int(1e9).toString(16)}`,
  model: random.pick(['claude-opus-5-5', 'gpt-5.5', 'gpt-6.1-sol', 'qwen3-coder']),
  system: `You are a coding agent. ${Array.from({ length: 30 }, () => sentence(random)).join('. ')}`,
})

const schema = (names: readonly string[]): Json => ({
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  type: 'object',
  properties: Object.fromEntries(names.map((name) => [name, { type: 'string', description: `The ${name} to use` }])),
  required: names,
})

const TOOLS = {
  shell: ['Bash', ['command']],
  read: ['Read', ['file_path']],
  search: ['Grep', ['pattern', 'path']],
} as const

const anthropicBodyOf = (habits: Habits, steps: readonly ScriptedStep[]): Json => {
  const messages: { role: string; content: Json }[] = []
  for (const { prompt, words, calls } of steps) {
    if (prompt !== undefined)
      messages.push({ role: 'user', content: habits.lists ? [{ type: 'text', text: prompt }] : prompt })
    messages.push({
      role: 'assistant',
      content: [
        { type: 'thinking', thinking: `${words}…`, signature: 'EqQBCkYIBRgCKkDq/8s+vA==' },
        { type: 'text', text: words },
        ...calls.map(({ id, tool, input }) => ({ type: 'tool_use', id: `toolu_${id}`, name: TOOLS[tool][0], input })),
      ],
    })
    messages.push({
      role: 'user',
      content: calls.map(({ id, result, failed, tool }) =>
        failed
          ? { type: 'tool_result', content: result, is_error: true, tool_use_id: `toolu_${id}` }
          : {
              tool_use_id: `toolu_${id}`,
              type: 'tool_result',
              content: habits.lists ? [{ type: 'text', text: result }] : result,
              ...(tool === 'shell' ? { is_error: false } : {}),
            },
      ),
    })
  }
  markLast(messages)
  const system = [
    { type: 'text', text: `x-anthropic-billing-header: cc_version=2.1.330; cch=${steps.length}` },
    { type: 'text', text: habits.system, cache_control: { type: 'ephemeral' } },
  ]
  const tools = Object.values(TOOLS).map(([name, names]) => ({
    name,
    description: `Runs ${name}`,
    input_schema: schema(names),
  }))
  const tail = {
    tools,
    metadata: { user_id: JSON.stringify({ device_id: 'd', account_uuid: '', session_id: habits.session }) },
    max_tokens: 128000,
    stream: true,
  }
  const head = { model: habits.model }
  return habits.systemFirst ? { ...head, system, messages, ...tail } : { ...head, messages, system, ...tail }
}

/** The cache marker sits on the last block of the last message and moves every turn; it turns a string into a list. */
const markLast = (messages: { role: string; content: Json }[]): void => {
  const last = messages.at(-1)
  if (last === undefined) return
  const parts = typeof last.content === 'string' ? [{ type: 'text', text: last.content }] : (last.content as object[])
  last.content = parts.map((part, index) =>
    index === parts.length - 1 ? { ...part, cache_control: { type: 'ephemeral' } } : part,
  )
}

const chatBodyOf = (habits: Habits, steps: readonly ScriptedStep[]): Json => {
  const textOf = (text: string): Json => (habits.lists ? [{ type: 'text', text }] : text)
  const messages: Json[] = [{ role: habits.systemFirst ? 'system' : 'developer', content: habits.system }]
  for (const { prompt, words, calls } of steps) {
    if (prompt !== undefined) messages.push({ role: 'user', content: textOf(prompt) })
    messages.push({
      role: 'assistant',
      content: words,
      tool_calls: calls.map(({ id, tool, input }) => ({
        id: `call_${id}`,
        type: 'function',
        function: { name: TOOLS[tool][0].toLowerCase(), arguments: JSON.stringify(input) },
      })),
    })
    for (const { id, result } of calls)
      messages.push({ role: 'tool', tool_call_id: `call_${id}`, content: textOf(result) })
  }
  const tools = Object.values(TOOLS).map(([name, names]) => ({
    type: 'function',
    function: { name: name.toLowerCase(), parameters: schema(names) },
  }))
  return {
    model: habits.model,
    max_tokens: 32000,
    messages,
    tools,
    tool_choice: 'auto',
    stream: true,
    stream_options: { include_usage: true },
    prompt_cache_key: habits.session,
  }
}

const scriptText = (input: Readonly<Record<string, string>>): string =>
  `const r = await tools.exec_command({cmd: ${JSON.stringify(input.command ?? `cat ${input.file_path ?? input.path}`)}, workdir: "/repo"});\ntext(r.output);`

const responsesBodyOf = (habits: Habits, steps: readonly ScriptedStep[]): Json => {
  const names = ['exec_command', 'write_stdin', 'apply_patch']
  const tools = habits.codeMode
    ? [{ type: 'custom', name: 'exec', description: 'Runs JavaScript' }]
    : names.map((name) => ({ type: 'function', name, parameters: schema(['cmd']) }))
  const input: Json[] = []
  if (habits.codeMode)
    input.push({
      type: 'additional_tools',
      role: 'developer',
      tools: [{ type: 'namespace', name: 'functions', tools }],
    })
  input.push({ type: 'message', role: 'developer', content: [{ type: 'input_text', text: habits.system }] })
  for (const { prompt, words, calls } of steps) {
    if (prompt !== undefined)
      input.push({
        type: 'message',
        role: 'user',
        id: `msg_${words.length}`,
        content: [{ type: 'input_text', text: prompt }],
      })
    input.push({
      type: 'reasoning',
      id: `rs_${calls[0]?.id}`,
      summary: [],
      encrypted_content: 'gAAAAABo8k+/=='.repeat(8),
      content: null,
    })
    input.push({ type: 'message', role: 'assistant', content: [{ type: 'output_text', text: words }] })
    for (const call of calls) input.push(...(habits.codeMode ? codeModeItems(call) : classicItems(call)))
  }
  const head = habits.codeMode ? { model: habits.model } : { model: habits.model, instructions: habits.system }
  return {
    ...head,
    stream: true,
    input,
    ...(habits.codeMode ? {} : { tools }),
    store: false,
    include: ['reasoning.encrypted_content'],
    prompt_cache_key: habits.session,
  }
}

const codeModeItems = ({ id, input, result }: ScriptedCall): Json[] => [
  { type: 'custom_tool_call', call_id: `call_${id}`, name: 'exec', namespace: 'functions', input: scriptText(input) },
  {
    type: 'custom_tool_call_output',
    call_id: `call_${id}`,
    output: [
      { type: 'input_text', text: 'Script completed\nWall time 0.2 seconds\nOutput:\n' },
      { type: 'input_text', text: result },
    ],
  },
]

const classicItems = ({ id, input, result, failed }: ScriptedCall): Json[] => [
  {
    type: 'function_call',
    call_id: `call_${id}`,
    name: 'exec_command',
    arguments: JSON.stringify({ cmd: input.command ?? `rg ${input.pattern ?? 'x'}` }),
  },
  {
    type: 'function_call_output',
    call_id: `call_${id}`,
    output: `Chunk ID: ${id.slice(0, 6)}\nWall time: 0.1 seconds\nProcess exited with code ${failed ? 1 : 0}\nOutput:\n${result}`,
  },
]

const geminiBodyOf = (habits: Habits, steps: readonly ScriptedStep[]): Json => {
  const contents: { role: string; parts: Json[] }[] = []
  const named = (id: string): object => (habits.codeMode ? { id: `fc_${id}` } : {})
  for (const { prompt, words, calls } of steps) {
    if (prompt !== undefined) contents.push({ role: 'user', parts: [{ text: prompt }] })
    contents.push({
      role: 'model',
      parts: [
        { text: `${words}…`, thought: true },
        { text: words },
        ...calls.map(({ id, tool, input }, index) => ({
          functionCall: { ...named(id), name: TOOLS[tool][0].toLowerCase(), args: input },
          ...(index === 0 ? { thoughtSignature: 'CikBjz1rX0JH/s8+vA==' } : {}),
        })),
      ],
    })
    contents.push({
      role: habits.systemFirst ? 'user' : 'function',
      parts: calls.map(({ id, tool, result, failed }) => ({
        functionResponse: {
          ...named(id),
          name: TOOLS[tool][0].toLowerCase(),
          response: failed
            ? { error: result }
            : habits.lists
              ? { content: [{ type: 'text', text: result }] }
              : { output: result },
        },
      })),
    })
  }
  const tools = [
    {
      functionDeclarations: Object.values(TOOLS).map(([name, names]) => ({
        name: name.toLowerCase(),
        description: `Runs ${name}`,
        parametersJsonSchema: schema(names),
      })),
    },
  ]
  const systemInstruction = { role: 'user', parts: [{ text: habits.system }] }
  const generationConfig = { temperature: 1, topP: 0.95, thinkingConfig: { includeThoughts: true } }
  return habits.systemFirst
    ? { systemInstruction, tools, contents, generationConfig }
    : { contents, systemInstruction, tools, generationConfig }
}

/** Member that holds the turns of a body. */
export const LIST_OF: Readonly<Record<Dialect, string>> = {
  anthropic: 'messages',
  'openai-chat': 'messages',
  'openai-responses': 'input',
  gemini: 'contents',
}

const ENCODERS: Readonly<Record<Dialect, (habits: Habits, steps: readonly ScriptedStep[]) => Json>> = {
  anthropic: anthropicBodyOf,
  'openai-chat': chatBodyOf,
  'openai-responses': responsesBodyOf,
  gemini: geminiBodyOf,
}

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)

/** Successive request bodies of one session, compact as clients write them; each holds one step more than the last. */
export function* growSession(dialect: Dialect, seed: number, turns: number): Generator<Uint8Array> {
  const random = randomOf(seed)
  const habits = habitsOf(random)
  const steps = scriptOf(random, turns)
  for (let turn = 1; turn <= turns; turn++)
    yield bytesOf(JSON.stringify(ENCODERS[dialect](habits, steps.slice(0, turn))))
}

/** Parts and items that no layer may touch, by dialect; put between the others. */
const SACROSANCT: Readonly<Record<Dialect, readonly Json[]>> = {
  anthropic: [
    { type: 'tool_result', tool_use_id: 'toolu_stray', content: 'of nobody' },
    { type: 'redacted_thinking', data: 'EmwKAhgBEgy3va3pzix/LafPsn4aDFIT2Xlxh0L5L8rLVyIw' },
    { type: 'server_tool_use', id: 'srvtoolu_1', name: 'web_search', input: { query: 'x' } },
    {
      type: 'web_search_tool_result',
      tool_use_id: 'srvtoolu_1',
      content: [{ type: 'web_search_result', title: 't', encrypted_content: 'Eoc+', text: 'never' }],
    },
    { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'iVBORw0KGgo='.repeat(40) } },
    {
      type: 'document',
      source: { type: 'text', media_type: 'text/plain', data: 'cited' },
      citations: { enabled: true },
    },
    { type: 'kind_of_tomorrow', text: 'unknown', content: [{ type: 'text', text: 'unknown' }] },
    {
      type: 'text',
      text: 'cited words',
      citations: [{ type: 'char_location', cited_text: 'cited', document_index: 0 }],
    },
    {
      type: 'tool_result',
      tool_use_id: 'toolu_docs',
      content: [
        { type: 'image', source: { type: 'base64', data: 'AAAA' } },
        { type: 'search_result', content: [{ type: 'text', text: 'cited source' }], citations: { enabled: true } },
      ],
    },
  ],
  'openai-chat': [
    { type: 'image_url', image_url: { url: `data:image/png;base64,${'iVBORw0KGgo='.repeat(40)}` } },
    { type: 'input_audio', input_audio: { data: 'UklGRg==', format: 'wav' } },
    { type: 'refusal', refusal: 'no' },
    { type: 'kind_of_tomorrow', text: 'unknown' },
  ],
  'openai-responses': [
    { type: 'web_search_call', id: 'ws_1', status: 'completed', action: { type: 'search', query: 'x' } },
    { type: 'compaction', id: 'cmp_1', encrypted_content: 'gAAAA==' },
    { type: 'mcp_call', id: 'mcp_1', name: 'read', arguments: '{}', output: 'server side' },
    { type: 'code_interpreter_call', id: 'ci_1', code: 'print(1)', outputs: [{ type: 'logs', logs: '1' }] },
    { type: 'item_reference', id: 'msg_1' },
    { type: 'computer_call_output', call_id: 'c_1', output: { type: 'computer_screenshot', image_url: 'data:,' } },
    { type: 'kind_of_tomorrow', output: 'unknown', content: [{ type: 'input_text', text: 'unknown' }] },
  ],
  gemini: [
    { inlineData: { mimeType: 'image/png', data: 'iVBORw0KGgo='.repeat(40) } },
    { fileData: { fileUri: 'gs://bucket/a', mimeType: 'text/plain' } },
    { executableCode: { language: 'PYTHON', code: 'print(1)' } },
    { codeExecutionResult: { outcome: 'OUTCOME_OK', output: '1' } },
    {
      functionResponse: {
        name: 'shot',
        response: {},
        parts: [{ inlineData: { mimeType: 'image/png', data: 'AAAA' } }],
      },
    },
    { kindOfTomorrow: { text: 'unknown', response: { output: 'unknown' } } },
    { thoughtSignature: 'CikBjz1rX0JH' },
  ],
}

/** Sprinkles what no layer may touch over a body. */
const withSacrosanct = (dialect: Dialect, body: Json, random: Random): Json => {
  const copy = structuredClone(body) as Record<string, Json[]>
  const list = copy[LIST_OF[dialect]]!
  for (let count = random.int(4); count > 0; count--) {
    const extra = structuredClone(random.pick(SACROSANCT[dialect]))
    const at = random.int(list.length + 1)
    if (dialect === 'openai-responses') list.splice(at, 0, extra)
    else {
      const message = list[Math.min(at, list.length - 1)] as { content?: Json; parts?: Json }
      const parts = message.parts ?? message.content
      if (Array.isArray(parts)) parts.splice(random.int(parts.length + 1), 0, extra)
    }
  }
  if (random.chance(0.3))
    list.splice(
      random.int(list.length + 1),
      0,
      random.pick<Json>([null, 7, 'x', [], {}, { role: 'user' }, { role: 'critic', content: 'x' }]),
    )
  return copy
}

/** Numbers that a parse and print would change. */
const ODD_NUMBERS = ['1.0', '12345678901234567890', '-0', '1e5', '0.10', '1E+2', '123456789.000000001']

/** JSON text of a value with whitespace, escapes, numbers and repeated members as no printer writes them, but as JSON allows. */
export const printOddly = (value: Json, random: Random): string => {
  const space = (): string => (random.chance(0.1) ? random.pick([' ', '\n', '\t', '\r\n  ', '   ']) : '')
  if (typeof value === 'string') return oddString(value, random)
  if (Array.isArray(value))
    return `[${value.map((item) => space() + printOddly(item, random) + space()).join(',')}${space()}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const members = Object.entries(value).map(
    ([key, item]) => `${space()}${oddString(key, random)}${space()}:${space()}${printOddly(item, random)}${space()}`,
  )
  if (random.chance(0.15))
    members.splice(random.int(members.length + 1), 0, `"x_odd":${random.pick(ODD_NUMBERS)},"x_odd":[{"messages":[]}]`)
  if (random.chance(0.2)) members.reverse()
  return `{${members.join(',')}${space()}}`
}

const oddString = (text: string, random: Random): string => {
  const literal = JSON.stringify(text)
  if (random.chance(0.6)) return literal
  const every = 3 + random.int(40)
  const offset = random.int(every)
  const inner = literal
    .slice(1, -1)
    .replace(/\\u[0-9a-f]{4}|\\.|[\ud800-\udbff][\udc00-\udfff]|[\s\S]/g, (char, at: number) => {
      if (at % every !== offset || char.startsWith('\\')) return char
      return char === '/'
        ? '\\/'
        : Array.from(
            { length: char.length },
            (_, unit) => `\\u${char.charCodeAt(unit).toString(16).padStart(4, '0')}`,
          ).join('')
    })
  return `"${inner}"`
}

/** A short session of the dialect, printed oddly and mixed with what no layer may touch. */
const bodyAt = (dialect: Dialect, seed: number): Uint8Array => {
  const random = randomOf(seed)
  const steps = scriptOf(random, 1 + random.int(3)).map((step) => ({
    ...step,
    calls: step.calls.map((call) => ({ ...call, result: call.result.slice(0, 200 + random.int(600)) })),
  }))
  const habits = habitsOf(random)
  const body = withSacrosanct(
    dialect,
    ENCODERS[dialect]({ ...habits, system: habits.system.slice(0, 200) }, steps),
    random,
  )
  return bytesOf(printOddly(body, random))
}

const bodies = (dialect: Dialect): fc.Arbitrary<Uint8Array> =>
  fc.noShrink(fc.integer({ min: 0, max: 2 ** 31 - 1 })).map((seed) => bodyAt(dialect, seed))

export const anthropicBody: fc.Arbitrary<Uint8Array> = bodies('anthropic')
export const chatBody: fc.Arbitrary<Uint8Array> = bodies('openai-chat')
export const geminiBody: fc.Arbitrary<Uint8Array> = bodies('gemini')
export const responsesBody: fc.Arbitrary<Uint8Array> = bodies('openai-responses')
