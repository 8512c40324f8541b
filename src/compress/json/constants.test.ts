import { describe, expect, it } from 'vitest'
import { inputOf, printGap } from '../../../test/conformance/compressor.js'
import { elides, render } from '../../base/plan.js'
import { isSkip } from '../../base/skip.js'
import type { Plan } from '../../spec/plan.js'
import { json } from './index.js'

const exact = (value: unknown, text = JSON.stringify(value, null, 1)): { text: string; sent: string; plan: Plan } => {
  const plan = json.compress(inputOf(text, json, { mayElide: false }))
  if (isSkip(plan)) throw new Error(plan.skip)
  const sent = render(plan, text, printGap)
  expect(elides(plan)).toBe(false)
  expect(json.verify!(text, sent, plan)).toBe(true)
  return { text, sent, plan }
}

const rows = (make: (at: number) => object): object[] => Array.from({ length: 40 }, (_, at) => make(at))

describe('values that every row has, where nothing may be lost (A-4)', () => {
  it('stand once behind the columns where they end each row, before them where they begin it', () => {
    const last = exact(rows((id) => ({ id, zone: { a: id }, region: 'eu-1', tags: ['x', 'y'] }))).sent
    expect(last).toMatch(
      /^\{"columns":\["id",\{"zone":\["a"\]\}\],"every_row":\{"region":"eu-1","tags":\["x","y"\]\},"rows":\[\[0,\[0\]\],/,
    )
    const first = exact(rows((id) => ({ kind: 'service', id }))).sent
    expect(first).toMatch(/^\{"every_row":\{"kind":"service"\},"columns":\["id"\],"rows":\[\[0\],\[1\],/)
  })

  it('stay in their column where they stand between others, or one row differs', () => {
    for (const list of [
      rows((id) => ({ id, region: 'eu-1', name: `n${id}` })),
      rows((id) => ({ id, region: id === 20 ? 'us-1' : 'eu-1' })),
      [...rows((id) => ({ id, region: 'eu-1' })), 'end'],
    ])
      expect(exact(list).sent).not.toContain('every_row')
  })

  it('leave a column to rows that are all the same', () => {
    expect(exact(rows(() => ({ a: 'same words here', b: true }))).sent).toContain('"columns":["b"]')
  })

  it('are read in lists of one object a line, and in maps', () => {
    const list = rows((id) => ({ id, name: `n${id}`, region: 'eu-west-1' }))
    const lines = exact(undefined, list.map((row) => JSON.stringify(row)).join('\n')).sent
    expect(lines.split('\n')[0]).toBe('{"columns":["id","name"],"every_row":{"region":"eu-west-1"},"csv":true}')
    const map = Object.fromEntries(list.map((row, at) => [`service-${at}`, row]))
    expect(exact(map).sent).toContain('"every_row":{"region":"eu-west-1"},"csv":{"service-0":"0,n0"')
  })

  it('are not proved where their place would bring members back in another order, or with another value', () => {
    const { text, sent, plan } = exact(rows((id) => ({ id, region: 'eu-1' })))
    const bent = (change: (sent: string) => string): boolean => {
      const other: Plan = { ...plan, segments: [{ kind: 'rewrite', start: 0, end: text.length, text: change(sent) }] }
      return json.verify!(text, change(sent), other)
    }
    expect(bent((all) => all)).toBe(true)
    expect(
      bent((all) =>
        all.replace('"columns":["id"],"every_row":{"region":"eu-1"}', '"every_row":{"region":"eu-1"},"columns":["id"]'),
      ),
    ).toBe(false)
    expect(bent((all) => all.replace('eu-1', 'eu-2'))).toBe(false)
  })
})
