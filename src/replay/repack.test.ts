// History that is shortened once the provider has forgotten it, as a replay bills it: the recording's clock is the engine's.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { tempHome } from '../../test/support/home.js'
import { createHeadroom } from '../create.js'
import { tokenizerFor } from '../tokenize/index.js'
import { replay } from './index.js'
import { madeSession, type Provider } from './made-sessions.testkit.js'
import type { PolicyResult } from './result.js'
import { sessionSender } from './senders.js'

const PROVIDER: Provider = { headTokens: 12_000, slope: 1.1 }

/** A session that was begun without us and is resumed: the second file repeats what the first one holds, and goes on. */
const resumed = (seed: number, provider: Provider): string => {
  const folder = tempHome()
  const { text } = madeSession(seed, 40_000, provider)
  const lines = text.split('\n')
  writeFileSync(join(folder, '1-begun.jsonl'), `${lines.slice(0, Math.floor(lines.length / 2)).join('\n')}\n`)
  writeFileSync(join(folder, '2-resumed.jsonl'), text)
  return folder
}

const middleOf = (seed: number): number => madeSession(seed, 40_000, PROVIDER).requests / 2

/** The resumed session without us, and with an engine that goes by the recording's clock or by one that stands. */
const billed = async (folder: string, clock: 'runs' | 'stands'): Promise<{ none: PolicyResult; own: PolicyResult }> => {
  const open = async (nowMs: () => number) =>
    createHeadroom({ home: tempHome(), policy: 'balanced', nowMs: clock === 'runs' ? nowMs : () => 0 })
  const sender = sessionSender({ policy: 'balanced', open, clockMs: () => 0 })
  const { sessions } = await replay({ paths: [folder], senders: [sender], tokenizerFor })
  const { policies } = sessions.find(({ id }) => id === '2-resumed')!
  return { none: policies.none!, own: policies.balanced! }
}

describe('a resumed session with pauses', () => {
  it.each([3, 5, 8])(
    'is cheaper where pauses let its history be shortened, and never dearer than without us (seed %i, B-5, B-10)',
    async (seed) => {
      const middle = Math.ceil(middleOf(seed))
      const folder = resumed(seed, { ...PROVIDER, pausesBefore: [middle + 3, middle + 6] })
      const [cold, warm] = [await billed(folder, 'runs'), await billed(folder, 'stands')]
      expect(cold.own.repacks).toEqual({ cold: 1, 'net-cost': 0 })
      expect(warm.own.repacks.cold).toBe(0)
      expect(cold.own.plainTokens).toBeLessThan(warm.own.plainTokens)
      expect(cold.own.resultTokensAfter).toBeLessThan(warm.own.resultTokensAfter)
      expect(warm.own.plainTokens).toBeLessThanOrEqual(cold.none.plainTokens)
      // It breaks no prefix: nothing is written that would not have been written anyway.
      expect(cold.own.billed.writeTokens).toBeLessThan(warm.own.billed.writeTokens)
    },
  )

  it('shows the rewrite where the provider had the history all the same', async () => {
    const middle = Math.ceil(middleOf(3))
    const folder = resumed(3, { ...PROVIDER, pausesBefore: [middle + 3], remembers: true })
    const [cold, warm] = [await billed(folder, 'runs'), await billed(folder, 'stands')]
    expect(cold.own.repacks.cold).toBe(1)
    expect(cold.own.billed.writeTokens).toBeGreaterThan(warm.own.billed.writeTokens + 5000)
  })
})
