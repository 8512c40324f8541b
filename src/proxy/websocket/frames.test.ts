import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type FramePart, FrameSplitter, isFrame, textFrame } from './frames.js'

const MASK = Buffer.from([0x12, 0x34, 0x56, 0x78])
const rawOf = (part: FramePart): Buffer => (isFrame(part) ? part.raw : part.bytes)

const split = (bytes: Buffer, cuts: readonly number[], limit = 1e6): { parts: FramePart[]; rest: Buffer } => {
  const splitter = new FrameSplitter(limit)
  const parts: FramePart[] = []
  let at = 0
  for (const cut of [...cuts].sort((a, b) => a - b)) {
    parts.push(...splitter.push(bytes.subarray(at, Math.max(at, cut))))
    at = Math.max(at, cut)
  }
  parts.push(...splitter.push(bytes.subarray(at)))
  return { parts, rest: splitter.rest() }
}

const messages = fc.array(fc.string({ unit: 'grapheme', maxLength: 400 }), { minLength: 1, maxLength: 6 })
const cutsOf = fc.array(fc.nat(3000), { maxLength: 12 })

describe('WebSocket frames', () => {
  it('are found again wherever the stream is cut, with the very bytes that came', () => {
    fc.assert(
      fc.property(messages, cutsOf, fc.boolean(), (texts, cuts, masked) => {
        const bytes = Buffer.concat(texts.map((text) => textFrame(Buffer.from(text), masked ? MASK : undefined)))
        const { parts, rest } = split(
          bytes,
          cuts.filter((cut) => cut <= bytes.length),
        )
        expect(parts.filter(isFrame).map(({ payload }) => payload.toString())).toEqual(texts)
        expect(Buffer.concat([...parts.map(rawOf), rest]).equals(bytes)).toBe(true)
      }),
    )
  })
  it('of any garbage lose no byte', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), cutsOf, (garbage, cuts) => {
        const bytes = Buffer.from(garbage)
        const { parts, rest } = split(
          bytes,
          cuts.filter((cut) => cut <= bytes.length),
          200,
        )
        expect(Buffer.concat([...parts.map(rawOf), rest]).equals(bytes)).toBe(true)
      }),
      { numRuns: 500 },
    )
  })
  it('over the limit stream through in pieces, and the next one is whole again', () => {
    const long = textFrame(Buffer.alloc(70_000, 0x61), MASK)
    const bytes = Buffer.concat([long, textFrame(Buffer.from('next'), MASK)])
    const { parts } = split(bytes, [5, 1000, 60_000], 1000)
    expect(Buffer.concat(parts.map(rawOf)).equals(bytes)).toBe(true)
    expect(parts.filter(isFrame).map(({ payload }) => payload.toString())).toEqual(['next'])
  })
  it('are written with each length form', () => {
    for (const length of [0, 125, 126, 65_535, 65_536, 200_000]) {
      const [part] = new FrameSplitter(1e6).push(textFrame(Buffer.alloc(length, 0x62), MASK))
      expect(part !== undefined && isFrame(part) && part.payload.length).toBe(length)
    }
  })
})
