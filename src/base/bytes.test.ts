import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { commonPrefixLength } from './bytes.js'

const oneByOne = (a: Uint8Array, b: Uint8Array): number => {
  let at = 0
  while (at < a.length && at < b.length && a[at] === b[at]) at++
  return at
}

describe('the common prefix of two byte arrays', () => {
  it('ends where a comparison byte by byte says, at any length and any difference', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 200_000 }),
        fc.integer({ min: 0, max: 200_000 }),
        fc.integer({ min: 0, max: 500 }),
        (length, changedAt, shorter) => {
          const a = Buffer.alloc(length, 'abcdefg')
          const b = Buffer.from(a.subarray(0, Math.max(0, length - shorter)))
          if (changedAt < b.length) b[changedAt] = 0
          expect(commonPrefixLength(a, b)).toBe(oneByOne(a, b))
          expect(commonPrefixLength(b, a)).toBe(oneByOne(a, b))
        },
      ),
      { numRuns: 300 },
    )
  })
})
