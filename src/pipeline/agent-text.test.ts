// `compressText` for an agent's conversation: the agent's tools decide, as they do in a request.
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createHeadroom } from '../create.js'
import type { Engine } from '../spec/engine.js'

let home: string
let engine: Engine
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'headroom-agent-text-'))
  engine = createHeadroom({ home })
})
afterEach(async () => {
  await engine.close()
  rmSync(home, { recursive: true, force: true })
})

const log = Array.from(
  { length: 400 },
  (_, line) => `12:00:${line % 60} INFO worker-${line % 5} step ${line} done`,
).join('\n')
const rows = JSON.stringify(
  Array.from({ length: 200 }, (_, id) => ({ id, name: `service-${id}`, status: 'ok', ms: id % 9 })),
)
const build = { name: 'Bash', input: { command: 'npm run build' } }

describe('a text that goes into an agent', () => {
  it('names a file that is there, where a reading tool is the way back', async () => {
    const { text } = await engine.compressText(log, { tool: build, agent: { tools: ['Edit', 'Read'] } })
    const path = /full text in ([^\]]+)\]/.exec(text)?.[1]
    expect(path).toMatch(/files\/[0-9a-f]{16}\.txt$/)
    expect(existsSync(path!)).toBe(true)
  })
  it('names an id, where the retrieve tool is the way back', async () => {
    const { text } = await engine.compressText(log, {
      tool: build,
      agent: { tools: ['Edit', 'mcp__h__headroom_retrieve'] },
    })
    expect(text).toMatch(/full text kept; id [0-9a-f]{16}\]/)
  })
  it('loses nothing where there is no way back (A-10)', async () => {
    const { text, refs } = await engine.compressText(log, { tool: build, agent: { tools: ['Edit'] } })
    expect([text.includes('not shown'), refs]).toEqual([false, []])
  })
  it('stays verbatim where the agent may edit from it (A-1)', async () => {
    const cat = { name: 'Bash', input: { command: 'cat services.json' } }
    expect((await engine.compressText(rows, { tool: cat, agent: { tools: ['Edit', 'Read'] } })).refs).toEqual([])
    expect((await engine.compressText(rows, { tool: build, agent: { tools: ['Edit', 'Read'] } })).refs).toHaveLength(1)
  })
  it('counts as way hook, under the name it gives (I-6)', async () => {
    await engine.compressText(log, { tool: build, agent: { tools: ['Read'], name: 'my-agent' } })
    await engine.compressText(log, { tool: build })
    const { recent, byAgent } = await engine.stats()
    expect(recent.map(({ way, agent }) => [way, agent]).sort()).toEqual([
      ['hook', 'my-agent'],
      ['library', undefined],
    ])
    expect(byAgent.map(({ name }) => name)).toEqual(['my-agent'])
    const named = { tools: ['Read'], name: 'Bearer sk-1' }
    await expect(engine.compressText(log, { agent: named })).rejects.toThrow('agent:')
  })
  it('saves no more than the agent would have been shown, and is refused where it is longer', async () => {
    const agent = (shown: string) => ({ tool: build, agent: { tools: ['Read'], shown } })
    const { tokensBefore, tokensAfter, outcome } = await engine.compressText(log, agent(log.slice(0, 4000)))
    expect([outcome, tokensAfter < tokensBefore, tokensBefore < 2500]).toEqual(['compressed', true, true])
    const refused = await engine.compressText(log, agent(log.slice(0, 100)))
    expect([refused.outcome, refused.text === log]).toEqual(['would-grow', true])
    const { totals } = await engine.stats()
    expect(totals.tokensBefore).toBeLessThan(2600)
    expect(totals.tokensAfter).toBeLessThanOrEqual(totals.tokensBefore)
  })
  it('refuses tools that are no list of names', async () => {
    await expect(engine.compressText(log, { agent: { tools: 'Read' as never } })).rejects.toThrow('agent:')
  })
})
