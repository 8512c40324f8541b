// The cutting of event streams, without a network: cut anywhere, with any line ends, the client gets the same bytes.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { eventsOf } from '../../../test/support/redeem-clients.js'
import { type Name, type Part, streamOf } from '../../../test/support/redeem-model.js'
import { redeemDialect } from './dialects/list.js'
import { RawEvents } from './events.js'
import type { Round } from './types.js'

const NAMES: readonly Name[] = ['anthropic', 'openai-chat', 'openai-responses', 'gemini']

interface Cut {
  readonly client: string
  readonly rounds: readonly Round[]
}

/** What the client gets of several answers in a row, each cut into chunks. */
const told = (name: Name, answers: readonly (readonly Buffer[])[]): Cut => {
  const surgeon = redeemDialect(name)!.surgeon()
  const out: Buffer[] = []
  const rounds: Round[] = []
  for (const [index, chunks] of answers.entries()) {
    const events = new RawEvents()
    for (const chunk of chunks) for (const event of events.push(chunk)) out.push(...surgeon.event(event))
    for (const event of events.end()) out.push(...surgeon.event(event))
    rounds.push(surgeon.round())
    if (index < answers.length - 1) surgeon.next()
  }
  return { client: Buffer.concat([...out, ...surgeon.finish()]).toString(), rounds }
}

const halves = (bytes: Buffer, at: number): Buffer[] => [bytes.subarray(0, at), bytes.subarray(at)]

const OWN: Part = { own: { ref: '0123456789abcdef' } }
const FIRST: readonly Part[] = [{ think: 'naïve 🎉' }, { say: 'Zuerst ✓ "so" ' }, OWN]
const SECOND: readonly Part[] = [{ say: 'then\n' }, OWN, { call: 'Query', args: { command: 'ls' } }]

describe.each(NAMES)('the stream of %s', (name) => {
  const [first, second] = [streamOf(name, FIRST), streamOf(name, SECOND)]

  it('reads the same wherever it is cut, and shows no call of ours', () => {
    const expected = told(name, [[first], [second]])
    expect(expected.client).not.toContain('headroom_retrieve')
    expect(expected.client).toContain('Query')
    for (let at = 1; at < Math.max(first.length, second.length); at++)
      expect(told(name, [halves(first, at), halves(second, at)])).toEqual(expected)
    expect(told(name, [Array.from(first, (byte) => Buffer.from([byte])), [second]])).toEqual(expected)
  })

  it('reads the same with other line ends and comments', () => {
    const expected = told(name, [[first], [second]])
    for (const end of ['\r\n', '\r']) {
      const other = [first, second].map((bytes) =>
        Buffer.from(`: comment${end}${end}${bytes.toString().replaceAll('\n', end)}`),
      )
      for (let at = 1; at < 400; at++) {
        const { client, rounds } = told(
          name,
          other.map((bytes) => halves(bytes, at)),
        )
        expect(rounds).toEqual(expected.rounds)
        expect(eventsOf(client.replaceAll(/\r\n|\r/g, '\n'))).toEqual(eventsOf(expected.client))
      }
    }
  })

  it('passes byte for byte while no call of ours is in it (E-2)', () => {
    const word = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 })
    const part: fc.Arbitrary<Part> = fc.oneof(
      word.map((say) => ({ say })),
      word.map((think) => ({ think })),
      word.map((command) => ({ call: 'headroom_retrieve_not', args: { command } })),
    )
    fc.assert(
      fc.property(
        fc.array(part, { maxLength: 6 }),
        fc.infiniteStream(fc.integer({ min: 1, max: 60 })),
        (parts, sizes) => {
          const bytes = streamOf(name, parts)
          const chunks: Buffer[] = []
          for (let at = 0; at < bytes.length; ) {
            const size = sizes.next().value as number
            chunks.push(bytes.subarray(at, at + size))
            at += size
          }
          expect(told(name, [chunks]).client).toBe(bytes.toString())
        },
      ),
      { numRuns: 200 },
    )
  })
})
