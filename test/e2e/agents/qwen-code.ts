// Qwen Code in its OpenAI-compatible mode.
import { type Client, launched } from './client.js'

export const qwenCode: Client = {
  name: 'qwen-code',
  isUsual: true,
  bar: 33,
  command: (sandbox, { prompt, resumes }) => ({
    ...launched(sandbox, 'qwen', [
      ...['--yolo', '--chat-recording', '--auth-type', 'openai', '--output-format', 'stream-json'],
      ...(resumes ? ['--continue'] : []),
      ...['-p', prompt],
    ]),
    env: { OPENAI_BASE_URL: `${sandbox.url}/v1`, OPENAI_API_KEY: 'e2e-secret', OPENAI_MODEL: 'gpt-5.1' },
  }),
}
