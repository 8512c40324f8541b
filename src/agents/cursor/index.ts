// Cursor sends requests from its own servers, so only a base URL that they can reach would work.
import { join } from 'node:path'
import type { AgentSpec } from '../../spec/agent.js'
import { mcpServers } from '../mcp-servers.js'

export const cursor: AgentSpec = {
  id: 'cursor',
  title: 'Cursor',
  binaries: [],
  install: 'https://docs.cursor.com',
  dialects: ['openai-chat'],
  setup:
    'Cursor calls models from its own servers and cannot reach this machine; use the MCP server instead: headroom mcp install --agent cursor',
  mcpEntry: ({ home }, server) => ({
    path: join(home, '.cursor', 'mcp.json'),
    format: 'json',
    settings: [{ at: ['mcpServers', 'headroom'], value: mcpServers(server).headroom }],
  }),
  hooks: 'Cursor documents a replacement for MCP results only, and none for its shell; not run here',
  source: 'Cursor documentation on API keys ("Override OpenAI Base URL"), not run here',
}
