// Qwen Code in its OpenAI-compatible mode.
import { join } from 'node:path'
import type { AgentSpec } from '../../spec/agent.js'
import { mcpServers } from '../mcp-servers.js'

export const qwenCode: AgentSpec = {
  id: 'qwen',
  title: 'Qwen Code',
  userAgent: /^QwenCode\//i,
  binaries: ['qwen'],
  install: 'npm install -g @qwen-code/qwen-code',
  dialects: ['openai-chat'],
  baseUrlFrom: { openai: ['OPENAI_BASE_URL'] },
  launch: ({ url, filesDir }) => ({
    env: { OPENAI_BASE_URL: `${url}/v1` },
    args: ['--auth-type', 'openai', '--include-directories', filesDir],
    notes: ['a base URL in its own settings file is not seen; give it as OPENAI_BASE_URL'],
  }),
  mcpEntry: ({ home }, server) => ({
    path: join(home, '.qwen', 'settings.json'),
    format: 'json',
    settings: [{ at: ['mcpServers', 'headroom'], value: mcpServers(server).headroom }],
  }),
  hooks: 'qwen 0.15.10 can only add to a result (run 2026-11-25)',
  source: 'qwen 0.15.10 run against a local provider, 2026-11-23',
}
