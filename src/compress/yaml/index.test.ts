import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { readLines } from '../../../test/properties/read-lines.js'
import { planFault, render } from '../../base/plan.js'
import type { CompressInput } from '../../spec/compressor.js'
import type { Gap, Plan } from '../../spec/plan.js'
import { yaml } from './index.js'

const count = (text: string): number => Math.ceil(text.length / 3)
const input = (text: string, query?: string): CompressInput => ({
  text,
  type: 'yaml',
  origin: {},
  tokens: count(text),
  protectedSpans: [],
  mayElide: true,
  policy: 'balanced',
  count,
  ...(query === undefined ? {} : { query }),
})
const marker = ({ count: n, range, note = '' }: Gap): string =>
  `[${n} ${n === 1 ? 'line' : 'lines'} not shown: ${range?.join('-')}, ${note}]`
const shown = (text: string, query?: string): string => {
  const plan = yaml.compress(input(text, query)) as Plan
  expect(plan).not.toHaveProperty('skip')
  expect(planFault(plan, text)).toBeUndefined()
  return render(plan, text, marker)
}

const pod = (at: number, image = 'web:2.4.1'): string =>
  `- metadata:\n    name: web-${at}\n    managedFields:\n    - manager: kube\n      operation: Update\n  spec:\n    containers:\n    - name: web\n      image: ${image}\n      env:\n      - name: PORT\n        value: "8080"\n    args: [a, "b: c",\n      d]\n  status:\n    phase: Running\n`
const pods = (n: number, change: (at: number) => string | undefined = () => undefined): string =>
  `apiVersion: v1\nkind: List\nitems:\n${Array.from({ length: n }, (_, at) => pod(at, change(at))).join('')}`

/** Every scalar of the short document is the value of a like-named key of the long one. */
const scalarsOf = (value: unknown, into: Set<string> = new Set()): Set<string> => {
  if (Array.isArray(value)) for (const item of value) scalarsOf(item, into)
  else if (typeof value === 'object' && value !== null)
    for (const [key, item] of Object.entries(value)) {
      if (typeof item !== 'object') into.add(`${key}=${String(item)}`)
      scalarsOf(item, into)
    }
  return into
}

describe('yaml', () => {
  it('still parses, invents no value, and counts its gaps truly (A-2, A-3)', () => {
    fc.assert(
      fc.property(fc.integer({ min: 12, max: 60 }), fc.nat(), (n, place) => {
        const text = pods(n, (at) => (at === place % n ? 'web:2.3.9-debug' : undefined))
        const out = shown(text)
        expect(readLines(text, out).fault).toBeUndefined()
        const full = scalarsOf(parse(text))
        for (const scalar of scalarsOf(parse(out))) expect(full).toContain(scalar)
        expect(out.length).toBeLessThan(text.length * 0.7)
      }),
      { numRuns: 25 },
    )
  })

  it('keeps the one item that differs, with its name, at any position (A-5)', () => {
    for (let at = 0; at < 40; at++) {
      const out = shown(pods(40, (index) => (index === at ? 'web:2.3.9-debug' : undefined)))
      const list = parse(out) as {
        items: { metadata?: { name?: string }; spec?: { containers?: { image?: string }[] } }[]
      }
      const odd = list.items.find((item) => item.spec?.containers?.[0]?.image === 'web:2.3.9-debug')
      expect(odd?.metadata?.name, String(at)).toBe(`web-${at}`)
    }
  })

  it('keeps what a question names with the keys above it (A-7)', () => {
    const out = shown(
      pods(40, (at) => (at === 23 ? 'web:7.7.7' : undefined)),
      'which pod runs web:7.7.7?',
    )
    expect(parse(out)).toBeTypeOf('object')
    expect(out.indexOf('name: web-23')).toBeLessThan(out.indexOf('image: web:7.7.7'))
  })

  it('keeps the anchor of every alias that stays', () => {
    const text = `base: &base\n  a: 1\n${Array.from({ length: 40 }, (_, at) => `s${at}:\n  <<: *base\n  port: ${8000 + at}\n  note: text ${at} that is long enough to be left out\n`).join('')}`
    expect(parse(shown(text), { merge: true })).toHaveProperty('base', { a: 1 })
  })

  it('answers any text with a plan or a skip', () => {
    const piece = fc.constantFrom('a:', '  b: |', '- ', '\n', '  ', '"', '[', '# c', '---\n', 'x: &y 1', '*y', "'", 'é')
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 120 }), (pieces) => {
        const text = pieces.join('')
        const plan = yaml.compress(input(text))
        if (!('skip' in plan)) expect(planFault(plan, text)).toBeUndefined()
      }),
      { numRuns: 500 },
    )
  })
})
