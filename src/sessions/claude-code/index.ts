// Claude Code: one JSONL file a session under projects/, subagents inside it (isSidechain) or in files of their own.
// An answer takes one line a block; its usage is repeated on each. Every line names the one that it follows. Seen in files of 2.1.3 to 2.1.197.
import { join } from 'node:path'
import { linesOf, oneRecording } from '../files.js'
import { asNumber, asObject, asObjects, asText, at, type Json, textOf, withImages } from '../json.js'
import type { Receipt, SessionEvent, SessionReader } from '../model.js'
import { ConversationTree, type Spot } from './tree.js'

export const claudeCode: SessionReader = {
  agent: 'claude-code',
  title: 'Claude Code',
  places: ({ home, env }) => [join(env.CLAUDE_CONFIG_DIR || join(home, '.claude'), 'projects')],
  accepts: ({ path, head }) =>
    path.endsWith('.jsonl') &&
    /"(?:isSidechain|sessionId)":/.test(head) &&
    /"type":"(?:user|assistant|queue-operation|file-history-snapshot|summary|system)"/.test(head),
  recordings: async (candidate) =>
    oneRecording(candidate, { agent: 'claude-code', dialect: 'anthropic' }, (onUnread) =>
      eventsOf(linesOf(candidate.path, onUnread)),
    ),
}

/** Answers that the client made up itself, e.g. for an error or an interruption. */
const SYNTHETIC = '<synthetic>'

async function* eventsOf(records: AsyncIterable<Json>): AsyncGenerator<SessionEvent> {
  const tree = new ConversationTree()
  for await (const line of records) yield* readLine(line, tree)
  yield* tree.end()
}

/** Subagents are told apart by their id, or in older files by the line that their chain began with. */
const spotOf = (line: Json, tree: ConversationTree): Spot => {
  const id = asText(line.uuid)
  const parent = asText(line.parentUuid) || undefined
  if (line.isSidechain !== true) return { id, thread: '', parent }
  return { id, thread: asText(line.agentId) || (tree.threadOf(parent ?? '') ?? id), parent }
}

function* readLine(line: Json, tree: ConversationTree): Generator<SessionEvent> {
  const spot = spotOf(line, tree)
  const isSummary = line.isCompactSummary === true && spot.parent !== undefined && !tree.isRoot(spot.parent)
  if (isSummary || (line.type === 'system' && line.subtype === 'compact_boundary'))
    yield* tree.restart(spot, at(line.timestamp).atMs)
  const placed = isSummary ? { ...spot, parent: undefined } : spot
  if (line.type === 'assistant' && !isMadeUp(line)) yield* readAnswer(line, placed, tree)
  else if (line.type === 'user') yield* readUser(line, placed, tree)
  else if (line.type === 'attachment') {
    const text = attached(asObject(line.attachment))
    if (text === '') tree.pass(placed)
    else yield* tree.hear(placed, { kind: 'user', texts: [text], ...at(line.timestamp) })
  } else if (spot.id !== '' && line.subtype !== 'compact_boundary') tree.pass(placed)
}

const isMadeUp = (line: Json): boolean => asObject(line.message).model === SYNTHETIC || line.isApiErrorMessage === true

function* readAnswer(line: Json, spot: Spot, tree: ConversationTree): Generator<SessionEvent> {
  const message = asObject(line.message)
  const parts = asObjects(message.content)
  const thinking = parts.flatMap((part) => (part.type === 'thinking' ? [asText(part.thinking)] : [])).join('\n')
  const receipt = receiptOf(asObject(message.usage))
  const answerId = asText(message.id)
  yield* tree.speak(spot, answerId || spot.id, {
    kind: 'assistant',
    text: textOf(parts.filter((part) => part.type === 'text')).text,
    calls: parts.flatMap((part) =>
      part.type === 'tool_use' ? [{ id: asText(part.id), name: asText(part.name), input: part.input }] : [],
    ),
    ...(thinking === '' ? {} : { thinking }),
    ...(typeof message.model === 'string' ? { model: message.model } : {}),
    ...(receipt === undefined ? {} : { receipt }),
    ...(answerId === '' ? {} : { answerId }),
    ...at(line.timestamp),
  })
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

function* readUser(line: Json, spot: Spot, tree: ConversationTree): Generator<SessionEvent> {
  const { content } = asObject(line.message)
  const parts = asObjects(content)
  const time = at(line.timestamp)
  const answers = parts.flatMap((part) => {
    if (part.type !== 'tool_result') return []
    const { text, images } = textOf(part.content)
    return [{ id: asText(part.tool_use_id), text, isError: part.is_error === true, ...withImages(images) }]
  })
  const texts =
    typeof content === 'string' ? [content] : parts.flatMap((part) => (part.type === 'text' ? [asText(part.text)] : []))
  const images = parts.filter(({ type }) => type === 'image').length
  if (answers.length > 0) yield* tree.hear(spot, { kind: 'results', answers, ...time })
  if (texts.length > 0 || images > 0) {
    const place = answers.length > 0 ? { ...spot, parent: spot.id } : spot
    yield* tree.hear(place, { kind: 'user', texts, ...withImages(images), ...time })
  } else if (answers.length === 0) tree.pass(spot)
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
