// Gemini CLI: chats/ of each project under tmp/. Since 0.6x a JSONL file in which a line with a known id replaces the
// earlier one, `$set` replaces fields and `$rewindTo` takes back; before, one JSON value. Seen in a file of 0.61.0.
import { join } from 'node:path'
import { firstLine, jsonOf, linesOf, oneRecording } from '../files.js'
import { asNumber, asObject, asObjects, asText, at, type Json, textOf } from '../json.js'
import type { ItemEvent, Receipt, SessionAnswer, SessionEvent, SessionReader } from '../model.js'
import { Turn } from '../turns.js'

export const geminiCli: SessionReader = {
  agent: 'gemini-cli',
  title: 'Gemini CLI',
  places: ({ home }) => [join(home, '.gemini', 'tmp')],
  accepts: (candidate) => /"projectHash"/.test(candidate.head.slice(0, 4096)) && /\.jsonl?$/.test(candidate.path),
  recordings: async (candidate) => {
    const isLines = 'sessionId' in firstLine(candidate) && candidate.path.endsWith('.jsonl')
    return oneRecording(candidate, { agent: 'gemini-cli', dialect: 'gemini' }, (onUnread) =>
      eventsOf(isLines ? recordsOf(linesOf(candidate.path, onUnread)) : wholeOf(candidate.path)),
    )
  },
}

interface Change {
  /** The messages of the chat are these from now on. */
  readonly reset?: true
  /** The message with this id and all after it are taken back. */
  readonly takenBack?: string
  readonly message?: Json
}

async function* wholeOf(path: string): AsyncGenerator<Change> {
  for (const message of asObjects(asObject(await jsonOf(path)).messages)) yield { message }
}

/** A message is known only when another one begins: until then its line may be written again with more in it. */
async function* recordsOf(lines: AsyncIterable<Json>): AsyncGenerator<Change> {
  let pending: Json | undefined
  let isFirst = true
  for await (const line of lines) {
    const set = asObjects(asObject(line.$set).messages)
    if (set.length > 0) {
      if (pending !== undefined) yield { message: pending }
      pending = undefined
      if (!isFirst) yield { reset: true }
      for (const message of set) yield { message }
      isFirst = false
    }
    if (typeof line.$rewindTo === 'string') {
      if (pending !== undefined) yield { message: pending }
      pending = undefined
      yield { takenBack: line.$rewindTo }
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
  /** Events of the history before each message. */
  const places = new Map<string, number>()
  let given = 0
  const give = (events: readonly ItemEvent[]): readonly ItemEvent[] => {
    given += events.length
    return events
  }
  for await (const { reset, takenBack, message } of changes) {
    if (reset) {
      yield* give(turn.flush())
      yield { kind: 'compacted', thread: '' }
      given = 0
      places.clear()
    }
    const keep = takenBack === undefined ? undefined : places.get(takenBack)
    if (keep !== undefined) {
      yield* give(turn.flush())
      yield { kind: 'cut', thread: '', keep }
      given = keep
    }
    if (message === undefined) continue
    // A message begins where the turn before it ends, so that what is taken back is whole.
    yield* give(turn.flush())
    places.set(asText(message.id), given)
    if (message.type === 'gemini') yield* give(readAnswer(message, turn, answered))
    else if (message.type === 'user') readUser(message, turn, answered)
  }
  yield* give(turn.flush())
}

const readAnswer = (message: Json, turn: Turn, answered: Set<string>): readonly ItemEvent[] => {
  const calls = asObjects(message.toolCalls)
  const thinking = asObjects(message.thoughts)
    .map((thought) => `${asText(thought.subject)} ${asText(thought.description)}`)
    .join('\n')
  const receipt = receiptOf(asObject(message.tokens))
  const before = turn.answer(
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
  return before
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
