// Words of all lines in flat arrays: offset, length, hash and what each is masked as.
import { escapeLength } from './escape.js'
import { ANY, GRAMS, NAMES, SEVERE } from './grams.js'

export const WORD = 0
export const NUMBER = 1
export const PATH = 2
/** Part of a date or clock. */
export const TIME = 3

/** Words kept per line; the rest of a longer line still shapes its hash. */
const MAX_WORDS = 64
/** Characters read per line. */
const MAX_CHARS = 4096

const SPACE = 1
const SEPARATOR = 2
const DIGIT = 4
const LETTER = 8
const JOINT = 16
const SLASH = 32
const CLASS = new Uint8Array(128).fill(SEPARATOR)
for (let c = 0; c <= 32; c++) CLASS[c] = SPACE
for (let c = 48; c <= 57; c++) CLASS[c] = DIGIT
for (let c = 65; c <= 90; c++) CLASS[c] = CLASS[c + 32] = LETTER
for (const c of '_-.@+%~$&*#') CLASS[c.charCodeAt(0)] = JOINT
for (const c of '/\\') CLASS[c.charCodeAt(0)] = SLASH
const IN_WORD = DIGIT | LETTER | JOINT | SLASH

const FNV_PRIME = 0x01000193
const FNV_BASIS = 0x811c9dc5 | 0

export class TokenTable {
  /** Index of the first word of each line; one more entry than lines. */
  readonly lineStart: Int32Array
  readonly offset: Int32Array
  readonly length: Int32Array
  readonly hash: Int32Array
  readonly mask: Uint8Array
  /** Of the line read last. */
  blank = true
  /** Rough number of model tokens; only ratios between lines matter. */
  weight = 0
  /** Families of words it may hold. */
  grams = 0
  used = 0
  lines = 0

  constructor(lines: number, chars: number) {
    this.lineStart = new Int32Array(lines + 1)
    // A word and what parts it from the next are two characters at least.
    const most = Math.min((chars >> 1) + lines + 1, lines * (MAX_WORDS + 1))
    this.offset = new Int32Array(most)
    this.length = new Int32Array(most)
    this.hash = new Int32Array(most)
    this.mask = new Uint8Array(most)
  }

  endLine(used: number, grams: number, weight: number, blank: boolean): void {
    this.blank = blank
    this.used = used
    this.grams = grams
    this.weight = weight
    this.lineStart[++this.lines] = used
  }

  /** Masked hashes of a line's words. */
  masked(line: number): Int32Array {
    const from = this.lineStart[line]!
    const words = new Int32Array(this.lineStart[line + 1]! - from)
    for (let i = 0; i < words.length; i++) words[i] = this.mask[from + i]! || this.hash[from + i]!
    return words
  }
}

/** Reads the words `start..end` of the next line and returns the key of its shape (53 bits). One loop on local state: this is where the time goes. */
export const readLine = (table: TokenTable, text: string, start: number, end: number): number => {
  const stop = Math.min(end, start + MAX_CHARS)
  const last = table.used + MAX_WORDS
  let one = FNV_BASIS
  let two = 0x2545f491
  let used = table.used
  let weight = 1
  let grams = end > stop ? ANY : gramsAtStart(text, start)
  let mark = 0
  let blank = true
  for (let i = start; i < stop; ) {
    let c = text.charCodeAt(i)
    let kind = c < 128 ? CLASS[c]! : LETTER
    if (kind === SPACE) {
      if (c === 27) {
        i += escapeLength(text, i, end)
        weight += 3
      } else i++
      continue
    }
    blank = false
    let value = c
    if (kind === SEPARATOR) {
      weight += c === mark ? 0.1 : 0.6
      i++
      if (c === mark) continue
      mark = c
    } else {
      const from = i
      let hash = FNV_BASIS
      let seen = 0
      let gram = 0
      do {
        seen |= kind
        hash = Math.imul(hash ^ c, FNV_PRIME)
        gram = ((gram << 5) | (c & 31)) & 32767
        grams |= c < 128 ? GRAMS[gram]! : ANY
        c = ++i < stop ? text.charCodeAt(i) : 32
        kind = c < 128 ? CLASS[c]! : LETTER
        // `0/0/1/27` is four numbers.
        if (kind === SLASH && seen === DIGIT && isDigit(text.charCodeAt(i + 1))) break
      } while ((kind & IN_WORD) !== 0)
      mark = 0
      const length = i - from
      if ((seen & (LETTER | DIGIT)) === 0) {
        value = text.charCodeAt(from)
        if (value === 42) grams |= SEVERE
        weight += 0.7 + length * 0.05
      } else {
        let mask = (seen & DIGIT) !== 0 ? NUMBER : (seen & SLASH) !== 0 ? PATH : WORD
        if (mask === NUMBER && c === 58 && i + 6 <= stop && isClockRest(text, i)) {
          i += 6
          mask = TIME
        }
        value = mask === WORD ? hash : mask
        weight += mask === WORD ? 1 + length / 12 : length / (mask === PATH ? 3.2 : 2)
        if (kind === SLASH && mask === NUMBER) i++
        if (used < last) {
          table.offset[used] = from
          table.length[used] = length
          table.hash[used] = hash
          table.mask[used++] = mask
        }
      }
    }
    one = Math.imul(one ^ value, FNV_PRIME)
    one ^= one >>> 15
    two = Math.imul(two ^ value, 0x5bd1e995)
    two ^= two >>> 13
  }
  table.endLine(used, grams, end > stop ? (weight * (end - start)) / (stop - start) : weight, blank)
  return (one >>> 0) * 0x200000 + (two & 0x1fffff)
}

const isDigit = (c: number): boolean => c >= 48 && c <= 57

/** What the first characters alone may mean: `E0311 `, `1) name`, `____ name ____`. */
const gramsAtStart = (text: string, at: number): number => {
  const c = text.charCodeAt(at)
  if (c === 69 || c === 70 || c === 87) return SEVERE | NAMES
  return isDigit(c) || c === 95 ? NAMES : 0
}

/** `:mm:ss` at `at`. */
const isClockRest = (text: string, at: number): boolean =>
  text.charCodeAt(at + 3) === 58 &&
  isDigit(text.charCodeAt(at + 1)) &&
  isDigit(text.charCodeAt(at + 2)) &&
  isDigit(text.charCodeAt(at + 4)) &&
  isDigit(text.charCodeAt(at + 5))

/** Whether any word of `content..end` is printed in red (31 or 91), with the colour set from `from` on. */
export const isPrintedRed = (text: string, from: number, content: number, end: number): boolean => {
  let red = false
  for (let i = from; i < end; ) {
    const c = text.charCodeAt(i)
    if (c === 27) {
      const length = escapeLength(text, i, end)
      red = afterColour(text, i, i + length, red)
      i += length
    } else if (red && i >= content && (c >= 128 || ((CLASS[c] ?? 0) & (LETTER | DIGIT)) !== 0)) return true
    else i++
  }
  return false
}

/** Whether text after the SGR sequence `start..end` is red, given the colour before. */
const afterColour = (text: string, start: number, end: number, red: boolean): boolean => {
  if (text.charCodeAt(end - 1) !== 109) return red
  let code = 0
  let kept = red
  for (let i = start + 2; i < end; i++) {
    const c = text.charCodeAt(i)
    if (c >= 48 && c <= 57) {
      code = code * 10 + c - 48
      continue
    }
    // Extended colours take the rest of the sequence; weights and backgrounds leave the colour as it is.
    if (code === 38 || code === 48) return false
    if (code === 31 || code === 91) kept = true
    else if (code === 0 || code === 39 || (code >= 30 && code <= 37) || (code >= 90 && code <= 97)) kept = false
    code = 0
  }
  return kept
}
