// OpenCode takes a whole configuration from the environment, merged over the user's files.
import { join } from 'node:path'
import type { AgentSpec } from '../../spec/agent.js'
import { opencodeHooks } from './hooks.js'

/** A configuration already given this way is kept; ours is laid over its providers and servers. */
const parsed = (text: string | undefined): Readonly<Record<string, Record<string, unknown> | undefined>> => {
  if (text === undefined || text === '') return {}
  const value: unknown = JSON.parse(text)
  return typeof value === 'object' && value !== null ? (value as Record<string, Record<string, unknown>>) : {}
}

export const opencode: AgentSpec = {
  id: 'opencode',
  title: 'OpenCode',
  userAgent: /(?:^|\s)opencode\b/i,
  binaries: ['opencode'],
  install: 'npm install -g opencode-ai',
  dialects: ['anthropic', 'openai-chat', 'openai-responses', 'gemini'],
  launch: ({ url, mcp, env }) => {
    const given = parsed(env.OPENCODE_CONFIG_CONTENT)
    const provider = (id: string, baseURL: string): Record<string, unknown> => {
      const known = (given.provider?.[id] ?? {}) as Record<string, object | undefined>
      return { [id]: { ...known, options: { ...known.options, baseURL } } }
    }
    const config = {
      ...given,
      provider: {
        ...given.provider,
        ...provider('anthropic', `${url}/v1`),
        ...provider('openai', `${url}/v1`),
        ...provider('google', `${url}/v1beta`),
      },
      ...(mcp === undefined ? {} : { mcp: { ...given.mcp, headroom: { type: 'local', command: mcp } } }),
    }
    return { env: { OPENCODE_CONFIG_CONTENT: JSON.stringify(config) } }
  },
  mcpEntry: ({ home, env }, command) => ({
    path: join(env.XDG_CONFIG_HOME ?? join(home, '.config'), 'opencode', 'opencode.json'),
    format: 'json',
    settings: [{ at: ['mcp', 'headroom'], value: { type: 'local', command, enabled: true } }],
  }),
  hooks: opencodeHooks,
  source: 'opencode 1.18.33 run against a local provider, 2026-11-23',
}
