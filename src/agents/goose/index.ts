// Goose reads a host, not a base URL, per provider.
import { join } from 'node:path'
import type { AgentSpec } from '../../spec/agent.js'

export const goose: AgentSpec = {
  id: 'goose',
  title: 'Goose',
  binaries: ['goose'],
  install: 'https://block.github.io/goose/docs/getting-started/installation',
  dialects: ['openai-chat', 'anthropic', 'gemini'],
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
