import { describe, expect, it } from 'vitest'
import { quantityOf } from './quantity.js'

describe('quantityOf', () => {
  it.each([
    ['42', 42],
    ['-3.5', -3.5],
    ['1,234', 1234],
    ['$12.50', 12.5],
    ['99%', 99],
    ['4.0K', 4096],
    ['2 GiB', 2 * 1024 ** 3],
    ['12ms', 0.012],
    ['2024-01-15', 20240115000000],
    ['2024-01-15T10:23:11Z', 20240115102311],
  ])('reads %s', (cell, value) => {
    expect(quantityOf(cell)).toBeCloseTo(value, 6)
  })

  it.each(['', '-', 'n/a', 'v1.2', '1.2.3', '10.0.0.1', 'abc', '12 apples', '0x1f'])(
    'reads no number in %j',
    (cell) => {
      expect(quantityOf(cell)).toBeNaN()
    },
  )
})
