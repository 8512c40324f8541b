// Claude Code: one JSONL file a session under projects/, subagents inside it (isSidechain) or in files of their own.
// An answer takes one line a block; its usage is repeated on each. Seen in files of 2.1.3 to 2.1.197.
import { join } from 'node:path'
import { linesOf, oneRecording } from '../files.js'
import { asNumber, asObject, asObjects, asText, at, type Json, textOf, withImages } from '../json.js'
import type { ItemEvent, Receipt, SessionEvent, SessionReader } from '../model.js'
import { Turn } from '../turns.js'

export const claudeCode: SessionReader = {
  agent: 'claude-code',
  title: 'Claude Code',
  places: ({ home, env }) => [join(env.CLAUDE_CONFIG_DIR || join(home, '.claude'), 'projects')],
  accepts: ({ path, head }) =>
    path.endsWith('.jsonl') &&
    /"(?:isSidechain|sessionId)":/.test(head) &&
    /"type":"(?:user|assistant|queue-operation|file-history-snapshot|summary|system)"/.test(head),
  recordings: async (candidate) =>
    oneRecording(candidate, { agent: 'claude-code', dialect: 'anthropic' }, () => eventsOf(candidate.path)),
}

/** Answers that the client made up itself, e.g. for an error or an interruption. */
const SYNTHETIC = '<synthetic>'

/** One conversation of a file: the main one or a subagent's. */
class Thread {
  readonly turn: Turn
  readonly #id: string
  /** Events given out so far that are part of the history. */
  #count = 0
  /** Where the history stood after a line, by its uuid. */
  readonly #positions = new Map<string, number>()
  /** Position before the newest prompt: a prompt that goes on from an earlier line went back. */
  #promptAt = 0

  constructor(id: string) {
    this.#id = id
    this.turn = new Turn(id)
  }

  give(events: readonly ItemEvent[]): readonly ItemEvent[] {
    this.#count += events.length
    return events
  }

  /** Where a prompt that follows `parent` takes the conversation back to, if it does. */
  wentBackTo(parent: string): number | undefined {
    const position = this.#positions.get(parent)
    const back = position !== undefined && position <= this.#promptAt && position < this.#count
    if (!back) this.#promptAt = this.#count
    return back ? position : undefined
  }

  cut(keep: number): SessionEvent {
    this.#count = keep
    this.#promptAt = keep
    return { kind: 'cut', thread: this.#id, keep }
  }

  compacted(line: Json): SessionEvent {
    this.#count = 0
    this.#promptAt = 0
    this.#positions.clear()
    return { kind: 'compacted', thread: this.#id, ...at(line.timestamp) }
  }

  mark(uuid: string): void {
    if (uuid !== '') this.#positions.set(uuid, this.#count + this.turn.size)
  }
}

async function* eventsOf(path: string): AsyncGenerator<SessionEvent> {
  const threads = new Map<string, Thread>()
  const sidechains = new Map<string, string>()
  for await (const line of linesOf(path)) {
    const id = threadOf(line, sidechains)
    const thread = threads.get(id) ?? new Thread(id)
    threads.set(id, thread)
    yield* readLine(line, thread)
    thread.mark(asText(line.uuid))
  }
  for (const thread of threads.values()) yield* thread.give(thread.turn.flush())
}

/** Subagents are told apart by their id, or in older files by the line that their chain began with. */
const threadOf = (line: Json, sidechains: Map<string, string>): string => {
  if (line.isSidechain !== true) return ''
  const id = asText(line.agentId) || (sidechains.get(asText(line.parentUuid)) ?? asText(line.uuid))
  sidechains.set(asText(line.uuid), id)
  return id
}

function* readLine(line: Json, thread: Thread): Generator<SessionEvent> {
  const { turn } = thread
  if (line.type === 'assistant') yield* readAnswer(line, thread)
  else if (line.type === 'user') yield* readUser(line, thread)
  else if (line.type === 'attachment')
    turn.user({ texts: [attached(asObject(line.attachment))].filter(Boolean), ...at(line.timestamp) })
  else if (line.type === 'system' && line.subtype === 'compact_boundary') {
    yield* thread.give(turn.flush())
    yield thread.compacted(line)
  }
}

function* readAnswer(line: Json, thread: Thread): Generator<SessionEvent> {
  const message = asObject(line.message)
  if (message.model === SYNTHETIC || line.isApiErrorMessage === true) return
  const parts = asObjects(message.content)
  const thinking = parts.flatMap((part) => (part.type === 'thinking' ? [asText(part.thinking)] : [])).join('\n')
  const receipt = receiptOf(asObject(message.usage))
  const answerId = asText(message.id)
  yield* thread.give(
    thread.turn.answer(
      {
        text: textOf(parts.filter((part) => part.type === 'text')).text,
        calls: parts.flatMap((part) =>
          part.type === 'tool_use' ? [{ id: asText(part.id), name: asText(part.name), input: part.input }] : [],
        ),
        ...(thinking === '' ? {} : { thinking }),
        ...(typeof message.model === 'string' ? { model: message.model } : {}),
        ...(receipt === undefined ? {} : { receipt }),
        ...(answerId === '' ? {} : { answerId }),
        ...at(line.timestamp),
      },
      answerId || asText(line.uuid),
    ),
  )
}

const receiptOf = (usage: Json): Receipt | undefined => {
  if (typeof usage.input_tokens !== 'number') return undefined
  const written = asNumber(usage.cache_creation_input_tokens)
  const hour = Math.min(written, asNumber(asObject(usage.cache_creation).ephemeral_1h_input_tokens))
  return {
    freshTokens: usage.input_tokens,
    readTokens: asNumber(usage.cache_read_input_tokens),
    writeTokens: written - hour,
    write1hTokens: hour,
    outputTokens: asNumber(usage.output_tokens),
  }
}

function* readUser(line: Json, thread: Thread): Generator<SessionEvent> {
  const { content } = asObject(line.message)
  const parts = asObjects(content)
  const time = at(line.timestamp)
  const answers = parts.flatMap((part) => {
    if (part.type !== 'tool_result') return []
    const { text, images } = textOf(part.content)
    return [{ id: asText(part.tool_use_id), text, isError: part.is_error === true, ...withImages(images) }]
  })
  if (answers.length > 0) thread.turn.results(answers, time.atMs)
  else {
    yield* thread.give(thread.turn.flush())
    const keep = thread.wentBackTo(asText(line.parentUuid))
    if (keep !== undefined) yield thread.cut(keep)
  }
  const texts =
    typeof content === 'string' ? [content] : parts.flatMap((part) => (part.type === 'text' ? [asText(part.text)] : []))
  const images = parts.filter(({ type }) => type === 'image').length
  thread.turn.user({ texts, ...withImages(images), ...time })
}

/** What the client put into the user's turn by itself: its texts, whatever they are called. */
const attached = (attachment: Json): string => {
  const texts: string[] = []
  const collect = (value: unknown): void => {
    if (typeof value === 'string' && value.length > 40) texts.push(value)
    else if (Array.isArray(value)) for (const one of value) collect(one)
    else if (typeof value === 'object' && value !== null) for (const one of Object.values(value)) collect(one)
  }
  collect(attachment)
  return texts.join('\n')
}
