// Any file of messages: one conversation as a JSON value, several as JSONL, or one message a line. ToolBench's answers too.
import { basename } from 'node:path'
import { jsonOf, linesOf } from '../files.js'
import { asList, asObject, asText, type Json, parsed, textOf } from '../json.js'
import type { Candidate, Recording, SessionReader, SessionTool } from '../model.js'
import { type Conversation, dialectOf, eventsOf } from './conversation.js'

export const messages: SessionReader = {
  agent: 'messages',
  title: 'files of messages',
  places: () => [],
  accepts: ({ path, head }) => /\.jsonl?$/.test(path) && /^\s*[[{]/.test(head),
  recordings: async (candidate) => {
    const conversations = await conversationsOf(candidate)
    const name = basename(candidate.path).replace(/\.jsonl?$/, '')
    return conversations.map(
      (conversation, index): Recording => ({
        id: conversations.length === 1 ? name : `${name} ${index + 1}`,
        agent: 'messages',
        dialect: dialectOf(conversation),
        bytes: Math.ceil(candidate.bytes / conversations.length),
        async *events() {
          yield* eventsOf(conversation)
        },
      }),
    )
  },
}

const conversationsOf = async ({ path, head }: Candidate): Promise<readonly Conversation[]> => {
  const first = parsed(head.split('\n', 1)[0] ?? '')
  const isLines = path.endsWith('.jsonl') || (head.includes('\n{') && typeof first === 'object' && first !== null)
  if (!isLines) return [conversationOf(await jsonOf(path))].flatMap((one) => one ?? [])
  const found: Conversation[] = []
  const loose: Json[] = []
  for await (const line of linesOf(path)) {
    const conversation = conversationOf(line)
    if (conversation !== undefined) found.push(conversation)
    else if (typeof line.role === 'string') loose.push(line)
  }
  return loose.length === 0 ? found : [...found, { messages: loose, tools: [] }]
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
