// References over texts that agents really make: overlapping reads, edits, echoes, the same command again.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ReferenceIndex, ReferRequest, TextSource } from '../spec/reference.js'
import { markers } from '../store/marker.js'
import { parseReference } from './grammar.js'
import { createReferences } from './index.js'
import { plainLines } from './lines.js'

const newIndex = createReferences({
  findMarkers: markers.find,
  isFailure: (line) => line.includes('FAIL'),
  isVerdict: (line) => /fail|passed/i.test(line),
})
const read: TextSource = { kind: 'result', tool: 'Read', subject: 'src/app.ts' }

const addTo = (index: ReferenceIndex, block: number, original: string, sent: string = original): void =>
  index.add({ block, source: read, id: () => `id of ${original}`, read: () => ({ original, sent }) })

const request = (text: string, more: Partial<ReferRequest> = {}): ReferRequest => ({
  text,
  form: text,
  source: read,
  before: 1000,
  whole: false,
  isRun: false,
  count: (value) => Math.ceil(value.length / 4),
  ...more,
})

const source = Array.from({ length: 200 }, (_, at) =>
  at % 8 === 7 ? '' : `  const value${at} = compute(${at * 7}, 'name of ${at}')`,
)
const numbered = (lines: readonly string[], from = 1): string =>
  lines.map((line, at) => `${String(from + at).padStart(6)}→${line}`).join('\n')

/** The text that the references of `sent` stand for, looked up by content: the way a reader would. */
const lookedUp = (sent: string, shown: string): string => {
  const { table } = plainLines(shown, markers.find)
  const contents = Array.from({ length: table.count }, (_, at) =>
    shown.slice(plainLines(shown, markers.find).starts[at], table.starts[at + 1]).replace(/\n$/, ''),
  )
  return sent
    .split('\n')
    .flatMap((line) => {
      const reference = parseReference(line)
      if (reference === undefined) return [line]
      const [from] = reference.baseRange ?? reference.range ?? [1]
      const lines = contents.slice(from - 1, from - 1 + reference.count)
      return lines.map((content, at) =>
        reference.range === undefined ? content : `${String(reference.range[0] + at).padStart(6)}→${content}`,
      )
    })
    .join('\n')
}

describe('a text that was shown before', () => {
  it('is named by its own and the earlier numbers, and can be looked up (A-18)', () => {
    const index = newIndex()
    const shown = numbered(source)
    addTo(index, 0, shown)
    const moved = ['// new first line', ...source.slice(0, 90), '  const changed = true', ...source.slice(91)]
    const again = index.refer(request(numbered(moved)))
    expect(again?.lines).toBeGreaterThan(190)
    expect(lookedUp(again!.text, shown)).toBe(numbered(moved))
    expect(again!.text.split('\n').map((line) => line.slice(0, 90))).toMatchInlineSnapshot(`
      [
        "     1→// new first line",
        "[lines 2-91 are the same as lines 1-90 of the Read of this file above: "const value0 = com",
        "    92→  const changed = true",
        "[lines 93-200 are the same as lines 92-199 of the Read of this file above: "const value91 ",
        "   201→",
      ]
    `)
  })

  it('is found without its numbers, in ranges and in what a call wrote', () => {
    const index = newIndex()
    addTo(index, 0, source.slice(20, 120).join('\n'))
    const again = index.refer(request(numbered(source.slice(50, 100), 51)))
    expect(again?.text).toMatch(/^\[lines 51-\d+ are the same as in the Read of this file above: /)
  })

  it('stays as it is where too little is saved, only blanks repeat, or only later blocks show it', () => {
    const index = newIndex()
    addTo(index, 5, numbered(source))
    addTo(index, 6, `${'}\n'.repeat(300)}${'\n'.repeat(300)}`)
    expect(index.refer(request(numbered(source), { before: 5 }))).toBeUndefined()
    expect(index.refer(request(source.slice(0, 4).join('\n')))).toBeUndefined()
    expect(index.refer(request('}\n'.repeat(200)))).toBeUndefined()
  })

  it('is named as a whole or not at all where it must stay well formed', () => {
    const rows = JSON.stringify(
      source.map((name, id) => ({ id, name })),
      null,
      1,
    )
    const index = newIndex()
    addTo(index, 0, rows)
    expect(index.refer(request(rows, { whole: true }))?.text.split('\n')).toHaveLength(1)
    expect(index.refer(request(rows.replace('"id": 150', '"id": 151'), { whole: true }))).toBeUndefined()
  })
})

describe('a base', () => {
  it('is never a marker, a reference or what these stand for', () => {
    const index = newIndex()
    const gap = markers.print({ count: 100, unit: 'lines', range: [51, 150] }, { ref: '0123456789abcdef' })
    addTo(index, 0, source.join('\n'), [...source.slice(0, 50), gap, ...source.slice(150)].join('\n'))
    expect(index.refer(request(source.slice(55, 145).join('\n')))).toBeUndefined()
    const again = index.refer(request(source.join('\n')))!
    addTo(index, 1, source.join('\n'), again.text)
    for (const base of again.bases) expect(base.count).toBeLessThanOrEqual(50)
    // The third time each part is named where it stands literally: head and tail in the first text, the middle in the second.
    const third = index.refer(request(source.join('\n'), { before: 2 }))!
    expect(third.bases.map(({ id, count }) => [id === third.bases[0]?.id, count > 40])).toEqual([
      [true, true],
      [true, true],
      [true, true],
    ])
    expect(third.lines).toBeGreaterThan(190)
    expect(third.lines).toBeLessThanOrEqual(200)
  })

  it('holds as long as its lines are sent, wherever they stand, and no longer', () => {
    const index = newIndex()
    addTo(index, 0, source.join('\n'))
    const { bases } = index.refer(request(numbered(source)))!
    const holdsIn = (sent: string, before = 1): boolean => {
      const other = newIndex()
      addTo(other, 0, source.join('\n'), sent)
      return bases.every((base) => other.holds(base, before))
    }
    expect(bases.every((base) => index.holds(base, 1))).toBe(true)
    expect(holdsIn(['a new head', ...source].join('\n'))).toBe(true)
    expect(holdsIn([...source.slice(0, 60), 'one line between', ...source.slice(60)].join('\n'))).toBe(false)
    expect(holdsIn('[Old tool result content cleared]')).toBe(false)
    expect(holdsIn(source.join('\n'), 0)).toBe(false)
  })
})

const anyLine = fc.constantFrom('', '}', '  return value', ...source.slice(0, 30), '12\tx', 'with cr\r', '[a]')
const anyLines = fc.array(fc.oneof(anyLine, fc.string({ maxLength: 20 })), { maxLength: 80 })
const anyText = fc
  .tuple(anyLines, fc.constantFrom('', '\n'), fc.option(fc.integer({ min: 1, max: 500 })))
  .map(([lines, end, from]) => (from === null ? lines.join('\n') : numbered(lines, from)) + end)

describe('the index', () => {
  it('gives the same references grown, cut back and grown again as made at once', () => {
    fc.assert(
      fc.property(fc.array(anyText, { minLength: 2, maxLength: 6 }), fc.nat(5), anyText, (texts, cut, text) => {
        const whole = newIndex()
        const grown = newIndex()
        for (const [block, one] of texts.entries()) addTo(whole, block, one)
        for (const [block, one] of texts.entries()) addTo(grown, block, block < cut ? one : `${one}\nother`)
        grown.cut(cut)
        for (const [block, one] of texts.entries()) if (block >= cut) addTo(grown, block, one)
        const few = { count: (value: string) => value.length }
        expect(grown.refer(request(text, few))).toEqual(whole.refer(request(text, few)))
      }),
      { numRuns: 300 },
    )
  })

  it('costs time in proportion to what is added and asked, also for equal lines (J-7)', () => {
    const texts = [
      Array.from({ length: 60_000 }, (_, at) => `line ${at % 7} of many`).join('\n'),
      'the same long line\n'.repeat(60_000),
      `${'}\n'.repeat(400_000)}${'\n'.repeat(400_000)}`,
    ]
    for (const text of texts) {
      const index = newIndex()
      addTo(index, 0, text)
      const from = performance.now()
      index.refer(request(`${text}end`, { count: (value) => value.length >> 2 }))
      expect(performance.now() - from).toBeLessThan(1500)
    }
  })
})
