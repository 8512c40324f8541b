// A tool whose results could be tables of arrays or of comma-separated strings.
import { describe, expect, it } from 'vitest'
import { tempHome } from '../../test/support/home.js'
import { createHeadroom } from '../create.js'
import type { Engine } from '../spec/engine.js'
import { spliceBytes } from '../wire/edit.js'

type Message = { readonly role: 'user' | 'assistant'; readonly content: unknown }

const rows = (words: number, seed: number): string =>
  JSON.stringify(
    Array.from({ length: 30 }, (_, at) => ({
      id: seed + at * 7,
      name: `part ${at}${' of the same long story'.repeat(words)}`,
      isDone: at % 3 === seed % 3,
      owner: `o${(at * 5) % 11}`,
    })),
    null,
    1,
  )

/** Strings save much of the one, and less than 2 % of the other. */
const short = (seed: number): string => rows(0, seed)
const wordy = (seed: number): string => rows(20, seed)

const turn = (id: string, results: readonly { readonly tool: string; readonly text: string }[]): Message[] => [
  {
    role: 'assistant',
    content: results.map(({ tool }, at) => ({ type: 'tool_use', id: `${id}-${at}`, name: tool, input: { page: id } })),
  },
  {
    role: 'user',
    content: results.map(({ text }, at) => ({ type: 'tool_result', tool_use_id: `${id}-${at}`, content: text })),
  },
]

const bodyOf = (messages: readonly Message[]): Buffer =>
  Buffer.from(JSON.stringify({ model: 'claude-sonnet-4-5', max_tokens: 100, messages }))

const start: Message = { role: 'user', content: 'List the parts.' }

/** For each result of the request, the key that its rows stand under. */
const keysOf = async (engine: Engine, messages: readonly Message[]): Promise<string[]> => {
  const body = bodyOf(messages)
  const { edits } = await engine.run({ dialect: 'anthropic', body, loopback: true })
  const sent = JSON.parse(Buffer.from(spliceBytes(body, edits)).toString()) as { messages: Message[] }
  return sent.messages.flatMap(({ content }) =>
    Array.isArray(content) && content[0].type === 'tool_result'
      ? content.map((result) => /"(rows|csv)":\[/.exec(result.content as string)?.[1] ?? 'none')
      : [],
  )
}

const grown = async (engine: Engine, turns: readonly Message[][]): Promise<string[]> => {
  let keys: string[] = []
  for (let count = 1; count <= turns.length; count++)
    keys = await keysOf(engine, [start, ...turns.slice(0, count).flat()])
  return keys
}

describe('one notation of tables for a tool and session', () => {
  it('is that of its last result that the request shows, for each tool of its own', async () => {
    const engine = createHeadroom({ home: tempHome(), policy: 'strict' })
    const turns = [
      turn('a', [
        { tool: 'list_parts', text: wordy(1) },
        { tool: 'list_jobs', text: short(2) },
      ]),
      turn('b', [
        { tool: 'list_jobs', text: wordy(3) },
        { tool: 'list_parts', text: short(4) },
        { tool: 'list_files', text: short(5) },
      ]),
    ]
    expect(await grown(engine, turns)).toEqual(['rows', 'csv', 'csv', 'rows', 'csv'])
    await engine.close()
  })

  it('holds among results that come together, and in another process', async () => {
    const home = tempHome()
    const first = turn('a', [
      { tool: 'list_parts', text: wordy(1) },
      { tool: 'list_parts', text: short(2) },
    ])
    const one = createHeadroom({ home, policy: 'strict' })
    expect(await grown(one, [first])).toEqual(['rows', 'rows'])
    await one.close()
    const other = createHeadroom({ home, policy: 'strict' })
    const next = turn('b', [{ tool: 'list_parts', text: short(3) }])
    expect(await keysOf(other, [start, ...first, ...next])).toEqual(['rows', 'rows', 'rows'])
    await other.close()
  })

  it('holds among results that were sent in full and are opened again', async () => {
    let nowMs = Date.UTC(2026, 0, 5)
    const engine = createHeadroom({ home: tempHome(), policy: 'strict', repack: 'cold', nowMs: () => nowMs })
    const texts = [wordy(1), short(2), short(3)]
    const turns = texts.map((text, at) => turn(`t${at}`, [{ tool: 'list_parts', text }]))
    expect(await keysOf(engine, [start, ...turns.slice(0, 2).flat(), { role: 'assistant', content: 'Two.' }])).toEqual([
      'none',
      'none',
    ])
    nowMs += 3_600_000
    const more = [
      { role: 'assistant', content: 'Two.' },
      { role: 'user', content: 'Go on.' },
    ] as const
    const opened = await keysOf(engine, [start, ...turns.slice(0, 2).flat(), ...more, ...turns[2]!])
    expect(opened).toEqual(['rows', 'rows', 'rows'])
    await engine.close()
  })

  it('is chosen anew where the earlier result is gone', async () => {
    const engine = createHeadroom({ home: tempHome(), policy: 'strict' })
    const turns = [
      turn('a', [{ tool: 'list_parts', text: wordy(1) }]),
      turn('b', [{ tool: 'list_parts', text: short(2) }]),
    ]
    expect(await grown(engine, turns)).toEqual(['rows', 'rows'])
    const compacted = [{ role: 'user', content: 'Summary: parts were listed.' } as const, ...turns[1]!]
    expect(await keysOf(engine, compacted)).toEqual(['csv'])
    await engine.close()
  })
})
