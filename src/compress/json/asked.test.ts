import { describe, expect, it } from 'vitest'
import { inputOf, outputOf, printGap } from '../../../test/conformance/compressor.js'
import { render } from '../../base/plan.js'
import { isSkip } from '../../base/skip.js'
import { FAMILIES, rngOf } from './generate.testkit.js'
import { json } from './index.js'

type Row = Record<string, unknown>
const rowsOf = (family: string, count: number, seed = 1): Row[] => {
  const rng = rngOf(seed)
  return Array.from({ length: count }, (_, index) => FAMILIES[family]!.row(rng, index))
}
const scalarsOf = (value: unknown): string[] =>
  value !== null && typeof value === 'object' ? Object.values(value).flatMap(scalarsOf) : [JSON.stringify(value)]

describe('what a question asks for stays in the text (A-7)', () => {
  it('keeps the row whose id the question names, with every value of it', () => {
    for (const [family, { key }] of Object.entries(FAMILIES))
      for (let seed = 1; seed <= 12; seed++) {
        const rows = rowsOf(family, 60 + seed * 9, seed)
        const row = rows[(seed * 37) % rows.length]!
        for (const text of [JSON.stringify(rows, null, 1), JSON.stringify({ meta: { page: 1 }, rows })]) {
          const out = outputOf(json, text, { query: `Tell me everything about ${String(row[key])}, please` })
          for (const value of scalarsOf(row)) expect(out, `${family} ${seed}`).toContain(value)
          expect(out.length).toBeLessThan(text.length * 0.5)
        }
      }
  })
  it('keeps the member of a map that the question names', () => {
    const rng = rngOf(3)
    const map = Object.fromEntries(
      Array.from({ length: 150 }, () => [rng().toString(36).slice(2), rng().toString(36).slice(2)]),
    )
    for (const [key, value] of Object.entries(map).slice(20, 120))
      expect(outputOf(json, JSON.stringify(map, null, 1), { query: `What is the value of key ${key}?` })).toContain(
        `"${key}":"${value}"`,
      )
  })
  it('keeps both ends of the column that a superlative is about', () => {
    const rows = rowsOf('http', 150, 4) as { ms: number; req: string }[]
    const slowest = rows.reduce((a, b) => (b.ms > a.ms ? b : a))
    const quickest = rows.reduce((a, b) => (b.ms < a.ms ? b : a))
    const out = outputOf(json, JSON.stringify(rows), { query: 'Which request was the slowest and which the quickest?' })
    expect(out).toContain(slowest.req)
    expect(out).toContain(quickest.req)
  })
  it('shows the first row whole when the first is asked for', () => {
    const rows = Array.from({ length: 12 }, (_, index) => ({
      event: `e${index}`,
      body: Object.fromEntries(Array.from({ length: 60 }, (_, field) => [`field_${field}`, `value ${index} ${field}`])),
    }))
    const out = outputOf(json, JSON.stringify(rows), { query: 'What is in the first event?' })
    for (const value of scalarsOf(rows[0])) expect(out).toContain(value)
  })
  it('counts rows that share the value asked for', () => {
    const rows = Array.from({ length: 200 }, (_, id) => ({ id, city: id % 4 === 0 ? 'Porto' : 'Oslo', amount: id * 3 }))
    expect(outputOf(json, JSON.stringify(rows), { query: 'How many orders come from Porto?' })).toContain(
      'porto in 50 of all 200 rows',
    )
  })
  it('finds cells of rows that are arrays by the names of their header', () => {
    const rows = Array.from({ length: 120 }, (_, index) => [`c${index}`, 100 + ((index * 37) % 83), 'ok'])
    const heaviest = rows.reduce((a, b) => (Number(b[1]) > Number(a[1]) ? b : a))
    const out = outputOf(json, JSON.stringify({ fields: ['crate', 'weight', 'state'], data: rows }), {
      query: 'Which crate is the heaviest?',
    })
    expect(out).toContain(JSON.stringify(heaviest))
  })
})

describe('shapes other than arrays of rows', () => {
  const same = (text: string, query = ''): string => {
    const plan = json.compress(inputOf(text, json, { query }))
    if (isSkip(plan)) throw new Error(plan.skip)
    const out = render(plan, text, printGap)
    expect(json.verify!(text, out, plan)).toBe(true)
    expect(out.length).toBeLessThan(text.length * 0.5)
    return out
  }
  it('cuts parallel arrays at the same positions', () => {
    const time = Array.from({ length: 300 }, (_, index) => `2026-01-01T${String(index % 24).padStart(2, '0')}:00`)
    const load = time.map((_, index) => (index === 171 ? 977.5 : 20 + (index % 7)))
    const out = JSON.parse(same(JSON.stringify({ unit: 'ms', time, load }))) as { time: unknown[]; load: unknown[] }
    expect(out.load).toContain(977.5)
    expect(out.time.length).toBe(out.load.length)
    expect(out.time[out.load.indexOf(977.5)]).toBe(time[171])
  })
  it('shrinks JSON inside a string and keeps it JSON', () => {
    const rows = rowsOf('tests', 150, 2)
    rows[77] = { ...rows[77], outcome: 'failed', error: 'expected "a" to equal \n"b"' }
    const out = JSON.parse(
      same(JSON.stringify({ content: [{ type: 'text', text: JSON.stringify(rows, null, 2) }] })),
    ) as { content: { text: string }[] }
    JSON.parse(out.content[0]!.text)
    expect(out.content[0]!.text).toContain(JSON.stringify('expected "a" to equal \n"b"'))
  })
  it('cuts a long log in a string and keeps its failing line, its head and its tail', () => {
    const lines = Array.from({ length: 400 }, (_, index) => `step ${index} took ${index % 13} ms`)
    lines[233] = 'ERROR connection refused by db-7'
    const out = same(JSON.stringify({ exit: 1, output: lines.join('\n') }))
    for (const line of [lines[0]!, lines[233]!, lines[399]!]) expect(out).toContain(line)
  })
  it('shows a repeated object once and says where', () => {
    const owner = { login: 'octo', bio: 'x'.repeat(150), city: 'Porto' }
    const rows = Array.from({ length: 8 }, (_, index) => ({
      id: index,
      title: `t${index}`,
      text: `${index}`.repeat(700),
      owner,
    }))
    expect(same(JSON.stringify(rows))).toContain('same as row 1 owner')
  })
  it('says that lists of numbers go on, and keeps the one that stands out', () => {
    const numbers = Array.from({ length: 500 }, (_, index) => 40 + ((index * 7) % 11))
    numbers[318] = -900
    const out = same(JSON.stringify(numbers))
    expect(out).toContain('-900')
    expect(out).toMatch(/rows not shown/)
  })
  it('keeps distinct failures and not hundreds of the same', () => {
    const rows = Array.from({ length: 400 }, (_, id) => ({
      id,
      status: 'failed',
      reason: id === 211 ? 'disk on db-3 is full' : `timeout after ${id} ms`,
    }))
    const out = same(JSON.stringify(rows))
    expect(out).toContain('disk on db-3 is full')
    expect(out.length).toBeLessThan(6000)
  })
  it('does not take a key named error for an error', () => {
    const rows = Array.from({ length: 200 }, (_, id) => ({
      id,
      error: null,
      error_count: 0,
      failed: false,
      name: `n${id}`,
    }))
    expect(same(JSON.stringify(rows)).length).toBeLessThan(2000)
  })
  it('writes a value once for all rows only where rows that are not shown have it too', () => {
    const rows = Array.from({ length: 90 }, (_, id) => ({
      identifier: id,
      description: `thing ${id}`,
      category: id % 2 === 0 || id < 12 ? 'even' : 'odd',
      region: 'eu-west',
    }))
    const out = same(JSON.stringify(rows))
    expect(out).toContain('"every_row":{"region":"eu-west"}')
  })
  it('puts gaps under a key that the source does not have', () => {
    const rows = Object.fromEntries(
      Array.from({ length: 90 }, (_, id) => [id === 5 ? '…' : `k-${id}`, { id, name: `name ${id}` }]),
    )
    expect(same(JSON.stringify(rows))).toContain('"(not shown)":')
  })
  it('copes with objects of 60,000 members', () => {
    const wide = Object.fromEntries(
      Array.from({ length: 60_000 }, (_, id) => [
        `member${'x'.repeat(id % 3)}_${id}`,
        id % 2 === 0 ? id : { v: `text ${id}` },
      ]),
    )
    const started = process.cpuUsage()
    same(JSON.stringify(wide), 'what is member_300')
    const used = process.cpuUsage(started)
    expect((used.user + used.system) / 1000).toBeLessThan(4000)
  })
})
