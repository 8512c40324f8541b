// A second, independent reader of request bodies: which bytes are string values, which of them a layer may edit, and
// where the list of turns ends. Written apart from src/wire on purpose, so that one cannot hide the other's mistakes.
import type { Dialect } from '../../../src/spec/wire.js'

export interface Literal {
  readonly path: readonly (string | number)[]
  readonly start: number
  readonly end: number
}

export interface Anatomy {
  readonly literals: readonly Literal[]
  /** Offset behind the last element of the top-level list of turns; 0 where there is none. */
  readonly listEnd: number
}

const SPACE = /[ \t\r\n]*/y
const SCALAR = /[^\s,\]}]+/y

/** Throws on text that is no JSON. One character of `latin` is one byte. */
class Reader {
  at = 0
  listEnd = 0
  readonly literals: Literal[] = []
  readonly latin: string

  constructor(latin: string) {
    this.latin = latin
  }

  take(pattern: RegExp): string {
    pattern.lastIndex = this.at
    const found = pattern.exec(this.latin)
    if (found === null) throw new Error(`no JSON at byte ${this.at}`)
    this.at = pattern.lastIndex
    return found[0]
  }

  string(): [start: number, end: number] {
    const start = this.at
    if (this.latin[start] !== '"') throw new Error(`no string at byte ${start}`)
    for (let at = start + 1; ; at++) {
      const char = this.latin.charCodeAt(at)
      if (Number.isNaN(char)) throw new Error(`open string at byte ${start}`)
      if (char === 0x5c) at++
      else if (char === 0x22) {
        this.at = at + 1
        return [start, this.at]
      }
    }
  }

  value(path: readonly (string | number)[]): void {
    this.take(SPACE)
    const char = this.latin[this.at]
    if (char === '"') {
      const [start, end] = this.string()
      this.literals.push({ path, start, end })
    } else if (char === '{') this.group('}', path)
    else if (char === '[') this.group(']', path)
    else this.take(SCALAR)
  }

  private group(close: '}' | ']', path: readonly (string | number)[]): void {
    const isList = close === ']' && path.length === 1 && (path[0] === 'messages' || path[0] === 'input')
    this.at++
    for (let index = 0; ; index++) {
      this.take(SPACE)
      if (this.latin[this.at] === close) break
      if (index > 0) {
        if (this.latin[this.at] !== ',') throw new Error(`no comma at byte ${this.at}`)
        this.at++
        this.take(SPACE)
      }
      this.value([...path, close === '}' ? this.key() : index])
      if (isList) this.listEnd = this.at
    }
    this.at++
  }

  private key(): string {
    const [start, end] = this.string()
    const name = JSON.parse(this.latin.slice(start, end)) as string
    this.take(SPACE)
    if (this.latin[this.at] !== ':') throw new Error(`no colon at byte ${this.at}`)
    this.at++
    return name
  }
}

export const anatomyOf = (body: Buffer): Anatomy => {
  const reader = new Reader(body.toString('latin1'))
  reader.value([])
  return reader
}

type Json = Readonly<Record<string, unknown>>
const get = (value: unknown, ...keys: (string | number)[]): unknown =>
  keys.reduce<unknown>((inner, key) => (inner as Json | undefined)?.[key as string], value)

/** Whether the string at this path is the result of a tool that the client ran. */
export const isEditable = (dialect: Dialect, parsed: unknown, path: Literal['path']): boolean => {
  const [list, index = -1, ...rest] = path
  const item = get(parsed, list as string, index)
  if (dialect === 'openai-responses')
    return (
      list === 'input' &&
      /_call_output$/.test(String(get(item, 'type'))) &&
      /^output(,\d+,(text|stdout|stderr))?$/.test(rest.join())
    )
  if (dialect === 'gemini')
    return (
      list === 'contents' &&
      get(item, 'role') !== 'model' &&
      /^parts,\d+,function(?:Response|_response),response,(?:output|error|result|content|stdout|stderr|text|llmContent|data|message)(?:,\d+,text)?$/.test(
        rest.join(),
      )
    )
  if (list !== 'messages') return false
  if (dialect === 'openai-chat')
    return /^(tool|function)$/.test(String(get(item, 'role'))) && /^content(,\d+,text)?$/.test(rest.join())
  return (
    get(item, 'role') === 'user' &&
    get(item, 'content', rest[1] ?? -1, 'type') === 'tool_result' &&
    /^content,\d+,content(,\d+,text)?$/.test(rest.join())
  )
}

/** Differences between what came and what went that are not the edit of one editable string. */
export const foreignChanges = (dialect: Dialect, came: Buffer, went: Buffer): string[] => {
  if (came.equals(went)) return []
  const [a, b] = [anatomyOf(came), anatomyOf(went)]
  if (a.literals.length !== b.literals.length) return [`${a.literals.length} strings came, ${b.literals.length} went`]
  const parsed: unknown = JSON.parse(came.toString())
  const faults: string[] = []
  let [fromA, fromB] = [0, 0]
  for (const [index, one] of a.literals.entries()) {
    const other = b.literals[index]!
    if (!came.subarray(fromA, one.start).equals(went.subarray(fromB, other.start)))
      faults.push(`bytes before ${one.path.join('/')} changed`)
    ;[fromA, fromB] = [one.end, other.end]
    const same = came.subarray(one.start, one.end).equals(went.subarray(other.start, other.end))
    if (!same && !isEditable(dialect, parsed, one.path)) faults.push(`${one.path.join('/')} changed`)
  }
  if (!came.subarray(fromA).equals(went.subarray(fromB))) faults.push('bytes at the end changed')
  return faults
}
