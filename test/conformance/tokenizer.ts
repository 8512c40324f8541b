// Promises that every tokenizer keeps. Each tokenizer's own test calls this suite.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Tokenizer } from '../../src/spec/tokenizer.js'

const MEGABYTE = 1_000_000

/** Same numbers on every run, 0 ≤ x < 1. */
export const seeded = (seed: number): (() => number) => {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

const fill = (bytes: number, width: number, char: () => string): string =>
  Array.from({ length: Math.floor(bytes / width) }, char).join('')

/** Texts of one megabyte that stall a tokenizer whose splitting or merging is quadratic. */
const hostileTexts = (): Readonly<Record<string, string>> => {
  const random = seeded(1)
  const below = (n: number): number => Math.floor(random() * n)
  return {
    'one letter': 'a'.repeat(MEGABYTE),
    'one capital': 'A'.repeat(MEGABYTE),
    'random letters': fill(MEGABYTE, 1, () => String.fromCharCode(97 + below(26))),
    'random capitals': fill(MEGABYTE, 1, () => String.fromCharCode(65 + below(26))),
    'two letters in turn': 'ab'.repeat(MEGABYTE / 2),
    'spaces before a letter': `${' '.repeat(MEGABYTE)}x`,
    'newlines and spaces in turn': '\n '.repeat(MEGABYTE / 2),
    'one symbol': '='.repeat(MEGABYTE),
    'random symbols': fill(MEGABYTE, 1, () => '!@#$%^&*()-='[below(12)]!),
    'one digit': '7'.repeat(MEGABYTE),
    'CJK without spaces': fill(MEGABYTE, 3, () => String.fromCharCode(0x4e00 + below(20_000))),
    'one CJK character': '中'.repeat(MEGABYTE / 3),
    'CJK and capitals in turn': '中A'.repeat(MEGABYTE / 4),
    emoji: '😀'.repeat(MEGABYTE / 4),
    'combining marks out of order': `a${'\u0301\u0323'.repeat(MEGABYTE / 4)}`,
    'half-width voice marks out of order': `a${'\uff9e\u0301'.repeat(MEGABYTE / 5)}`,
    'lone surrogates': '\ud800'.repeat(MEGABYTE / 3),
    apostrophes: "'".repeat(MEGABYTE),
  }
}

export const conformsToTokenizer = (tokenizer: Tokenizer): void => {
  describe(`${tokenizer.id} keeps the promises of all tokenizers`, () => {
    it('counts nothing as 0 and any text as a whole number above 0', () => {
      expect(tokenizer.count('')).toBe(0)
      fc.assert(
        fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 400 }), (text) => {
          const tokens = tokenizer.count(text)
          expect(Number.isInteger(tokens) && tokens > 0).toBe(true)
        }),
      )
    })
    it('counts the same text the same whatever was counted before (B-9)', () => {
      fc.assert(
        fc.property(fc.array(fc.string({ unit: 'grapheme', maxLength: 200 }), { maxLength: 20 }), (texts) => {
          const first = texts.map((text) => tokenizer.count(text))
          expect(texts.toReversed().map((text) => tokenizer.count(text))).toEqual(first.toReversed())
        }),
      )
    })
    it('never counts more tokens than bytes after compatibility form', () => {
      fc.assert(
        fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
          const bytes = Math.max(Buffer.byteLength(text), Buffer.byteLength(text.normalize('NFKC')))
          expect(tokenizer.count(text)).toBeLessThanOrEqual(bytes)
        }),
      )
    })
    for (const [name, text] of Object.entries(hostileTexts())) {
      it(`counts 1 MB of ${name} in a few seconds of processor time, where a quadratic count takes minutes (J-7)`, () => {
        const started = process.cpuUsage()
        expect(tokenizer.count(text)).toBeGreaterThan(0)
        const used = process.cpuUsage(started)
        expect((used.user + used.system) / 1e6).toBeLessThan(5)
      })
    }
  })
}
