// One conversation, written as each program records it: it is read as the same requests, and the engine shortens its
// results in the dialect that the program speaks.
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { tempHome } from '../../test/support/home.js'
import { growingSession } from '../../test/support/session.js'
import { createHeadroom } from '../create.js'
import { recordingsIn } from '../sessions/find.js'
import { tokenizerFor } from '../tokenize/index.js'
import { replay } from './index.js'
import { sessionSender } from './senders.js'

interface Turn {
  readonly ask?: string
  readonly say: string
  readonly call: { readonly id: string; readonly name: string; readonly input: unknown }
  readonly result: string
}

type Json = Record<string, unknown>

/** A task, then calls with their results. */
const conversation = (): { readonly task: string; readonly turns: readonly Turn[] } => {
  const { messages } = JSON.parse(growingSession(21, 20_000).at(-1)!.body.toString()) as {
    messages: { role: string; content: string | Json[] }[]
  }
  const turns: Turn[] = []
  const results = new Map<string, string>()
  const parts = messages.flatMap(({ content }) => (typeof content === 'string' ? [] : content))
  for (const part of parts) if (part.type === 'tool_result') results.set(String(part.tool_use_id), textOf(part.content))
  for (const part of parts)
    if (part.type === 'tool_use')
      turns.push({
        say: `Step ${turns.length}`,
        call: { id: String(part.id), name: String(part.name), input: part.input },
        result: results.get(String(part.id)) ?? '',
      })
  return { task: 'Find out why the build fails', turns: turns.slice(0, 8) }
}

const textOf = (content: unknown): string =>
  typeof content === 'string' ? content : (content as Json[]).map(({ text }) => String(text)).join('\n')

const { task, turns } = conversation()
const lines = (values: readonly unknown[]): string => values.map((value) => `${JSON.stringify(value)}\n`).join('')
const time = (index: number): string => new Date(Date.UTC(2026, 0, 2, 10, index)).toISOString()

/** Files by path; the first one is replayed. */
type Written = Readonly<Record<string, string>>

const claudeCode = (): Written => {
  let uuid = 0
  const line = (type: string, message: object): Json => {
    const parentUuid = uuid === 0 ? null : `u${uuid}`
    return { type, uuid: `u${++uuid}`, parentUuid, isSidechain: false, timestamp: time(uuid), sessionId: 's', message }
  }
  const asked = line('user', { role: 'user', content: task })
  const said = turns.flatMap(({ say, call, result }, index) => [
    line('assistant', {
      id: `m${index}`,
      role: 'assistant',
      model: 'claude-opus-4-5',
      content: [{ type: 'text', text: say }],
    }),
    line('assistant', { id: `m${index}`, role: 'assistant', content: [{ type: 'tool_use', ...call }] }),
    line('user', { role: 'user', content: [{ type: 'tool_result', tool_use_id: call.id, content: result }] }),
  ])
  return { 'claude.jsonl': lines([asked, ...said]) }
}

const codex = (): Written => {
  const item = (payload: object): object => ({ type: 'response_item', timestamp: time(1), payload })
  return {
    'rollout-2026.jsonl': lines([
      { type: 'session_meta', payload: { id: 's', instructions: 'Be exact.' } },
      { type: 'turn_context', payload: { model: 'gpt-5.1-codex' } },
      item({ type: 'message', role: 'user', content: [{ type: 'input_text', text: task }] }),
      ...turns.flatMap(({ say, call, result }) => [
        item({ type: 'message', role: 'assistant', content: [{ type: 'output_text', text: say }] }),
        item({ type: 'function_call', name: call.name, arguments: JSON.stringify(call.input), call_id: call.id }),
        item({ type: 'function_call_output', call_id: call.id, output: result }),
      ]),
    ]),
  }
}

const geminiCli = (): Written => {
  const messages = turns.map(({ say, call, result }, index) => ({
    id: `g${index}`,
    type: 'gemini',
    content: say,
    model: 'gemini-3-pro',
    timestamp: time(index),
    toolCalls: [
      {
        id: call.id,
        name: call.name,
        args: call.input,
        result: [{ functionResponse: { id: call.id, name: call.name, response: { output: result } } }],
      },
    ],
  }))
  const head = { sessionId: 's', projectHash: 'p' }
  return { 'chats/session-1.jsonl': lines([head, { id: 'u', type: 'user', content: task }, ...messages]) }
}

const openCode = (): Written => {
  const files: Record<string, string> = { 'storage/session/p/ses_1.json': JSON.stringify({ id: 'ses_1' }) }
  const add = (id: string, message: object, parts: readonly object[]): void => {
    files[`storage/message/ses_1/${id}.json`] = JSON.stringify({ id, sessionID: 'ses_1', ...message })
    for (const [index, part] of parts.entries()) files[`storage/part/${id}/prt_${index}.json`] = JSON.stringify(part)
  }
  add('msg_00', { role: 'user', time: { created: 1 } }, [{ type: 'text', text: task }])
  for (const [index, { say, call, result }] of turns.entries())
    add(
      `msg_${10 + index}`,
      { role: 'assistant', providerID: 'openrouter', modelID: 'm', time: { created: 1_700_000_000_000 + index } },
      [
        { type: 'step-start' },
        { type: 'text', text: say },
        {
          type: 'tool',
          tool: call.name,
          callID: call.id,
          state: { status: 'completed', input: call.input, output: result },
        },
        { type: 'step-finish', tokens: {} },
      ],
    )
  return files
}

const pi = (): Written => {
  const message = (more: object): object => ({ type: 'message', timestamp: time(1), message: more })
  return {
    'pi.jsonl': lines([
      { type: 'session', id: 's', provider: 'anthropic' },
      message({ role: 'user', content: [{ type: 'text', text: task }] }),
      ...turns.flatMap(({ say, call, result }) => [
        message({
          role: 'assistant',
          model: 'claude-opus-4-5',
          content: [
            { type: 'text', text: say },
            { type: 'toolCall', id: call.id, name: call.name, arguments: call.input },
          ],
        }),
        message({ role: 'toolResult', toolCallId: call.id, content: [{ type: 'text', text: result }] }),
      ]),
    ]),
  }
}

const openHands = (): Written => {
  const history = turns.flatMap(({ say, call, result }, index) => {
    const tool_call_metadata = { tool_call_id: call.id, function_name: call.name, model_response: { id: `r${index}` } }
    return [
      { action: 'run', source: 'agent', args: { ...(call.input as object), thought: say }, tool_call_metadata },
      { observation: 'run', content: result, tool_call_metadata: { tool_call_id: call.id } },
    ]
  })
  const asked = [
    { action: 'system', message: 'Be exact.' },
    { action: 'message', source: 'user', message: task },
  ]
  return { 'output.jsonl': lines([{ instance_id: 'i', instruction: 'x', history: [...asked, ...history] }]) }
}

const messages = (): Written => {
  const said = turns.flatMap(({ say, call, result }) => [
    {
      role: 'assistant',
      content: say,
      tool_calls: [
        { id: call.id, type: 'function', function: { name: call.name, arguments: JSON.stringify(call.input) } },
      ],
    },
    { role: 'tool', tool_call_id: call.id, content: result },
  ])
  return { 'chat.json': JSON.stringify({ messages: [{ role: 'user', content: task }, ...said] }) }
}

const FORMATS = { claudeCode, codex, geminiCli, openCode, pi, openHands, messages }

const written = (files: Written): string => {
  const folder = tempHome()
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  return join(folder, Object.keys(files)[0]!)
}

describe('a conversation in every format', () => {
  it.each(Object.entries(FORMATS))('is read as it was: %s', async (_, format) => {
    const found = await recordingsIn(written(format()))
    if ('why' in found) throw new Error(found.why)
    expect(found).toHaveLength(1)
    const read: unknown[] = []
    for await (const event of found[0]!.events()) {
      if (event.kind === 'user') read.push(...event.texts)
      else if (event.kind === 'results') read.push(...event.answers.map(({ id, text }) => [id, text]))
      else if (event.kind === 'assistant')
        read.push(event.text, ...event.calls.map(({ id, name, input }) => [id, name, input]))
    }
    const expected = turns.flatMap(({ say, call, result }) => [
      say,
      [call.id, call.name, call.input],
      [call.id, result],
    ])
    expect(read).toEqual([task, ...expected])
  })

  it.each(Object.entries(FORMATS))(
    'is rebuilt so that the engine finds and shortens its results: %s',
    async (_, format) => {
      const home = tempHome()
      const open = async (nowMs: () => number) => createHeadroom({ home, policy: 'balanced', project: home, nowMs })
      const balanced = sessionSender({ policy: 'balanced', open, clockMs: () => 0 })
      const { sessions, totals, leftOut } = await replay({
        paths: [written(format())],
        senders: [balanced],
        tokenizerFor,
      })
      await balanced.close()
      expect(leftOut).toEqual([])
      expect(sessions.map(({ requests }) => requests)).toEqual([turns.length])
      const { none, balanced: own } = totals
      expect(none!.resultTokensBefore).toBeGreaterThan(5_000)
      expect(own!.changed).toBeGreaterThan(turns.length / 2)
      expect(own!.resultTokensAfter).toBeLessThan(own!.resultTokensBefore * 0.7)
      expect(own!.plainTokens).toBeLessThan(none!.plainTokens)
    },
  )
})
