// JSON in which one string is most of the text: `{"stdout":"…","exit_code":1}`, `[{"query":"…","result":"…"}]`.

import { isOneValue } from './json.js'
import type { Envelope } from './wrapping.js'

/** Share of the characters that the string must have: the rest is the wrapping. */
const MIN_SHARE = 0.6
/** A document with more strings than this is data, not an envelope. */
const MAX_STRINGS = 200

export const jsonEnvelope = (text: string): Envelope | undefined => {
  const first = text.trimStart()[0]
  if (first !== '{' && first !== '[') return undefined
  const span = bigString(text)
  if (span === undefined || !isJson(text, span)) return undefined
  const literal = text.slice(span.start, span.end)
  const inner = decoded(literal)
  const wrap = encoderFor(literal, inner)
  return wrap === undefined ? undefined : { kind: 'json-string', start: span.start, end: span.end, inner, wrap }
}

interface Literal {
  /** Half-open, quotes included. */
  readonly start: number
  readonly end: number
}

/** The string literal with most of the characters; undefined as soon as no such one is left. O(text). */
const bigString = (text: string): Literal | undefined => {
  const least = text.length * MIN_SHARE
  let at = 0
  for (let strings = 0; strings < MAX_STRINGS; strings++) {
    const start = text.indexOf('"', at)
    if (start === -1 || text.length - start < least) return undefined
    const end = endOfString(text, start)
    if (end === undefined) return undefined
    // A key is followed by a colon.
    if (end - start > least) return /^\s*:/.test(text.slice(end, end + 20)) ? undefined : { start, end }
    at = end
  }
  return undefined
}

const endOfString = (text: string, start: number): number | undefined => {
  let quote = start
  for (;;) {
    quote = text.indexOf('"', quote + 1)
    if (quote === -1) return undefined
    let slashes = 0
    while (text.charCodeAt(quote - 1 - slashes) === 92) slashes++
    if (slashes % 2 === 0) return quote + 1
  }
}

/** The rest of the text with an empty string in the literal's place must be one JSON value: cheap, since the rest is small. */
const isJson = (text: string, span: Literal): boolean =>
  isOneValue(`${text.slice(0, span.start)}""${text.slice(span.end)}`)

const ESCAPES: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }

/** Lenient: a literal that is no JSON string decodes to something that no encoder turns back into it. */
const decoded = (literal: string): string =>
  literal
    .slice(1, -1)
    .replace(/\\(?:u([0-9a-fA-F]{4})|(.))/gs, (_, hex: string | undefined, char: string) =>
      hex === undefined ? (ESCAPES[char] ?? char) : String.fromCharCode(Number.parseInt(hex, 16)),
    )

/** Writers differ in what they escape: plain, slashes, or all but ASCII (as Python does by default). */
const ENCODERS: readonly ((text: string) => string)[] = [
  (text) => JSON.stringify(text),
  (text) =>
    JSON.stringify(text).replace(
      /[\u007f-\uffff]/g,
      (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
    ),
  (text) =>
    JSON.stringify(text).replace(
      /[\u0080-\uffff]/g,
      (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
    ),
  (text) => JSON.stringify(text).replaceAll('/', '\\/'),
  (text) =>
    JSON.stringify(text).replace(
      /[<>&\u2028\u2029]/g,
      (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
    ),
]

const encoderFor = (literal: string, inner: string): ((text: string) => string) | undefined =>
  ENCODERS.find((encode) => encode(inner) === literal)
