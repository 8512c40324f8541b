import fc from 'fast-check'
import { expect, it } from 'vitest'
import { age, bytes, change, count } from './figures.js'
import { clean, table, widthOf } from './table.js'

it('writes numbers as people read them, and growth as growth (I-1)', () => {
  expect([count(0), count(1234567), count(-1234)]).toEqual(['0', '1,234,567', '-1,234'])
  expect([change(200, 50), change(50, 200), change(0, 5)]).toEqual(['-75.0 %', '+300.0 %', ''])
  expect([age(59_000), age(3_599_000), age(90_000_000), age(172_800_000)]).toEqual(['59s', '59m', '25h', '2d'])
  expect([bytes(999), bytes(1_500), bytes(2e9)]).toEqual(['999 B', '1.5 KB', '2.0 GB'])
})

it('aligns columns whatever the cells hold', () => {
  const cell = fc.string({ unit: 'grapheme', maxLength: 12 }).map(clean)
  fc.assert(
    fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1 }), (rows) => {
      const text = table(
        [{ title: 'a', align: 'right' }, { title: '|' }],
        rows.map(([left]) => [left, '|x']),
      )
      const columns = text
        .split('\n')
        .slice(0, -1)
        .map((line) => widthOf(line.slice(0, line.lastIndexOf('|'))))
      expect(new Set(columns).size).toBe(1)
    }),
  )
  expect(
    table(
      [{ title: '' }, { title: '' }],
      [
        ['測試', 'x'],
        ['\x1b[31mab\x1b[0m', 'y'],
      ],
    ),
  ).toBe('測試  x\n\x1b[31mab\x1b[0m    y\n')
})

it('lets no name move the cursor of the reader', () => {
  expect(clean('a\x1b[2Jb\r\nc\x07')).toBe('ab c ')
})
