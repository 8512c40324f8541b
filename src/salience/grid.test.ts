import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { judgeGrid } from './grid.js'
import { Claims } from './pick.js'

/** From here on a row counts as unlike the rest. */
const ODD = 600

const rowsOf = (count: number): string[][] =>
  Array.from({ length: count }, (_, row) => [
    String(1000 + row),
    `user-${1000 + ((row * 7919) % 9000)}`,
    ['Berlin', 'Oslo', 'Rome'][row % 3]!,
    String(40 + ((row * 31) % 17)),
    row % 4 === 0 ? 'open' : 'paid',
  ])
const names = ['id', 'name', 'city', 'amount', 'state']

const oddRows = (rows: readonly (readonly string[])[]): number[] => {
  const claims = new Claims(rows.length)
  judgeGrid({ names, rows }, claims)
  return [...claims.score.keys()].filter((row) => claims.score[row]! >= ODD)
}

const CHANGES: readonly (readonly [name: string, column: number, cell: string])[] = [
  ['a number far out', 3, '98123'],
  ['a negative number', 3, '-7'],
  ['a zero', 3, '0'],
  ['no number', 3, 'n/a'],
  ['an empty cell', 2, ''],
  ['a state of its own', 4, 'chargeback'],
  ['a name of another shape', 1, 'DROP TABLE users'],
  ['an id out of order', 0, '17'],
]

describe('judgeGrid', () => {
  it.each(CHANGES)('sees %s at any position (A-5)', (_, column, cell) => {
    fc.assert(
      fc.property(fc.integer({ min: 30, max: 600 }), fc.nat(), (count, place) => {
        const rows = rowsOf(count)
        const at = 2 + (place % (count - 4))
        rows[at]![column] = cell
        expect(oddRows(rows)).toContain(at)
      }),
      { numRuns: 40 },
    )
  })

  it('sees nothing odd in routine rows', () => {
    for (const count of [10, 100, 1000]) expect(oddRows(rowsOf(count))).toEqual([])
  })

  it('sees a row with too many cells', () => {
    const rows = rowsOf(50)
    rows[20]!.push('extra')
    expect(oddRows(rows)).toEqual([20])
  })
})
