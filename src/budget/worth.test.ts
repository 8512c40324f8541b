import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { worthLeft, worthOf } from './worth.js'

const important = (line: string): number => (line.includes('ERROR') ? 6 : 0)

describe('what a stretch of text is worth', () => {
  it('adds up over neighbouring ranges, also inside a piece', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 2000 }), fc.nat(2000), fc.nat(2000), (text, one, other) => {
        const [low, high] = [Math.min(one, other, text.length), Math.min(Math.max(one, other), text.length)]
        const worth = worthOf(text, important)
        const parts = worth.between(0, low) + worth.between(low, high) + worth.between(high, text.length)
        expect(parts).toBeCloseTo(worth.total, 6)
        expect(worth.between(low, high)).toBeGreaterThanOrEqual(0)
      }),
    )
  })

  it('is greatest where nothing is left out, and less by more for a failure, a newer block, a dearer retrieval', () => {
    const text = `${'a plain line of words\n'.repeat(20)}an ERROR line of words\n${'a plain line of words\n'.repeat(20)}`
    const worth = worthOf(text, important)
    const at = text.indexOf('an ERROR')
    const lossOf = (start: number, end: number, more = {}): number => {
      const common = { worth, tokensBefore: 300, blocksAfter: 0, ...more }
      return worthLeft({ ...common, leftOut: [] }) - worthLeft({ ...common, leftOut: [{ start, end }] })
    }
    expect(lossOf(0, 22)).toBeGreaterThan(0)
    expect(lossOf(at, at + 22)).toBeGreaterThan(3 * lossOf(0, 22))
    expect(lossOf(0, 44)).toBeGreaterThan(lossOf(0, 22))
    expect(lossOf(0, 22, { blocksAfter: 20 })).toBeLessThan(lossOf(0, 22))
    expect(lossOf(0, 22, { tokensBefore: 3000 })).toBeGreaterThan(lossOf(0, 22))
  })
})
