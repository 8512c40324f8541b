// Sessions of agents that look at the same files again: overlapping reads, edits and their echoes, copies by a shell, repeated
// commands, parallel calls. A session is a list of messages; steps are drawn from a seed.
import { seeded } from './session.js'

interface Message {
  readonly role: 'user' | 'assistant'
  readonly content: string | readonly Record<string, unknown>[]
}

type Random = () => number
const pick = <T>(random: Random, values: readonly T[]): T => values[Math.floor(random() * values.length)]!

const FILES = ['src/app.ts', 'lib/parse.py', 'README.md']
const STATEMENTS = ['const total = add(', 'return await load(', 'if (isReady(', 'logger.info(', 'expect(parse(']

const newFile = (random: Random): string[] =>
  Array.from({ length: 60 + Math.floor(random() * 150) }, (_, line) =>
    random() < 0.12
      ? ''
      : `  ${pick(random, STATEMENTS)}${line}, '${pick(random, FILES)}', ${Math.floor(random() * 1e6)})`,
  )

const numbered = (lines: readonly string[], from: number): string =>
  lines.map((line, at) => `${String(from + at).padStart(6)}→${line}`).join('\n')

interface Call {
  readonly name: string
  readonly input: Record<string, unknown>
  readonly result: string
}

/** Files that the calls read and change. */
class Workspace {
  readonly #files: Map<string, string[]>
  readonly #random: Random
  #build: string[]

  constructor(random: Random) {
    this.#random = random
    this.#files = new Map(FILES.map((path) => [path, newFile(random)]))
    this.#build = newFile(random)
  }

  call(): Call {
    const random = this.#random
    const path = pick(random, FILES)
    const lines = this.#files.get(path)!
    const from = random() < 0.5 ? 1 : 1 + Math.floor(random() * lines.length * 0.7)
    const part = lines.slice(from - 1, random() < 0.5 ? undefined : from + 20 + Math.floor(random() * 80))
    const kind = random()
    if (kind < 0.45) return { name: 'Read', input: { file_path: path, offset: from }, result: numbered(part, from) }
    if (kind < 0.6)
      return { name: 'Bash', input: { command: `sed -n '${from},$p' ${path}` }, result: `${part.join('\n')}\n` }
    if (kind < 0.8) return this.#edit(path, lines, from)
    if (random() < 0.5) this.#build = this.#build.with(Math.floor(random() * this.#build.length), 'FAIL one more test')
    return { name: 'Bash', input: { command: 'make check' }, result: this.#build.join('\n') }
  }

  #edit(path: string, lines: readonly string[], from: number): Call {
    const old = lines.slice(from, from + 8)
    const fresh = [...old.slice(0, 4), `  // changed ${Math.floor(this.#random() * 1e6)}`, ...old.slice(4)]
    const changed = [...lines.slice(0, from), ...fresh, ...lines.slice(from + 8)]
    this.#files.set(path, changed)
    const near = changed.slice(Math.max(0, from - 4), from + fresh.length + 4)
    return {
      name: 'Edit',
      input: { file_path: path, old_string: old.join('\n'), new_string: fresh.join('\n') },
      result: `The file has been changed. Its lines now:\n${numbered(near, Math.max(0, from - 4) + 1)}`,
    }
  }
}

/** Messages of a session, ending with results; each prefix that ends with a user message is a request. */
export const rereadingSession = (seed: number, turns: number): readonly Message[] => {
  const random = seeded(seed)
  const workspace = new Workspace(random)
  const messages: Message[] = [{ role: 'user', content: `Mend the parser. (${seed})` }]
  for (let turn = 0; turn < turns; turn++) {
    const calls = Array.from({ length: random() < 0.3 ? 3 : 1 }, () => workspace.call())
    const idOf = (at: number): string => `toolu_01seed${seed}Turn${turn}Call${at}`
    messages.push({
      role: 'assistant',
      content: [
        { type: 'text', text: `Step ${turn}.` },
        ...calls.map(({ name, input }, at) => ({ type: 'tool_use', id: idOf(at), name, input })),
      ],
    })
    messages.push({
      role: 'user',
      content: calls.map(({ result }, at) => ({ type: 'tool_result', tool_use_id: idOf(at), content: result })),
    })
  }
  return messages
}

export const bodyOfMessages = (messages: readonly Message[], more: Record<string, unknown> = {}): Buffer => {
  const tools = ['Read', 'Edit', 'Bash'].map((name) => ({ name, input_schema: { type: 'object' } }))
  return Buffer.from(JSON.stringify({ model: 'claude-sonnet-4-5', ...more, tools, messages }))
}
