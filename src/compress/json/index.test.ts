import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { conformsToCompressor, inputOf, outputOf, printGap } from '../../../test/conformance/compressor.js'
import { elides, render } from '../../base/plan.js'
import { isSkip } from '../../base/skip.js'
import type { CompressInput } from '../../spec/compressor.js'
import { FAMILIES, plantedCase, rngOf } from './generate.testkit.js'
import { json } from './index.js'

const rowsOf = (family: string, count: number, seed = 1): Record<string, unknown>[] => {
  const rng = rngOf(seed)
  return Array.from({ length: count }, (_, index) => FAMILIES[family]!.row(rng, index))
}
const families = Object.keys(FAMILIES)
const samples = families.flatMap((family) => [
  JSON.stringify(rowsOf(family, 120), null, 1),
  JSON.stringify({ data: rowsOf(family, 30) }),
])

const arbitrary = fc.oneof(
  fc.json({ maxDepth: 6 }),
  fc.array(fc.json({ maxDepth: 3 }), { minLength: 2, maxLength: 40 }).map((lines) => lines.join('\n')),
  fc
    .array(fc.record({ a: fc.integer(), b: fc.string({ unit: 'binary' }), c: fc.option(fc.jsonValue()) }), {
      maxLength: 60,
    })
    .map((rows) => JSON.stringify(rows, null, 2)),
  fc.string({ unit: 'binary', minLength: 500, maxLength: 3000 }).map((text) => JSON.stringify({ log: text, n: 1 })),
  fc
    .array(fc.record({ k: fc.nat(), v: fc.constantFrom('a', 'b') }), { minLength: 30, maxLength: 60 })
    .map((rows) => JSON.stringify({ text: JSON.stringify(rows) })),
)

conformsToCompressor(json, { texts: samples, arbitrary, verbatimLines: false })

const planOf = (text: string, more: Partial<CompressInput> = {}) => {
  const plan = json.compress(inputOf(text, json, more))
  if (isSkip(plan)) throw new Error(`skipped: ${plan.skip}`)
  return plan
}

describe('json without gaps', () => {
  const strict = (text: string): string => render(planOf(text, { mayElide: false, policy: 'strict' }), text, printGap)
  it('keeps numbers, escapes, duplicate keys and their order as written', () => {
    const text = '{ "n": 1.0, "big": 12345678901234567890, "e": 1e5, "u": "\\u00e9", "n": -0, "z": [ ] }'
    expect(strict(text)).toBe('{"n":1.0,"big":12345678901234567890,"e":1e5,"u":"\\u00e9","n":-0,"z":[]}')
  })
  it('tells missing from null in tables', () => {
    const rows = Array.from({ length: 12 }, (_, id) => ({
      identifier: id,
      description: id === 4 ? null : `d${id}`,
      quantity: 2,
    }))
    const text = JSON.stringify([...rows, { identifier: 12, quantity: 2 }])
    const out = strict(text)
    expect(out).toContain('"4,null,2"')
    expect(out).toContain('{"identifier":12,"quantity":2}')
  })
  it('is refused by its own proof when one cell, key or row is changed', () => {
    const text = JSON.stringify(rowsOf('orders', 60), null, 2)
    const plan = planOf(text, { mayElide: false })
    const out = render(plan, text, printGap)
    expect(json.verify!(text, out, plan)).toBe(true)
    expect(json.verify!(text, out.replace('SO-41007', 'SO-41008'), plan)).toBe(false)
    const forged = {
      ...plan,
      segments: plan.segments.map((segment) =>
        segment.kind === 'rewrite' ? { ...segment, text: segment.text.replace('SO-41007', 'SO-41008') } : segment,
      ),
    }
    expect(json.verify!(text, render(forged, text, printGap), forged)).toBe(false)
  })
  it('gives a skip for text that is not JSON, and for nesting past its bound', () => {
    for (const text of ['{"a":1', '[1,2,]', '{"a":01}', 'null nope', '["\u0001"]', '['.repeat(5000) + ']'.repeat(5000)])
      expect(json.compress(inputOf(text, json))).toHaveProperty('skip')
  })
  it('reads nesting of 2,000', () => {
    const text = `${'[ '.repeat(2000)}1${' ]'.repeat(2000)}`
    expect(strict(text)).toBe(text.replaceAll(' ', ''))
  })
})

describe('json output', () => {
  it('always parses, and lines stay lines (A-4)', () => {
    for (const sample of samples) JSON.parse(outputOf(json, sample))
    const lines = rowsOf('http', 200)
      .map((row) => JSON.stringify(row))
      .join('\n')
    const out = outputOf(json, lines)
    expect(out.length).toBeLessThan(lines.length / 2)
    for (const line of out.split('\n')) JSON.parse(line)
  })

  it('keeps every one of 1,000 planted oddities at any position, at 60 % saved (A-5)', () => {
    const lost: string[] = []
    let cases = 0
    let before = 0
    let after = 0
    for (let seed = 0; cases < 1000; seed++) {
      const planted = plantedCase(seed)
      if (!planted) continue
      cases++
      const out = outputOf(json, planted.text, { query: 'anything unusual?' })
      before += planted.text.length
      after += out.length
      if (!out.includes(planted.needle)) lost.push(`${seed} ${planted.family} ${planted.oddity}`)
    }
    expect(lost).toEqual([])
    expect(after / before).toBeLessThan(0.4)
  })

  it('says true counts where it leaves something out (A-3)', () => {
    for (const sample of samples) {
      const plan = planOf(sample)
      if (!elides(plan)) continue
      const out = render(plan, sample, printGap)
      expect(json.verify!(sample, out, plan)).toBe(true)
      const forged = {
        ...plan,
        segments: plan.segments.map((segment) =>
          segment.kind === 'elide' ? { ...segment, gap: { ...segment.gap, count: segment.gap.count + 1 } } : segment,
        ),
      }
      expect(json.verify!(sample, render(forged, sample, printGap), forged)).toBe(false)
    }
  })
})
