// The same build again and again, as an agent that checks its work runs it.
import { describe, expect, it } from 'vitest'
import { tempHome } from '../../test/support/home.js'
import { createHeadroom } from '../create.js'
import { spliceBytes } from '../wire/edit.js'

const check = (ms: number, more = ''): string =>
  [
    '> app@1.0.0 check',
    ...Array.from({ length: 30 }, (_, at) => `10:00:${10 + at} INFO checked part-${at}/index.ts in ${ms + at} ms`),
    more,
    'All checks passed',
  ].join('\n')

type Message = { readonly role: 'user' | 'assistant'; readonly content: unknown }

const turnsOf = (outputs: readonly string[]): Message[] =>
  outputs.flatMap((content, at): Message[] => [
    {
      role: 'assistant',
      content: [{ type: 'tool_use', id: `t${at}`, name: 'Bash', input: { command: 'npm run check' } }],
    },
    { role: 'user', content: [{ type: 'tool_result', tool_use_id: `t${at}`, content }] },
  ])

const bodyOf = (messages: readonly Message[]): Buffer =>
  Buffer.from(
    JSON.stringify({
      model: 'claude-sonnet-4-5',
      max_tokens: 100,
      tools: [{ name: 'Bash', input_schema: { type: 'object' } }],
      messages,
    }),
  )

const NOTE = 'same as the earlier run of npm run check above but for times and ids'

describe('the same command again', () => {
  it('is told by what is new, also where the first run is shortened itself, until that run is gone (A-7, A-18, B-3)', async () => {
    const engine = createHeadroom({ home: tempHome() })
    const sent = async (messages: readonly Message[]): Promise<string[]> => {
      const body = bodyOf(messages)
      const { edits } = await engine.run({ dialect: 'anthropic', body, loopback: true })
      const { messages: out } = JSON.parse(Buffer.from(spliceBytes(body, edits)).toString()) as { messages: Message[] }
      return out.flatMap(({ content }) =>
        Array.isArray(content) && content[0].type === 'tool_result' ? [String(content[0].content)] : [],
      )
    }
    const start: Message = { role: 'user', content: 'Mend the check.' }
    const turns = turnsOf([check(10), check(50, 'WARN part-7 is old'), check(90)])
    const [first] = await sent([start, ...turns.slice(0, 2)])
    const second = await sent([start, ...turns.slice(0, 4)])
    const third = await sent([start, ...turns])
    expect(third[0]).toBe(first)
    expect(third.slice(0, 2)).toEqual(second)
    expect(third[1]).toContain(NOTE)
    expect(third[1]).toContain('WARN part-7 is old')
    for (const text of third.slice(1)) expect(text).toContain('All checks passed')
    expect(third[2]).toContain(NOTE)
    const compacted = await sent([{ role: 'user', content: 'Summary: two checks ran.' }, ...turns.slice(4)])
    expect(compacted[0]).not.toContain('above')
    expect(compacted[0]).toContain('All checks passed')
    await engine.close()
  })
})
