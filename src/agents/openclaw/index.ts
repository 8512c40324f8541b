// OpenClaw runs as a service with its own configuration file.
import type { AgentSpec } from '../../spec/agent.js'

export const openclaw: AgentSpec = {
  id: 'openclaw',
  title: 'OpenClaw',
  binaries: ['openclaw'],
  install: 'npm install -g openclaw',
  dialects: ['anthropic', 'openai-chat'],
  setup:
    'in its configuration, under models.providers.NAME: "baseUrl": "URL" (Anthropic) or "URL/v1" (OpenAI), then restart the gateway',
  source: 'OpenClaw documentation on model providers, not run here',
}
