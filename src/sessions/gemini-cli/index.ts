// Gemini CLI: chats/ of each project under tmp/. Since 0.6x a JSONL file in which a line with a known id replaces the
// earlier one and `$set` replaces fields; before, one JSON value. Seen in a file of 0.61.0.
import { join } from 'node:path'
import { firstLine, jsonOf, linesOf, oneRecording } from '../files.js'
import { asNumber, asObject, asObjects, asText, at, type Json, textOf } from '../json.js'
import type { Receipt, SessionAnswer, SessionEvent, SessionReader } from '../model.js'
import { Turn } from '../turns.js'

export const geminiCli: SessionReader = {
  agent: 'gemini-cli',
  title: 'Gemini CLI',
  places: ({ home }) => [join(home, '.gemini', 'tmp')],
  accepts: (candidate) => /"projectHash"/.test(candidate.head.slice(0, 4096)) && /\.jsonl?$/.test(candidate.path),
  recordings: async (candidate) => {
    const isLines = 'sessionId' in firstLine(candidate) && candidate.path.endsWith('.jsonl')
    return oneRecording(candidate, { agent: 'gemini-cli', dialect: 'gemini' }, () =>
      eventsOf(isLines ? recordsOf(candidate.path) : wholeOf(candidate.path)),
    )
  },
}

interface Change {
  /** The messages of the chat are these from now on. */
  readonly reset?: true
  readonly message?: Json
}

async function* wholeOf(path: string): AsyncGenerator<Change> {
  for (const message of asObjects(asObject(await jsonOf(path)).messages)) yield { message }
}

/** A message is known only when another one begins: until then its line may be written again with more in it. */
async function* recordsOf(path: string): AsyncGenerator<Change> {
  let pending: Json | undefined
  let isFirst = true
  for await (const line of linesOf(path)) {
    const set = asObjects(asObject(line.$set).messages)
    if (set.length > 0) {
      if (pending !== undefined) yield { message: pending }
      pending = undefined
      if (!isFirst) yield { reset: true }
      for (const message of set) yield { message }
      isFirst = false
    }
    if (typeof line.id !== 'string') continue
    if (pending !== undefined && pending.id !== line.id) yield { message: pending }
    pending = line
    isFirst = false
  }
  if (pending !== undefined) yield { message: pending }
}

async function* eventsOf(changes: AsyncIterable<Change>): AsyncGenerator<SessionEvent> {
  const turn = new Turn()
  const answered = new Set<string>()
  for await (const { reset, message } of changes) {
    if (reset) {
      yield* turn.flush()
      yield { kind: 'compacted', thread: '' }
    }
    if (message?.type === 'gemini') yield* readAnswer(message, turn, answered)
    else if (message?.type === 'user') readUser(message, turn, answered)
  }
  yield* turn.flush()
}

function* readAnswer(message: Json, turn: Turn, answered: Set<string>): Generator<SessionEvent> {
  const calls = asObjects(message.toolCalls)
  const thinking = asObjects(message.thoughts)
    .map((thought) => `${asText(thought.subject)} ${asText(thought.description)}`)
    .join('\n')
  const receipt = receiptOf(asObject(message.tokens))
  yield* turn.answer(
    {
      text: textOf(message.content).text,
      calls: calls.map(({ id, name, args }) => ({ id: asText(id), name: asText(name), input: args })),
      ...(thinking === '' ? {} : { thinking }),
      ...(typeof message.model === 'string' ? { model: message.model } : {}),
      ...(receipt === undefined ? {} : { receipt }),
      ...at(message.timestamp),
    },
    asText(message.id),
  )
  const results = calls.flatMap((call) => answersOf(call.result))
  for (const { id } of results) answered.add(id)
  if (results.length > 0) turn.results(results, at(calls.at(-1)?.timestamp).atMs)
}

/** Results stand with their calls, and in newer files again in a user message. */
const readUser = (message: Json, turn: Turn, answered: ReadonlySet<string>): void => {
  const results = answersOf(message.content).filter(({ id }) => !answered.has(id))
  const { atMs } = at(message.timestamp)
  if (results.length > 0) turn.results(results, atMs)
  const { text } = textOf(message.content)
  turn.user({ texts: text === '' ? [] : [text], ...at(message.timestamp) })
}

const answersOf = (parts: unknown): SessionAnswer[] =>
  asObjects(parts).flatMap((part) => {
    const answer = asObject(part.functionResponse)
    if (typeof answer.name !== 'string') return []
    const response = asObject(answer.response)
    const isError = typeof response.error === 'string'
    const text = isError ? asText(response.error) : asText(response.output)
    return [{ id: asText(answer.id), text: text === '' ? JSON.stringify(response) : text, isError }]
  })

const receiptOf = (tokens: Json): Receipt | undefined => {
  if (typeof tokens.input !== 'number') return undefined
  const readTokens = asNumber(tokens.cached)
  return {
    freshTokens: Math.max(0, tokens.input - readTokens),
    readTokens,
    writeTokens: 0,
    write1hTokens: 0,
    outputTokens: asNumber(tokens.output) + asNumber(tokens.thoughts),
  }
}
