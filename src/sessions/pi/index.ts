// pi: one JSONL file a session, `message` lines with usage on each answer, `compaction` lines with a summary.
import { join } from 'node:path'
import type { Dialect } from '../../spec/wire.js'
import { firstLine, linesOf, oneRecording } from '../files.js'
import { asNumber, asObject, asObjects, asText, at, type Json, textOf, withImages } from '../json.js'
import type { Candidate, Receipt, SessionEvent, SessionReader } from '../model.js'
import { Turn } from '../turns.js'

export const pi: SessionReader = {
  agent: 'pi',
  title: 'pi',
  places: ({ home }) => [join(home, '.pi', 'agent', 'sessions')],
  accepts: (candidate) => candidate.path.endsWith('.jsonl') && firstLine(candidate).type === 'session',
  recordings: async (candidate) =>
    oneRecording(candidate, { agent: 'pi', dialect: dialectOf(candidate) }, (onUnread) =>
      eventsOf(linesOf(candidate.path, onUnread)),
    ),
}

/** By the API of the first answer, or the provider that the first line names. */
const dialectOf = (candidate: Candidate): Dialect => {
  const api = /"api":"([\w-]+)"/.exec(candidate.head)?.[1] ?? asText(firstLine(candidate).provider)
  if (api.startsWith('google')) return 'gemini'
  if (api.startsWith('openai')) return api === 'openai-completions' ? 'openai-chat' : 'openai-responses'
  return api === '' || api.startsWith('anthropic') ? 'anthropic' : 'openai-chat'
}

async function* eventsOf(records: AsyncIterable<Json>): AsyncGenerator<SessionEvent> {
  const turn = new Turn()
  /** What a compaction may keep: the lines since the one before. */
  let lines: Numbered[] = []
  let index = 0
  for await (const line of records) {
    if (line.type === 'compaction') {
      lines = keptBy(line, lines)
      yield* compacted(line, lines, turn)
    } else yield* readLine(line, { turn, answers: index })
    lines.push({ line, index: index++ })
  }
  yield* turn.flush()
}

interface Numbered {
  readonly line: Json
  /** Place in the file, the first line being 0. */
  readonly index: number
}

interface Place {
  readonly turn: Turn
  /** Tells one answer from the next. */
  readonly answers: number
  readonly isHistory?: true
}

/** The newest lines, from one that the client names by its place or its id. */
const keptBy = (compaction: Json, lines: readonly Numbered[]): Numbered[] => {
  const { firstKeptEntryIndex: place, firstKeptEntryId: id } = compaction
  const from = lines.findIndex(({ line, index }) =>
    typeof place === 'number' ? index >= place : typeof line.id === 'string' && line.id === id,
  )
  return from < 0 ? [] : lines.slice(from)
}

/** The summary comes first, then the kept lines once more. */
function* compacted(line: Json, lines: readonly Numbered[], turn: Turn): Generator<SessionEvent> {
  yield* turn.flush()
  yield { kind: 'compacted', thread: '', ...at(line.timestamp) }
  turn.user({ texts: [asText(line.summary)], ...at(line.timestamp) })
  for (const { line: kept, index } of lines) yield* readLine(kept, { turn, answers: -1 - index, isHistory: true })
}

function* readLine(line: Json, { turn, answers, isHistory }: Place): Generator<SessionEvent> {
  const message = asObject(line.message)
  if (line.type !== 'message') return
  if (message.role === 'assistant')
    yield* turn.answer({ ...answerOf(message, line), ...(isHistory ? { isHistory } : {}) }, String(answers))
  else if (message.role === 'toolResult') {
    const { text, images } = textOf(message.content)
    const id = asText(message.toolCallId)
    turn.results([{ id, text, isError: message.isError === true, ...withImages(images) }], at(line.timestamp).atMs)
  } else if (message.role === 'user') {
    const { text, images } = textOf(message.content)
    turn.user({ texts: [text], ...withImages(images), ...at(line.timestamp) })
  }
}

const answerOf = (message: Json, line: Json): Parameters<Turn['answer']>[0] => {
  const parts = asObjects(message.content)
  const thinking = parts.flatMap((part) => (part.type === 'thinking' ? [asText(part.thinking)] : [])).join('\n')
  const receipt = receiptOf(asObject(message.usage))
  return {
    text: textOf(parts.filter((part) => part.type === 'text')).text,
    calls: parts.flatMap((part) =>
      part.type === 'toolCall' ? [{ id: asText(part.id), name: asText(part.name), input: part.arguments }] : [],
    ),
    ...(thinking === '' ? {} : { thinking }),
    ...(typeof message.model === 'string' ? { model: message.model } : {}),
    ...(receipt === undefined ? {} : { receipt }),
    ...at(line.timestamp),
  }
}

/** An aborted answer has a usage of zeros: nothing was billed that anybody could compare with. */
const receiptOf = (usage: Json): Receipt | undefined => {
  const [fresh, read, write] = [asNumber(usage.input), asNumber(usage.cacheRead), asNumber(usage.cacheWrite)]
  if (fresh + read + write === 0) return undefined
  return {
    freshTokens: fresh,
    readTokens: read,
    writeTokens: write,
    write1hTokens: 0,
    outputTokens: asNumber(usage.output),
  }
}
