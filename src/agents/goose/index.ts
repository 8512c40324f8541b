// Goose reads a host, not a base URL, per provider.
import { join } from 'node:path'
import type { AgentSpec } from '../../spec/agent.js'

export const goose: AgentSpec = {
  id: 'goose',
  title: 'Goose',
  binaries: ['goose'],
  install: 'https://block.github.io/goose/docs/getting-started/installation',
  dialects: ['openai-chat', 'anthropic', 'gemini'],
  // Older versions put Google's key into the URL.
  calls: [
    { dialect: 'openai-chat', path: '/v1/chat/completions', key: 'bearer' },
    { dialect: 'anthropic', path: '/v1/messages', key: 'x-api-key', headers: { 'anthropic-version': '2023-06-01' } },
    { dialect: 'gemini', path: '/v1beta/models/gemini-3-flash:streamGenerateContent?alt=sse', key: 'x-goog-api-key' },
    { dialect: 'gemini', path: '/v1beta/models/gemini-3-flash:streamGenerateContent?alt=sse', key: 'query' },
  ],
  baseUrlFrom: { openai: ['OPENAI_HOST'], anthropic: ['ANTHROPIC_HOST'], gemini: ['GOOGLE_HOST'] },
  launch: ({ url }) => ({ env: { OPENAI_HOST: url, ANTHROPIC_HOST: url, GOOGLE_HOST: url } }),
  mcpEntry: ({ home, env }, [cmd = '', ...args]) => ({
    path: join(env.XDG_CONFIG_HOME ?? join(home, '.config'), 'goose', 'config.yaml'),
    format: 'yaml',
    settings: [
      {
        at: ['extensions', 'headroom'],
        value: { name: 'headroom', type: 'stdio', cmd, args, enabled: true, timeout: 300, envs: {} },
      },
    ],
  }),
  source: 'Goose documentation on provider environment variables, not run here',
}
