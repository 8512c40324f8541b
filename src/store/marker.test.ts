import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { refOf } from '../base/hash.js'
import type { Gap } from '../spec/plan.js'
import type { MarkerTarget } from '../spec/store.js'
import { isMarkerPath, markers } from './marker.js'
import { plainNote } from './note.js'

const REF = '1a2b3c4d5e6f7081'

const anyNote = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.string({ unit: 'grapheme', maxLength: 200 }),
  fc.constantFrom(
    'status ok',
    '200',
    '4-40',
    '4-40, ok',
    '12, 13',
    '0',
    '5 ',
    ' not shown',
    '3 lines not shown',
    'a;b',
    '1'.repeat(130),
  ),
)
const anyGap: fc.Arbitrary<Gap> = fc
  .record({
    count: fc.oneof(fc.nat(3), fc.nat(10_000_000)),
    unit: fc.constantFrom('lines', 'rows', 'chars', 'keys'),
    range: fc.option(fc.tuple(fc.integer({ min: 1, max: 1e9 }), fc.nat(1000)), { nil: undefined }),
    note: fc.option(anyNote, { nil: undefined }),
  })
  .map(({ count, unit, range, note }) => ({
    count,
    unit,
    ...(range === undefined ? {} : { range: [range[0], range[0] + range[1]] as const }),
    ...(note === undefined ? {} : { note }),
  }))
const anyTarget: fc.Arbitrary<MarkerTarget | undefined> = fc.option(
  fc
    .tuple(fc.string({ unit: 'binary' }), fc.option(fc.string({ unit: 'grapheme' }), { nil: undefined }))
    .map(([seed, folder]) => {
      const ref = refOf(seed)
      return folder === undefined ? { ref } : { ref, path: `/home/${folder}/files/${ref}.txt` }
    }),
  { nil: undefined },
)

/** What a marker can say of a gap: the note as it is printed. */
const printable = ({ note, ...gap }: Gap): Gap => {
  const plain = note === undefined ? '' : plainNote(note)
  return plain === '' ? gap : { ...gap, note: plain }
}

describe('markers', () => {
  it('state a fact in plain words, without an imperative (A-16)', () => {
    const gap: Gap = { count: 37, unit: 'lines', range: [120, 156] }
    expect([
      markers.print({ count: 37, unit: 'lines' }),
      markers.print(gap),
      markers.print({ count: 37, unit: 'rows', note: 'status ok' }),
      markers.print({ count: 37, unit: 'rows', range: [4, 40], note: 'status ok' }),
      markers.print({ count: 1, unit: 'lines', range: [7, 7] }),
      markers.print(gap, { ref: REF }),
      markers.print({ count: 37, unit: 'lines' }, { ref: REF, path: `/home/u/.headroom/files/${REF}.txt` }),
      markers.print(gap, { ref: REF, path: `C:\\Users\\Ada L\\.headroom\\files\\${REF}.txt` }),
    ]).toMatchInlineSnapshot(`
      [
        "[37 lines not shown]",
        "[37 lines not shown: 120-156]",
        "[37 rows not shown: status ok]",
        "[37 rows not shown: 4-40, status ok]",
        "[1 line not shown: 7]",
        "[37 lines not shown: 120-156; full text kept; id 1a2b3c4d5e6f7081]",
        "[37 lines not shown; full text in /home/u/.headroom/files/1a2b3c4d5e6f7081.txt]",
        "[37 lines not shown: 120-156; full text in C:/Users/Ada L/.headroom/files/1a2b3c4d5e6f7081.txt]",
      ]
    `)
  })

  it('come back from any text around them, with their place, gap and ref (A-11)', () => {
    const around = fc.oneof(
      fc.string(),
      fc.constantFrom('[', ' not shown', '[3 lines', '[1 line not shown', '"', '\n', '[2 rows not shown: '),
    )
    fc.assert(
      fc.property(anyGap, anyTarget, around, around, (gap, target, before, after) => {
        const printed = markers.print(gap, target)
        const mine = markers.find(before + printed + after).find((marker) => marker.start === before.length)
        expect(mine).toEqual({
          start: before.length,
          end: before.length + printed.length,
          gap: printable(gap),
          ...(target === undefined ? {} : { ref: target.ref }),
        })
      }),
      { numRuns: 3000 },
    )
  })

  it('need no escaping inside a JSON string and stay on one line', () => {
    fc.assert(
      fc.property(anyGap, anyTarget, (gap, target) => {
        const printed = markers.print(gap, target)
        expect(JSON.stringify(printed)).toBe(`"${printed}"`)
        expect(printed).not.toMatch(/[\r\n\u2028\u2029]/)
      }),
      { numRuns: 2000 },
    )
  })

  it('print the same note twice in the same words', () => {
    fc.assert(
      fc.property(anyNote, (note) => {
        expect(plainNote(plainNote(note))).toBe(plainNote(note))
      }),
      { numRuns: 3000 },
    )
  })

  it('give each of several in one text, in order', () => {
    const text = `a\n[3 lines not shown: 2-4; full text kept; id ${REF}]\nb\n[1 row not shown]\n[2 keys not shown: a, b]`
    expect(markers.find(text).map(({ gap, ref }) => [gap.count, gap.unit, ref])).toEqual([
      [3, 'lines', REF],
      [1, 'rows', undefined],
      [2, 'keys', undefined],
    ])
  })

  it.each([
    '[lines not shown]',
    '[03 lines not shown]',
    '[1 lines not shown]',
    '[2 line not shown]',
    '[2 files not shown]',
    '[2 lines not shown:4-5]',
    '[2 lines not shown; full text kept; id 1a2b]',
    `[2 lines not shown; full text kept; id ${REF.toUpperCase()}]`,
    '[2 lines not shown; ask the tool]',
    '[2 lines not shown; full text in /tmp/readme.txt]',
    '[2 lines not shown\n]',
    '[2 lines not shown: "x"]',
    '2 lines not shown]',
    '[2 lines not shown',
  ])('leave alone what only resembles one: %j (A-17)', (text) => {
    expect(markers.find(text)).toEqual([])
  })

  it('fall back to the id where a path cannot be printed', () => {
    expect(isMarkerPath('/home/a b/ü/x.txt')).toBe(true)
    expect(isMarkerPath('\\\\server\\share\\x.txt')).toBe(true)
    expect(isMarkerPath('/home/odd]name/x.txt')).toBe(false)
    expect(isMarkerPath('/home/odd\\name/x.txt')).toBe(false)
    expect(markers.print({ count: 2, unit: 'lines' }, { ref: REF, path: `/odd"/${REF}.txt` })).toBe(
      `[2 lines not shown; full text kept; id ${REF}]`,
    )
  })

  it('are searched in linear time, also in hostile text (J-7)', () => {
    const hostile = [
      ' not shown',
      '[1 line not shown',
      '[2 lines not shown: ',
      '[2 lines not shown: a, ',
      '[9',
      `[2 rows not shown; full text in /`,
    ]
    for (const piece of hostile) {
      const text = piece.repeat(Math.ceil(1_000_000 / piece.length))
      const before = performance.now()
      expect(markers.find(text)).toEqual([])
      expect(performance.now() - before).toBeLessThan(250)
    }
  })
})
