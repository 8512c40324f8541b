// Continue's command line with its Anthropic provider.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Client, launched } from './client.js'

/** It counts for itself, whatever the provider reports. */
const EARLY = ['    defaultCompletionOptions:', '      contextLength: 30000', '      maxTokens: 2000']

export const continueCli: Client = {
  name: 'continue',
  bar: 38,
  command: (sandbox, { prompt, resumes, compactsEarly }) => {
    const file = join(sandbox.home, 'continue.yaml')
    const lines = [
      'name: e2e',
      'version: 1.0.0',
      'schema: v1',
      'models:',
      '  - name: local',
      '    provider: anthropic',
      '    model: claude-sonnet-4-5',
      '    apiKey: e2e-secret',
      `    apiBase: ${sandbox.url}/v1/`,
      '    roles: [chat]',
      ...(compactsEarly ? EARLY : []),
    ]
    writeFileSync(file, `${lines.join('\n')}\n`)
    const args = ['--config', file, '--auto', ...(resumes ? ['--resume'] : []), '-p', prompt]
    return {
      ...launched(sandbox, 'cn', args),
      env: { CONTINUE_TELEMETRY_ENABLED: '0', CONTINUE_CLI_ENABLE_TELEMETRY: '0' },
    }
  },
}
