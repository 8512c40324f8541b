// What a conversation may change about itself without losing the forms it was sent with.
import { describe, expect, it } from 'vitest'
import { tempHome } from '../../test/support/home.js'
import { growingSession } from '../../test/support/session.js'
import { createHeadroom } from '../create.js'
import { spliceBytes } from '../wire/edit.js'

interface Body {
  system: { type: string; text: string }[]
  messages: { role: string; content: unknown }[]
  metadata?: { user_id: string } | undefined
}

const named = (session: string): Body['metadata'] => ({ user_id: JSON.stringify({ session_id: session }) })

/** Contents of the messages after the first, as they were sent in a new process. */
const send = async (home: string, turn: Buffer, change: (body: Body) => void): Promise<string[]> => {
  const body = JSON.parse(turn.toString()) as Body
  change(body)
  const bytes = Buffer.from(JSON.stringify(body))
  const engine = createHeadroom({ home })
  const { edits } = await engine.run({ dialect: 'anthropic', body: bytes, loopback: true })
  await engine.close()
  const sent = JSON.parse(Buffer.from(spliceBytes(bytes, edits)).toString()) as Body
  return sent.messages.slice(1).map((message) => JSON.stringify(message))
}

/** Turns whose newest results make up a session of some 15,000 tokens. */
const turnsOf = (seed: number): Buffer[] => growingSession(seed, 24_000).map(({ body }) => body)

describe('a conversation keeps its forms', () => {
  it('when it rewrites its first words and later goes on under another name (B-3, B-4)', async () => {
    const home = tempHome()
    const turns = turnsOf(51)
    const reminded = (body: Body): void => {
      body.messages[0]!.content = '<system-reminder>3 open tasks</system-reminder> Mend the test.'
    }
    let before: string[] = []
    let edited = 0
    for (const [index, turn] of turns.entries()) {
      const after = await send(home, turn, (body) => {
        body.metadata = named(index < turns.length - 1 ? 'session-one' : 'session-two')
        if (index >= turns.length - 2) reminded(body)
      })
      expect(after.slice(0, before.length)).toEqual(before)
      before = after
      const came = JSON.parse(turn.toString()) as Body
      edited = came.messages.slice(1).filter((message, at) => JSON.stringify(message) !== after[at]).length
    }
    expect(edited).toBeGreaterThan(2)
  })

  it('when it names no session and sums up its early history, by the ids of its calls (B-3)', async () => {
    const home = tempHome()
    const drawn = turnsOf(53).map((turn) => Buffer.from(turn.toString().replaceAll('toolu_53_', 'toolu_01BRWRWXjK7S')))
    let before: string[] = []
    for (const turn of drawn) before = await send(home, turn, () => undefined)
    const after = await send(home, drawn.at(-1)!, ({ messages }) => {
      messages.splice(0, 3, { role: 'user', content: 'This session continues another one.' })
    })
    expect(after).toEqual(before.slice(2))
    expect(after.filter((message) => message.includes('not shown')).length).toBeGreaterThan(2)
  })

  it('when its system prompt changes from turn to turn (B-3)', async () => {
    const home = tempHome()
    let before: string[] = []
    for (const [index, turn] of turnsOf(52).entries()) {
      const after = await send(home, turn, (body) => {
        body.system = [{ type: 'text', text: `You are a coding agent. It is ${index} o'clock.` }]
      })
      expect(after.slice(0, before.length)).toEqual(before)
      before = after
    }
    expect(before.some((message) => message.includes('not shown'))).toBe(true)
  })
})
