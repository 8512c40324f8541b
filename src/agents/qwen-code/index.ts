// Qwen Code in its OpenAI-compatible mode.
import type { AgentSpec } from '../../spec/agent.js'

export const qwenCode: AgentSpec = {
  id: 'qwen',
  title: 'Qwen Code',
  binaries: ['qwen'],
  install: 'npm install -g @qwen-code/qwen-code',
  dialects: ['openai-chat'],
  baseUrlFrom: { openai: ['OPENAI_BASE_URL'] },
  launch: ({ url, filesDir }) => ({
    env: { OPENAI_BASE_URL: `${url}/v1` },
    args: ['--auth-type', 'openai', '--include-directories', filesDir],
    notes: ['a base URL in its own settings file is not seen; give it as OPENAI_BASE_URL'],
  }),
  source: 'qwen 0.15.10 run against a local provider, 2026-11-23',
}
