// The reader that judges diffs must itself see lies; then every family of diffs is read by it.
import { describe, expect, it } from 'vitest'
import { createHeadroom } from '../../src/index.js'
import { tempHome } from '../support/home.js'
import { readDiff } from './read-diff.js'
import { survey, totalsOf } from './survey.js'

const SOURCE = [
  'diff --git a/x.c b/x.c',
  'index 1234567..89abcde 100644',
  '--- a/x.c',
  '+++ b/x.c',
  '@@ -10,7 +10,8 @@ int main',
  ' a',
  ' b',
  ' c',
  '-d',
  '+e',
  '+f',
  ' g',
  ' h',
  ' i',
  '@@ -40,2 +41,2 @@',
  ' k',
  '-l',
  '+m',
  '',
].join('\n')
const TOLD = '[5 lines not shown: unchanged context and 1 index line]'
const shortened = (...hunk: string[]): string =>
  ['diff --git a/x.c b/x.c', '--- a/x.c', '+++ b/x.c', ...hunk, ''].join('\n')
const FIRST = ['@@ -12,3 +12,4 @@ int main', ' c', '-d', '+e', '+f', ' g']
const SECOND = ['@@ -40,2 +41,2 @@', ' k', '-l', '+m']

describe('the reader of diffs', () => {
  it.each([
    ['a header that starts elsewhere', ['@@ -11,3 +12,4 @@ int main', ...FIRST.slice(1), ...SECOND, TOLD]],
    ['a header that counts more', ['@@ -12,4 +12,5 @@ int main', ...FIRST.slice(1), ...SECOND, TOLD]],
    ['an account that counts fewer', [...FIRST, ...SECOND, TOLD.replace('5', '4')]],
    ['a changed line that is gone', ['@@ -12,3 +12,3 @@ int main', ' c', '-d', '+e', ' g', ...SECOND, TOLD]],
    ['an invented line', [...FIRST.slice(0, 4), '+x', ...FIRST.slice(4), ...SECOND, TOLD]],
    [
      'a gap with a wrong place',
      ['@@ -10,7 +10,8 @@ int main', '[9 lines not shown: 7-15]', ...SECOND, '[1 line not shown: 1 index line]'],
    ],
  ])('sees %s', (_, hunks) => {
    expect(readDiff(SOURCE, shortened(...hunks)).fault).toBeTypeOf('string')
  })

  it('sees no fault in true headers and gaps', () => {
    expect(readDiff(SOURCE, shortened(...FIRST, ...SECOND, TOLD)).fault).toBeUndefined()
    const folded = [
      '@@ -10,7 +10,8 @@ int main',
      '[9 lines not shown: 6-14, +2 -1]',
      ...SECOND,
      '[1 line not shown: 1 index line]',
    ]
    expect(readDiff(SOURCE, shortened(...folded)).fault).toBeUndefined()
  })
})

describe('15 families of diffs', () => {
  it('keep the odd change, save tokens and say nothing untrue (A-2, A-3, A-5)', async () => {
    const engine = createHeadroom({ home: tempHome() })
    const rows = await survey(engine, { seeds: 8, only: 'diff/' })
    await engine.close()
    expect(
      rows.flatMap(({ name, violations }) => violations.map(({ seed, fault }) => `${name} ${seed}: ${fault}`)),
    ).toEqual([])
    expect(rows.filter(({ needlesLost }) => needlesLost > 0).map(({ name }) => name)).toEqual([])
    const { plantShare, savedShare, shortenedShare } = totalsOf(rows, 'diff')
    expect(plantShare).toBe(1)
    expect(shortenedShare).toBeGreaterThan(0.9)
    expect(savedShare).toBeGreaterThan(0.35)
  }, 60_000)
})
