import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { conformsToCompressor, inputOf, printGap } from '../../../test/conformance/compressor.js'
import { elides, render } from '../../base/plan.js'
import { isSkip } from '../../base/skip.js'
import type { CompressInput } from '../../spec/compressor.js'
import type { Plan } from '../../spec/plan.js'
import { FAMILIES, rngOf } from './generate.testkit.js'
import { json } from './index.js'
import { piecesOf } from './pieces.js'

/** How clients mark what they took out: Cline 3.0.65, Qwen Code 0.15.10, Codex 0.169.0, and none at all. */
const MARKERS = [
  '\n\n...[truncated 16060 chars]...\n\n',
  '...\n\n---\n... [CONTENT TRUNCATED] ...\n---\n\n...',
  '…11024 tokens truncated…',
  '',
]
const rowsOf = (family: string, count: number, seed = 1): unknown[] => {
  const rng = rngOf(seed)
  return Array.from({ length: count }, (_, index) => FAMILIES[family]!.row(rng, index))
}
const cut = (text: string, from: number, to: number, marker = MARKERS[0]!): string =>
  text.slice(0, Math.floor(text.length * from)) + marker + text.slice(Math.floor(text.length * to))

const families = Object.keys(FAMILIES)
const TEXTS = families.flatMap((family, at) => [
  cut(JSON.stringify(rowsOf(family, 120), null, 1), 0.31, 0.67, MARKERS[at % 2]),
  cut(JSON.stringify({ next: null, data: rowsOf(family, 90) }), 0.4, 0.6),
])

const planOf = (text: string, more: Partial<CompressInput> = {}): Plan => {
  const plan = json.compress(inputOf(text, json, more))
  if (isSkip(plan)) throw new Error(`skipped: ${plan.skip}`)
  return plan
}

conformsToCompressor(json, {
  texts: TEXTS,
  arbitrary: fc
    .tuple(
      fc.constantFrom(...families),
      fc.nat(400),
      fc.nat(1000),
      fc.nat(1000),
      fc.constantFrom(...MARKERS),
      fc.boolean(),
    )
    .map(([family, seed, one, other, marker, pretty]) =>
      cut(
        JSON.stringify(rowsOf(family, 20 + (seed % 40), seed), null, pretty ? 2 : 0),
        Math.min(one, other) / 1000,
        Math.max(one, other) / 1000,
        marker,
      ),
    ),
  verbatimLines: false,
})

describe('JSON that a client has cut', () => {
  const rows = Array.from({ length: 120 }, (_, id) => ({
    id,
    name: `service-${id}`,
    status: id === 100 ? 'failed' : 'ok',
    latencyMs: 20 + ((id * 7) % 19),
  }))
  const whole = JSON.stringify(rows, null, 1)
  const text = cut(whole, 0.3, 0.7)

  it('becomes a table on either side of the cut, and the cut stays as it came', () => {
    const plan = planOf(text, { mayElide: false })
    const sent = render(plan, text, printGap)
    expect(elides(plan)).toBe(false)
    expect(plan.form).toBe('json/csv-of-cut')
    expect(sent.match(/"columns":/g)).toHaveLength(2)
    const [first, second] = piecesOf(text)
    expect(sent).toContain(text.slice(first!.end, second!.start))
    expect(sent.length).toBeLessThan(text.length * 0.6)
  })

  it('keeps the row that fails on its side, with a true count of the rows left out (A-3, A-5)', () => {
    const plan = planOf(text)
    const sent = render(plan, text, printGap)
    expect(sent).toContain('"failed"')
    const left = plan.segments.reduce((sum, segment) => sum + (segment.kind === 'elide' ? segment.gap.count : 0), 0)
    const shown = rows.filter(({ name }) => sent.includes(`"${name}"`)).length
    const came = rows.filter(({ name }) => text.includes(`"${name}"`)).length
    expect(left).toBeGreaterThan(20)
    // A row that the cut goes through is neither: it stays as it came.
    expect(shown + left).toBe(came)
  })

  it('is not proved by a plan that changes the cut, a value or a count', () => {
    const plan = planOf(text)
    const rendered = (bent: Plan): string => render(bent, text, printGap)
    expect(json.verify!(text, rendered(plan), plan)).toBe(true)
    const [first, second] = piecesOf(text)
    const middle: Plan = {
      form: 'x',
      segments: [
        { kind: 'keep', start: 0, end: first!.end },
        { kind: 'rewrite', start: first!.end, end: second!.start, text: ',' },
        { kind: 'keep', start: second!.start, end: text.length },
      ],
    }
    expect(json.verify!(text, rendered(middle), middle)).toBe(false)
    const bent = (change: (plan: Plan) => Plan): boolean => {
      const other = change(plan)
      return json.verify!(text, rendered(other), other)
    }
    expect(
      bent(({ form, segments }) => ({
        form,
        segments: segments.map((segment) =>
          segment.kind === 'rewrite' ? { ...segment, text: segment.text.replace('service-', 'service_') } : segment,
        ),
      })),
    ).toBe(false)
    expect(
      bent(({ form, segments }) => ({
        form,
        segments: segments.map((segment) =>
          segment.kind === 'elide' ? { ...segment, gap: { ...segment.gap, count: segment.gap.count + 1 } } : segment,
        ),
      })),
    ).toBe(false)
  })

  it('is read where only its beginning or its end is left', () => {
    for (const part of [whole.slice(0, 5000), whole.slice(-5000)])
      expect(piecesOf(part).map(({ tree }) => tree.count[tree.root]! > 20)).toEqual([true])
  })

  it('is not made of code or prose that holds a few rows', () => {
    const code = `const rows = [${JSON.stringify(rows.slice(0, 5)).slice(1, -1)}]\n${'export const f = () => 1\n'.repeat(200)}`
    expect(piecesOf(code)).toEqual([])
    expect(piecesOf('[ {"a": 1}, {"a": 2} '.repeat(3))).toEqual([])
  })

  it('gives up on a text in which rows seem to begin everywhere (J-7)', () => {
    expect(piecesOf(`[${'{"a":['.repeat(200_000)}`)).toEqual([])
    expect(piecesOf(`[{"a":1},{"a":"${'{"a":'.repeat(200_000)}`)).toEqual([])
  })
})
