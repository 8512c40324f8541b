import { describe, expect, it } from 'vitest'
import { agents } from '../agents/list.js'
import { createAgentOf } from './agent-name.js'

const agentOf = createAgentOf(agents)

describe('who sends a request', () => {
  it.each([
    ['claude-cli/2.1.330 (external, sdk-cli)', 'claude'],
    ['codex_exec/0.169.0 (Debian 12; x86_64)', 'codex'],
    ['codex_cli_rs/0.169.0', 'codex'],
    ['GeminiCLI/0.61.0/gemini-3-flash (linux; x64; terminal)', 'gemini'],
    ['QwenCode/0.15.10 (linux; x64)', 'qwen'],
    ['opencode/1.18.33 ai-sdk/anthropic/2.0.1 runtime/bun/1.3', 'opencode'],
    ['Cline/3.50.0', 'cline'],
    ['ai/6.0.326 ai-sdk/openai/2.0.1 runtime/node.js/20', 'ai-sdk'],
    ['Anthropic/JS 1.12.0', 'anthropic-sdk'],
    ['AsyncAnthropic/Python 0.80.0', 'anthropic-sdk'],
    ['OpenAI/JS 5.20.1', 'openai-sdk'],
    ['google-genai-sdk/2.32.0 gl-node/v20.20.2', 'google-genai-sdk'],
  ])('%s', (told, name) => {
    expect(agentOf(['Host', 'x', 'User-Agent', told])).toBe(name)
  })
  it('is never told in the words of the header (J-3)', () => {
    for (const told of ['sk-secret-key', 'curl/8.0', 'my claude-cli/1', '\u0000', 'x'.repeat(5000)])
      expect(agentOf(['user-agent', told])).toBe('other')
    expect(agentOf(['user-agent', ' '])).toBeUndefined()
    expect(agentOf(['host', 'x'])).toBeUndefined()
  })
})
