// Continue reads its models from a YAML file; the base URL stands there.
import { join } from 'node:path'
import type { AgentSpec } from '../../spec/agent.js'

export const continueCli: AgentSpec = {
  id: 'continue',
  title: 'Continue',
  binaries: ['cn'],
  install: 'npm install -g @continuedev/cli',
  dialects: ['anthropic', 'openai-chat'],
  setup: 'in ~/.continue/config.yaml, under each model: apiBase: URL/v1/',
  mcpEntry: ({ home }, [command = '', ...args]) => ({
    path: join(home, '.continue', 'config.yaml'),
    format: 'yaml',
    settings: [{ at: ['mcpServers', '-'], value: { name: 'headroom', command, args } }],
  }),
  source: 'cn 1.5.47 run against a local provider, 2026-11-23',
}
