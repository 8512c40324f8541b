import { describe, expect, it } from 'vitest'
import { tempHome } from '../../test/support/home.js'
import { createHeadroom } from '../create.js'
import { spliceBytes } from '../wire/edit.js'

const LOG = Array.from({ length: 400 }, (_, n) => `12:00:${n % 60} INFO worker-${n % 5} compiled module ${n}`).join(
  '\n',
)

const call = (id: string, name: string, input: object) => ({
  role: 'assistant',
  content: [{ type: 'tool_use', id, name, input }],
})
const result = (id: string, content: string) => ({
  role: 'user',
  content: [{ type: 'tool_result', tool_use_id: id, content }],
})
const TURNS = [
  { role: 'user', content: 'Why?' },
  call('t1', 'mcp__headroom__headroom_retrieve', { ref: '1a2b3c4d5e6f7081' }),
  result('t1', LOG),
  call('t2', 'Bash', { command: 'headroom retrieve 1a2b3c4d5e6f7081' }),
  result('t2', LOG),
]
const bodyOf = (turns: number): Buffer =>
  Buffer.from(JSON.stringify({ model: 'claude-sonnet-4-5', max_tokens: 9, messages: TURNS.slice(0, turns) }))

const REF = /(?<=full text in )\S+\.txt/

describe('originals that were asked back', () => {
  it('arrive whole, also where the text came before in a session whose ids of calls repeat (A-12)', async () => {
    const home = tempHome()
    const engine = createHeadroom({ home })
    const messages: object[] = [TURNS[0]!]
    const send = async (id: string, name: string, input: object): Promise<string> => {
      messages.push(call(id, name, input), result(id, LOG))
      const named = { user_id: JSON.stringify({ session_id: 'one' }) }
      const tools = [{ name: 'Bash' }, { name: 'headroom_retrieve' }].slice(0, name === 'Bash' ? 1 : 2)
      const bytes = Buffer.from(
        JSON.stringify({ model: 'claude-sonnet-4-5', max_tokens: 9, metadata: named, tools, messages }),
      )
      const { edits } = await engine.run({ dialect: 'anthropic', body: bytes, loopback: true })
      const sent = JSON.parse(Buffer.from(spliceBytes(bytes, edits)).toString()) as { messages: { content: unknown }[] }
      return JSON.stringify(sent.messages.at(-1))
    }
    const file = REF.exec(await send('call_0', 'Bash', { command: 'sh build.sh' }))?.[0]
    expect(file).toContain(home)
    const whole = JSON.stringify(result('call_1', LOG))
    expect(await send('call_1', 'Bash', { command: `cat ${file}` })).toBe(whole)
    expect(await send('call_2', 'headroom_retrieve', { ref: '1a2b3c4d5e6f7081' })).toBe(whole.replace('_1', '_2'))
    await engine.close()
  })

  it('count against us where they first appear, and as a resend later (I-1)', async () => {
    const home = tempHome()
    const costs: number[] = []
    for (const turns of [3, 5]) {
      // A process of its own each time: nothing but the request tells what is new.
      const engine = createHeadroom({ home })
      const { report } = await engine.run({ dialect: 'anthropic', body: bodyOf(turns), loopback: true })
      const retrieved = report.blocks.filter(({ skip }) => skip === 'retrieved-content')
      expect(retrieved.map(({ replayed }) => replayed)).toEqual(turns === 3 ? [false] : [true, false])
      for (const { tokensBefore, tokensAfter } of retrieved)
        expect([tokensBefore > 3000, tokensAfter]).toEqual([true, tokensBefore])
      engine.settle(report.id, 200, { inputTokens: 10, cacheReadTokens: 9000, cacheWriteTokens: 5000, outputTokens: 5 })
      const { total } = await engine.money()
      costs.push(total.costMicroUsd)
      expect(total.netMicroUsd).toBe(-total.costMicroUsd)
      await engine.close()
    }
    expect(costs[0]).toBeGreaterThan(10_000)
    expect(costs[1]).toBeGreaterThan(2 * costs[0]!)
  })
})
