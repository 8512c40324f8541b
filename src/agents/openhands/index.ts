// OpenHands takes one base URL for its model (litellm).
import type { AgentSpec } from '../../spec/agent.js'

export const openhands: AgentSpec = {
  id: 'openhands',
  title: 'OpenHands',
  binaries: ['openhands'],
  install: 'uv tool install openhands',
  dialects: ['openai-chat', 'anthropic'],
  baseUrlFrom: { openai: ['LLM_BASE_URL', 'OPENAI_BASE_URL'], anthropic: ['ANTHROPIC_BASE_URL'] },
  launch: ({ url, env }) => {
    const anthropic = /^(?:anthropic\/|claude)/.test(env.LLM_MODEL ?? '')
    return {
      env: { LLM_BASE_URL: anthropic ? url : `${url}/v1`, OPENAI_BASE_URL: `${url}/v1`, ANTHROPIC_BASE_URL: url },
      notes: ['set LLM_MODEL so that the right kind of base URL is chosen'],
    }
  },
  source: 'OpenHands documentation on LLM_* variables, not run here',
}
