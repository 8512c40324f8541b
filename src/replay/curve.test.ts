import { describe, expect, it } from 'vitest'
import { Curve } from './curve.js'

const curveOf = (length: number): readonly number[] => {
  const curve = new Curve()
  for (let value = 0; value < length; value++) curve.add(value)
  return curve.points
}

describe('a curve', () => {
  it('holds every value of a short session', () => {
    expect(curveOf(4)).toEqual([0, 1, 2, 3])
    expect(curveOf(0)).toEqual([])
  })

  it('stays bounded, even and complete at both ends, however long the session is', () => {
    for (const length of [256, 257, 258, 1000, 100_003]) {
      const points = curveOf(length)
      expect(points.length).toBeLessThanOrEqual(257)
      expect(points.length).toBeGreaterThan(100)
      expect(points[0]).toBe(0)
      expect(points.at(-1)).toBe(length - 1)
      const steps = new Set(points.slice(1, -1).map((value, index) => value - points[index]!))
      expect(steps.size).toBe(1)
    }
  })
})
