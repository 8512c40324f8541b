// An independent count (o200k, by another library than ours), so that no figure rests on the engine's own counter.
import { countTokens } from 'gpt-tokenizer/encoding/o200k_base'

const NONE = { disallowedSpecial: new Set<string>() }

export const tokensOf = (text: string): number => countTokens(text, NONE)

/** Role and separators of one message, as chat models count them. */
const MESSAGE_TOKENS = 4

/** Every text of a conversation: contents, names and arguments of calls. */
export const tokensOfMessages = (messages: readonly unknown[]): number =>
  messages.reduce<number>((sum, message) => sum + MESSAGE_TOKENS + tokensOfValue(message), 0)

const tokensOfValue = (value: unknown, key = ''): number => {
  if (typeof value === 'string') return key === 'type' || key === 'role' ? 0 : tokensOf(value)
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + tokensOfValue(item), 0)
  if (typeof value !== 'object' || value === null) return 0
  if (key === 'input') return tokensOf(JSON.stringify(value))
  return Object.entries(value).reduce((sum, [name, item]) => sum + tokensOfValue(item, name), 0)
}
