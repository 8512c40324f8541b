// The ways in which a client, a machine or a user bends a session: each turns a conversation into what is sent, in order.
import { gzipSync } from 'node:zlib'
import type { Dialect } from '../../../src/spec/wire.js'
import { bodyFor, type ClientHabits, type Conversation, plainHabits, requestPoints, type Step } from './conversation.js'

export type Action =
  | {
      readonly kind: 'send'
      readonly body: Buffer
      /** Which of two proxies on one home. */
      readonly to: 0 | 1
      readonly encoding?: 'gzip'
    }
  | { readonly kind: 'restart'; readonly which: 0 | 1 }

export interface Variant {
  readonly name: string
  readonly deadlineMs?: number
  actions(dialect: Dialect, conversation: Conversation): Action[]
}

type Send = Extract<Action, { kind: 'send' }>

interface Turn {
  readonly steps: readonly Step[]
  readonly index: number
  readonly count: number
}

const turnsOf = (conversation: Conversation): Turn[] => {
  const points = requestPoints(conversation)
  return points.map((point, index) => ({ steps: conversation.steps.slice(0, point), index, count: points.length }))
}

interface Change {
  habits?(turn: Turn): Partial<ClientHabits>
  steps?(turn: Turn): readonly Step[]
  system?(turn: Turn): string
  send?(turn: Turn): Partial<Pick<Send, 'to' | 'encoding'>>
  before?(turn: Turn): readonly Action[]
  times?: number
  from?(count: number): number
}

const variant = (name: string, change: Change, deadlineMs?: number): Variant => ({
  name,
  ...(deadlineMs === undefined ? {} : { deadlineMs }),
  actions: (dialect, conversation) =>
    turnsOf(conversation).flatMap((turn): Action[] => {
      if (turn.index < (change.from?.(turn.count) ?? 0)) return []
      const habits = { ...plainHabits, ...change.habits?.(turn) }
      const system = change.system?.(turn) ?? conversation.system
      const plain = bodyFor(dialect, { ...conversation, system }, change.steps?.(turn) ?? turn.steps, habits)
      const send = change.send?.(turn) ?? {}
      const body = send.encoding === 'gzip' ? gzipSync(plain) : plain
      const action: Send = { kind: 'send', body, to: 0, ...send }
      return [...(change.before?.(turn) ?? []), ...Array<Send>(change.times ?? 1).fill(action)]
    }),
})

const restarts =
  (every: number) =>
  ({ index }: Turn): Action[] =>
    index > 0 && index % every === 0 ? [{ kind: 'restart', which: 0 }] : []

/** From the middle on the history is a summary, and the session grows from there. */
const compacted = ({ steps, index, count }: Turn): readonly Step[] => {
  const cut = steps.findIndex((step, at) => at >= steps.length / 4 && step.kind === 'assistant')
  if (index < count / 2 || cut < 2) return steps
  const summary: Step = {
    kind: 'user',
    texts: ['This session continues another one. Summary: the tests fail in the queue.'],
  }
  return [summary, ...steps.slice(cut)]
}

/** A client that clears old results, five turns at a time. */
const cleared = ({ steps, index }: Turn): readonly Step[] => {
  const until = (index - (index % 5)) * 2 - 6
  return steps.map((step, at) =>
    step.kind === 'results' && at < until
      ? { ...step, answers: step.answers.map((answer) => ({ ...answer, text: '[Old tool result content cleared]' })) }
      : step,
  )
}

/** A client that rewrites the reminder in its first turn every few turns. */
const reminded = ({ steps, index }: Turn): readonly Step[] => {
  const [first, ...rest] = steps
  if (first?.kind !== 'user') return steps
  const reminder = `<system-reminder>${Math.floor(index / 4)} open tasks</system-reminder>`
  return [{ kind: 'user', texts: [reminder, ...first.texts] }, ...rest]
}

export const plain: Variant = variant('plain', {})

/** For conversations whose history is long: a process that has only just started must still send it as it was sent. */
export const restartEveryTurn: Variant = variant('restart every turn', { before: restarts(1) })

export const variants: readonly Variant[] = [
  variant('restart every 3 turns', { before: restarts(3) }),
  variant('restart every 2 turns, session named', { before: restarts(2), habits: () => ({ session: 's-1' }) }),
  variant('two processes, one home', { send: ({ index }) => ({ to: index % 2 === 0 ? 0 : 1 }) }),
  variant('every body twice', { times: 2 }),
  variant('retry through the other process', {
    before: ({ index }) => (index % 4 === 3 ? [{ kind: 'restart', which: 0 }] : []),
    times: 2,
    send: ({ index }) => ({ to: index % 3 === 0 ? 1 : 0 }),
  }),
  variant('results as parts', { habits: () => ({ parts: true }) }),
  variant('string and parts by turns', { habits: ({ index }) => ({ parts: index % 2 === 1, marker: 'last-two' }) }),
  variant('two cache markers', { habits: () => ({ marker: 'last-two', session: 's-2' }) }),
  variant('no cache markers', { habits: () => ({ marker: 'none' }) }),
  variant('retrieve tool offered', { habits: () => ({ retrieve: true }) }),
  variant('tools and system last', { habits: () => ({ toolsLast: true, systemLast: true, marker: 'none' }) }),
  variant('tools last, retrieve tool from the middle on', {
    habits: ({ index, count }) => ({ toolsLast: true, marker: 'none', retrieve: index > count / 2 }),
  }),
  variant('model switched in the middle', {
    habits: ({ index, count }) =>
      index < count / 2
        ? {}
        : {
            model: {
              anthropic: 'claude-opus-4-5',
              'openai-chat': 'gpt-4o-mini',
              'openai-responses': 'o3',
              gemini: 'gemini-2.5-flash',
            },
          },
  }),
  variant('met in mid-flight', { from: (count) => Math.floor(count / 2) }),
  variant('met in mid-flight, restarted', { from: (count) => Math.floor(count / 3), before: restarts(2) }),
  variant('compacted in the middle', { steps: compacted }),
  variant('compacted, session named, restarts', {
    steps: compacted,
    habits: () => ({ session: 's-3' }),
    before: restarts(3),
  }),
  variant('early reminder rewritten', { steps: reminded }),
  variant('early reminder rewritten, session named', { steps: reminded, habits: () => ({ session: 's-4' }) }),
  variant('old results cleared', { steps: cleared }),
  variant('old results cleared, session named, restarts', {
    steps: cleared,
    habits: () => ({ session: 's-5' }),
    before: restarts(4),
  }),
  variant('resumed under another session name', {
    habits: ({ index, count }) => ({ session: index < count / 2 ? 's-6' : 's-7' }),
    before: ({ index, count }) => (index === Math.ceil(count / 2) ? [{ kind: 'restart', which: 0 }] : []),
  }),
  variant('reminder rewritten, then resumed under another name', {
    steps: reminded,
    habits: ({ index, count }) => ({ session: index < count * 0.7 ? 's-8' : 's-9' }),
    before: ({ index, count }) => (index === Math.ceil(count * 0.7) ? [{ kind: 'restart', which: 0 }] : []),
  }),
  variant('clock in the system prompt', {
    system: ({ index }) => `You are a coding agent. It is 2026-01-12 08:${10 + index}. ${'Be exact. '.repeat(300)}`,
  }),
  variant('short prompts', { system: () => 'Be exact.', habits: () => ({ lean: true }) }),
  variant('gzip bodies', { send: () => ({ encoding: 'gzip' }) }),
  variant('deadline of 5 ms', {}, 5),
  variant('deadline of 1 ms, two processes', { send: ({ index }) => ({ to: index % 2 === 0 ? 0 : 1 }) }, 1),
]

/** The first prompt in a request without tools, as clients ask for a title beside the first turn. */
export const titleCall = (dialect: Dialect, conversation: Conversation): Buffer => {
  const first = conversation.steps.slice(0, 1)
  const body = JSON.parse(bodyFor(dialect, conversation, first, plainHabits).toString()) as Record<string, unknown>
  const { tools: _, ...rest } = body
  return Buffer.from(JSON.stringify({ ...rest, max_tokens: 100 }))
}
