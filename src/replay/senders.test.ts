import { describe, expect, it } from 'vitest'
import type { Engine } from '../spec/engine.js'
import { sessionSender } from './senders.js'
import type { BuiltRequest } from './thread.js'

const request: BuiltRequest = {
  dialect: 'anthropic',
  model: 'm',
  session: 's',
  body: Buffer.from('{}'),
  placed: [],
  unrecorded: new Map(),
}

/** Notes what is done to engines; they change nothing. */
const fakeEngines = () => {
  const done: string[] = []
  let opened = 0
  const open = async (nowMs: () => number): Promise<Engine> => {
    const name = `engine ${++opened}`
    const report = { id: '', outcome: 'passthrough', basis: 'estimate', tokensBefore: 0, tokensAfter: 0 } as const
    const engine: Partial<Engine> = {
      run: async () => {
        done.push(`${name} at ${nowMs()}`)
        return { edits: [], report: { ...report, durationMs: 0, blocks: [] } }
      },
      close: async () => void done.push(`${name} closed`),
    }
    return engine as Engine
  }
  return { done, open }
}

describe('the sender of an engine', () => {
  it('has an engine for each session, opened when it is needed, on the clock of the recording', async () => {
    const { done, open } = fakeEngines()
    const sender = sessionSender({ policy: 'balanced', open, clockMs: () => 0 })
    await sender.endSession!()
    await sender.send(request, 1000)
    await sender.send(request, 400_000)
    await sender.endSession!()
    await sender.send(request, 500)
    await sender.close()
    await sender.close()
    expect(done).toEqual([
      'engine 1 at 1000',
      'engine 1 at 400000',
      'engine 1 closed',
      'engine 2 at 500',
      'engine 2 closed',
    ])
  })
})
