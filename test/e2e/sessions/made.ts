// Conversations made from a seed: agents that read, search, build and ask services, with every habit that tests need.
import { fileText, jsonText, logText, type Random, randomOf, searchText, testText } from '../../support/bodies.js'
import type { Conversation, Step, ToolAnswer, ToolCall } from './conversation.js'

const FILES = ['src/app/server.ts', 'src/app/queue.ts', 'lib/parse.py', 'pkg/index/merge.go', 'tests/test_retry.py']
const ASKED = [
  'Why does the retry test fail?',
  'Find who calls parseHeader.',
  'Which jobs failed last night?',
  'Go on.',
]

const callOf = (random: Random, id: string): { call: ToolCall; answer: ToolAnswer } => {
  const lines = random.chance(0.3) ? 150 + random.int(500) : 1 + random.int(60)
  const file = random.pick(FILES)
  const [name, input, text] = random.pick<readonly [string, object, string]>([
    ['Read', { file_path: `/repo/${file}` }, fileText(random, lines)],
    ['Grep', { pattern: 'parseHeader', path: 'src', output_mode: 'content' }, searchText(random, lines)],
    ['Bash', { command: 'npm run build 2>&1' }, logText(random, lines)],
    ['Bash', { command: 'curl -s localhost:9000/jobs' }, jsonText(random, lines)],
    ['Bash', { command: 'pytest -q' }, testText(random, lines)],
    ['Bash', { command: 'true' }, random.pick(['', ' ', '\n', '\r\n\t', '(no output)'])],
    // The same call gives the same text every time: positions differ, contents do not.
    ['Bash', { command: 'make lint' }, logText(randomOf(7), 220)],
    ['mcp__jobs__list', { state: 'all' }, jsonText(randomOf(8), 120)],
  ])
  return { call: { id, name, input }, answer: { id, text, isError: random.chance(0.1) } }
}

/** Half of the providers draw ids at random, half count calls. */
const idOf = (random: Random, counted: string): string =>
  random.chance(0.5) ? counted : `toolu_01${Array.from({ length: 22 }, () => random.pick([...'abcXYZ0189'])).join('')}`

export const madeConversation = (seed: number, turns: number): Conversation => {
  const random = randomOf(seed)
  const steps: Step[] = []
  for (let turn = 0; turn < turns; turn++) {
    if (turn === 0 || random.chance(0.15))
      steps.push({
        kind: 'user',
        texts: [
          ...(turn === 0 ? ['<system-reminder>\nThe date is 2026-01-12.\n</system-reminder>'] : []),
          `${random.pick(ASKED)} (${seed})`,
        ],
      })
    const made = Array.from({ length: random.chance(0.3) ? 2 + random.int(3) : 1 }, (_, index) =>
      callOf(random, idOf(random, `call_${seed}_${turn}_${index}`)),
    )
    steps.push({
      kind: 'assistant',
      text: random.chance(0.3) ? '' : `I look at ${random.pick(FILES)} next.`,
      calls: made.map(({ call }) => call),
      ...(random.chance(0.5) ? { thinking: 'Where does it come from?' } : {}),
    })
    steps.push({ kind: 'results', answers: made.map(({ answer }) => answer) })
  }
  return { name: `made/${seed}`, agent: 'made', system: `You are a coding agent. ${'Be exact. '.repeat(700)}`, steps }
}

/** Few turns with long results: some 200,000 tokens in the end. */
export const longConversation = (seed: number): Conversation => {
  const random = randomOf(seed)
  const steps: Step[] = [{ kind: 'user', texts: ['Find the first failed job in these logs.'] }]
  for (let turn = 0; turn < 9; turn++) {
    const id = `toolu_01longAnswer${turn}`
    const text = turn % 3 === 2 ? jsonText(random, 900) : logText(random, 900)
    steps.push({
      kind: 'assistant',
      text: 'Next.',
      calls: [{ id, name: 'Bash', input: { command: `./jobs ${turn}` } }],
    })
    steps.push({ kind: 'results', answers: [{ id, text, isError: false }] })
  }
  return { name: `long/${seed}`, agent: 'long', system: 'You read logs.', steps }
}
