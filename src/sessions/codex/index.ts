// Codex: rollout JSONL files by day. Items are those of the Responses API; usage comes in records of its own.
// Seen in a file of 0.169.0; older ones hold bare items and `token_count` events only.
import { join } from 'node:path'
import { firstLine, linesOf, oneRecording } from '../files.js'
import { asList, asNumber, asObject, asObjects, asText, at, type Json, parsed, textOf } from '../json.js'
import type { Receipt, SessionCall, SessionEvent, SessionReader } from '../model.js'
import { Turn } from '../turns.js'

export const codex: SessionReader = {
  agent: 'codex',
  title: 'Codex',
  places: ({ home, env }) => [join(env.CODEX_HOME || join(home, '.codex'), 'sessions')],
  accepts: (candidate) =>
    /rollout-[^/\\]*\.jsonl$/.test(candidate.path) || firstLine(candidate).type === 'session_meta',
  recordings: async (candidate) =>
    oneRecording(candidate, { agent: 'codex', dialect: 'openai-responses' }, (onUnread) =>
      eventsOf(linesOf(candidate.path, onUnread)),
    ),
}

interface State {
  readonly turn: Turn
  model: string | undefined
  /** Records of usage per response are exact; the older events are read only where there are none. */
  hasRecords: boolean
  /** Answers begun so far: the key of the running one. */
  answers: number
  isHistory: boolean
}

async function* eventsOf(records: AsyncIterable<Json>): AsyncGenerator<SessionEvent> {
  const state: State = { turn: new Turn(), model: undefined, hasRecords: false, answers: 0, isHistory: false }
  /** Kinds of the events of the history that were given out. */
  let given: SessionEvent['kind'][] = []
  const give = function* (events: Iterable<SessionEvent>): Generator<SessionEvent> {
    for (const event of events) {
      if (event.kind === 'compacted') given = []
      else if (event.kind !== 'setup')
        given.push(event.kind === 'user' && event.role !== undefined ? 'setup' : event.kind)
      yield event
    }
  }
  for await (const line of records) {
    const payload = asObject(line.payload)
    if (payload.type === 'thread_rolled_back') {
      yield* give(state.turn.flush())
      const keep = placeBefore(given, asNumber(payload.num_turns))
      given = given.slice(0, keep)
      yield { kind: 'cut', thread: '', keep }
    } else yield* give(readLine(line, payload, state))
  }
  yield* give(state.turn.flush())
}

/** Where the last so many turns of the user begin. */
const placeBefore = (given: readonly SessionEvent['kind'][], turns: number): number => {
  let at = given.length
  for (let left = turns; left > 0 && at > 0; ) if (given[--at] === 'user') left--
  return at
}

function* readLine(line: Json, payload: Json, state: State): Generator<SessionEvent> {
  if (line.type === 'session_meta') yield setupOf(payload)
  else if (line.type === 'turn_context') state.model = asText(payload.model) || state.model
  else if (line.type === 'token_usage_record') {
    state.hasRecords = true
    state.turn.amend(paid(payload.usage))
  } else if (line.type === 'event_msg') readEvent(payload, state)
  else if (line.type === 'compacted') yield* compacted(payload, line, state)
  else yield* readItem(line.type === 'response_item' ? payload : line, line.timestamp, state)
}

const setupOf = (meta: Json): SessionEvent => {
  const system = asText(asObject(meta.base_instructions).text) || asText(meta.instructions)
  return { kind: 'setup', thread: '', ...(system === '' ? {} : { system }), ...at(meta.timestamp) }
}

const readEvent = (payload: Json, { turn, hasRecords }: State): void => {
  if (payload.type !== 'token_count' || hasRecords || turn.receipt !== undefined) return
  turn.amend(paid(asObject(payload.info).last_token_usage))
}

const paid = (value: unknown): { receipt?: Receipt } => {
  const usage = asObject(value)
  if (typeof usage.input_tokens !== 'number') return {}
  const readTokens = asNumber(usage.cached_input_tokens)
  const writeTokens = asNumber(usage.cache_write_input_tokens)
  return {
    receipt: {
      freshTokens: Math.max(0, usage.input_tokens - readTokens - writeTokens),
      readTokens,
      writeTokens,
      write1hTokens: 0,
      outputTokens: asNumber(usage.output_tokens),
    },
  }
}

function* compacted(payload: Json, line: Json, state: State): Generator<SessionEvent> {
  yield* state.turn.flush()
  yield { kind: 'compacted', thread: '', ...at(line.timestamp) }
  const kept = asObjects(payload.replacement_history)
  const summary = asText(payload.message)
  if (kept.length === 0 && summary !== '') state.turn.user({ texts: [summary], ...at(line.timestamp) })
  state.isHistory = true
  for (const item of kept) yield* readItem(item, line.timestamp, state)
  yield* state.turn.flush()
  state.isHistory = false
}

function* readItem(item: Json, time: unknown, state: State): Generator<SessionEvent> {
  const { turn } = state
  if (item.type === 'message' && item.role !== 'assistant') {
    const texts = asObjects(item.content).flatMap((part) => (typeof part.text === 'string' ? [part.text] : []))
    turn.user({ texts, ...(item.role === 'user' ? {} : { role: 'developer' as const }), ...at(time) })
    return
  }
  const output = outputOf(item)
  if (output !== undefined) {
    turn.results([output], at(time).atMs)
    return
  }
  const call = callOf(item)
  const isSpeech = item.type === 'message' || item.type === 'reasoning'
  if (call === undefined && !isSpeech) return
  if (!turn.hasAnswer || turn.isAnswered) state.answers++
  const thinking = item.type === 'reasoning' ? textOf(item.summary).text : ''
  yield* turn.answer(
    {
      text: item.type === 'message' ? textOf(item.content).text : '',
      calls: call === undefined ? [] : [call],
      ...(thinking === '' ? {} : { thinking }),
      ...(state.model === undefined ? {} : { model: state.model }),
      ...(state.isHistory ? { isHistory: true as const } : {}),
      ...at(time),
    },
    String(state.answers),
  )
}

const callOf = (item: Json): SessionCall | undefined => {
  const id = asText(item.call_id) || asText(item.id)
  if (item.type === 'function_call') {
    const text = asText(item.arguments)
    return { id, name: asText(item.name), input: parsed(text) ?? text }
  }
  if (item.type === 'custom_tool_call') return { id, name: asText(item.name), input: asText(item.input) }
  if (item.type === 'local_shell_call')
    return { id, name: 'local_shell', input: { command: asList(asObject(item.action).command) } }
  return undefined
}

const outputOf = (item: Json): { id: string; text: string; isError: boolean } | undefined => {
  if (!asText(item.type).endsWith('_call_output')) return undefined
  const { output } = item
  const whole =
    typeof output === 'object' && output !== null && !Array.isArray(output) ? asObject(output).content : output
  return { id: asText(item.call_id), text: textOf(whole).text, isError: asObject(output).success === false }
}
