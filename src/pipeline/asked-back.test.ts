import { describe, expect, it } from 'vitest'
import { tempHome } from '../../test/support/home.js'
import { createHeadroom } from '../create.js'

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

describe('originals that were asked back', () => {
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
