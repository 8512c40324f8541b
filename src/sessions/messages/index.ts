// Any file of messages: one conversation as a JSON value, several as JSONL, or one message a line. ToolBench's answers too.
import { basename } from 'node:path'
import type { Dialect } from '../../spec/wire.js'
import { jsonOf, type LineOptions, linesOf, placedLinesOf } from '../files.js'
import { asList, asObject, asText, type Json, parsed, textOf } from '../json.js'
import type { Candidate, OnUnread, Recording, SessionReader, SessionTool } from '../model.js'
import { type Conversation, dialectOf, eventsOf } from './conversation.js'

export const messages: SessionReader = {
  agent: 'messages',
  title: 'files of messages',
  places: () => [],
  accepts: ({ path, head }) => /\.jsonl?$/.test(path) && /^\s*[[{]/.test(head),
  recordings: async (candidate) => {
    const { path, bytes } = candidate
    const { found, unread } = await placesOf(candidate)
    const name = basename(path).replace(/\.jsonl?$/, '')
    return found.map(
      ({ dialect, read }, index): Recording => ({
        id: found.length === 1 ? name : `${name} ${index + 1}`,
        agent: 'messages',
        dialect,
        bytes: Math.ceil(bytes / found.length),
        async *events(onUnread) {
          if (index === 0 && onUnread !== undefined) unread.forEach(onUnread)
          const conversation = await read()
          if (conversation !== undefined) yield* eventsOf(conversation)
        },
      }),
    )
  },
}

/** Where a conversation stands, so that one is held at a time. */
interface Place {
  readonly dialect: Dialect
  read(): Promise<Conversation | undefined>
}

interface Places {
  readonly found: readonly Place[]
  /** Numbers of lines that are no records. */
  readonly unread: readonly number[]
}

const placesOf = async ({ path, head }: Candidate): Promise<Places> => {
  const first = parsed(head.split('\n', 1)[0] ?? '')
  const isLines = path.endsWith('.jsonl') || (head.includes('\n{') && typeof first === 'object' && first !== null)
  if (!isLines) {
    const whole = async (): Promise<Conversation | undefined> => conversationOf(await jsonOf(path))
    const conversation = await whole()
    const found = conversation === undefined ? [] : [{ dialect: dialectOf(conversation), read: whole }]
    return { found, unread: [] }
  }
  const found: Place[] = []
  const unread: number[] = []
  let loose: Dialect | undefined
  const onUnread: OnUnread = (line) => unread.push(line)
  for await (const { value, start, end } of placedLinesOf(path, { onUnread })) {
    const conversation = conversationOf(value)
    if (conversation !== undefined)
      found.push({
        dialect: dialectOf(conversation),
        read: () => lineAt(path, { start, end: end - 1 }),
      })
    else if (typeof value.role === 'string')
      loose = loose === 'anthropic' ? loose : dialectOf({ messages: [value], tools: [] })
  }
  if (loose !== undefined) found.push({ dialect: loose, read: () => looseIn(path) })
  return { found, unread }
}

const lineAt = async (path: string, options: LineOptions): Promise<Conversation | undefined> => {
  for await (const { value } of placedLinesOf(path, options)) return conversationOf(value)
  return undefined
}

/** One message a line: the file is one conversation. */
const looseIn = async (path: string): Promise<Conversation> => {
  const messages: Json[] = []
  for await (const line of linesOf(path))
    if (typeof line.role === 'string' && conversationOf(line) === undefined) messages.push(line)
  return { messages, tools: [] }
}

const conversationOf = (value: unknown): Conversation | undefined => {
  const object = asObject(value)
  const generated = asObject(object.answer_generation)
  const list = Array.isArray(value)
    ? value
    : Array.isArray(object.messages)
      ? object.messages
      : asList(asList(generated.train_messages).at(-1))
  const found = list.map(asObject).filter(({ role }) => typeof role === 'string')
  if (found.length === 0) return undefined
  const system = object.system === undefined ? undefined : textOf(object.system).text
  return {
    messages: found,
    tools: [...asList(object.tools), ...asList(object.functions), ...asList(generated.function)].flatMap(toolOf),
    ...(system === undefined ? {} : { system }),
    ...(typeof object.model === 'string' ? { model: object.model } : {}),
  }
}

const toolOf = (value: unknown): SessionTool[] => {
  const outer = asObject(value)
  const tool = typeof outer.function === 'object' ? asObject(outer.function) : outer
  const name = asText(tool.name)
  if (name === '') return []
  const description = asText(tool.description)
  return [{ name, ...(description === '' ? {} : { description }), parameters: tool.input_schema ?? tool.parameters }]
}
