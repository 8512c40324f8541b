// JSON by byte position: walks a document without building it, strictly (RFC 8259), and never throws. A fault is
// remembered with its offset and makes every later step answer false, so loops end by themselves.

/** Deepest nesting that is followed; deeper documents are a fault (J-7). Chosen, not measured: far above real tool arguments. */
export const MAX_JSON_DEPTH = 512

export interface JsonFault {
  /** Byte offset of the first byte that does not fit. */
  readonly at: number
  readonly why: 'syntax' | 'depth'
}

const QUOTE = 0x22
const BACKSLASH = 0x5c
const COMMA = 0x2c
const COLON = 0x3a
const OPEN_OBJECT = 0x7b
const CLOSE_OBJECT = 0x7d
const OPEN_ARRAY = 0x5b
const CLOSE_ARRAY = 0x5d
const MINUS = 0x2d

/** 1: a byte that a string may not pass over without a look (quote, backslash, control characters). */
const STOPS = new Uint8Array(256).fill(1, 0, 0x20)
STOPS[QUOTE] = 1
STOPS[BACKSLASH] = 1

const ESCAPES = new Uint8Array(256)
for (const char of '"\\/bfnrt') ESCAPES[char.charCodeAt(0)] = 1

const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= 0x30 && byte <= 0x39

const isHexDigit = (byte: number | undefined): boolean =>
  isDigit(byte) || (byte !== undefined && (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x66)

const LITERALS: ReadonlyMap<number, string> = new Map([
  [0x74, 'true'],
  [0x66, 'false'],
  [0x6e, 'null'],
])

/**
 * Position in a JSON document. Containers are walked by pulling: `enterObject()`, then `nextMember()` until false, each
 * time reading or skipping exactly one value; the same with `enterArray()` and `nextItem()`.
 */
export class JsonCursor {
  readonly bytes: Uint8Array
  at: number
  fault: JsonFault | undefined = undefined
  /** The string last passed held a backslash, so its value is not its bytes. */
  escaped = false
  /** Span of the key of the current member, quotes included. */
  keyStart = 0
  keyEnd = 0
  keyEscaped = false
  /** A container was just opened: no comma is due before its first entry. */
  #opened = false
  #closers: Uint8Array | undefined

  constructor(bytes: Uint8Array, at = 0) {
    this.bytes = bytes
    this.at = at
  }

  fail(why: JsonFault['why'], at: number = this.at): false {
    this.fault ??= { at, why }
    return false
  }

  /** Passes whitespace; the byte it stops at, or undefined at the end. */
  peek(): number | undefined {
    let at = this.at
    let byte = this.bytes[at]
    while (byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09) byte = this.bytes[++at]
    this.at = at
    return byte
  }

  /** True when nothing but whitespace is left. */
  atEnd(): boolean {
    if (this.fault) return false
    return this.peek() === undefined || this.fail('syntax')
  }

  enterObject(): boolean {
    return this.#enter(OPEN_OBJECT)
  }

  enterArray(): boolean {
    return this.#enter(OPEN_ARRAY)
  }

  #enter(opener: number): boolean {
    if (this.fault) return false
    if (this.peek() !== opener) return this.fail('syntax')
    this.at++
    this.#opened = true
    return true
  }

  /** Stands at the value of the next member, its key in `keyStart..keyEnd`; false after the closing brace or a fault. */
  nextMember(): boolean {
    return this.#nextEntry(CLOSE_OBJECT) && this.#key()
  }

  /** Stands at the next item; false after the closing bracket or a fault. */
  nextItem(): boolean {
    return this.#nextEntry(CLOSE_ARRAY)
  }

  #nextEntry(closer: number): boolean {
    if (this.fault) return false
    const byte = this.peek()
    const first = this.#opened
    this.#opened = false
    if (byte === closer) {
      this.at++
      return false
    }
    if (first) return true
    if (byte !== COMMA) return this.fail('syntax')
    this.at++
    this.peek()
    return true
  }

  #key(): boolean {
    this.keyStart = this.at
    if (this.bytes[this.at] !== QUOTE) return this.fail('syntax')
    if (!this.skipString()) return false
    this.keyEnd = this.at
    this.keyEscaped = this.escaped
    if (this.peek() !== COLON) return this.fail('syntax')
    this.at++
    this.peek()
    return true
  }

  key(): string {
    return decodeString(this.bytes, this.keyStart, this.keyEnd, this.keyEscaped)
  }

  /** Passes the string literal that starts at `at`. */
  skipString(): boolean {
    const { bytes } = this
    const { length } = bytes
    let at = this.at + 1
    this.escaped = false
    for (;;) {
      while (at < length && STOPS[bytes[at] as number] === 0) at++
      const byte = bytes[at]
      if (byte === QUOTE) {
        this.at = at + 1
        return true
      }
      if (byte !== BACKSLASH) return this.fail('syntax', at)
      this.escaped = true
      const next = bytes[at + 1] as number
      if (ESCAPES[next] === 1) at += 2
      else if (next === 0x75 && fourHexDigits(bytes, at + 2)) at += 6
      else return this.fail('syntax', at)
    }
  }

  /** Passes one value of any kind, checking all of it. Iterative. */
  skipValue(): boolean {
    if (this.fault) return false
    this.#closers ??= new Uint8Array(MAX_JSON_DEPTH)
    const closers = this.#closers
    let depth = 0
    for (;;) {
      const byte = this.peek()
      if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) {
        if (depth === MAX_JSON_DEPTH) return this.fail('depth')
        const closer = byte + 2
        this.at++
        if (this.peek() !== closer) {
          closers[depth++] = closer
          if (byte === OPEN_OBJECT && !this.#key()) return false
          continue
        }
        this.at++
      } else if (!this.#scalar(byte)) return false
      while (depth > 0 && this.peek() === closers[depth - 1]) {
        this.at++
        depth--
      }
      if (depth === 0) return true
      if (this.peek() !== COMMA) return this.fail('syntax')
      this.at++
      if (closers[depth - 1] === CLOSE_OBJECT) {
        this.peek()
        if (!this.#key()) return false
      }
    }
  }

  #scalar(byte: number | undefined): boolean {
    if (byte === QUOTE) return this.skipString()
    const literal = byte === undefined ? undefined : LITERALS.get(byte)
    if (literal === undefined) return this.#number()
    for (let index = 0; index < literal.length; index++) {
      if (this.bytes[this.at + index] !== literal.charCodeAt(index)) return this.fail('syntax')
    }
    this.at += literal.length
    return true
  }

  #number(): boolean {
    const { bytes } = this
    let at = this.at
    if (bytes[at] === MINUS) at++
    if (bytes[at] === 0x30) at++
    else {
      const digits = at
      while (isDigit(bytes[at])) at++
      if (at === digits) return this.fail('syntax')
    }
    if (bytes[at] === 0x2e) {
      const digits = ++at
      while (isDigit(bytes[at])) at++
      if (at === digits) return this.fail('syntax', at)
    }
    if (((bytes[at] ?? 0) | 0x20) === 0x65) {
      at++
      if (bytes[at] === 0x2b || bytes[at] === MINUS) at++
      const digits = at
      while (isDigit(bytes[at])) at++
      if (at === digits) return this.fail('syntax', at)
    }
    this.at = at
    return true
  }
}

const fourHexDigits = (bytes: Uint8Array, at: number): boolean =>
  isHexDigit(bytes[at]) && isHexDigit(bytes[at + 1]) && isHexDigit(bytes[at + 2]) && isHexDigit(bytes[at + 3])

/** View of the same memory with Buffer's native slices; a Buffer is its own. */
export const bufferOf = (bytes: Uint8Array): Buffer =>
  Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)

/** UTF-8 text of a byte range. */
export const sliceText = (bytes: Uint8Array, start: number, end: number): string =>
  bufferOf(bytes).toString('utf8', start, end)

/**
 * Value of a string literal that a cursor has passed (quotes included in `start..end`). Lone surrogates stay lone
 * surrogates. `escaped` false skips the search for escapes.
 */
export const decodeString = (bytes: Uint8Array, start: number, end: number, escaped: boolean): string =>
  escaped ? (JSON.parse(sliceText(bytes, start, end)) as string) : sliceText(bytes, start + 1, end - 1)

/** First fault of a whole document, or undefined when it is one JSON value and nothing else. */
export const jsonFault = (bytes: Uint8Array): JsonFault | undefined => {
  const cursor = new JsonCursor(bytes)
  if (cursor.skipValue()) cursor.atEnd()
  return cursor.fault
}
