import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { inputOf, printGap } from '../../../test/conformance/compressor.js'
import { cellsOf } from '../../../test/properties/read-csv.js'
import { elides, render } from '../../base/plan.js'
import { isSkip } from '../../base/skip.js'
import type { CompressInput } from '../../spec/compressor.js'
import type { Plan } from '../../spec/plan.js'
import { csvRows } from './csv.js'
import { packedTexts } from './exact.js'
import { json } from './index.js'
import { tableOf } from './table.js'
import { childrenOf, parseTree } from './tree.js'

type Members = Record<string, unknown>

const isObject = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A row of the source from its cells, under a header whose nested columns are {"key":["a","b"]}. */
const rowOf = (columns: readonly unknown[], cells: unknown[], isFlat: boolean): Members =>
  Object.fromEntries(
    columns.map((column): [string, unknown] => {
      if (!isObject(column)) return [column as string, cells.shift()]
      const [key, sub] = Object.entries(column)[0] as [string, unknown[]]
      return [key, rowOf(sub, isFlat ? cells : (cells.shift() as unknown[]), isFlat)]
    }),
  )

/** The value that a text of tables stands for. */
const decoded = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(decoded)
  if (!isObject(value)) return value
  const { columns, rows, csv, every_row: every = {} } = value
  const list = csv ?? rows
  if (!Array.isArray(columns) || list === undefined)
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, decoded(inner)]))
  const isFirst = Object.keys(value)[0] === 'every_row'
  const rowFrom = (row: unknown): unknown => {
    const isCsv = csv !== undefined && typeof row === 'string'
    if (!isCsv && !Array.isArray(row)) return decoded(row)
    const cells = isCsv ? cellsOf(row) : (row as unknown[]).map(decoded)
    const read = rowOf(columns, cells, isCsv)
    return isFirst ? { ...(every as Members), ...read } : { ...read, ...(every as Members) }
  }
  return Array.isArray(list)
    ? list.map(rowFrom)
    : Object.fromEntries(Object.entries(list as Members).map(([key, row]) => [key, rowFrom(row)]))
}

const exact = (text: string, more: Partial<CompressInput> = {}): { sent: string; plan: Plan } => {
  const plan = json.compress(inputOf(text, json, { mayElide: false, ...more }))
  if (isSkip(plan)) throw new Error(plan.skip)
  const sent = render(plan, text, printGap)
  expect(elides(plan)).toBe(false)
  expect(json.verify!(text, sent, plan)).toBe(true)
  return { sent, plan }
}

const wholePlan = (text: string, other: string): Plan => ({
  form: 'json/csv',
  segments: [{ kind: 'rewrite', start: 0, end: text.length, text: other }],
})
const isProved = (text: string, other: string): boolean => json.verify!(text, other, wholePlan(text, other))

const people = Array.from({ length: 12 }, (_, id) => ({
  id,
  name: `n${id}`,
  at: { x: id / 2, zone: 'a' },
  ok: id !== 5,
}))

describe('rows as comma-separated strings (A-4)', () => {
  it('say nested columns in the order of the header, and keep the values that every row has', () => {
    const { sent, plan } = exact(JSON.stringify(people))
    expect(plan.form).toBe('json/csv')
    expect(sent).toMatch(
      /^\{"columns":\["id","name",\{"at":\["x","zone"\]\},"ok"\],"csv":\["0,n0,0,a,true","1,n1,0.5,a,true",/,
    )
    const last = people.map((row) => ({ ...row, region: 'eu-west-1' }))
    expect(exact(JSON.stringify(last)).sent).toContain('"every_row":{"region":"eu-west-1"},"csv":["0,n0,')
  })

  it.each([
    ['', '\\"\\"'],
    [' a', '\\" a\\"'],
    ['a\u00a0', '\\"a\u00a0\\"'],
    ['a, b', '\\"a, b\\"'],
    ['true', '\\"true\\"'],
    ['NULL', '\\"NULL\\"'],
    ['7', '\\"7\\"'],
    ['-0', '\\"-0\\"'],
    ['007', '\\"007\\"'],
    ['1e5', '\\"1e5\\"'],
    ['12e999', '\\"12e999\\"'],
    ['0x1F', '\\"0x1F\\"'],
    ['.5', '\\".5\\"'],
    ['a\u2028b', '\\"a\u2028b\\"'],
    ['2024-01-02', '2024-01-02'],
    ['1.2.3', '1.2.3'],
    ['a b', 'a b'],
    ['nullable', 'nullable'],
    ['[3 rows not shown]', '[3 rows not shown]'],
    ['é漢😀', 'é漢😀'],
  ])('write the string %j as %s', (name, cell) => {
    const text = JSON.stringify([{ ...people[0], name }, ...people])
    const { sent } = exact(text)
    expect(sent).toContain(`"0,${cell},0,a,true"`)
    expect(JSON.stringify(decoded(JSON.parse(sent)))).toBe(text)
  })

  it('write numbers as the source does, and leave arrays to rows with escapes or with a list', () => {
    const cells = ['1.0,"a"', '1e5,"b"', '-0,"c"', '12345678901234567890,"d"', '1,"caf\\u00e9"', '2,"a\\"b"', '3,[]']
    const rows = [...cells, ...people.map(({ id, name }) => `${id},"${name}"`)].map((row) => {
      const [number, ...rest] = row.split(',')
      return `{"number":${number},"nickname":${rest.join(',')}}`
    })
    expect(exact(`[${rows.join(', ')}]`).sent).toContain(
      '"csv":["1.0,a","1e5,b","-0,c","12345678901234567890,d",[1,"caf\\u00e9"],[2,"a\\"b"],[3,[]],"0,n0",',
    )
  })

  it('are not used beside a row that is a string, with a key of that name, or without a string beside another scalar', () => {
    for (const rows of [
      [...people, '12,n12,6,a,true'],
      people.map(({ id, name }) => ({ id, csv: name })),
      people.map(({ id }) => ({ id, half: id / 2, isEven: id % 2 === 0 })),
      people.map(({ name }) => ({ name, upper: name.toUpperCase(), city: 'Lagos' })),
    ])
      expect(exact(JSON.stringify(rows, null, 1)).sent).not.toContain('"csv":[')
  })

  it('come back as they were, whatever the cells hold', () => {
    const nasty = fc.oneof(
      fc.constantFrom('', ' ', '0', '-1', '1e5', '007', 'true', 'null', 'NaN', ',', '"', 'a,b', '""', '\\', '\n', '[]'),
      fc.constantFrom(
        'é',
        '\u2028',
        '\u0085',
        '\ufeffa',
        'a\u3000',
        '{}',
        "'",
        '#',
        '=1+1',
        '+1',
        '-',
        '1.',
        '1,2',
        '/',
      ),
      fc.string({ unit: 'grapheme', maxLength: 6 }),
    )
    const scalar = fc.oneof(nasty, nasty, fc.integer(), fc.double({ noNaN: true }), fc.boolean(), fc.constant(null))
    const row = fc.record(
      { identifier: scalar, 'a "key"': scalar, position: fc.record({ lat: scalar, tag: scalar }), note: scalar },
      { requiredKeys: ['identifier', 'a "key"'] },
    )
    const full = fc.record({ identifier: scalar, 'a "key"': scalar, position: fc.record({ lat: scalar, tag: scalar }) })
    const odd = fc.oneof({ weight: 20, arbitrary: fc.oneof(full, row) }, { weight: 1, arbitrary: fc.jsonValue() })
    const rows = fc.array(fc.oneof({ weight: 4, arbitrary: full }, odd), { minLength: 4, maxLength: 30 })
    const layout = fc.constantFrom(
      (list: unknown[]): unknown => list,
      (list: unknown[]): unknown => ({ data: { list, n: 1 } }),
      (list: unknown[]): unknown => Object.fromEntries(list.map((one, at) => [`item-${at}`, one])),
    )
    let tables = 0
    const holds = (list: unknown[], put: (list: unknown[]) => unknown): void => {
      const text = JSON.stringify(put(list))
      const { csv, columns } = packedTexts(parseTree(text)!, true) ?? {}
      if (columns !== undefined) expect(JSON.stringify(decoded(JSON.parse(columns)))).toBe(text)
      if (csv === undefined) return
      tables++
      expect(JSON.stringify(decoded(JSON.parse(csv)))).toBe(text)
      expect(isProved(text, csv)).toBe(true)
    }
    fc.assert(fc.property(rows, layout, holds), { numRuns: 600 })
    expect(tables).toBeGreaterThan(200)
  })

  it('come back from lines of objects, under a header that tells', () => {
    const text = [...people, { other: 1 }].map((row) => JSON.stringify(row)).join('\n')
    const { sent } = exact(text)
    const [header, ...lines] = sent.split('\n').map((line): unknown => JSON.parse(line))
    expect(header).toEqual({ columns: ['id', 'name', { at: ['x', 'zone'] }, 'ok'], csv: true })
    expect(decoded({ ...(header as Members), csv: lines })).toEqual([...people, { other: 1 }])
    expect(isProved(text, sent.replace(',"csv":true', ''))).toBe(false)
  })
})

describe('the proof of rows as strings', () => {
  const text = JSON.stringify(people)
  const { sent } = exact(text)

  it.each([
    ['a changed cell', '3,n3,', '3,n4,'],
    ['a changed number', '"3,n3,', '"4,n3,'],
    ['a number written otherwise', '3,n3,1.5', '3,n3,1.50'],
    ['swapped cells', '3,n3,', 'n3,3,'],
    ['a dropped cell', '3,n3,', '3,'],
    ['a cell more', '3,n3,1.5,a,true', '3,n3,1.5,a,true,'],
    ['a dropped row', '"3,n3,1.5,a,true",', ''],
    ['a row twice', '"3,n3,1.5,a,true",', '"3,n3,1.5,a,true","3,n3,1.5,a,true",'],
    ['a number become a string', '"3,n3,', '"\\"3\\",n3,'],
    ['a boolean become a string', '1.5,a,true"', '1.5,a,\\"true\\""'],
    ['a quote that does not end', '3,n3,', '3,\\"n3,'],
    ['text behind a quote', '3,n3,', '3,\\"n3\\"x,'],
    ['an escape', '3,n3,', '3,n\\u0033,'],
    ['white space', '3,n3,', '3, n3,'],
    ['rows under the other name', '"csv":', '"rows":'],
    ['rows under a name of no table', '"csv":', '"list":'],
    ['another order of columns', '["id","name"', '["name","id"'],
    ['a flat column for a nested one', '{"at":["x","zone"]}', '"x","zone"'],
  ])('refuses %s', (_, part, other) => {
    expect(sent).toContain(part)
    expect(isProved(text, sent)).toBe(true)
    expect(isProved(text, sent.replace(part, other))).toBe(false)
  })

  it('refuses a string that has become a number, and quotes that are not needed change nothing', () => {
    const numbers = JSON.stringify(people.map((row) => ({ ...row, name: '1' })))
    const { sent: quoted } = exact(numbers, { notation: 'json/csv' })
    expect(quoted).toContain('"3,\\"1\\",1.5')
    expect(isProved(numbers, quoted.replace('"3,\\"1\\",1.5', '"3,1,1.5'))).toBe(false)
    expect(isProved(text, sent.replace('3,n3,', '3,\\"n3\\",'))).toBe(true)
  })

  it('refuses a row that stands for a string, and one beside a gap', () => {
    const rows = [...people, '0,n0,0,a,true']
    expect(isProved(JSON.stringify(rows), sent.replace(/\]\}$/, ',"0,n0,0,a,true"]}'))).toBe(false)
    const [at, end] = [text.indexOf(',{"id":11'), text.length - 1]
    const csv = sent.replace(/,"11,[^"]*"\]\}$/, '')
    const gap = { kind: 'elide', start: at, end, gap: { count: 1, unit: 'rows' }, before: ',"', after: '"' } as const
    const plan: Plan = {
      form: 'json/rows',
      segments: [
        { kind: 'rewrite', start: 0, end: at, text: csv },
        gap,
        { kind: 'rewrite', start: end, end: text.length, text: ']}' },
      ],
    }
    expect(json.verify!(text, render(plan, text, printGap), plan)).toBe(false)
  })
})

describe('the choice between arrays and strings', () => {
  const wide = people.map((row) => ({
    ...row,
    text: 'words that are the same in no other place of this list '.repeat(9) + row.id,
  }))

  it('falls on arrays where strings save less than 2 %, but for a tool whose last table was of strings', () => {
    const text = JSON.stringify(wide)
    expect(exact(text).plan.form).toBe('json/columns')
    expect(exact(text, { notation: 'json/csv-of-cut' }).plan.form).toBe('json/csv')
  })

  it('stays with arrays where the last table of the tool was of arrays', () => {
    const text = JSON.stringify(people)
    expect(exact(text, { notation: 'json/columns' }).plan.form).toBe('json/columns')
    expect(json.notations).toEqual(['json/columns', 'json/columns-of-cut', 'json/csv', 'json/csv-of-cut'])
  })

  it('counts no text of strings that cannot save enough', () => {
    const counted: string[] = []
    const count = (part: string): number => {
      counted.push(part)
      return Math.ceil(part.length / 4)
    }
    exact(JSON.stringify(wide.map((row) => ({ ...row, text: row.text.repeat(4) }))), { count })
    expect(counted.filter((part) => part.includes('"csv":['))).toEqual([])
    exact(JSON.stringify(people), { count })
    expect(counted.filter((part) => part.includes('"csv":['))).toHaveLength(1)
  })

  it('knows rows in which a string stands beside another scalar', () => {
    const bordersOf = (value: readonly unknown[]): number | undefined => {
      const tree = parseTree(JSON.stringify(value))!
      const rows = childrenOf(tree, tree.root)
      return csvRows(tree, rows, tableOf(tree, rows)!)?.borders
    }
    expect(bordersOf(people)).toBe(12 * 4)
    expect(bordersOf(people.map(({ name, at }) => ({ title: name, town: at.zone, country: 'NG' })))).toBeUndefined()
  })
})
