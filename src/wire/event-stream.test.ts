import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { messageOf } from '../../test/support/event-stream.js'
import { EventStreamSplitter } from './event-stream.js'

const payloadsOf = (chunks: readonly Uint8Array[], maxBytes?: number): string[] => {
  const payloads: string[] = []
  const splitter = new EventStreamSplitter((payload) => payloads.push(Buffer.from(payload).toString()), maxBytes)
  for (const chunk of chunks) splitter.push(chunk)
  return payloads
}

const cutAt = (bytes: Buffer, cuts: readonly number[]): Buffer[] => {
  const at = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length]
  return at.slice(1).map((end, index) => bytes.subarray(at[index], end))
}

/** Made by `@smithy/eventstream-codec` 4.5.2. */
const FOREIGN = Buffer.from(
  '0000004a0000002aacda56570b3a6576656e742d747970650700056368756e6b0d3a6d6573736167652d747970650700056576656e747b226279746573223a226533303d227dae919f38',
  'hex',
)

describe('an AWS event stream', () => {
  it('reads what the official codec writes, cut at every byte', () => {
    const twice = Buffer.concat([FOREIGN, FOREIGN])
    for (let cut = 0; cut <= twice.length; cut++)
      expect(payloadsOf([twice.subarray(0, cut), twice.subarray(cut)])).toEqual(Array(2).fill('{"bytes":"e30="}'))
    expect(payloadsOf([...twice].map((byte) => Buffer.from([byte])))).toHaveLength(2)
  })
  it('gives the same payloads however its bytes are cut (E-2)', () => {
    const message = fc.record({
      payload: fc.string({ unit: 'grapheme', maxLength: 20 }),
      headers: fc.dictionary(fc.constantFrom(':event-type', 'x'), fc.string({ maxLength: 9 })),
    })
    fc.assert(
      fc.property(fc.array(message, { maxLength: 5 }), fc.array(fc.nat(), { maxLength: 9 }), (messages, cuts) => {
        const bytes = Buffer.concat(messages.map(({ payload, headers }) => messageOf(payload, headers)))
        expect(payloadsOf(cutAt(bytes, cuts))).toEqual(messages.map(({ payload }) => payload))
      }),
    )
  })
  it('passes over a message whose sum is wrong, and reads the next', () => {
    const first = messageOf('first', { x: 'y' })
    for (let at = 12; at < first.length; at++) {
      const damaged = Buffer.from(first)
      damaged[at]! ^= 0x40
      expect(payloadsOf([damaged, messageOf('second')])).toEqual(['second'])
    }
  })
  it('reads nothing after a prelude that is none', () => {
    const first = messageOf('first')
    for (let at = 0; at < 12; at++) {
      const damaged = Buffer.from(first)
      damaged[at]! ^= 0x01
      expect(payloadsOf([damaged, messageOf('second')])).toEqual([])
    }
  })
  it('passes over a message that is too long without keeping it', () => {
    const bytes = Buffer.concat([messageOf('a'), messageOf('b'.repeat(100)), messageOf('c')])
    for (let cut = 0; cut <= bytes.length; cut++)
      expect(payloadsOf([bytes.subarray(0, cut), bytes.subarray(cut)], 60)).toEqual(['a', 'c'])
  })
  it('never throws at garbage', () => {
    const garbage = fc.oneof(
      fc.uint8Array({ maxLength: 60 }),
      fc.string().map((text) => messageOf(text)),
    )
    fc.assert(
      fc.property(fc.array(garbage, { maxLength: 6 }), fc.array(fc.nat(), { maxLength: 5 }), (parts, cuts) => {
        payloadsOf(cutAt(Buffer.concat(parts), cuts))
      }),
      { numRuns: 2000 },
    )
  })
})
