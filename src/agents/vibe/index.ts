// Mistral Vibe takes its providers as JSON from the environment.
import type { AgentSpec } from '../../spec/agent.js'

export const vibe: AgentSpec = {
  id: 'vibe',
  title: 'Mistral Vibe',
  binaries: ['vibe'],
  install: 'uv tool install mistral-vibe',
  dialects: ['openai-chat'],
  upstream: { openai: 'https://api.mistral.ai' },
  launch: ({ url }) => ({
    env: {
      VIBE_PROVIDERS: JSON.stringify([
        { name: 'mistral', api_base: `${url}/v1`, api_key_env_var: 'MISTRAL_API_KEY', backend: 'generic' },
      ]),
    },
  }),
  source: 'Mistral Vibe documentation on providers, not run here',
}
