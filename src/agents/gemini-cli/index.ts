// Gemini CLI with an API key. Signed in with Google it talks to Code Assist, which takes no base URL.
import { join } from 'node:path'
import type { AgentSpec } from '../../spec/agent.js'
import { mcpServers } from '../mcp-servers.js'

export const geminiCli: AgentSpec = {
  id: 'gemini',
  title: 'Gemini CLI',
  userAgent: /^GeminiCLI\b/i,
  binaries: ['gemini'],
  install: 'npm install -g @google/gemini-cli',
  dialects: ['gemini'],
  calls: [
    {
      dialect: 'gemini',
      path: '/v1beta/models/gemini-3-flash:streamGenerateContent?alt=sse',
      key: 'x-goog-api-key',
      headers: { 'x-goog-api-client': 'google-genai-sdk/1.30.0', 'x-gemini-api-privileged-user-id': 'canary' },
    },
  ],
  baseUrlFrom: { gemini: ['GOOGLE_GEMINI_BASE_URL'] },
  launch: ({ url, filesDir }) => ({
    env: { GOOGLE_GEMINI_BASE_URL: url },
    args: ['--include-directories', filesDir],
    notes: ['only with an API key: a Google login talks to another service, which takes no base URL'],
  }),
  mcpEntry: ({ home }, server) => ({
    path: join(home, '.gemini', 'settings.json'),
    format: 'json',
    settings: [{ at: ['mcpServers', 'headroom'], value: mcpServers(server).headroom }],
  }),
  hooks:
    'gemini 0.61.0 can only add to a result, or deny it, which reads "Tool result blocked" and counts as an error (run 2026-11-25)',
  source: 'gemini 0.61.0 run against a local provider, 2026-11-25',
}
