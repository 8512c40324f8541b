// Aider: the chat history in Markdown. It has no tool calls, and not the files that the requests held: a conversation
// of texts, in which nothing can be saved.
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Recording, SessionEvent, SessionReader } from '../model.js'

const BEGIN = '# aider chat started at '
/** What the user said, and what Aider itself printed, by the beginning of their lines. */
const USER = '#### '
const PRINTED = '> '

export const aider: SessionReader = {
  agent: 'aider',
  title: 'Aider',
  places: () => [],
  accepts: ({ path, head }) => path.endsWith('.md') && head.includes(BEGIN),
  recordings: async ({ path, bytes }) => {
    const chats = (await readFile(path, 'utf8')).split(`\n${BEGIN}`)
    const name = basename(path, '.md')
    return chats.map(
      (chat, index): Recording => ({
        id: chats.length === 1 ? name : `${name} ${index + 1}`,
        agent: 'aider',
        dialect: 'openai-chat',
        bytes: Math.ceil(bytes / chats.length),
        async *events() {
          yield* eventsOf(chat)
        },
      }),
    )
  },
}

function* eventsOf(chat: string): Generator<SessionEvent> {
  const model = /^> (?:Models?|Main model): ([\w./:-]+)/m.exec(chat)?.[1]
  const lines = chat.split('\n').filter((line) => !line.startsWith(PRINTED) && !line.startsWith(BEGIN.trimEnd()))
  let isUser = false
  let texts: string[] = []
  const spoken = (): SessionEvent | undefined => {
    const text = texts.join('\n').trim()
    texts = []
    if (text === '') return undefined
    return isUser
      ? { kind: 'user', thread: '', texts: [text] }
      : { kind: 'assistant', thread: '', text, calls: [], ...(model === undefined ? {} : { model }) }
  }
  for (const line of lines) {
    if (line.startsWith(USER) !== isUser && line.trim() !== '') {
      const event = spoken()
      if (event !== undefined) yield event
      isUser = !isUser
    }
    texts.push(isUser ? line.slice(USER.length) : line)
  }
  const event = spoken()
  if (event !== undefined) yield event
}
