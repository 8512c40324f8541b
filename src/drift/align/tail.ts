// Where the list of values goes: behind the newest words of the client. Never between a model's reasoning and the results it
// waits for: providers take words there for a new question and drop the reasoning (Anthropic, extended thinking and prompt
// caching; OpenAI, reasoning items since the last user message; read 2026-11).
import type { JsonPath } from '../../spec/wire.js'
import { isObject } from '../canonical.js'

export type Tail =
  /** The string at the path gets more text. */
  | { readonly kind: 'extend'; readonly path: JsonPath }
  /** The string at the path becomes a list of two text parts. */
  | { readonly kind: 'to-parts'; readonly path: JsonPath }
  /** The array at the path gets one more item. */
  | { readonly kind: 'push'; readonly path: JsonPath; item(text: string): object }

type Entry = Readonly<Record<string, unknown>>

const textPart = (text: string): object => ({ type: 'text', text })
const inputPart = (text: string): object => ({ type: 'input_text', text })

/** Of `messages`. `parts`: the system prompt stands beside them, so that contents are lists of parts, a string being short for one. */
export const tailOfMessages = (body: Entry, messages: readonly unknown[], parts: boolean): Tail | undefined => {
  const reasons = messagesReason(body, messages)
  for (let index = messages.length - 1; index >= 0; index--) {
    const message = messages[index]
    if (!isObject(message) || message.role === 'assistant') continue
    const path = ['messages', index, 'content']
    const isResult = message.role === 'tool' || message.role === 'function'
    if (!isResult && !(reasons && holdsResultsOnly(message.content)))
      return ofContent(message.content, path, { parts, part: textPart })
    if (isResult && !reasons && index === messages.length - 1)
      return { kind: 'push', path: ['messages'], item: (content) => ({ role: 'user', content }) }
  }
  return undefined
}

/** Of the `input` of a Responses request. */
export const tailOfInput = (body: Entry): Tail | undefined => {
  const { input } = body
  if (typeof input === 'string') return { kind: 'extend', path: ['input'] }
  if (!Array.isArray(input)) return undefined
  const reasons = isObject(body.reasoning) || input.some((item) => isObject(item) && item.type === 'reasoning')
  for (let index = input.length - 1; index >= 0; index--) {
    const item: unknown = input[index]
    if (!isObject(item)) continue
    if (isWords(item)) return ofContent(item.content, ['input', index, 'content'], { parts: false, part: inputPart })
    if (isOutput(item) && !reasons && index === input.length - 1) return pushItem('user')
  }
  // The provider holds the conversation, and this request brings results only.
  return input.length > 0 ? pushItem('developer') : undefined
}

const pushItem = (role: string): Tail => ({
  kind: 'push',
  path: ['input'],
  item: (content) => ({ type: 'message', role, content }),
})

const isWords = ({ type, role }: Entry): boolean =>
  (type === undefined || type === 'message') && (role === 'user' || role === 'system' || role === 'developer')

const isOutput = ({ type }: Entry): boolean => typeof type === 'string' && type.endsWith('_output')

interface Form {
  readonly parts: boolean
  part(text: string): object
}

const ofContent = (content: unknown, path: JsonPath, { parts, part }: Form): Tail | undefined => {
  if (typeof content === 'string') return parts ? { kind: 'to-parts', path } : { kind: 'extend', path }
  return Array.isArray(content) ? { kind: 'push', path, item: part } : undefined
}

const holdsResultsOnly = (content: unknown): boolean =>
  Array.isArray(content) &&
  content.some((part) => isObject(part) && part.type === 'tool_result') &&
  !content.some((part) => isObject(part) && part.type === 'text')

/** Names under which compatible servers send reasoning back and forth. */
const REASONING = ['reasoning_content', 'reasoning', 'reasoning_details']

/** By the setting where there is one, since it is the same on every turn of a conversation. */
const messagesReason = ({ thinking }: Entry, messages: readonly unknown[]): boolean => {
  if (isObject(thinking)) return thinking.type !== 'disabled'
  return messages.some(
    (message) =>
      isObject(message) &&
      message.role === 'assistant' &&
      (REASONING.some((name) => message[name] !== undefined && message[name] !== null) ||
        (Array.isArray(message.content) &&
          message.content.some((part) => isObject(part) && /^(?:redacted_)?thinking$/.test(String(part.type))))),
  )
}
