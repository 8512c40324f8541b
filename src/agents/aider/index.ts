// Aider reads both providers' base URLs from the environment (litellm).
import type { AgentSpec } from '../../spec/agent.js'

export const aider: AgentSpec = {
  id: 'aider',
  title: 'Aider',
  binaries: ['aider'],
  install: 'python -m pip install aider-install && aider-install',
  dialects: ['openai-chat', 'anthropic'],
  baseUrlFrom: {
    openai: ['OPENAI_API_BASE', 'OPENAI_BASE_URL'],
    anthropic: ['ANTHROPIC_BASE_URL', 'ANTHROPIC_API_BASE'],
  },
  launch: ({ url }) => ({
    env: {
      OPENAI_API_BASE: `${url}/v1`,
      OPENAI_BASE_URL: `${url}/v1`,
      ANTHROPIC_BASE_URL: url,
      ANTHROPIC_API_BASE: url,
    },
    notes: ['Aider sends files as messages of yours, which are never shortened: expect little'],
  }),
  source: 'aider documentation on OpenAI-compatible APIs and litellm environment variables, not run here',
}
