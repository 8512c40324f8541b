// The first requests of a process would pay for token tables and for code that has never run. A made-up conversation
// pays instead, until the first real one comes, in a home that is thrown away.
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Engine } from '../spec/engine.js'

/** The compiler takes a function seriously after some dozen calls: later turns take half as long as the first. */
const TURNS = 90
/** A slow machine has better uses for its time. */
const MOST_MS = 3000
const PREFIX = 'headroom-warm-'
/** No warming up lasts so long. */
const LEFT_MS = 3_600_000

/** Lets calls in that have come meanwhile. */
const turnOfEvents = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

export interface WarmUpParts {
  /** An engine like the real one, over this home. */
  open(home: string): Pick<Engine, 'run' | 'close'>
  /** Real requests have come, which warm as well, or the process ends. */
  isOver(): boolean
}

/** Leaves nothing behind. Rejects where no temporary folder can be written. */
export const warmUp = async ({ open, isOver }: WarmUpParts): Promise<void> => {
  await removeLeft()
  const home = await mkdtemp(join(tmpdir(), PREFIX))
  try {
    const engine = open(home)
    const until = performance.now() + MOST_MS
    for (const body of conversation()) {
      await turnOfEvents()
      if (isOver() || performance.now() >= until) break
      await engine.run({ dialect: 'anthropic', body, loopback: true })
    }
    await engine.close()
  } finally {
    await rm(home, { recursive: true, force: true })
  }
}

/** What a killed process has left, a few megabytes at most. */
const removeLeft = async (): Promise<void> => {
  for (const name of await readdir(tmpdir())) {
    if (!name.startsWith(PREFIX)) continue
    const folder = join(tmpdir(), name)
    const { mtimeMs } = await stat(folder).catch(() => ({ mtimeMs: Number.POSITIVE_INFINITY }))
    if (mtimeMs < Date.now() - LEFT_MS) await rm(folder, { recursive: true, force: true })
  }
}

const list = (count: number, make: (index: number) => string): string =>
  Array.from({ length: count }, (_, at) => make(at)).join('\n')

const log = (turn: number): string =>
  list(90, (line) =>
    line === 60
      ? `ERROR part ${turn} failed: expected 3 but got 4\n    at run (src/run.ts:10:4)`
      : `12:0${line % 10}:${10 + (line % 50)} INFO worker-${line % 7} compiled module ${line * turn} in ${line % 40} ms`,
  )

const json = (turn: number): string =>
  JSON.stringify(
    Array.from({ length: 60 }, (_, id) => ({
      id: id * turn,
      name: `item-${id}`,
      status: id === 37 ? 'failed' : 'ok',
      ms: (id * 7) % 9,
      tags: ['a'],
    })),
  )

const search = (turn: number): string =>
  list(80, (hit) => `src/part${hit >> 4}/file${hit >> 2}.ts:${hit + turn}:  const value${hit} = open(${hit})`)

const source = (turn: number): string =>
  list(100, (line) =>
    line % 9 === 0
      ? `${line + 1}\texport const part${line} = (input${turn}: string): number => {`
      : `${line + 1}\t  const kept${line} = read(${line})`,
  )

const CALLS = [
  { name: 'Bash', input: { command: 'npm test' }, result: log },
  { name: 'Bash', input: { command: 'curl -s localhost:9000/items' }, result: json },
  { name: 'Grep', input: { pattern: 'open', path: 'src' }, result: search },
  { name: 'Read', input: { file_path: 'src/part.ts' }, result: source },
]
const TOOLS = ['Bash', 'Grep', 'Read', 'Edit'].map((name) => ({ name, input_schema: { type: 'object' } }))

/** Bodies of a coding agent whose history grows by a call and its result each turn. */
function* conversation(): Generator<Buffer> {
  const messages: unknown[] = [{ role: 'user', content: 'Find out why the build fails, and which item is not ok.' }]
  for (let turn = 1; turn <= TURNS; turn++) {
    const { name, input, result } = CALLS[turn % CALLS.length]!
    const id = `toolu_${turn}`
    messages.push({ role: 'assistant', content: [{ type: 'tool_use', id, name, input }] })
    messages.push({ role: 'user', content: [{ type: 'tool_result', tool_use_id: id, content: result(turn) }] })
    yield Buffer.from(JSON.stringify({ model: 'claude-sonnet-4-5', max_tokens: 1024, tools: TOOLS, messages }))
  }
}
