// pi: one JSONL file a session, `message` lines with usage on each answer, `compaction` lines with a summary.
import { join } from 'node:path'
import { firstLine, linesOf, oneRecording } from '../files.js'
import { asNumber, asObject, asObjects, asText, at, type Json, textOf, withImages } from '../json.js'
import type { Receipt, SessionEvent, SessionReader } from '../model.js'
import { Turn } from '../turns.js'

export const pi: SessionReader = {
  agent: 'pi',
  title: 'pi',
  places: ({ home }) => [join(home, '.pi', 'agent', 'sessions')],
  accepts: (candidate) => candidate.path.endsWith('.jsonl') && firstLine(candidate).type === 'session',
  recordings: async (candidate) =>
    oneRecording(candidate, { agent: 'pi', dialect: 'anthropic' }, () => eventsOf(candidate.path)),
}

async function* eventsOf(path: string): AsyncGenerator<SessionEvent> {
  const turn = new Turn()
  const lines: Json[] = []
  for await (const line of linesOf(path)) {
    if (line.type === 'compaction') yield* compacted(line, lines, turn)
    else yield* readLine(line, { turn, answers: lines.length })
    lines.push(line)
  }
  yield* turn.flush()
}

interface Place {
  readonly turn: Turn
  /** Tells one answer from the next. */
  readonly answers: number
  readonly isHistory?: true
}

/** The summary comes first, then the newest lines once more, from one that the client names by its place or its id. */
function* compacted(line: Json, lines: readonly Json[], turn: Turn): Generator<SessionEvent> {
  yield* turn.flush()
  yield { kind: 'compacted', thread: '', ...at(line.timestamp) }
  turn.user({ texts: [asText(line.summary)], ...at(line.timestamp) })
  const named = lines.findIndex(({ id }) => typeof id === 'string' && id === line.firstKeptEntryId)
  const from = typeof line.firstKeptEntryIndex === 'number' ? line.firstKeptEntryIndex : named
  if (from < 0) return
  for (const [index, kept] of lines.slice(from).entries())
    yield* readLine(kept, { turn, answers: -1 - index, isHistory: true })
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
