import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { conformsToCompressor, outputOf } from '../../../test/conformance/compressor.js'
import { lineTable } from '../../base/lines.js'
import type { Compressor } from '../../spec/compressor.js'
import { gutter as gutterOfReads } from './index.js'
import { fullNumbers } from './sparse.js'

/** The compressor as it sees what a file reader printed. */
const origin = { toolName: 'Read', path: 'src/a.ts' }
const gutter: Compressor = { ...gutterOfReads, compress: (input) => gutterOfReads.compress({ ...input, origin }) }

type Style = (number: number) => string
const STYLES: readonly Style[] = [
  (number) => `${number}\t`,
  (number) => `${String(number).padStart(6)}→`,
  (number) => `${String(number).padStart(6)}\t`,
  (number) => `${number}: `,
  (number) => `${number}:`,
  (number) => `${String(number).padStart(4)} | `,
]
const numbered = (lines: readonly string[], style: Style, from = 1): string =>
  lines.map((line, index) => style(from + index) + line).join('\n')

const source = [
  'import x',
  ...Array.from({ length: 44 }, (_, index) => (index % 7 === 0 ? '' : `  const value${index} = read(${index})`)),
]

const arbitrary = fc
  .record({
    lines: fc.array(fc.oneof(fc.string({ maxLength: 30 }), fc.constantFrom('', '12\tx', '  3: y', '}', '7→', '\r')), {
      minLength: 2,
      maxLength: 60,
    }),
    style: fc.constantFrom(...STYLES),
    from: fc.integer({ min: 1, max: 99_990 }),
    head: fc.constantFrom('', 'Here is the file:\n', '<file>\n'),
    tail: fc.constantFrom('', '\n(End of file)', '\n\n<system-reminder>\nnote\n</system-reminder>'),
  })
  .map(({ lines, style, from, head, tail }) => head + numbered(lines, style, from) + tail)

conformsToCompressor(gutter, { texts: STYLES.map((style) => numbered(source, style)), arbitrary, verbatimLines: false })

describe('sparse line numbers', () => {
  it('keeps first, last and every tenth number, and each line as it is (A-1, A-2)', () => {
    for (const style of STYLES) {
      const lines = outputOf(gutter, numbered(source, style)).split('\n')
      expect(lines).toEqual(
        source.map(
          (line, index) => ([1, 45].includes(index + 1) || (index + 1) % 10 === 0 ? style(index + 1) : '') + line,
        ),
      )
    }
  })
  it('can be turned back into the very source, whatever the lines hold', () => {
    fc.assert(
      fc.property(arbitrary, (text) => {
        expect(fullNumbers(outputOf(gutter, text), lineTable(text))).toBe(text)
      }),
      { numRuns: 1000 },
    )
  })
  it('keeps numbers where lines are missing between', () => {
    const text = [1, 2, 3, 40, 41, 42, 43].map((number) => `${number}\tline ${number}`).join('\n')
    expect(outputOf(gutter, text).split('\n')).toEqual([
      '1\tline 1',
      'line 2',
      '3\tline 3',
      '40\tline 40',
      'line 41',
      'line 42',
      '43\tline 43',
    ])
  })
  it('takes a first column that counts for data, not for a gutter', () => {
    const rows = numbered(source, (number) => `${number}\t`)
    expect(outputOf(gutterOfReads, rows)).toBe(rows)
    expect(outputOf(gutterOfReads, rows, { origin: { toolName: 'read_file', path: 'people.tsv' } })).toBe(rows)
    expect(outputOf(gutterOfReads, rows, { origin: { toolName: 'Bash', command: 'psql -At -c "select 1"' } })).toBe(
      rows,
    )
  })
  it('leaves search hits and lists of numbers alone', () => {
    const hits = '12:const a\n40:const b\n77:const c'
    expect(outputOf(gutter, hits)).toBe(hits)
  })
})
