// Windsurf: reached by MCP only.
import { join } from 'node:path'
import type { AgentSpec } from '../../spec/agent.js'
import { mcpServers } from '../mcp-servers.js'

export const windsurf: AgentSpec = {
  id: 'windsurf',
  title: 'Windsurf',
  binaries: [],
  install: 'https://windsurf.com',
  dialects: ['anthropic'],
  setup: 'Windsurf calls models from its own servers; use its MCP entry: headroom mcp install --agent windsurf',
  mcpEntry: ({ home }, server) => ({
    path: join(home, '.codeium', 'windsurf', 'mcp_config.json'),
    format: 'json',
    settings: [{ at: ['mcpServers', 'headroom'], value: mcpServers(server).headroom }],
  }),
  source: 'Windsurf documentation on MCP; not run here',
}
