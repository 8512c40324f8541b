import { describe, expect, it } from 'vitest'
import { OPENAI_LIVES, rulesFor } from './cache-rules.js'

describe('how a provider caches', () => {
  it('goes by the day: OpenAI keeps entries longer since the end of May 2026, and new models always did', () => {
    const [before, after] = [Date.UTC(2026, 4, 28), Date.UTC(2026, 4, 30)]
    const ttl = (model: string, atMs?: number): number => rulesFor('openai-responses', model, atMs).ttlMs
    expect(ttl('gpt-5.1-codex', before)).toBe(OPENAI_LIVES.idleMs)
    expect(ttl('gpt-5.1-codex', after)).toBe(OPENAI_LIVES.extendedMs)
    expect(ttl('gpt-5.1-codex')).toBe(OPENAI_LIVES.extendedMs)
    expect(ttl('gpt-5.6-luna', before)).toBe(OPENAI_LIVES.extendedMs)
    expect(ttl('gpt-4o', after)).toBe(OPENAI_LIVES.idleMs)
  })

  it('goes by the model: the least prompt that is cached', () => {
    const least = (dialect: 'anthropic' | 'gemini', model: string): number => rulesFor(dialect, model).leastTokens
    expect(least('anthropic', 'claude-opus-4-5-20251101')).toBe(4096)
    expect(least('anthropic', 'claude-sonnet-4-5')).toBe(1024)
    expect(least('gemini', 'gemini-3-pro')).toBe(4096)
    expect(least('gemini', 'gemini-3-flash')).toBe(1024)
  })
})
