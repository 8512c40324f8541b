// Codex. `-c` overrides one setting for one run; the built-in provider keeps its login, WebSocket included.
import { join } from 'node:path'
import type { AgentSpec } from '../../spec/agent.js'

/** A TOML basic string: JSON's escapes are valid there. */
const toml = (value: string): string => JSON.stringify(value)

export const codex: AgentSpec = {
  id: 'codex',
  title: 'Codex',
  userAgent: /^codex[_-]/i,
  binaries: ['codex'],
  install: 'npm install -g @openai/codex',
  dialects: ['openai-responses'],
  calls: [
    {
      dialect: 'openai-responses',
      path: '/v1/responses',
      key: 'bearer',
      headers: { originator: 'codex_exec', 'user-agent': 'codex_exec/0.169.0', accept: 'text/event-stream' },
    },
  ],
  launch: ({ url, mcp }) => {
    const [command, ...args] = mcp ?? []
    const server =
      command === undefined
        ? []
        : [`mcp_servers.headroom.command=${toml(command)}`, `mcp_servers.headroom.args=[${args.map(toml).join(',')}]`]
    return {
      env: {},
      args: [`openai_base_url=${toml(`${url}/v1`)}`, ...server].flatMap((setting) => ['-c', setting]),
      notes: ['a model provider of your own in config.toml keeps its base URL'],
    }
  },
  mcpEntry: ({ home, env }, [command = '', ...args]) => ({
    path: join(env.CODEX_HOME ?? join(home, '.codex'), 'config.toml'),
    format: 'toml',
    settings: [{ at: ['mcp_servers', 'headroom'], value: { command, args } }],
  }),
  hooks:
    "codex 0.169.0 ignores updatedToolOutput; a block would replace the text, but loses the command's exit code and needs trust given by hand (run 2026-11-25)",
  source: 'codex 0.169.0 run against a local provider, 2026-11-25',
}
