// What the agent is after right now: the newest user text and what the assistant said just before its call.
import type { Block } from '../spec/wire.js'

const USER_CHARS = 800
const ASSISTANT_CHARS = 300
/** Text that clients wrap into user turns and that is not the user's question. */
const WRAPPED = /<(system-reminder|command-[a-z]+|environment_context|user_instructions)>[\s\S]*?<\/\1>/g

/** Query for blocks after `before`; undefined when the conversation holds no text. */
export const newestQuestion = (blocks: readonly Block[], before: number): string | undefined => {
  const user = lastText(blocks, before, 'user')
  const assistant = lastText(blocks, before, 'assistant')
  const parts = [clip(user, USER_CHARS), clip(assistant, ASSISTANT_CHARS)].filter((part) => part !== '')
  return parts.length === 0 ? undefined : parts.join('\n')
}

const lastText = (blocks: readonly Block[], before: number, role: Block['role']): string => {
  for (let index = Math.min(before, blocks.length) - 1; index >= 0; index--) {
    const block = blocks[index]!
    if (block.kind !== 'text' || block.role !== role) continue
    const text = block.text.includes('<') ? block.text.replace(WRAPPED, '').trim() : block.text.trim()
    if (text !== '') return text
  }
  return ''
}

/** Head and tail: questions stand at either end of a long prompt. */
const clip = (text: string, chars: number): string =>
  text.length <= chars ? text : `${text.slice(0, chars >> 1)}\n${text.slice(text.length - (chars >> 1))}`
