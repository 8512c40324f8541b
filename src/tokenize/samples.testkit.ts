// Seeded texts of the kinds that agents send, and a generator of awkward mixes.
import fc from 'fast-check'
import { seeded } from '../../test/conformance/tokenizer.js'

const WORDS =
  'the return function HTTPServer getElementById userId error null async café naïve über SELECT _private snake_case kebab-case'.split(
    ' ',
  )

export const sampleTexts = (): Readonly<Record<string, string>> => {
  const random = seeded(7)
  const below = (n: number): number => Math.floor(random() * n)
  const word = (): string => WORDS[below(WORDS.length)]!
  const lines = (n: number, line: (i: number) => string, end = '\n'): string =>
    Array.from({ length: n }, (_, i) => line(i)).join(end)
  const rows = Array.from({ length: 200 }, (_, i) => ({
    id: i,
    name: `${word()}-${i}`,
    ok: random() < 0.5,
    score: random(),
    tags: [word(), word()],
  }))
  return {
    'compact JSON': JSON.stringify(rows),
    'indented JSON': JSON.stringify(rows, null, 2),
    code: lines(300, (i) => `${'  '.repeat(below(5))}${word()}${i}(${word()}, '${word()}') // it's ${word()}`),
    logs: lines(
      300,
      (i) =>
        `2026-01-0${1 + (i % 9)}T1${i % 10}:22:33.${100 + i}Z ERROR [${word()}] ${word()} 0x${below(1e9).toString(16)} took ${below(9999)}ms`,
    ),
    'CRLF text': lines(200, () => `${word()} ${word()}.  `, '\r\n'),
    'tables drawn with symbols': lines(100, (i) => `|${'-'.repeat(i)}+${'='.repeat(200 - i)}|`),
    indentation: lines(150, (i) => `${' '.repeat(i)}x${'\t'.repeat(i % 7)}`),
    contractions: lines(200, (i) => `I'm it's WE'LL you'Ve ${word()}'d ''s '${word()}' o'${i}`),
    base64: Buffer.from(Uint8Array.from({ length: 6000 }, () => below(256))).toString('base64'),
    hex: Buffer.from(Uint8Array.from({ length: 6000 }, () => below(256))).toString('hex'),
    Chinese: lines(
      100,
      () => Array.from({ length: 5 + below(40) }, () => String.fromCharCode(0x4e00 + below(3000))).join(''),
      '。',
    ),
    Japanese: '東京都は、日本の首都です。カタカナとひらがなが混ざります。'.repeat(40),
    Korean: '안녕하세요 세계 여러분, 오늘은 날씨가 좋습니다. '.repeat(40),
    'Hindi and Arabic': 'नमस्ते दुनिया, यह एक परीक्षण है। مرحبا بالعالم ١٢٣٤٥ '.repeat(40),
    emoji: '👩‍👩‍👧 😀😀 🇫🇷 ✅ ❌ 🚀🚀🚀 1️⃣ '.repeat(40),
    accents: 'Ça coûte très cher à l’Élysée: ÀÉÎÕÜ ñandú Straße ŁÓDŹ. '.repeat(40),
    'lone surrogates': 'a\ud800b \udc00\udc00 x\ud83d'.repeat(40),
    minified: `!function(e,t){${lines(200, () => `var ${word().slice(0, 2)}=${below(999)};e.${word()}&&t["${word()}"]`, ';')}}`,
  }
}

const FRAGMENTS = [
  ...[
    "'s",
    "'LL",
    "'Re",
    "'",
    ' ',
    '  ',
    '\t',
    '\n',
    '\r\n',
    '\r',
    '\v',
    '\u00a0',
    '\u3000',
    '\u2028',
    '/',
    '//',
    '\n/',
    '=',
    '---',
    '{"',
    '":',
    '\u0000',
  ],
  ...[
    'a',
    'Z',
    'the',
    'HTTP',
    'Server',
    'é',
    'É',
    'ß',
    'ǅ',
    'ʰ',
    '中',
    '文字',
    'あ',
    '한',
    'ا',
    'अ',
    'ि',
    '\u0301',
    '\u0323',
    '٣',
    'Ⅷ',
    '½',
    '7',
    '1234',
  ],
  ...['😀', '👩‍👧', '🇫🇷', '\u200d', '\ufffd', '𝐀', '𝐚', '\ud800', '\udc00', '–', '€', 'xX', 'QZ', 'qqqq'],
]

/** Blocks that every Unicode version in play agrees on: the oracles carry tables of different ages. */
const OLD_BLOCKS = [
  [0, 0x52f],
  [0x3041, 0x30ff],
  [0x4e00, 0x9fa5],
  [0xac00, 0xdfff],
  [0xe000, 0xf8ff],
].map(([min = 0, max = 0]) => fc.integer({ min, max }))

/** Short mixes of everything the split patterns tell apart, with repeats. */
export const awkward: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      fc.constantFrom(...FRAGMENTS),
      fc.string({ unit: 'grapheme-ascii', maxLength: 6 }),
      fc.tuple(fc.constantFrom(...FRAGMENTS), fc.integer({ min: 2, max: 70 })).map(([text, n]) => text.repeat(n)),
      fc.oneof(...OLD_BLOCKS).map((unit) => String.fromCharCode(unit)),
    ),
    { maxLength: 30 },
  )
  .map((parts) => parts.join(''))
