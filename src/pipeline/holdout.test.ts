import { describe, expect, it } from 'vitest'
import { tempHome } from '../../test/support/home.js'
import { growingSession } from '../../test/support/session.js'
import { createHeadroom } from '../create.js'
import { spliceBytes } from '../wire/edit.js'

const turns = growingSession(21, 12_000)

/** Bodies as sent, and reasons of the requests; the engine is opened anew for each turn. */
const played = async (home: string, session: string, percents: readonly number[]) => {
  const sent: Buffer[] = []
  const reasons: (string | undefined)[] = []
  for (const [at, { body }] of turns.entries()) {
    const engine = createHeadroom({ home, holdoutPercent: percents[Math.min(at, percents.length - 1)]! })
    const { edits, report } = await engine.run({ dialect: 'anthropic', body, session, loopback: true })
    sent.push(Buffer.from(spliceBytes(body, edits)))
    reasons.push(report.reason)
    await engine.close()
  }
  return { sent, reasons }
}

const came = turns.map(({ body }) => Buffer.from(body))
const same = (a: readonly Buffer[], b: readonly Buffer[]): boolean => a.every((one, at) => one.equals(b[at]!))

describe('sessions that are left alone', () => {
  it('pass untouched on every turn, after restarts too; the others are what they were (B-4)', async () => {
    let held = 0
    for (let n = 0; n < 12; n++) {
      const [with50, with0] = [await played(tempHome(), `s${n}`, [50]), await played(tempHome(), `s${n}`, [0])]
      const isHeld = same(with50.sent, came)
      if (isHeld) held++
      expect(with50.reasons.includes('holdout')).toBe(isHeld)
      if (!isHeld) expect(with50.reasons).toEqual(with0.reasons)
      expect(same(with0.sent, came)).toBe(false)
    }
    expect(held).toBeGreaterThan(1)
    expect(held).toBeLessThan(11)
  })

  it('are told apart by their first words where a client names no session, whatever prompt they share', async () => {
    const engine = createHeadroom({ home: tempHome(), holdoutPercent: 50 })
    let held = 0
    for (let n = 0; n < 24; n++) {
      const body = Buffer.from(
        JSON.stringify({
          model: 'm',
          system: 'You are careful.',
          messages: [{ role: 'user', content: `Task ${n}` }],
        }),
      )
      const { report } = await engine.run({ dialect: 'anthropic', body, loopback: true })
      if (report.arm === 'held-out') held++
    }
    await engine.close()
    expect(held).toBeGreaterThan(4)
    expect(held).toBeLessThan(20)
  })

  it('keep the forms that they had before they were left alone (B-3)', async () => {
    const { sent } = await played(tempHome(), 's', [0, 0, 0, 0, 100])
    const last = turns.length - 1
    expect(sent[last]!.length).toBeLessThan(came[last]!.length)
    for (let at = 1; at < sent.length; at++) {
      const before = sent[at - 1]!.subarray(0, sent[at - 1]!.length - 2)
      expect(sent[at]!.subarray(0, before.length).equals(before)).toBe(true)
    }
  })
})
