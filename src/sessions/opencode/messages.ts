// OpenCode's messages and parts, wherever they are kept: each step of an assistant message was one request.
import type { Dialect } from '../../spec/wire.js'
import { asNumber, asObject, asText, at, type Json } from '../json.js'
import type { Receipt, SessionEvent } from '../model.js'
import { Turn } from '../turns.js'

export interface Message {
  readonly info: Json
  readonly parts: readonly Json[]
}

const DIALECTS: Readonly<Record<string, Dialect>> = {
  anthropic: 'anthropic',
  openai: 'openai-responses',
  google: 'gemini',
}

/** Providers that OpenCode does not know by name are spoken to in the chat dialect. */
export const dialectOf = (provider: string): Dialect => DIALECTS[provider] ?? 'openai-chat'

export async function* eventsOf(messages: AsyncIterable<Message>): AsyncGenerator<SessionEvent> {
  const turn = new Turn()
  let isNamed = false
  for await (const { info, parts } of messages) {
    if (!isNamed && info.role === 'assistant') {
      isNamed = true
      yield { kind: 'setup', thread: '', dialect: dialectOf(asText(info.providerID)) }
    }
    if (info.role === 'user') readUser(info, parts, turn)
    else if (info.role === 'assistant') yield* readAssistant(info, parts, turn)
  }
  yield* turn.flush()
}

const readUser = (info: Json, parts: readonly Json[], turn: Turn): void => {
  const texts = parts.flatMap((part) => (part.type === 'text' && part.ignored !== true ? [asText(part.text)] : []))
  turn.user({ texts, ...at(asObject(info.time).created) })
}

function* readAssistant(info: Json, parts: readonly Json[], turn: Turn): Generator<SessionEvent> {
  if (info.summary === true) {
    // The summary was asked for with the whole history, and stands for it from here on.
    yield* readSteps(info, parts, turn)
    yield* turn.flush()
    yield { kind: 'compacted', thread: '' }
    const texts = parts.flatMap((part) => (part.type === 'text' ? [asText(part.text)] : []))
    turn.user({ texts })
    return
  }
  yield* readSteps(info, parts, turn)
}

function* readSteps(info: Json, parts: readonly Json[], turn: Turn): Generator<SessionEvent> {
  let step = 0
  for (const part of parts) {
    const key = `${asText(info.id)} ${step}`
    if (part.type === 'step-finish') {
      turn.amend(paid(part.tokens))
      step++
    } else yield* readPart(part, { info, key }, turn)
  }
  // Messages without steps carry their usage themselves.
  if (step === 0) turn.amend(paid(info.tokens))
}

function* readPart(part: Json, of: { readonly info: Json; readonly key: string }, turn: Turn): Generator<SessionEvent> {
  const common = {
    ...(typeof of.info.modelID === 'string' ? { model: of.info.modelID } : {}),
    ...at(asObject(of.info.time).created),
  }
  const answer = (more: { text?: string; thinking?: string }): readonly SessionEvent[] =>
    turn.answer({ text: '', calls: [], ...more, ...common }, of.key)
  if (part.type === 'text') yield* answer({ text: asText(part.text) })
  else if (part.type === 'reasoning') yield* answer({ thinking: asText(part.text) })
  else if (part.type === 'tool') {
    const state = asObject(part.state)
    const id = asText(part.callID)
    yield* turn.answer({ text: '', calls: [{ id, name: asText(part.tool), input: state.input }], ...common }, of.key)
    const isError = state.status === 'error'
    const text = isError ? asText(state.error) : asText(state.output)
    turn.results([{ id, text, isError }], at(asObject(state.time).end).atMs)
  }
}

const paid = (value: unknown): { receipt?: Receipt } => {
  const tokens = asObject(value)
  if (typeof tokens.input !== 'number') return {}
  const cache = asObject(tokens.cache)
  return {
    receipt: {
      freshTokens: tokens.input,
      readTokens: asNumber(cache.read),
      writeTokens: asNumber(cache.write),
      write1hTokens: 0,
      outputTokens: asNumber(tokens.output) + asNumber(tokens.reasoning),
    },
  }
}
