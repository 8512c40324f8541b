// Bodies of a small Anthropic conversation with breakpoints as clients set them. For tests only.
import type { Usage } from '../spec/wire.js'

export interface Parts {
  readonly model?: string
  readonly date?: string
  readonly system?: unknown
  readonly tools?: readonly unknown[]
  readonly turns?: number
  readonly messages?: readonly unknown[]
  readonly ttl?: string
  readonly settings?: Readonly<Record<string, unknown>>
}

export const tool = (name: string, description = `Runs ${name} with care.`): Record<string, unknown> => ({
  name,
  description,
  input_schema: { type: 'object', properties: { path: { type: 'string' } }, required: ['path'] },
})

const say = (at: number): string => `question ${at}: ${'what does the parser do with it? '.repeat(40)}`

/** The newest message carries the breakpoint, as the text part that clients then write. */
export const messagesOf = (turns: number, ttl?: string): unknown[] =>
  Array.from({ length: 2 * turns - 1 }, (_, at) => {
    const text = say(at)
    if (at % 2 === 1) return { role: 'assistant', content: [{ type: 'text', text: `answer ${at} ${text}` }] }
    if (at < 2 * turns - 2) return { role: 'user', content: text }
    const cache_control = { type: 'ephemeral', ...(ttl === undefined ? {} : { ttl }) }
    return { role: 'user', content: [{ type: 'text', text, cache_control }] }
  })

export const bodyOf = (parts: Parts = {}): Buffer => {
  const {
    model = 'claude-test-1',
    date = '2026-11-24',
    tools = ['Bash', 'Grep', 'Read'].map((name) => tool(name)),
  } = parts
  const system = parts.system ?? [
    { type: 'text', text: `You are careful.\nToday's date: ${date}\n${'Keep to the rules of the house. '.repeat(60)}` },
  ]
  const messages = parts.messages ?? messagesOf(parts.turns ?? 1, parts.ttl)
  return Buffer.from(JSON.stringify({ model, max_tokens: 8, ...parts.settings, tools, system, messages, stream: true }))
}

/** What a provider that read all of `cached` would bill. */
export const warm = (cached: number, written = 500): Usage => ({
  inputTokens: 3,
  outputTokens: 9,
  cacheReadTokens: cached,
  cacheWriteTokens: written,
})
