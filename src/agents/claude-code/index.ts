// Claude Code. Everything goes by environment and flags; its settings files are not touched.
import { join } from 'node:path'
import type { AgentSpec } from '../../spec/agent.js'
import { mcpServers } from '../mcp-servers.js'
import { claudeHooks } from './hooks.js'

const HEADERS: Readonly<Record<string, string>> = {
  'anthropic-version': '2023-06-01',
  'anthropic-beta': 'claude-code-20250219,interleaved-thinking-2025-05-14',
  'user-agent': 'claude-cli/2.1.330 (external, sdk-cli)',
  'x-app': 'cli',
}

export const claudeCode: AgentSpec = {
  id: 'claude',
  title: 'Claude Code',
  userAgent: /^claude-cli\//i,
  binaries: ['claude'],
  install: 'npm install -g @anthropic-ai/claude-code',
  dialects: ['anthropic'],
  // With an API key, and signed in.
  calls: [
    { dialect: 'anthropic', path: '/v1/messages?beta=true', key: 'x-api-key', headers: HEADERS },
    {
      dialect: 'anthropic',
      path: '/v1/messages?beta=true',
      key: 'bearer',
      headers: { ...HEADERS, 'anthropic-beta': 'claude-code-20250219,oauth-2025-04-20' },
    },
  ],
  baseUrlFrom: { anthropic: ['ANTHROPIC_BASE_URL'] },
  loses: 'Remote Control is off while a base URL is set; without it use the MCP server: headroom mcp install',
  launch: ({ url, filesDir, mcp, env }) => ({
    env: {
      ANTHROPIC_BASE_URL: url,
      // Behind a foreign host Claude Code sends every tool's schema at once unless told to go on searching.
      ...(env.ENABLE_TOOL_SEARCH === undefined ? { ENABLE_TOOL_SEARCH: 'true' } : {}),
    },
    args: [
      `--add-dir=${filesDir}`,
      ...(mcp === undefined ? [] : [`--mcp-config=${JSON.stringify({ mcpServers: mcpServers(mcp) })}`]),
    ],
  }),
  mcpEntry: ({ home, env }, server) => ({
    path: join(env.CLAUDE_CONFIG_DIR ?? home, '.claude.json'),
    format: 'json',
    settings: [{ at: ['mcpServers', 'headroom'], value: { type: 'stdio', ...mcpServers(server).headroom, env: {} } }],
  }),
  hooks: claudeHooks,
  source: 'claude --help of 2.1.197 and 2.1.330, and both run against a local provider, 2026-11-25',
}
