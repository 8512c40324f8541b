import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { TextSource } from '../spec/reference.js'
import { findReferences, parseReference, printReference, quotesOf, type Reference, wordsFor } from './grammar.js'

const read: TextSource = { kind: 'result', tool: 'Read', subject: 'src/app.ts' }
const shell: TextSource = { kind: 'result', tool: 'Bash', subject: 'npm test -- "a b"', isCommand: true }
const write: TextSource = { kind: 'call', tool: 'Write', subject: 'notes.md', argument: 'content' }

const line = fc.oneof(
  fc.string({ minLength: 1, maxLength: 80 }),
  fc.constantFrom('}', 'say "a" or \'b\' or `c`', ' above: "x"', '[5 lines not shown]', '😀'.repeat(40)),
)
const source: fc.Arbitrary<TextSource> = fc.record(
  {
    kind: fc.constantFrom('result', 'call', 'user', 'assistant'),
    tool: fc.oneof(fc.constantFrom('Read', 'mcp__files__read_file', 'Bash'), line),
    subject: fc.oneof(fc.constantFrom('src/app.ts', 'a b/c d.ts', 'grep "x" above: y'), line),
    isCommand: fc.boolean(),
    argument: fc.constantFrom('content', 'new_string'),
  },
  { requiredKeys: ['kind'] },
)
const range = fc.tuple(fc.integer({ min: 1, max: 99_000 }), fc.integer({ min: 0, max: 900 }))
const reference: fc.Arbitrary<Reference> = fc
  .record({
    base: source,
    here: source,
    first: line,
    last: line,
    at: range,
    numbered: fc.boolean(),
    shift: fc.integer({ min: 0, max: 50 }),
  })
  .map(({ base, here, first, last, at: [from, more], numbered, shift }) => ({
    count: more + 1,
    base: wordsFor(base, here),
    quotes: quotesOf(first, last, more + 1),
    ...(numbered ? { range: [from, from + more] as const } : {}),
    ...(shift > 0 ? { baseRange: [from + shift, from + shift + more] as const } : {}),
  }))

describe('references', () => {
  it('state a fact in plain words (A-16)', () => {
    const quotes = quotesOf('export const run = async (parts: Parts): Promise<void> => {', '}', 157)
    expect([
      printReference({ count: 157, range: [104, 260], baseRange: [101, 257], base: wordsFor(read, shell), quotes }),
      printReference({ count: 157, range: [104, 260], base: wordsFor(read, read), quotes }),
      printReference({
        count: 120,
        base: wordsFor(shell, shell),
        quotes: quotesOf('> vitest run', 'Done in 3 s', 120),
      }),
      printReference({ count: 1, base: wordsFor(write, read), quotes: quotesOf('Total: "14" files', '', 1) }),
      printReference({ count: 1, range: [7, 7], base: wordsFor({ kind: 'user' }, read), quotes: quotesOf('a', '', 1) }),
    ]).toMatchInlineSnapshot(`
      [
        "[lines 104-260 are the same as lines 101-257 of Read src/app.ts above: "export const run = async (parts:…" … "}"]",
        "[lines 104-260 are the same as in the Read of this file above: "export const run = async (parts:…" … "}"]",
        "[120 lines here are the same as in Bash 'npm test -- "a b"' above: "> vitest run" … "Done in 3 s"]",
        "[1 line here is the same as in content of the call Write notes.md above: 'Total: "14" files']",
        "[line 7 is the same as in the user text above: "a"]",
      ]
    `)
  })

  it('are read back as they were printed, and print no line break', () => {
    fc.assert(
      fc.property(reference, (one) => {
        const printed = printReference(one)
        expect(printed).not.toMatch(/[\r\n\u2028\u2029]/)
        expect(parseReference(printed)).toEqual(one)
        const text = `before\n${printed}\nafter [3 lines here are the same as before]\n`
        expect(findReferences(text)).toEqual([{ start: 7, end: 7 + printed.length }])
      }),
      { numRuns: 1000 },
    )
  })

  it('leave look-alikes alone (A-17)', () => {
    for (const text of [
      '[lines 5-3 are the same as in Read a.ts above: "x" … "y"]',
      '[2 lines here are the same as in Read a.ts above: "x"]',
      '[1 lines here are the same as in Read a.ts above: "x"]',
      'see [3 lines here are the same as in Read a.ts above: "x" … "y"]',
      '[3 lines here are the same as in Read a.ts above: x … y]',
    ])
      expect(findReferences(text)).toEqual([])
  })

  it('are looked for in linear time in hostile text (J-7)', () => {
    const hostile = [
      '[lines 1-2 are the same as in ',
      ' the same as ',
      '[3 lines here are the same as in x above: ',
    ].map((piece) => piece.repeat(Math.ceil(1_000_000 / piece.length)))
    for (const text of [...hostile, ...hostile.map((piece) => piece.replaceAll('[', '\n['))]) {
      const from = performance.now()
      findReferences(text)
      expect(performance.now() - from).toBeLessThan(250)
    }
  })
})
