// Claude Desktop: reached by MCP only.
import { join } from 'node:path'
import type { AgentSpec } from '../../spec/agent.js'
import { appData } from '../app-data.js'
import { mcpServers } from '../mcp-servers.js'

export const claudeDesktop: AgentSpec = {
  id: 'claude-desktop',
  title: 'Claude Desktop',
  binaries: [],
  install: 'https://claude.ai/download',
  dialects: ['anthropic'],
  setup: 'Claude Desktop has no setting for a base URL; use its MCP entry: headroom mcp install --agent claude-desktop',
  mcpEntry: ({ home, env, platform }, server) => ({
    path: join(appData({ home, env, platform }), 'Claude', 'claude_desktop_config.json'),
    format: 'json',
    settings: [{ at: ['mcpServers', 'headroom'], value: mcpServers(server).headroom }],
  }),
  source: 'Model Context Protocol documentation, Connect to local servers; not run here',
}
