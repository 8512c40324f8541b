import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readLines } from '../../../test/properties/read-lines.js'
import { lineTable } from '../../base/lines.js'
import { planFault, render } from '../../base/plan.js'
import type { CompressInput } from '../../spec/compressor.js'
import type { Gap, Plan } from '../../spec/plan.js'
import { foldedText, unfolded } from './exact.js'
import { listing } from './index.js'

const count = (text: string): number => Math.ceil(text.length / 3)
const input = (text: string, more: Partial<CompressInput> = {}): CompressInput => ({
  text,
  type: 'listing',
  origin: {},
  tokens: count(text),
  protectedSpans: [],
  mayElide: true,
  policy: 'balanced',
  count,
  ...more,
})
const marker = ({ count: n, range, note = '' }: Gap): string =>
  `[${n} ${n === 1 ? 'line' : 'lines'} not shown: ${range?.join('-')}, ${note}]`
const shown = (text: string, query?: string): string => {
  const plan = listing.compress(input(text, query === undefined ? {} : { query })) as Plan
  expect(plan).not.toHaveProperty('skip')
  expect(planFault(plan, text)).toBeUndefined()
  const out = render(plan, text, marker)
  expect(readLines(text, out).fault).toBeUndefined()
  return out
}
const FOLDERS = ['src/cart', 'src/auth', 'lib/queue', 'lib/mail/templates', 'test/cart']
const paths = (n: number): string[] =>
  Array.from({ length: n }, (_, at) => `${FOLDERS[Math.floor((at * FOLDERS.length) / n)]}/part-${1000 + at}.ts`)

describe('listing', () => {
  it('counts what it leaves out by folder and kind, truly (A-3)', () => {
    const out = shown(`${paths(200).join('\n')}\n`)
    const told = [...out.matchAll(/(?:src|lib|test)\/(?:\w+\/)*(?: (\d+)| \((\d+) \.ts\))/g)]
    expect(told.length).toBeGreaterThan(2)
    expect(out.length).toBeLessThan(4000)
  })

  it('keeps what a question names, secrets, dumps and errors, at any position (A-5, A-7)', () => {
    const odd = ['src/cart/core.dump', 'lib/mail/id_rsa', "find: './private': Permission denied", '.env.production']
    fc.assert(
      fc.property(fc.nat(), fc.constantFrom(...odd), (place, line) => {
        const lines = paths(200)
        lines.splice(place % 200, 0, line)
        expect(shown(`${lines.join('\n')}\n`)).toContain(line)
      }),
      { numRuns: 40 },
    )
    const lines = paths(200)
    lines.splice(70, 0, 'src/auth/token-store.ts')
    expect(shown(`${lines.join('\n')}\n`, 'where is the token store?')).toContain('src/auth/token-store.ts')
  })

  it('keeps the largest, the total and the asked file of a count', () => {
    const lines = paths(200).map((path, at) => `${String(100 + ((at * 37) % 50)).padStart(6)} ${path}`)
    lines[120] = `  9812 ${paths(200)[120]}`
    const out = shown(`${[...lines, ' 31234 total'].join('\n')}\n`, 'How many lines has part-1033.ts?')
    for (const line of [lines[120]!, lines[33]!, ' 31234 total']) expect(out).toContain(line)
  })

  it('keeps the folder above each entry of ls -R and of a tree', () => {
    const long = FOLDERS.flatMap((folder, at) => [
      `${folder}:`,
      'total 40',
      ...Array.from(
        { length: 40 },
        (_, file) => `-rw-r--r-- 1 u u ${4000 + file * at} Mar  4 04:01 part-${at}-${file}.ts`,
      ),
      '',
    ])
    const out = shown(long.join('\n'), 'size of part-3-17.ts')
    expect(out.indexOf('lib/mail/templates:')).toBeGreaterThan(-1)
    expect(out.indexOf('lib/mail/templates:')).toBeLessThan(out.indexOf('part-3-17.ts'))
  })

  it('keeps the hash with the subject that is asked for, and tells hashes of others', () => {
    const hash = (at: number): string => (at * 7919 + 4096).toString(16).padStart(40, 'a')
    const log = Array.from(
      { length: 60 },
      (_, at) =>
        `commit ${hash(at)}\nDate:   2026-03-04\n\n    fix(cart): round total ${at}\n\n src/cart.ts | ${at + 1} +-\n 1 file changed, ${at + 1} insertions(+)\n`,
    ).join('\n')
    const out = shown(log, 'Which commit has the subject "fix(cart): round total 41"?')
    expect(out).toContain(`commit ${hash(41)}`)
    expect(out).toMatch(/next is a{5,}/)
  })

  it('keeps the newest and the asked commits of one line each, and counts the rest by kind (A-3, A-7)', () => {
    const kinds = ['fix', 'feat', 'docs', 'test']
    const lines = Array.from(
      { length: 120 },
      (_, at) => `${(0xabc1234 + at * 7919).toString(16)} ${kinds[at % 4]}(part-${at % 9}): change number ${at}`,
    )
    lines[77] = '9f8e7d6 feat(cart): round prices half to even'
    const out = shown(`${lines.join('\n')}\n`, 'which commit changed how prices are rounded?')
    expect(out).toContain(lines[0])
    expect(out).toContain(lines[77])
    expect(out).toContain(lines[119])
    const told = [...out.matchAll(/\b(?:fix|feat|docs|test) (\d+)/g)].reduce((sum, [, n]) => sum + Number(n), 0)
    expect(told + out.split('\n').filter((line) => /^[0-9a-f]{7} /.test(line)).length).toBe(120)
  })

  it('tells once for all what it leaves out of a list in no order of folders', () => {
    const mixed = paths(200).map((_, at, all) => all[(at * 37) % 200])
    const out = shown(`${mixed.join('\n')}\n`)
    expect(out.match(/lines not shown/g)!.length).toBeLessThan(20)
  })

  it('folds a list under its folders and gives it back (A-1)', () => {
    const path = fc
      .array(fc.stringMatching(/^[a-z. ]{1,4}$/), { minLength: 1, maxLength: 4 })
      .map((parts) => parts.join('/'))
    fc.assert(
      fc.property(fc.array(path, { minLength: 1, maxLength: 30 }), fc.boolean(), (lines, end) => {
        const text = lines.join('\n') + (end ? '\n' : '')
        const folded = foldedText(lineTable(text))
        if (folded !== undefined) expect(unfolded(folded)).toBe(text)
      }),
      { numRuns: 500 },
    )
    const plan = listing.compress(input(`${paths(90).join('\n')}\n`, { mayElide: false }))
    expect(plan).toHaveProperty('form', 'listing/exact-folders')
  })
})
