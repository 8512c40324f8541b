import { describe, expect, it } from 'vitest'
import { conformsToAgent } from '../../test/conformance/agent.js'
import { agents } from './list.js'
import { opencode } from './opencode/index.js'

for (const agent of agents) conformsToAgent(agent)

describe('the list of agents', () => {
  it('has no id and no program twice', () => {
    for (const names of [agents.map(({ id }) => id), agents.flatMap(({ binaries }) => binaries)])
      expect(new Set(names).size).toBe(names.length)
  })
  it("keeps a configuration that OpenCode's user gives by the environment", () => {
    const given = {
      theme: 'x',
      provider: { anthropic: { options: { timeout: 5 } }, own: { npm: 'y' } },
      mcp: { z: {} },
    }
    const { env } = opencode.launch!({
      url: 'http://127.0.0.1:1',
      filesDir: '/f',
      mcp: ['node', 'cli.js'],
      env: { OPENCODE_CONFIG_CONTENT: JSON.stringify(given) },
    })
    expect(JSON.parse(env.OPENCODE_CONFIG_CONTENT!)).toMatchObject({
      theme: 'x',
      provider: { anthropic: { options: { timeout: 5, baseURL: 'http://127.0.0.1:1/v1' } }, own: { npm: 'y' } },
      mcp: { z: {}, headroom: { type: 'local', command: ['node', 'cli.js'] } },
    })
  })
})
