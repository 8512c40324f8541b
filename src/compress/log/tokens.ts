// Words of all lines in flat arrays: offset, length, hash and what each is masked as.
import { escapeLength } from './escape.js'

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
  offset: Int32Array = new Int32Array(1024)
  length: Int32Array = new Int32Array(1024)
  hash: Int32Array = new Int32Array(1024)
  mask: Uint8Array = new Uint8Array(1024)
  /** Of the line read last. */
  red = false
  blank = true
  /** Rough number of model tokens; only ratios between lines matter. */
  weight = 0
  #used = 0
  #lines = 0
  #one = 0
  #two = 0

  constructor(lines: number) {
    this.lineStart = new Int32Array(lines + 1)
  }

  /** Reads the words `start..end` of the next line, which begins at `from`, and returns the key of its shape (53 bits). */
  read(text: string, from: number, start: number, end: number): number {
    this.#one = FNV_BASIS
    this.#two = 0x2545f491
    this.red = false
    this.blank = true
    this.weight = 1
    let redNow = this.#colourBefore(text, from, start)
    let mark = 0
    const first = this.#used
    const stop = Math.min(end, start + MAX_CHARS)
    for (let i = start; i < stop; ) {
      const c = text.charCodeAt(i)
      if (c === 27) {
        const length = escapeLength(text, i, end)
        redNow = afterColour(text, i, i + length, redNow)
        i += length
        this.weight += 3
        continue
      }
      const kind = c < 128 ? CLASS[c]! : LETTER
      if (kind === SPACE) {
        i++
        continue
      }
      this.blank = false
      if (kind === SEPARATOR) {
        if (c !== mark) this.#mix(c)
        this.weight += c === mark ? 0.1 : 0.6
        mark = c
        i++
        continue
      }
      mark = 0
      const used = this.#used
      i = this.#word(text, i, stop)
      if (redNow && this.#used > used) this.red = true
      if (this.#used - first > MAX_WORDS) this.#used--
    }
    if (end > stop) this.weight *= (end - start) / (stop - start)
    this.lineStart[++this.#lines] = this.#used
    return (this.#one >>> 0) * 0x200000 + (this.#two & 0x1fffff)
  }

  #colourBefore(text: string, from: number, start: number): boolean {
    let red = false
    for (let i = from; i < start; ) {
      const length = text.charCodeAt(i) === 27 ? escapeLength(text, i, start) : 0
      if (length > 0) red = afterColour(text, i, i + length, red)
      i += length || 1
    }
    return red
  }

  /** Reads one word and returns where it ends. */
  #word(text: string, start: number, stop: number): number {
    let hash = FNV_BASIS
    let seen = 0
    let i = start
    // `0/0/1/27` is four numbers.
    let divided = 0
    for (; i < stop; i++) {
      const c = text.charCodeAt(i)
      const kind = c < 128 ? CLASS[c]! : LETTER
      if ((kind & IN_WORD) === 0) break
      if (kind === SLASH && seen === DIGIT && CLASS[text.charCodeAt(i + 1)] === DIGIT) {
        divided = 1
        break
      }
      seen |= kind
      hash = Math.imul(hash ^ c, FNV_PRIME)
    }
    if ((seen & (LETTER | DIGIT)) === 0) {
      this.#mix(text.charCodeAt(start))
      this.weight += 0.7 + (i - start) * 0.05
      return i
    }
    let mask = (seen & DIGIT) !== 0 ? NUMBER : (seen & SLASH) !== 0 ? PATH : WORD
    if (mask === NUMBER && text.charCodeAt(i) === 58 && i + 6 <= stop && isClockRest(text, i)) {
      i += 6
      mask = TIME
    }
    this.#mix(mask === WORD ? hash : mask)
    this.#push(start, i - start, hash, mask)
    this.weight += mask === WORD ? 1 + (i - start) / 12 : (i - start) / (mask === PATH ? 3.2 : 2)
    return i + divided
  }

  #push(offset: number, length: number, hash: number, mask: number): void {
    if (this.#used === this.offset.length) {
      this.offset = grown(this.offset)
      this.length = grown(this.length)
      this.hash = grown(this.hash)
      const wider = new Uint8Array(this.mask.length * 2)
      wider.set(this.mask)
      this.mask = wider
    }
    this.offset[this.#used] = offset
    this.length[this.#used] = length
    this.hash[this.#used] = hash
    this.mask[this.#used++] = mask
  }

  #mix(value: number): void {
    this.#one = Math.imul(this.#one ^ value, FNV_PRIME)
    this.#one ^= this.#one >>> 15
    this.#two = Math.imul(this.#two ^ value, 0x5bd1e995)
    this.#two ^= this.#two >>> 13
  }

  /** Masked hashes of a line's words. */
  masked(line: number): Int32Array {
    const from = this.lineStart[line]!
    const words = new Int32Array(this.lineStart[line + 1]! - from)
    for (let i = 0; i < words.length; i++) words[i] = this.mask[from + i]! || this.hash[from + i]!
    return words
  }
}

const grown = (array: Int32Array): Int32Array<ArrayBuffer> => {
  const wider = new Int32Array(array.length * 2)
  wider.set(array)
  return wider
}

/** `:mm:ss` at `at`. */
const isClockRest = (text: string, at: number): boolean =>
  text.charCodeAt(at + 3) === 58 &&
  CLASS[text.charCodeAt(at + 1)] === DIGIT &&
  CLASS[text.charCodeAt(at + 2)] === DIGIT &&
  CLASS[text.charCodeAt(at + 4)] === DIGIT &&
  CLASS[text.charCodeAt(at + 5)] === DIGIT

/** Whether text after the SGR sequence `start..end` is red (31 or 91), given the colour before. */
const afterColour = (text: string, start: number, end: number, red: boolean): boolean => {
  if (text.charCodeAt(end - 1) !== 109) return red
  const codes = text.slice(start + 2, end - 1).split(';')
  if (codes[0] === '38' || codes[0] === '48') return false
  if (codes.includes('31') || codes.includes('91')) return true
  return codes.some(
    (code) => code === '1' || code === '2' || code === '4' || code === '24' || code === '22' || code.startsWith('4'),
  )
    ? red
    : false
}
