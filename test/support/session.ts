// A seeded agent session in the Anthropic shape that grows turn by turn: reads, shell output, searches, JSON.
export interface Turn {
  readonly body: Buffer
  readonly chars: number
}

/** Deterministic stream of numbers in 0..1 (mulberry32). */
export const seeded = (seed: number): (() => number) => {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

type Random = () => number

const pick = <T>(random: Random, values: readonly T[]): T => values[Math.floor(random() * values.length)]!
const WORDS =
  'request cache token stream parse worker session buffer index query decode route marker ledger frame socket plan policy engine store'.split(
    ' ',
  )
const words = (random: Random, count: number): string =>
  Array.from({ length: count }, () => pick(random, WORDS)).join(' ')

const buildLog = (random: Random, lines: number): string =>
  Array.from({ length: lines }, (_, line) => {
    if (line === Math.floor(lines * 0.7))
      return `[ERROR] ${words(random, 3)} failed: expected ${Math.floor(random() * 90)} but got ${Math.floor(random() * 90)}`
    return `2026-03-0${1 + (line % 9)}T10:${String(line % 60).padStart(2, '0')}:11Z INFO ${pick(random, WORDS)}-${line % 7}: ${words(random, 5)} took ${Math.floor(random() * 400)} ms`
  }).join('\n')

const rows = (random: Random, count: number): string =>
  JSON.stringify(
    Array.from({ length: count }, (_, id) => ({
      id,
      name: `${pick(random, WORDS)}-${id}`,
      status: id === 37 ? 'failed' : 'ok',
      latencyMs: Math.floor(random() * 90),
      region: pick(random, ['eu-1', 'us-2']),
    })),
  )

const matches = (random: Random, count: number): string =>
  Array.from(
    { length: count },
    (_, match) =>
      `src/${pick(random, WORDS)}/${pick(random, WORDS)}.ts:${match * 3 + 1}:  const ${pick(random, WORDS)} = ${words(random, 4).replaceAll(' ', '.')}()`,
  )
    .sort()
    .join('\n')

const source = (random: Random, lines: number): string =>
  Array.from(
    { length: lines },
    (_, line) =>
      `${line + 1}\t${line % 9 === 0 ? `export const ${pick(random, WORDS)}${line} = (${pick(random, WORDS)}: string): number => {` : `  const ${pick(random, WORDS)} = ${pick(random, WORDS)}.${pick(random, WORDS)}(${line})`}`,
  ).join('\n')

const TOOLS = [
  {
    name: 'Bash',
    input: (random: Random) => ({ command: `npm test -- ${pick(random, WORDS)}` }),
    result: (random: Random) => buildLog(random, 60 + Math.floor(random() * 200)),
  },
  {
    name: 'Bash',
    input: (random: Random) => ({ command: `curl -s localhost:9000/${pick(random, WORDS)}` }),
    result: (random: Random) => rows(random, 40 + Math.floor(random() * 100)),
  },
  {
    name: 'Grep',
    input: (random: Random) => ({ pattern: pick(random, WORDS), path: 'src' }),
    result: (random: Random) => matches(random, 30 + Math.floor(random() * 100)),
  },
  {
    name: 'Read',
    input: (random: Random) => ({ file_path: `src/${pick(random, WORDS)}.ts` }),
    result: (random: Random) => source(random, 80 + Math.floor(random() * 200)),
  },
]

const DECLARED = ['Bash', 'Grep', 'Read', 'Edit', 'mcp__headroom__headroom_retrieve'].map((name) => ({
  name,
  description: `${name} tool. ${'It does what it says. '.repeat(60)}`,
  input_schema: { type: 'object', properties: { value: { type: 'string' } } },
}))

/** Bodies of successive turns until one holds about `targetTokens` (four characters each). */
export const growingSession = (seed: number, targetTokens: number): Turn[] => {
  const random = seeded(seed)
  const system = [
    {
      type: 'text',
      text: `You are a coding agent. Session ${seed}. ${words(random, 4000)}`,
      cache_control: { type: 'ephemeral' },
    },
  ]
  const messages: unknown[] = [
    { role: 'user', content: `Find out why the ${pick(random, WORDS)} test fails and mend it. (${seed})` },
  ]
  const turns: Turn[] = []
  for (let turn = 0; ; turn++) {
    const body = Buffer.from(
      JSON.stringify({ model: 'claude-sonnet-4-5', max_tokens: 4096, stream: true, system, tools: DECLARED, messages }),
    )
    turns.push({ body, chars: body.length })
    if (body.length > targetTokens * 4) return turns
    const tool = pick(random, TOOLS)
    const id = `toolu_${seed}_${turn}`
    messages.push({
      role: 'assistant',
      content: [
        { type: 'text', text: `Next I look at ${words(random, 6)}.` },
        { type: 'tool_use', id, name: tool.name, input: tool.input(random) },
      ],
    })
    messages.push({ role: 'user', content: [{ type: 'tool_result', tool_use_id: id, content: tool.result(random) }] })
  }
}
