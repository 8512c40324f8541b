// Copilot CLI with a provider of one's own. It trims results itself, so a proxy must only never add.
import { type Client, launched } from './client.js'

const client = (name: string, type: 'openai' | 'anthropic'): Client => ({
  name,
  command: (sandbox, { prompt, resumes }) => ({
    ...launched(sandbox, 'copilot', [
      ...['-p', prompt, ...(resumes ? ['--continue'] : [])],
      ...['--allow-all-tools', '--allow-all-paths', '--output-format', 'json'],
    ]),
    env: {
      COPILOT_PROVIDER_BASE_URL: type === 'anthropic' ? sandbox.url : `${sandbox.url}/v1`,
      COPILOT_PROVIDER_TYPE: type,
      COPILOT_PROVIDER_API_KEY: 'e2e-secret',
      COPILOT_MODEL: type === 'anthropic' ? 'claude-sonnet-4-5' : 'gpt-5.1',
      COPILOT_OFFLINE: 'true',
    },
  }),
})

export const copilotChat: Client = client('copilot-chat', 'openai')
export const copilotAnthropic: Client = client('copilot-anthropic', 'anthropic')
