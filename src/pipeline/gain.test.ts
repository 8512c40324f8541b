import { describe, expect, it } from 'vitest'
import { gainRefusal } from './block.js'

describe('the least gain (A-8)', () => {
  it('is a tenth of the block, whatever counts it', () => {
    for (const margin of [false, true]) {
      expect(gainRefusal(1000, 1000, margin)?.skip).toBe('would-grow')
      expect(gainRefusal(9000, 8200, margin)?.skip).toBe('gain-too-small')
      expect(gainRefusal(1000, 840, margin)).toBeUndefined()
    }
  })

  it('needs a margin where an estimate would decide about few tokens alone', () => {
    expect(gainRefusal(1000, 880, true)?.skip).toBe('near-threshold')
    expect(gainRefusal(1000, 880, false)).toBeUndefined()
    expect(gainRefusal(7000, 6200, true)).toBeUndefined()
  })
})
