// The readers that judge truth must themselves see lies.
import { describe, expect, it } from 'vitest'
import { createHeadroom } from '../../src/index.js'
import { tokenizerFor } from '../../src/tokenize/index.js'
import { tempHome } from '../support/home.js'
import { families } from './families.js'
import { truthFaults } from './judge.js'
import { jsonFault } from './read-json.js'
import { readLines } from './read-lines.js'

const rows = Array.from({ length: 9 }, (_, id) => ({ id, ok: true }))

describe('readers', () => {
  it.each([
    ['a wrong count', [...rows.slice(0, 2), '[5 rows not shown]', rows[8]]],
    ['a changed value', [...rows.slice(0, 2), '[6 rows not shown]', { id: 8, ok: false }]],
    ['a lost member', [...rows.slice(0, 2), '[6 rows not shown]', { id: 8 }]],
    ['rows in another order', [rows[1], rows[0], '[7 rows not shown]']],
    ['an invented member', [{ ...rows[0], x: 1 }, '[8 rows not shown]']],
    ['a changed cell', { columns: ['id', 'ok'], csv: rows.map(({ id }) => `${id},${id !== 4}`) }],
    ['a lost cell', { columns: ['id', 'ok'], csv: rows.map(({ id }) => `${id}`) }],
    ['a wrong constant', { every_row: { ok: false }, columns: ['id'], rows: [[0], '[8 rows not shown]'] }],
  ])('see %s in JSON', (_, output) => {
    expect(jsonFault(JSON.stringify(rows), JSON.stringify(output))).toBeTypeOf('string')
  })

  it('see no fault in true JSON', () => {
    const output = { every_row: { ok: true }, columns: ['id'], rows: [[0], '[7 rows not shown: 2-8]', [8]] }
    const csv = { columns: ['id', 'ok'], csv: rows.map(({ id }) => `${id},true`) }
    for (const told of [output, csv]) expect(jsonFault(JSON.stringify(rows), JSON.stringify(told))).toBeUndefined()
  })

  it.each([
    ['a wrong count', 'a\n[1 line not shown]\nd\n'],
    ['an invented line', 'a\nx\n[1 line not shown]\nd\n'],
    ['lines in another order', 'b\na\n[1 line not shown]\nd\n'],
    ['an undisclosed cut', 'a\nb\nd\n'],
  ])('see %s in lines', (_, output) => {
    expect(readLines('a\nb\nc\nd\n', output).fault).toBeTypeOf('string')
  })

  it('see no fault in true lines', () => {
    expect(readLines('a\nb\nc\nd\n', 'a\n[2 lines not shown: 2-3]\nd\n')).toEqual({ kept: ['a', 'd', ''] })
  })
})

describe('every family', () => {
  it('never has more tokens than before, by two counters', async () => {
    const engine = createHeadroom({ home: tempHome() })
    const other = tokenizerFor('gpt-4o')
    for (const family of families) {
      const { text, question, tool } = family.sample(1)
      const result = await engine.compressText(text, {
        ...(question === undefined ? {} : { query: question }),
        ...(tool === undefined ? {} : { tool }),
      })
      expect(result.tokensAfter, family.name).toBeLessThanOrEqual(result.tokensBefore)
      expect(other.count(result.text), family.name).toBeLessThanOrEqual(other.count(text))
    }
    await engine.close()
  })

  it('loses nothing under strict: no gap, and every value and line still there', async () => {
    const engine = createHeadroom({ home: tempHome() })
    for (const family of families) {
      const { text, tool } = family.sample(2)
      const result = await engine.compressText(text, { policy: 'strict', ...(tool === undefined ? {} : { tool }) })
      expect(result.refs, family.name).toEqual([])
      expect(result.text, family.name).not.toMatch(/ not shown/)
      if (result.text === text) continue
      expect(truthFaults(family, text, result.text), family.name).toEqual([])
    }
    await engine.close()
  })

  it('leaves alone what it made before', async () => {
    const engine = createHeadroom({ home: tempHome() })
    for (const family of families) {
      const { text, question } = family.sample(3)
      const options = question === undefined ? {} : { query: question }
      const once = await engine.compressText(text, options)
      if (once.refs.length === 0) continue
      const twice = await engine.compressText(once.text, options)
      expect(twice.text, family.name).toBe(once.text)
    }
    await engine.close()
  })
})
