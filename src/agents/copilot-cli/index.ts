// GitHub Copilot CLI with a provider of one's own (BYOK). A GitHub subscription takes no base URL.
import { join } from 'node:path'
import type { AgentSpec } from '../../spec/agent.js'
import { mcpServers } from '../mcp-servers.js'
import { copilotHooks } from './hooks.js'

export const copilotCli: AgentSpec = {
  id: 'copilot',
  title: 'Copilot CLI',
  binaries: ['copilot'],
  install: 'npm install -g @github/copilot',
  dialects: ['openai-chat', 'anthropic'],
  baseUrlFrom: { openai: ['COPILOT_PROVIDER_BASE_URL'], anthropic: ['COPILOT_PROVIDER_BASE_URL'] },
  loses: 'models of the GitHub subscription: with a base URL Copilot uses your own key (COPILOT_PROVIDER_API_KEY)',
  launch: ({ url, filesDir, env }) => {
    const type = env.COPILOT_PROVIDER_TYPE ?? 'openai'
    return {
      env: { COPILOT_PROVIDER_TYPE: type, COPILOT_PROVIDER_BASE_URL: type === 'anthropic' ? url : `${url}/v1` },
      args: ['--add-dir', filesDir],
    }
  },
  mcpEntry: ({ home, env }, server) => ({
    path: join(
      env.XDG_CONFIG_HOME ?? home,
      env.XDG_CONFIG_HOME === undefined ? '.copilot' : 'copilot',
      'mcp-config.json',
    ),
    format: 'json',
    settings: [
      { at: ['mcpServers', 'headroom'], value: { type: 'local', ...mcpServers(server).headroom, tools: ['*'] } },
    ],
  }),
  hooks: copilotHooks,
  source: 'copilot 1.0.102 run against a local provider, 2026-11-23',
}
