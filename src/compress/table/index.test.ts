import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readLines } from '../../../test/properties/read-lines.js'
import { elides, planFault, render } from '../../base/plan.js'
import type { CompressInput } from '../../spec/compressor.js'
import type { Gap, Plan } from '../../spec/plan.js'
import { table } from './index.js'

const count = (text: string): number => Math.ceil(text.length / 3)
const input = (text: string, more: Partial<CompressInput> = {}): CompressInput => ({
  text,
  type: 'table',
  origin: {},
  tokens: count(text),
  protectedSpans: [],
  mayElide: true,
  policy: 'balanced',
  count,
  ...more,
})
const marker = ({ count: n, unit, range, note = '' }: Gap): string =>
  `[${n} ${n === 1 ? unit.slice(0, -1) : unit} not shown: ${range?.join('-')}, ${note}]`
const shown = (text: string, more: Partial<CompressInput> = {}): string => {
  const plan = table.compress(input(text, more)) as Plan
  expect(plan).not.toHaveProperty('skip')
  expect(planFault(plan, text)).toBeUndefined()
  return render(plan, text, marker)
}

const row = (index: number): string[] => [
  String(1000 + index),
  `cust-${1000 + ((index * 7919) % 9000)}`,
  ['Berlin', 'Oslo', 'Rome'][index % 3]!,
  `${40 + ((index * 31) % 17)}.50`,
  index % 4 === 0 ? 'open' : 'paid',
]
const HEAD = ['id', 'name', 'city', 'amount', 'state']
const rows = (n: number): string[][] => Array.from({ length: n }, (_, index) => row(index))
const csv = (cells: readonly (readonly string[])[], separator = ',', end = '\n'): string =>
  [HEAD, ...cells].map((line) => line.join(separator) + end).join('')

describe('table', () => {
  it('keeps the header, both ends and one odd row at any position, and counts the rest truly (A-2, A-3, A-5)', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 40, max: 300 }),
        fc.nat(),
        fc.constantFrom(',', '\t', ';'),
        fc.constantFrom('\n', '\r\n'),
        (n, place, separator, end) => {
          const cells = rows(n)
          const at = place % n
          cells[at]![3] = '98123.00'
          const text = csv(cells, separator, end)
          const out = shown(text)
          expect(readLines(text, out).fault).toBeUndefined()
          for (const index of [0, at, n - 1]) expect(out).toContain(cells[index]!.join(separator))
          expect(out.startsWith(HEAD.join(separator))).toBe(true)
        },
      ),
      { numRuns: 60 },
    )
  })

  it('tells what left-out rows have in common', () => {
    const out = shown(csv(rows(200)))
    expect(out).toMatch(/state paid x\d+, open x\d+/)
    expect(out).toMatch(/id \d+ to \d+/)
  })

  it('keeps the row of an id, and the extremes of a column that is named (A-7)', () => {
    const cells = rows(300)
    cells[123]![3] = '57.25'
    cells[124]![3] = '39.75'
    const text = csv(cells)
    expect(shown(text, { query: 'what did order 1077 cost?' })).toContain('1077,')
    expect(shown(text, { query: 'which order has the highest amount?' })).toContain(cells[123]!.join(','))
    expect(shown(text, { query: 'lowest amount?' })).toContain(cells[124]!.join(','))
  })

  it('finds the extreme among the rows of a named value', () => {
    const cells = rows(300)
    cells[100]![3] = '56.90'
    cells[100]![2] = 'Oslo'
    cells[101]![3] = '57.90'
    cells[101]![2] = 'Rome'
    expect(shown(csv(cells), { query: 'highest amount in Oslo' })).toContain(cells[100]!.join(','))
  })

  it('never cuts a quoted cell with line breaks in two', () => {
    const lines = Array.from({ length: 120 }, (_, index) => `${index},"said ""no"",\nthen left ${index}",${index % 5}`)
    const text = `id,comment,score\n${lines.join('\n')}\n`
    const out = shown(text)
    expect(readLines(text, out).fault).toBeUndefined()
    expect(out.split('"').length % 2).toBe(1)
  })

  it('reads Markdown, psql and mysql tables and leaves the lines around them', () => {
    const bar = (cells: readonly string[]): string => `| ${cells.map((cell) => cell.padEnd(10)).join(' | ')} |`
    const rule = `+${HEAD.map(() => '-'.repeat(12)).join('+')}+`
    const mysql = `${[rule, bar(HEAD), rule, ...rows(80).map(bar), rule].join('\n')}\n80 rows in set\n`
    const psql = `${[HEAD.join(' | '), HEAD.map(() => '-----').join('+'), ...rows(80).map((cells) => ` ${cells.join(' | ')}`)].join('\n')}\n(80 rows)\n`
    const markdown = `${[bar(HEAD), `|${HEAD.map(() => '---').join('|')}|`, ...rows(80).map(bar)].join('\n')}\n`
    for (const text of [mysql, psql, markdown]) {
      const out = shown(text)
      expect(readLines(text, out).fault).toBeUndefined()
      expect(out.length).toBeLessThan(text.length / 3)
    }
    expect(shown(mysql)).toContain('80 rows in set')
    expect(shown(psql)).toContain('(80 rows)')
  })

  it('without leave to leave out, says columns of one value once and gives the very source back (A-1)', () => {
    fc.assert(
      fc.property(
        fc.array(fc.stringMatching(/^[a-z0-9.]{1,9}$/), { minLength: 6, maxLength: 60 }),
        fc.boolean(),
        (names, last) => {
          const text =
            ['name,region,state', ...names.map((name) => `${name},eu-west-1,active`)].join('\n') + (last ? '\n' : '')
          const plan = table.compress(input(text, { mayElide: false }))
          if ('skip' in plan) return
          expect(elides(plan)).toBe(false)
          const out = render(plan, text, marker)
          expect(table.verify?.(text, out, plan)).toBe(true)
          expect(table.verify?.(text, out.replace('active', 'closed'), plan)).toBe(false)
        },
      ),
    )
    const text = csv(rows(60).map((cells) => [...cells.slice(0, 4), 'paid']))
    expect(table.compress(input(text, { mayElide: false }))).toHaveProperty('form', 'table/exact-columns')
  })

  it('answers any text with a plan or a skip, in bounded time (J-7)', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
        const plan = table.compress(input(text))
        if (!('skip' in plan)) expect(planFault(plan, text)).toBeUndefined()
      }),
    )
    for (const unit of ['"', '",', '|', ',"\n', '| \\', 'a,"b\n']) {
      const start = process.cpuUsage()
      table.compress(input(unit.repeat(1_000_000 / unit.length)))
      const { user } = process.cpuUsage(start)
      expect(user / 1000, JSON.stringify(unit)).toBeLessThan(2500)
    }
  })
})
