import { describe, expect, it } from 'vitest'
import type { Plan, Step, Subagent } from '../plan.js'
import { Conversations } from './conversations.js'

const run = (command: string): Step => ({ calls: [{ kind: 'run', command }] })
const subagent = (name: string): Subagent => ({
  name,
  task: `Task of ${name}.`,
  steps: [run('ls'), { say: `${name} is done.` }],
})
const [first, second] = [subagent('first'), subagent('second')]
const plan: Plan = {
  prompts: ['Ask both.', 'And now?'],
  steps: [
    { calls: [first, second].map((agent) => ({ kind: 'delegate', agent })) },
    { say: 'Both are back.' },
    { say: 'Nothing.' },
  ],
}

const asked = (...texts: string[]): { messages: object[] } => ({
  messages: texts.map((text) => ({ role: 'user', content: [{ type: 'text', text }] })),
})
const body = (...parts: string[]): string => JSON.stringify(parts)
const CALLED = body('call_e2e_0_0_x', 'call_e2e_0_1_x')

describe('requests of several agents', () => {
  it('belong to the agent that was asked last, also where it inherited what its parent was asked', () => {
    const conversations = new Conversations(plan)
    expect(conversations.of(asked('Ask both.'), undefined).agent).toBe('')
    expect(conversations.of(asked('Now: Task of second.'), undefined).agent).toBe('second')
    expect(conversations.of(asked('Ask both.', 'Task of first.'), undefined).agent).toBe('first')
    expect(conversations.of(asked('Ask both.', 'And now?'), undefined).agent).toBe('')
  })

  it('are not told apart by what a parent asked its subagents for, nor by their answers', () => {
    const called = { role: 'assistant', content: [{ type: 'tool_use', input: { prompt: 'Task of first.' } }] }
    const result = { role: 'user', content: [{ type: 'tool_result', content: 'Task of first. first is done.' }] }
    const request = { messages: [...asked('Ask both.').messages, called, result] }
    expect(new Conversations(plan).of(request, undefined).agent).toBe('')
  })

  it('find the task in a message between agents, and without one belong to the agent of the connection', () => {
    const conversations = new Conversations(plan)
    const content = [{ type: 'encrypted_content', encrypted_content: 'Task of first.' }]
    const found = conversations.of({ input: [{ type: 'agent_message', content }] }, undefined)
    expect(found.agent).toBe('first')
    expect(conversations.of({ input: [{ type: 'function_call_output', output: 'x' }] }, found)).toBe(found)
  })

  it('move each agent along its own steps', () => {
    const conversations = new Conversations(plan)
    const { progress } = conversations.of(asked('Task of first.'), undefined)
    expect(progress.next(body())).toMatchObject({ calls: [{ id: 'call_e2e_first_0_0_x' }] })
    expect(progress.next(body('call_e2e_second_0_0_x'))).toMatchObject({ calls: [{ id: 'call_e2e_first_0_0_x' }] })
    expect(progress.next(body('call_e2e_first_0_0_x'))).toEqual({ say: 'first is done.' })
    expect(conversations.of(asked('Ask both.'), undefined).progress.at).toBe(0)
  })

  it('keep a parent waiting until all its subagents have said their last words, in one body or in several', () => {
    const { progress } = new Conversations(plan).of(asked('Ask both.'), undefined)
    expect(progress.next(body())).toMatchObject({ calls: [{}, {}] })
    expect(progress.next(CALLED)).toEqual({ waits: true })
    expect(progress.next(body('second is done.'))).toEqual({ waits: true })
    expect(progress.next(body('first is done.'))).toEqual({ say: 'Both are back.' })
  })
})
