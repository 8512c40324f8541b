import { describe, expect, it } from 'vitest'
import { markers } from '../../src/store/marker.js'
import { waysBackIn } from './markers.js'

const bodyOf = (text: string): Buffer => Buffer.from(JSON.stringify({ messages: [{ role: 'tool', content: text }] }))

describe('the reader of ways back', () => {
  it('finds the file or id of every marker that is printed, and nothing else', () => {
    const gap = { count: 37, unit: 'lines', range: [4, 40], note: 'x37 INFO * compiled' } as const
    const path = '/home/u/.headroom/files/1a2b3c4d5e6f7081.txt'
    const text = [
      markers.print(gap, { ref: '1a2b3c4d5e6f7081', path }),
      markers.print(gap),
      markers.print(gap, { ref: '0a0b0c0d0e0f0a0b' }),
      'see also; full text in /etc/passwd.txt]',
    ].join('\n')
    expect(waysBackIn(bodyOf(text))).toEqual([path, '0a0b0c0d0e0f0a0b'])
  })
})
