import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeString, JsonCursor, jsonFault, MAX_JSON_DEPTH } from './json-span.js'

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)

const parses = (text: string): boolean => {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

const decoded = (literal: string): string => {
  const cursor = new JsonCursor(bytesOf(literal))
  expect(cursor.skipString()).toBe(true)
  return decodeString(cursor.bytes, 0, cursor.at, cursor.escaped)
}

describe('JSON by byte position', () => {
  it('accepts what JSON.parse accepts and nothing else', () => {
    const pieces = [
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"',
      '"a"',
      '"\\n"',
      '\\',
      '\\u12',
      '\\uD83D',
      '1',
      '-',
      '0',
      '01',
      '.5',
      '1.',
      '1e5',
      'E+',
      'true',
      'tru',
      'null',
      ' ',
      '\n',
      '\t',
      '\f',
      '\u0001',
      'é',
      '"a":1',
    ]
    let good = 0
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 7 }), (parts) => {
        const text = parts.join('')
        expect(jsonFault(bytesOf(text)) === undefined, text).toBe(parses(text))
        good += parses(text) ? 1 : 0
      }),
      { numRuns: 20_000 },
    )
    expect(good).toBeGreaterThan(100)
  })

  it('accepts any document, however it is spaced', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 6 }), fc.constantFrom(0, 1, '\t'), (json, space) => {
        expect(jsonFault(bytesOf(JSON.stringify(JSON.parse(json), null, space)))).toBeUndefined()
      }),
    )
  })

  it('names the first byte that does not fit', () => {
    const faults = [
      ['{"a":1,}', 7],
      ['[1 2]', 3],
      ['{"a"}', 4],
      ['"é\u0007"', 3],
      ['"\\x"', 1],
      ['"\\u12g4"', 1],
      ['[1.]', 3],
      ['[tru]', 1],
      ['', 0],
      ['{} x', 3],
      ['"open', 5],
    ] as const
    for (const [text, at] of faults) expect(jsonFault(bytesOf(text)), text).toEqual({ at, why: 'syntax' })
  })

  it('follows nesting to a bound, without recursion (J-7)', () => {
    const nested = (depth: number): Uint8Array => bytesOf('['.repeat(depth) + ']'.repeat(depth))
    expect(jsonFault(nested(MAX_JSON_DEPTH))).toBeUndefined()
    expect(jsonFault(nested(MAX_JSON_DEPTH + 1))).toEqual({ at: MAX_JSON_DEPTH, why: 'depth' })
    expect(jsonFault(bytesOf('{"a":['.repeat(500_000)))?.why).toBe('depth')
  })

  it('decodes every escape, pairs of surrogates, and lone ones', () => {
    expect(decoded('"\\"\\\\\\/\\b\\f\\n\\r\\t"')).toBe('"\\/\b\f\n\r\t')
    expect(decoded('"\\uD83D\\uDE00"')).toBe('😀')
    expect(decoded('"\\ud83d x \\ude00"')).toBe('\ud83d x \ude00')
    expect(decoded('"\\\\u0041\\\\\\""')).toBe('\\u0041\\"')
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(decoded(JSON.stringify(text))).toBe(text)
      }),
    )
  })

  it('walks members and items by pulling, and stops for good at a fault', () => {
    const cursor = new JsonCursor(bytesOf(' { "a" : [1, {"x":[]}, "s"] , "b\\u0063":{} , "e":[] } '))
    const seen: (string | number)[] = []
    cursor.enterObject()
    while (cursor.nextMember()) {
      const key = cursor.key()
      if (key !== 'a' && key !== 'e') cursor.skipValue()
      else {
        cursor.enterArray()
        let items = 0
        while (cursor.nextItem() && cursor.skipValue()) items++
        seen.push(items)
      }
      seen.push(key)
    }
    expect(cursor.atEnd()).toBe(true)
    expect(seen).toEqual([3, 'a', 'bc', 0, 'e'])

    const broken = new JsonCursor(bytesOf('{"a":[1,,2],"b":1}'))
    broken.enterObject()
    broken.nextMember()
    broken.enterArray()
    while (broken.nextItem()) broken.skipValue()
    expect([broken.nextItem(), broken.nextMember(), broken.skipValue(), broken.atEnd()]).toEqual([
      false,
      false,
      false,
      false,
    ])
    expect(broken.fault).toEqual({ at: 8, why: 'syntax' })
  })
})
