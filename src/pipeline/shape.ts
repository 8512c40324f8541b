// Which dialect a list of messages speaks, and the request body that a codec can read.
import { utf8 } from '../base/bytes.js'
import type { Dialect, JsonPath } from '../spec/wire.js'

interface Item {
  readonly type?: unknown
  readonly role?: unknown
  readonly content?: unknown
  readonly tool_calls?: unknown
  readonly tool_call_id?: unknown
  readonly parts?: unknown
}

const isItem = (value: unknown): value is Item => typeof value === 'object' && value !== null

const RESPONSES_ITEM = /_call(_output)?$|^(reasoning|message|item_reference|additional_tools)$/
const ANTHROPIC_PART = /^(tool_use|tool_result|thinking|redacted_thinking|server_tool_use)$/

/** Gemini by `parts`, Responses by item types, chat by tool roles and tool_calls, else Anthropic, whose plain text turns look the same as chat's. */
export const dialectOf = (messages: readonly unknown[]): Dialect => {
  const items = messages.filter(isItem)
  if (items.some((item) => Array.isArray(item.parts) && item.content === undefined)) return 'gemini'
  if (items.some((item) => typeof item.type === 'string' && RESPONSES_ITEM.test(item.type))) return 'openai-responses'
  if (items.some(hasAnthropicPart)) return 'anthropic'
  return items.some(
    (item) =>
      item.role === 'tool' || item.role === 'function' || item.role === 'developer' || item.tool_calls !== undefined,
  )
    ? 'openai-chat'
    : 'anthropic'
}

const hasAnthropicPart = (item: Item): boolean =>
  Array.isArray(item.content) &&
  item.content.some((part) => isItem(part) && typeof part.type === 'string' && ANTHROPIC_PART.test(part.type))

/** Member that holds the turns. */
const LIST_OF: Readonly<Record<Dialect, string>> = {
  anthropic: 'messages',
  'openai-chat': 'messages',
  'openai-responses': 'input',
  gemini: 'contents',
}

export interface Body {
  readonly dialect: Dialect
  readonly bytes: Uint8Array
  /** Path in the caller's list for a path in the body. */
  toMessages(path: JsonPath): JsonPath
}

export const bodyOf = (messages: readonly unknown[], model: string | undefined): Body => {
  const dialect = dialectOf(messages)
  const member = LIST_OF[dialect]
  const bytes = utf8(JSON.stringify({ ...(model === undefined ? {} : { model }), [member]: messages }))
  return { dialect, bytes, toMessages: (path) => path.slice(1) }
}
