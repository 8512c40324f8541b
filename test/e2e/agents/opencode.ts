// OpenCode with its Anthropic provider and with one that speaks Chat Completions.
import { type Client, launched, type Sandbox } from './client.js'

const config = ({ url }: Sandbox, kind: 'anthropic' | 'chat'): object =>
  kind === 'anthropic'
    ? {
        model: 'anthropic/claude-sonnet-4-5',
        provider: { anthropic: { options: { baseURL: `${url}/v1`, apiKey: 'e2e-secret' } } },
      }
    : {
        model: 'local/gpt-5.1',
        provider: {
          local: {
            npm: '@ai-sdk/openai-compatible',
            name: 'local',
            options: { baseURL: `${url}/v1`, apiKey: 'e2e-secret' },
            // The window of a model that it does not know.
            models: { 'gpt-5.1': { name: 'gpt-5.1', limit: { context: 400_000, output: 32_000 } } },
          },
        },
      }

const client = (name: string, kind: 'anthropic' | 'chat', isUsual: boolean): Client => ({
  name,
  isUsual,
  bar: 50,
  command: (sandbox, { prompt, resumes }) => ({
    ...launched(sandbox, 'opencode', ['run', '--format', 'json', ...(resumes ? ['--continue'] : []), prompt]),
    env: {
      OPENCODE_CONFIG_CONTENT: JSON.stringify({ ...config(sandbox, kind), permission: 'allow', share: 'disabled' }),
      OPENCODE_DISABLE_MODELS_FETCH: '1',
      OPENCODE_DISABLE_AUTOUPDATE: '1',
    },
  }),
})

export const openCodeAnthropic: Client = client('opencode-anthropic', 'anthropic', true)
export const openCodeChat: Client = client('opencode-chat', 'chat', false)
