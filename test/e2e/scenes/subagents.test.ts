import { describe, expect, it } from 'vitest'
import type { Pair } from '../judge.js'
import { callId, type Plan, type Subagent } from '../plan.js'
import type { Recorded } from '../provider/index.js'
import { referenceFaults } from './references.js'
import { sharedPrefixFaults } from './shared-prefix.js'
import { wayBackFaults } from './ways-back.js'

type Result = readonly [id: string, text: string]

const bodyOf = (results: readonly Result[], task = 'task'): Buffer =>
  Buffer.from(
    JSON.stringify({
      messages: [
        { role: 'user', content: task },
        ...results.map(([tool_call_id, content]) => ({ role: 'tool', tool_call_id, content })),
      ],
    }),
  )

/** A request of an agent at a step, with each result as it came and as it went. */
const request = (agent: string, step: number, results: readonly (readonly [string, string, string?])[]): Pair => {
  const went = results.map(([id, came, sent = came]): Result => [id, sent])
  const recorded = { dialect: 'openai-chat', isTurn: true, agent, step, body: bodyOf(went) } as unknown as Recorded
  return { came: bodyOf(results.map(([id, came]) => [id, came])), went: recorded, tapped: {} as never }
}

const LINES = Array.from({ length: 9 }, (_, at) => `line ${at} of the source`)
const TEXT = LINES.join('\n')
const SAME = `[9 lines here are the same as in bash "cat a" above: "${LINES[0]}" … "${LINES[8]}"]`
const CUT = `${LINES[0]}\n[8 lines not shown; full text in /h/files/1a2b3c4d5e6f7081.txt]`

describe('the judge of subagents', () => {
  it('lets a reference name what the same request shows, and nothing that another agent was shown', () => {
    const parent = request('', 0, [['a', TEXT]])
    expect(
      referenceFaults([
        parent,
        request('', 1, [
          ['a', TEXT],
          ['b', TEXT, SAME],
        ]),
      ]),
    ).toEqual([])
    expect(referenceFaults([parent, request('one', 0, [['b', TEXT, SAME]])])).toHaveLength(1)
    const behind = request('', 1, [
      ['b', TEXT, SAME],
      ['c', TEXT],
    ])
    expect(referenceFaults([behind])).toHaveLength(1)
  })

  const one: Subagent = {
    name: 'one',
    task: 'task',
    steps: [{ calls: [{ kind: 'run', command: 'ls' }] }, { calls: [{ kind: 'reopen', file: 'a' }] }, { say: 'done' }],
  }
  const plan: Plan = { prompts: ['p'], steps: [{ calls: [{ kind: 'delegate', agent: one }] }, { say: 'd' }] }
  const first = [callId('one', 0, 0), TEXT, CUT] as const
  const opening = request('one', 1, [first])
  const then = (came: string, went = came): Pair => request('one', 2, [first, [callId('one', 1, 0), came, went]])

  it('wants what was left out to come back whole to the agent itself', () => {
    expect(wayBackFaults([opening, then(TEXT)], plan)).toEqual([])
    expect(wayBackFaults([opening, then('Path not in workspace')], plan)).toHaveLength(1)
    expect(wayBackFaults([opening, then(TEXT, CUT)], plan)).toEqual(['one: what was asked back was shortened again'])
    expect(wayBackFaults([opening], plan)).toHaveLength(1)
    expect(wayBackFaults([request('', 1, [['z', TEXT, CUT]])], plan)).toEqual([
      'the parent: nobody opens what was left out',
    ])
  })

  it('wants requests of different agents that begin alike to begin alike when they arrive', () => {
    const [long, short] = [
      request('', 1, [
        ['a', TEXT],
        ['b', 'x'],
      ]),
      request('one', 0, [
        ['a', TEXT, CUT],
        ['c', 'y'],
      ]),
    ]
    expect(
      sharedPrefixFaults([
        long,
        request('one', 0, [
          ['a', TEXT],
          ['c', 'y'],
        ]),
      ]),
    ).toEqual([])
    expect(sharedPrefixFaults([long, short])).toHaveLength(1)
  })
})
