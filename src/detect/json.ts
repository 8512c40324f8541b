// JSON of any root, JSON lines and concatenated values, judged on the sample without parsing the whole text.
import type { Candidate } from './candidate.js'
import type { Sample } from './sample.js'

export const jsonCandidate = (sample: Sample): Candidate | undefined => {
  const head = sample.head.replace(/^\uFEFF/, '').trimStart()
  const first = head[0]
  if (first !== '{' && first !== '[') return beginningCut(head)
  const end = (sample.tail === '' ? sample.head : sample.tail).trimEnd().at(-1)
  const scan = scanJson(head)
  const closed = end === '}' || end === ']'
  if (!scan.valid || (!closed && sample.whole)) return cutCandidate(scan) ?? beginningCut(head)
  if (scan.values > 1 && isLogLines(sample)) return undefined
  const what = scan.values > 1 ? 'JSON values one after another' : first === '{' ? 'JSON object' : 'JSON array'
  return { type: 'json', score: closed ? 0.99 : 0.6, evidence: `${what}, valid as far as read` }
}

/** Rows of a list that is still open where the text stops being JSON: a client has cut it there. */
const MIN_CUT_ROWS = 3
const cutCandidate = ({ open, rows }: JsonScan): Candidate | undefined =>
  open > 0 && rows >= MIN_CUT_ROWS
    ? { type: 'json', score: 0.8, evidence: `JSON that is cut after ${rows} rows` }
    : undefined

/** The row after the one that the cut goes through; the rest of that one is looked for in this many characters. */
const NEXT_ROW = /\}\s*,\s*(?=\{\s*"(?:[^"\\\n]|\\.){1,80}"\s*:)/
const CUT_ROW_CHARS = 4096

/** Rows of a list that began before the text does: a client kept the end of its output. */
const beginningCut = (head: string): Candidate | undefined => {
  const at = head[0] === '{' ? 0 : rowAfterCut(head)
  if (at === undefined) return undefined
  const { rows, readTo } = scanJson(`[${head.slice(at)}`)
  if (rows < MIN_CUT_ROWS || readTo < head.length / 2) return undefined
  return { type: 'json', score: 0.8, evidence: `JSON whose beginning is cut, ${rows} rows` }
}

/** A row that is cut has lost brackets that open: where none is missing, the rows stand in something else, e.g. code. */
const rowAfterCut = (head: string): number | undefined => {
  const part = head.slice(0, CUT_ROW_CHARS)
  const next = NEXT_ROW.exec(part)
  if (next === null) return undefined
  const rest = part.slice(0, next.index + 1)
  return countOf(rest, '}') > countOf(rest, '{') ? next.index + next[0].length : undefined
}

const countOf = (text: string, char: string): number => text.split(char).length - 1

const LEVEL = /"(?:level|levelname|severity|lvl|log_level|loglevel|log\.level)"\s*:/
const TIME = /"(?:time|timestamp|ts|@timestamp|asctime|datetime|date|t)"\s*:/
const MESSAGE = /"(?:msg|message|event|text|log)"\s*:/

/** Structured logging: one object a line with time and message, or with a level and one of the two. */
const isLogLines = (sample: Sample): boolean => {
  let hits = 0
  for (const line of sample.lines) {
    const [level, time, message] = [LEVEL.test(line), TIME.test(line), MESSAGE.test(line)]
    if ((level && (time || message)) || (time && message)) hits++
  }
  return hits >= 2 && hits >= sample.lines.length * 0.6
}

/** True for logs written as JSON lines; the log compressor reads those. */
export const isJsonLog = (sample: Sample): boolean =>
  sample.lines.length >= 2 &&
  sample.lines.filter((line) => line.startsWith('{')).length >= sample.lines.length * 0.6 &&
  isLogLines(sample)

interface JsonScan {
  readonly valid: boolean
  /** Values closed at the root. */
  readonly values: number
  /** Brackets still open at the end. */
  readonly open: number
  /** Objects closed inside lists. */
  readonly rows: number
  /** Where it ends, or stops being JSON. */
  readonly readTo: number
}

const WHITE = /[\s]*/y
const STRING = /"(?:[^"\\\n]|\\.)*"?/y
const SCALAR = /-?\d[\d.eE+-]*|true|false|null|(?:t|tr|tru|f|fa|fal|fals|n|nu|nul|-)$/y

/** What may come next: a value, a value or the closing bracket, a key, a colon, a comma or closing bracket. */
type Want = 'value' | 'first' | 'key' | 'colon' | 'next'

/**
 * Checks brackets, strings, colons and commas up to the end of the part; what the cut leaves open is no fault.
 * O(part). Lenient inside numbers: the compressor parses for real.
 */
class JsonReader {
  readonly #part: string
  /** Closing brackets that are due. */
  readonly #due: string[] = []
  #at = 0
  #want: Want = 'value'
  #values = 0
  #rows = 0

  constructor(part: string) {
    this.#part = part
  }

  read(): JsonScan {
    let valid = true
    while (valid && this.#skipWhite()) valid = this.#step()
    return { valid, values: this.#values, open: this.#due.length, rows: this.#rows, readTo: this.#at }
  }

  #skipWhite(): boolean {
    WHITE.lastIndex = this.#at
    WHITE.test(this.#part)
    this.#at = WHITE.lastIndex
    return this.#at < this.#part.length
  }

  #step(): boolean {
    const char = this.#part[this.#at]!
    if (char === '"') return this.#string()
    if (char === '{' || char === '[') return this.#open(char)
    if (char === '}' || char === ']') return this.#close(char)
    if (char === ':') return this.#expect('colon', 'value')
    if (char === ',') return this.#expect('next', this.#due.at(-1) === '}' ? 'key' : 'value')
    return this.#scalar()
  }

  #expect(wanted: Want, then: Want): boolean {
    if (this.#want !== wanted) return false
    this.#want = then
    this.#at++
    return true
  }

  get #takesValue(): boolean {
    return this.#want === 'value' || (this.#want === 'first' && this.#due.at(-1) === ']')
  }

  #string(): boolean {
    if (this.#due.length === 0) return false
    STRING.lastIndex = this.#at
    STRING.test(this.#part)
    this.#at = STRING.lastIndex
    if (this.#part[this.#at - 1] !== '"' && this.#at < this.#part.length) return false
    if (this.#want === 'key' || (this.#want === 'first' && this.#due.at(-1) === '}')) this.#want = 'colon'
    else if (this.#takesValue) this.#closeValue()
    else return false
    return true
  }

  #open(char: '{' | '['): boolean {
    if (!this.#takesValue) return false
    this.#due.push(char === '{' ? '}' : ']')
    this.#want = 'first'
    this.#at++
    return true
  }

  #close(char: string): boolean {
    if (this.#want !== 'first' && this.#want !== 'next') return false
    if (this.#due.at(-1) !== char) return false
    this.#due.pop()
    if (char === '}' && this.#due.at(-1) === ']') this.#rows++
    this.#at++
    this.#closeValue()
    return true
  }

  #scalar(): boolean {
    SCALAR.lastIndex = this.#at
    if (!this.#takesValue || this.#due.length === 0 || !SCALAR.test(this.#part)) return false
    this.#at = SCALAR.lastIndex
    this.#closeValue()
    return true
  }

  #closeValue(): void {
    if (this.#due.length === 0) this.#values++
    this.#want = this.#due.length === 0 ? 'value' : 'next'
  }
}

/** True for exactly one object or array, closed. */
export const isOneValue = (text: string): boolean => {
  const scan = scanJson(text)
  return scan.valid && scan.values === 1 && scan.open === 0
}

const scanJson = (part: string): JsonScan => new JsonReader(part).read()
