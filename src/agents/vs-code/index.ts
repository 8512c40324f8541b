// VS Code: reached by MCP only.
import { join } from 'node:path'
import type { AgentSpec } from '../../spec/agent.js'
import { appData } from '../app-data.js'
import { mcpServers } from '../mcp-servers.js'

export const vsCode: AgentSpec = {
  id: 'vscode',
  title: 'VS Code',
  binaries: [],
  install: 'https://code.visualstudio.com',
  dialects: ['anthropic'],
  setup:
    'Copilot in VS Code has no base URL for its own models; use its MCP entry: headroom mcp install --agent vscode',
  mcpEntry: ({ home, env, platform }, server) => ({
    path: join(appData({ home, env, platform }), 'Code', 'User', 'mcp.json'),
    format: 'json',
    settings: [{ at: ['servers', 'headroom'], value: { type: 'stdio', ...mcpServers(server).headroom } }],
  }),
  source: 'VS Code documentation, MCP configuration reference; not run here',
}
