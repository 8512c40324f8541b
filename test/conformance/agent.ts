// Promises that every agent keeps. Called once for each entry of the list.
import { describe, expect, it } from 'vitest'
import type { AgentSpec, LaunchTarget } from '../../src/spec/agent.js'

const target: LaunchTarget = {
  url: 'http://127.0.0.1:8787',
  filesDir: '/home/me/.headroom/files',
  mcp: ['/usr/bin/node', '/opt/headroom/cli.js', 'mcp', 'serve'],
  env: { PATH: '/usr/bin', HOME: '/home/me' },
}

export const conformsToAgent = (agent: AgentSpec): void => {
  describe(`${agent.id} keeps the promises of all agents`, () => {
    it('says what it is, where to get it and where that was learnt', () => {
      expect(agent.id).toMatch(/^[a-z]+(-[a-z]+)?$/)
      for (const text of [agent.title, agent.install, agent.source]) expect(text.length).toBeGreaterThan(3)
      expect(agent.dialects.length).toBeGreaterThan(0)
      expect(agent.launch !== undefined || agent.setup !== undefined).toBe(true)
    })
    if (agent.launch === undefined) return
    const launch = agent.launch
    it('points the program at the proxy, by environment and flags alone (H-1)', () => {
      const { env, args = [] } = launch(target)
      expect([...Object.values(env), ...args].some((value) => value.includes(target.url))).toBe(true)
      expect(agent.binaries.length).toBeGreaterThan(0)
    })
    it('gives the same launch for the same target, and leaves the target alone', () => {
      const frozen = Object.freeze({ ...target, env: Object.freeze({ ...target.env }) })
      expect(launch(frozen)).toEqual(launch(frozen))
    })
    it('mentions our MCP server only where one is wanted', () => {
      const { mcp: _, ...without } = target
      const { env, args = [] } = launch(without)
      expect([...Object.values(env), ...args].join(' ')).not.toContain('cli.js')
    })
    it('puts no secret and no key of the user into what it sets (F-5)', () => {
      const { env, args = [] } = launch({
        ...target,
        env: { ...target.env, OPENAI_API_KEY: 'sk-1', ANTHROPIC_API_KEY: 'sk-2' },
      })
      expect([...Object.values(env), ...args].join(' ')).not.toMatch(/sk-[12]/)
    })
  })
}
