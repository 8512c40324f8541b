// Cursor sends requests from its own servers, so only a base URL that they can reach would work.
import type { AgentSpec } from '../../spec/agent.js'

export const cursor: AgentSpec = {
  id: 'cursor',
  title: 'Cursor',
  binaries: [],
  install: 'https://docs.cursor.com',
  dialects: ['openai-chat'],
  setup:
    'Cursor calls models from its own servers and cannot reach this machine; use the MCP server instead: headroom mcp install --agent cursor',
  source: 'Cursor documentation on API keys ("Override OpenAI Base URL"), not run here',
}
