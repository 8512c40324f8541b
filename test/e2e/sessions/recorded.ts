// Conversations from recorded agent sessions, where a checkout has them beside itself; their formats are those of the agents.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Conversation, Step, ToolCall } from './conversation.js'

export const RECORDED: string = join('..', 'shared', 'corpus', 'trajectories')

type Json = Readonly<Record<string, unknown>>
type Reader = (text: string) => { readonly system?: string; readonly steps: readonly Step[] }

const SYSTEM = `You are a coding agent that works in the user's repository. ${'Be exact, read before you edit, run the tests, say what you did not check. '.repeat(160)}`

/** Every conversation of the folder, by name. Files in formats without tool calls are left out and named. */
export const recordedConversations = (): { conversations: Conversation[]; leftOut: string[] } => {
  const conversations: Conversation[] = []
  const leftOut: string[] = []
  if (!existsSync(RECORDED)) return { conversations, leftOut }
  for (const agent of readdirSync(RECORDED).sort()) {
    const reader = READERS[agent]
    const files = agent.includes('.') ? [] : readdirSync(join(RECORDED, agent)).sort()
    if (reader === undefined) leftOut.push(...files.map((file) => `${agent}/${file}`))
    else
      for (const file of files) {
        const { system, steps } = reader(readFileSync(join(RECORDED, agent, file), 'utf8'))
        conversations.push({
          name: `${agent}/${file.replace(/\..*$/, '')}`,
          agent,
          system: system ?? SYSTEM,
          steps: sound(steps),
        })
      }
  }
  return { conversations, leftOut }
}

/** Results without a call, and calls without a result, as the cut of a recording leaves them, would be refused by a provider. */
const sound = (steps: readonly Step[]): Step[] => {
  const answered = new Set(steps.flatMap((step) => (step.kind === 'results' ? step.answers.map(({ id }) => id) : [])))
  const called = new Set<string>()
  return steps.flatMap((step): Step[] => {
    if (step.kind === 'assistant') {
      const calls = step.calls.filter(({ id }) => answered.has(id))
      for (const { id } of calls) called.add(id)
      return step.text === '' && calls.length === 0 ? [] : [{ ...step, calls }]
    }
    if (step.kind === 'user') return [step]
    const answers = step.answers.filter(({ id }) => called.has(id))
    return answers.length === 0 ? [] : [{ kind: 'results', answers }]
  })
}

const asObject = (value: unknown): Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {}
const asList = (value: unknown): Json[] => (Array.isArray(value) ? value.map(asObject) : [])
const asText = (value: unknown): string => (typeof value === 'string' ? value : '')
const linesOf = (text: string): Json[] =>
  text.split('\n').flatMap((line) => (line.trim() === '' ? [] : [asObject(JSON.parse(line))]))

const textOfParts = (content: unknown): string =>
  typeof content === 'string'
    ? content
    : asList(content)
        .flatMap((part) => (typeof part.text === 'string' ? [part.text] : []))
        .join('\n')

/** Steps of one kind that a recording splits, e.g. one line a block, joined to the turns that were sent. */
const joined = (steps: readonly Step[]): Step[] => {
  const result: Step[] = []
  for (const step of steps) {
    const last = result.at(-1)
    if (last?.kind === 'assistant' && step.kind === 'assistant')
      result[result.length - 1] = {
        ...last,
        text: [last.text, step.text].filter((text) => text !== '').join('\n'),
        calls: [...last.calls, ...step.calls],
        ...(step.thinking === undefined ? {} : { thinking: step.thinking }),
      }
    else if (last?.kind === 'results' && step.kind === 'results')
      result[result.length - 1] = { kind: 'results', answers: [...last.answers, ...step.answers] }
    else result.push(step)
  }
  return result
}

const claudeCode: Reader = (text) => {
  const steps = linesOf(text).flatMap((line): Step[] => {
    const message = asObject(line.message)
    if (line.isSidechain === true || (line.type !== 'user' && line.type !== 'assistant')) return []
    if (typeof message.content === 'string') return [{ kind: 'user', texts: [message.content] }]
    const parts = asList(message.content)
    if (message.role === 'assistant') return [anthropicSpeech(parts)]
    const answers = parts.flatMap((part) =>
      part.type === 'tool_result'
        ? [{ id: asText(part.tool_use_id), text: textOfParts(part.content), isError: part.is_error === true }]
        : [],
    )
    const texts = parts.flatMap((part) => (part.type === 'text' ? [asText(part.text)] : []))
    return [
      ...(answers.length > 0 ? [{ kind: 'results' as const, answers }] : []),
      ...(texts.length > 0 ? [{ kind: 'user' as const, texts }] : []),
    ]
  })
  return { steps: joined(steps) }
}

const anthropicSpeech = (parts: readonly Json[]): Step => {
  const thinking = parts.find((part) => part.type === 'thinking')
  return {
    kind: 'assistant',
    text: textOfParts(parts.filter((part) => part.type === 'text')),
    calls: parts.flatMap((part): ToolCall[] => {
      if (part.type === 'tool_use') return [{ id: asText(part.id), name: asText(part.name), input: part.input }]
      if (part.type === 'toolCall') return [{ id: asText(part.id), name: asText(part.name), input: part.arguments }]
      return []
    }),
    ...(thinking === undefined ? {} : { thinking: asText(thinking.thinking) }),
  }
}

const pi: Reader = (text) => ({
  steps: joined(
    linesOf(text).flatMap((line): Step[] => {
      const message = asObject(line.message)
      if (line.type !== 'message') return []
      if (message.role === 'user') return [{ kind: 'user', texts: [textOfParts(message.content)] }]
      if (message.role === 'assistant') return [anthropicSpeech(asList(message.content))]
      return [
        {
          kind: 'results',
          answers: [
            { id: asText(message.toolCallId), text: textOfParts(message.content), isError: message.isError === true },
          ],
        },
      ]
    }),
  ),
})

const openHands: Reader = (text) => {
  const history = asList(linesOf(text)[0]?.history)
  const system = asText(history.find((event) => event.action === 'system')?.message)
  const steps = history.flatMap((event): Step[] => {
    const meta = asObject(event.tool_call_metadata)
    const id = asText(meta.tool_call_id)
    if (event.action === 'message' && event.source === 'user') return [{ kind: 'user', texts: [asText(event.message)] }]
    if (id === '') return []
    if (typeof event.observation === 'string')
      return [{ kind: 'results', answers: [{ id, text: asText(event.content), isError: event.success === false }] }]
    const { thought, ...input } = asObject(event.args)
    return [{ kind: 'assistant', text: asText(thought), calls: [{ id, name: asText(meta.function_name), input }] }]
  })
  return { system, steps }
}

const sweAgent: Reader = (text) => {
  const { history, trajectory } = JSON.parse(text) as { history: Json[]; trajectory: Json[] }
  const asked = history.filter((entry) => entry.role !== 'assistant').slice(0, 2)
  const steps = trajectory.flatMap((turn, index): Step[] => {
    const id = `call_${index}`
    return [
      {
        kind: 'assistant',
        text: asText(turn.thought),
        calls: [{ id, name: 'bash', input: { command: asText(turn.action) } }],
      },
      { kind: 'results', answers: [{ id, text: asText(turn.observation), isError: false }] },
    ]
  })
  return { system: asText(asked[0]?.content), steps: [{ kind: 'user', texts: [asText(asked[1]?.content)] }, ...steps] }
}

const openaiMessages = (messages: readonly Json[]): ReturnType<Reader> => {
  let count = 0
  let lastId = ''
  const steps = messages.flatMap((message): Step[] => {
    if (message.role === 'system') return []
    if (message.role === 'user') return [{ kind: 'user', texts: [asText(message.content)] }]
    if (message.role === 'assistant') {
      const old = message.function_call === undefined ? [] : [{ id: `old_${count++}`, function: message.function_call }]
      const calls = [...asList(message.tool_calls), ...old].map((call): ToolCall => {
        const { name, arguments: input } = asObject((call as Json).function)
        lastId = asText((call as Json).id)
        return { id: lastId, name: asText(name), input: parsed(asText(input)) }
      })
      return [{ kind: 'assistant', text: asText(message.content), calls }]
    }
    const id = asText(message.tool_call_id) || lastId
    return [{ kind: 'results', answers: [{ id, text: asText(message.content), isError: false }] }]
  })
  return { system: asText(messages.find((message) => message.role === 'system')?.content), steps: joined(steps) }
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return { text }
  }
}

const READERS: Readonly<Record<string, Reader>> = {
  'claude-code': claudeCode,
  pi,
  openhands: openHands,
  'swe-agent': sweAgent,
  'tau-bench': (text) => openaiMessages(asList(asObject(JSON.parse(text)).messages)),
  toolbench: (text) => {
    const trains = asObject(asObject(JSON.parse(text)).answer_generation).train_messages
    return openaiMessages(asList(Array.isArray(trains) ? trains.at(-1) : []))
  },
}
