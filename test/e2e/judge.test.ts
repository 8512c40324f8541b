import { describe, expect, it } from 'vitest'
import { type Pair, pairFaults, socketFaults } from './judge.js'
import type { Recorded } from './provider/index.js'
import type { Tapped } from './tap.js'

const body = (output: string, question = 'why?'): Buffer =>
  Buffer.from(
    JSON.stringify({
      messages: [
        { role: 'user', content: question },
        { role: 'tool', tool_call_id: 'a', content: output },
      ],
    }),
  )

const recorded = (sent: Buffer, more: Partial<Recorded> = {}): Recorded => ({
  path: '/v1/chat/completions',
  headers: ['Authorization', 'Bearer k', 'x-e2e-number', '0'],
  body: sent,
  dialect: 'openai-chat',
  isTurn: true,
  isSummary: false,
  agent: '',
  step: 0,
  waits: false,
  answered: [Buffer.from('one'), Buffer.from('two')],
  wasHeldBack: false,
  holds: false,
  isOpen: false,
  ...more,
})

const tapped = (sent: Buffer, more: Partial<Tapped> = {}): Tapped => ({
  number: 0,
  path: '/v1/chat/completions',
  headers: ['Authorization', 'Bearer k'],
  body: sent,
  answered: [Buffer.from('onetwo')],
  status: 200,
  ...more,
})

const pair = (came: Buffer, went: Recorded, tap: Partial<Tapped> = {}): Pair => ({
  came,
  went,
  tapped: tapped(came, tap),
})

describe('the judge of client sessions', () => {
  it('lets the text of a tool result change, and nothing else', () => {
    expect(pairFaults(pair(body('long'), recorded(body('short'))))).toEqual([])
    expect(pairFaults(pair(body('long'), recorded(body('long', 'how?'))))).toEqual(['messages/0/content changed'])
  })

  it('sees a header that was lost, added or changed', () => {
    const changed = recorded(body('a'), { headers: ['Authorization', 'Bearer other', 'x-new', '1'] })
    expect(pairFaults(pair(body('a'), changed))).toEqual([
      'header lost: authorization: Bearer k',
      'header added: authorization: Bearer other',
      'header added: x-new: 1',
    ])
  })

  it('sees an answer that changed or was held back until it was whole', () => {
    const answered = [Buffer.from('other')]
    expect(pairFaults(pair(body('a'), recorded(body('a'), { wasHeldBack: true }), { answered }))).toEqual([
      'the answer changed',
      'the answer was held back until it was whole',
    ])
  })

  it('sees a result that goes over a second socket in other words', () => {
    const over = (came: Buffer, went: Buffer): Pair => ({ came, went: recorded(went) })
    const [first, again] = [over(body('long'), body('short')), over(body('long'), body('shorter'))]
    expect(socketFaults([first, first])).toEqual([])
    expect(socketFaults([first, again])).toHaveLength(1)
  })
})
