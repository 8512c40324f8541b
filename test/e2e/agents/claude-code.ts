// Claude Code, headless.
import { type Client, launched, type Sandbox, type Start, whereDirect } from './client.js'

const command = (sandbox: Sandbox, { prompt, resumes }: Start): ReturnType<Client['command']> => ({
  ...launched(sandbox, 'claude', [
    ...['-p', prompt, ...(resumes ? ['--continue'] : [])],
    ...['--output-format', 'stream-json', '--verbose', '--allowedTools', 'Bash,Read,Grep,Glob,Edit'],
  ]),
  env: {
    ...whereDirect(sandbox, 'ANTHROPIC_BASE_URL'),
    ANTHROPIC_API_KEY: 'e2e-secret',
    CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
  },
})

export const claudeCode: Client = { name: 'claude-code', isUsual: true, bar: 25, command }
export const wrapClaude: Client = { name: 'wrap-claude', isUsual: true, wraps: true, command }
