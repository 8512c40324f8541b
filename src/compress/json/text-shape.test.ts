import { describe, expect, it } from 'vitest'
import { leadOf, makeOf } from './text-shape.js'

describe('parts of a text', () => {
  it('are what it begins with, up to a separator', () => {
    expect(['10.3.0.7', '2026-03-04', 'https://a.b', 'plain', '', '.env'].map(leadOf)).toEqual([
      '10',
      '2026',
      'https',
      'plain',
      '',
      '',
    ])
  })

  it('are letters, digits, both or neither', () => {
    expect(['ada', '1.2.3', 'a1', '--', '', '正常'].map(makeOf)).toEqual([2, 1, 3, 0, 0, 2])
  })
})
