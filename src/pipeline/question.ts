// What the agent is after: the newest user text, and what the assistant said just before its call.
import type { Block } from '../spec/wire.js'

const USER_CHARS = 800
const ASSISTANT_CHARS = 300
/** Text that clients wrap into user turns and that is not the user's question. */
const WRAPPED = /<(system-reminder|command-[a-z]+|environment_context|user_instructions)>[\s\S]*?<\/\1>/g

/**
 * Query for block `at`; undefined when the conversation holds no text. With `whole` nothing of the conversation was sent
 * before, so that what the user says after the block counts as well.
 */
export const newestQuestion = (blocks: readonly Block[], at: number, whole = false): string | undefined => {
  const asked = whole ? laterText(blocks, at) : ''
  const user = lastText(blocks, at, 'user')
  const assistant = lastText(blocks, at, 'assistant')
  const parts = [clip(asked, USER_CHARS), clip(user, USER_CHARS), clip(assistant, ASSISTANT_CHARS)]
  const said = parts.filter((part) => part !== '')
  return said.length === 0 ? undefined : said.join('\n')
}

/**
 * What the user says next, unless the assistant has answered in between: the block belongs to an earlier turn then, and
 * asks the same however far the conversation goes on.
 */
const laterText = (blocks: readonly Block[], at: number): string => {
  let answered = false
  for (let index = at + 1; index < blocks.length; index++) {
    const block = blocks[index]!
    if (block.kind === 'text' && block.role === 'user') {
      const text = ownText(block)
      if (text !== '') return answered ? '' : text
    } else if (block.kind === 'tool-call' || block.kind === 'tool-result') answered = false
    else if (block.kind === 'text' && block.role === 'assistant') answered = true
  }
  return ''
}

const lastText = (blocks: readonly Block[], before: number, role: Block['role']): string => {
  for (let index = Math.min(before, blocks.length) - 1; index >= 0; index--) {
    const block = blocks[index]!
    if (block.kind !== 'text' || block.role !== role) continue
    const text = ownText(block)
    if (text !== '') return text
  }
  return ''
}

const ownText = ({ text }: Block): string => (text.includes('<') ? text.replace(WRAPPED, '') : text).trim()

/** Head and tail: questions stand at either end of a long prompt. */
const clip = (text: string, chars: number): string =>
  text.length <= chars ? text : `${text.slice(0, chars >> 1)}\n${text.slice(text.length - (chars >> 1))}`
