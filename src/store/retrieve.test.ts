import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { RetrieveOptions } from '../spec/engine.js'
import { retrieveFrom } from './retrieve.js'

const bytesOf = (text: string): Uint8Array => Buffer.from(text, 'utf8')
const textOf = (text: string, options?: RetrieveOptions): string => retrieveFrom(bytesOf(text), options).text
const numbered = (count: number, special: Readonly<Record<number, string>> = {}): string =>
  Array.from({ length: count }, (_, index) => `${special[index + 1] ?? `routine ${index + 1}`}\n`).join('')

const anyText = fc
  .array(fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('\n', '\r\n', '\r', '\ufeff', '😀', '\u0000')), {
    maxLength: 60,
  })
  .map((parts) => parts.join(''))
const anyBytes = fc.oneof(fc.uint8Array({ maxLength: 400 }), anyText.map(bytesOf))

const pagesOf = (bytes: Uint8Array, options: RetrieveOptions): ReturnType<typeof retrieveFrom>[] => {
  const pages: ReturnType<typeof retrieveFrom>[] = []
  for (let cursor: number | undefined = 0; cursor !== undefined; cursor = pages.at(-1)?.next) {
    pages.push(retrieveFrom(bytes, { ...options, cursor }))
    if (pages.length > 2000) throw new Error('paging does not end')
  }
  return pages
}

describe('a whole retrieval', () => {
  it('is the original byte for byte, valid UTF-8 or not (A-11, A-14)', () => {
    fc.assert(
      fc.property(anyBytes, (bytes) => {
        const { bytes: given, text } = retrieveFrom(bytes)
        expect(Buffer.compare(given, bytes)).toBe(0)
        expect(text).toBe(Buffer.from(bytes).toString('utf8'))
      }),
    )
  })

  it('in pages is the whole text, each page within the limit and cut at a line end where there is one (A-14)', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 2, max: 40 }), (text, maxChars) => {
        const pages = pagesOf(bytesOf(text), { maxChars })
        expect(pages.map((page) => page.text).join('')).toBe(text)
        expect(Buffer.concat(pages.map((page) => page.bytes))).toEqual(Buffer.from(text))
        for (const page of pages) {
          expect(page.text.length).toBeLessThanOrEqual(maxChars)
          if (page.next !== undefined && page.text.includes('\n')) expect(page.text.endsWith('\n')).toBe(true)
          expect(page.text).toBe(Buffer.from(page.text, 'utf8').toString('utf8'))
        }
      }),
      { numRuns: 500 },
    )
  })
})

describe('a range of lines', () => {
  it.each([
    ['2-3', 'b\r\nc\n'],
    ['2', 'b\r\n'],
    ['3-', 'c\nd'],
    ['-2', 'a\nb\r\n'],
    [' 1 - 99 ', 'a\nb\r\nc\nd'],
    ['5', ''],
    ['9-12', ''],
  ])('%s gives those lines with their own line breaks', (lines, expected) => {
    const source = bytesOf('a\nb\r\nc\nd')
    const { text, bytes, totalLines } = retrieveFrom(source, { lines })
    expect(text).toBe(expected)
    expect(Buffer.from(bytes).toString('utf8')).toBe(expected)
    expect(totalLines).toBe(4)
  })

  it('is exact for bytes that are no UTF-8', () => {
    const source = new Uint8Array([0xff, 10, 0xe2, 0x82, 10, 0x80, 65, 10])
    expect(retrieveFrom(source, { lines: '2' }).bytes).toEqual(Buffer.from([0xe2, 0x82, 10]))
    expect(retrieveFrom(source, { lines: '2-3' }).bytes).toEqual(Buffer.from([0xe2, 0x82, 10, 0x80, 65, 10]))
  })

  it('put together from any split gives the original', () => {
    fc.assert(
      fc.property(anyBytes, fc.nat(20), (source, split) => {
        const first = split === 0 ? new Uint8Array(0) : retrieveFrom(source, { lines: `1-${split}` }).bytes
        const rest = retrieveFrom(source, { lines: `${split + 1}-` }).bytes
        expect(Buffer.compare(Buffer.concat([first, rest]), source)).toBe(0)
      }),
    )
  })

  it.each(['', '-', 'all', '0-4', '7-3', '1,2', '1-2-3', '١'])('%j is refused with what is expected', (lines) => {
    expect(() => retrieveFrom(bytesOf('a\n'), { lines })).toThrow(expect.objectContaining({ code: 'INPUT_INVALID' }))
  })

  it('with a cursor that was never given is refused', () => {
    for (const cursor of [-1, 1.5, Number.NaN])
      expect(() => retrieveFrom(bytesOf('a\n'), { cursor })).toThrow(expect.objectContaining({ code: 'INPUT_INVALID' }))
    expect(textOf('a\n', { cursor: 99 })).toBe('')
  })
})

describe('a query', () => {
  it('gives the lines that name it with three around, and counts the rest (A-14)', () => {
    expect(textOf(numbered(30, { 15: 'ERROR: disk is full' }), { query: 'disk full' })).toBe(
      `[11 lines before: 1-11]\n${[12, 13, 14].map((line) => `routine ${line}\n`).join('')}ERROR: disk is full\n${[
        16, 17, 18,
      ]
        .map((line) => `routine ${line}\n`)
        .join('')}[12 lines after: 19-30]\n`,
    )
  })

  it('joins neighbours and counts what lies between', () => {
    const text = textOf(numbered(60, { 20: 'needle', 24: 'needle', 50: 'needle' }), { query: 'needle' })
    expect(text.split('\n').filter((line) => line.startsWith('['))).toEqual([
      '[16 lines before: 1-16]',
      '[19 lines between: 28-46]',
      '[7 lines after: 54-60]',
    ])
  })

  it('prefers the words as they stand to single words, and rare words to common ones', () => {
    const source = numbered(400, {
      50: 'connection refused by host',
      200: 'the connection was opened',
      300: 'request refused',
    })
    const text = textOf(source, { query: 'connection refused' })
    expect(text).toContain('connection refused by host')
    expect(text).not.toContain('was opened')
    expect(text).not.toContain('request refused')
  })

  it('finds regardless of case, also in letters that change their length', () => {
    expect(textOf(numbered(9, { 2: 'İstanbul NEEDLE' }), { query: 'needle' })).toContain('NEEDLE')
    expect(textOf(numbered(9, { 2: 'ÜBUNG' }), { query: 'übung' })).toContain('ÜBUNG')
  })

  it('that nothing matches says so and ends there (A-13)', () => {
    expect(textOf(numbered(12), { query: 'absent words' })).toBe('[no match in 12 lines]\n')
    expect(textOf('', { query: 'x' })).toBe('[no match in 0 lines]\n')
    expect(textOf('a\n', { query: '' })).toBe('[no match in 1 line]\n')
  })

  it('in one long line gives windows around the matches, with the rest counted', () => {
    const source = `${'x'.repeat(5000)}needle${'y'.repeat(5000)}`
    const text = textOf(source, { query: 'needle' })
    expect(text).toBe(`[4700 chars before]${'x'.repeat(300)}needle${'y'.repeat(294)}[4706 chars after]\n`)
  })

  it('inside a range counts in lines of the whole', () => {
    const text = textOf(numbered(100, { 10: 'needle', 60: 'needle' }), { query: 'needle', lines: '41-100' })
    expect(text).toMatch(/^\[16 lines before: 41-56\]\n/)
    expect(text).toMatch(/\[37 lines after: 64-100\]\n$/)
  })

  it('shows only lines of the original, in order, and accounts for every other one (A-2, A-3)', () => {
    const anyLines = fc.array(fc.constantFrom('alpha', 'beta error', 'gamma', 'delta 42', 'error'), {
      minLength: 1,
      maxLength: 80,
    })
    fc.assert(
      fc.property(anyLines, fc.constantFrom('error', '42', 'beta error', 'alpha'), (lines, query) => {
        const text = textOf(lines.map((line) => `${line}\n`).join(''), { query })
        if (text.startsWith('[no match')) return
        let at = 0
        for (const line of text.split('\n').slice(0, -1)) {
          const gap = /^\[(\d+) lines? (?:before|between|after): (\d+)(?:-(\d+))?\]$/.exec(line)
          if (gap === null) expect(line).toBe(lines[at++])
          else {
            expect([Number(gap[2]), Number(gap[3] ?? gap[2])]).toEqual([at + 1, at + Number(gap[1])])
            at += Number(gap[1])
          }
        }
        expect(at).toBe(lines.length)
      }),
      { numRuns: 500 },
    )
  })

  it('answers on a megabyte of hostile text in time (J-7)', () => {
    for (const source of ['a'.repeat(1_000_000), 'ab\n'.repeat(333_333), '\n'.repeat(1_000_000)]) {
      const before = performance.now()
      retrieveFrom(bytesOf(source), { query: 'ab a b aa "a b" zz', maxChars: 50_000 })
      expect(performance.now() - before).toBeLessThan(2000)
    }
  })
})
