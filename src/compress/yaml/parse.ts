// YAML as units of lines in a tree, read by indentation alone. A unit is kept or goes whole; one that stays keeps its parents.
import { type LineTable, lineAt } from '../../base/lines.js'

export type UnitKind = 'pair' | 'item' | 'text' | 'comment' | 'document'

export interface Unit {
  readonly kind: UnitKind
  /** Half-open range of lines. */
  readonly from: number
  readonly to: number
  readonly indent: number
  /** Index of the unit that this one is inside; -1 at the top. */
  readonly parent: number
  /** Own key, or that of `- key: value`; empty for plain items. */
  readonly key: string
  /** Scalar as written; empty where the value is below. */
  readonly value: string
  readonly depth: number
}

export interface Yaml {
  readonly lines: LineTable
  readonly units: readonly Unit[]
  /** Indices of units directly inside each unit. */
  readonly children: readonly (readonly number[])[]
  /** Indices of the units at the top. */
  readonly roots: readonly number[]
}

/** Key with quotes, or a plain one: it ends at the first `: ` or a `:` at the end of the line. */
const PAIR =
  /^("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s#&*!|>'"%@`[\]{},-][^\s#]*?(?: [^\s#:]+){0,6}|-[^\s:][^:]*?|<<):(?: +(.*))?$/
const BLOCK_SCALAR = /^(?:[&!]\S+ +)*[|>][-+0-9]{0,2}(?: +#.*)?$/
/** Lines that a quoted or bracketed value may go on for. */
const MAX_CONTINUATION = 400
/** Lines that fit no rule, from which a text is no YAML. */
const MAX_ODD_SHARE = 0.1

const END_OF_QUOTE: Readonly<Record<string, RegExp>> = { '"': /"[ \t]*(?:#.*)?$/, "'": /'[ \t]*(?:#.*)?$/ }

interface Open {
  readonly level: number
  readonly unit: number
}

class YamlReader {
  readonly #lines: LineTable
  readonly #units: Unit[] = []
  readonly #open: Open[] = []
  #line = 0
  #odd = 0

  constructor(lines: LineTable) {
    this.#lines = lines
  }

  read(): Yaml | undefined {
    while (this.#line < this.#lines.count) this.#next()
    if (this.#odd > this.#lines.count * MAX_ODD_SHARE) return undefined
    const children: number[][] = this.#units.map(() => [])
    const roots: number[] = []
    this.#units.forEach(({ parent }, index) => {
      if (parent === -1) roots.push(index)
      else children[parent]!.push(index)
    })
    return { lines: this.#lines, units: this.#units, children, roots }
  }

  #next(): void {
    const line = this.#line
    const text = lineAt(this.#lines, line)
    const body = text.trimStart()
    const indent = text.length - body.length
    if (body === '' || body.startsWith('#')) {
      const parent = body === '' ? this.#last() : this.#parentAt(indent)
      this.#add({ kind: 'comment', indent, key: '', value: body }, parent)
      return
    }
    if (indent === 0 && /^(?:---|\.\.\.)(?:\s|$)/.test(body)) {
      this.#open.length = 0
      this.#add({ kind: 'document', indent, key: '', value: body }, -1)
      this.#open.push({ level: -1, unit: this.#units.length - 1 })
      return
    }
    if (body.startsWith('- ') || body === '-') this.#item(body, indent)
    else this.#pair(body, indent)
  }

  #pair(body: string, indent: number): void {
    const pair = PAIR.exec(body)
    if (pair === null) {
      this.#odd++
      this.#add({ kind: 'text', indent, key: '', value: body }, this.#parentAt(indent))
      return
    }
    const parent = this.#parentAt(indent)
    const value = (pair[2] ?? '').trim()
    this.#add({ kind: 'pair', indent, key: unquoted(pair[1]!), value }, parent, value)
    this.#open.push({ level: indent, unit: this.#units.length - 1 })
    this.#scalarBelow(value, indent)
  }

  #item(body: string, indent: number): void {
    const parent = this.#parentAt(indent + 0.5)
    const inner = body.slice(1).trimStart()
    const offset = body.length - inner.length
    const pair = PAIR.exec(inner)
    const value = pair === null ? inner : (pair[2] ?? '').trim()
    this.#add({ kind: 'item', indent, key: pair === null ? '' : unquoted(pair[1]!), value }, parent, value)
    const unit = this.#units.length - 1
    this.#open.push({ level: indent + 0.5, unit })
    if (pair !== null) this.#open.push({ level: indent + offset, unit })
    this.#scalarBelow(value, pair === null ? indent : indent + offset)
  }

  /** Lines of a block scalar: each is a unit inside the key's. */
  #scalarBelow(value: string, indent: number): void {
    if (!BLOCK_SCALAR.test(value)) return
    const parent = this.#units.length - 1
    while (this.#line < this.#lines.count) {
      const text = lineAt(this.#lines, this.#line)
      const own = text.length - text.trimStart().length
      if (text.trim() !== '' && own <= indent) return
      this.#add({ kind: 'text', indent: Math.max(own, indent + 1), key: '', value: text.trim() }, parent)
    }
  }

  #add(unit: Pick<Unit, 'kind' | 'indent' | 'key' | 'value'>, parent: number, value = ''): void {
    const from = this.#line++
    if (value !== '') this.#continue(value, unit.indent)
    const depth = parent === -1 ? 0 : this.#units[parent]!.depth + (unit.kind === 'comment' ? 0 : 1)
    const { kind, indent, key } = unit
    this.#units.push({ kind, from, to: this.#line, indent, parent, key, value: unit.value, depth })
  }

  /** A quote or bracket that is open, or plain words on deeper lines, belong to the value. */
  #continue(value: string, indent: number): void {
    const limit = Math.min(this.#lines.count, this.#line + MAX_CONTINUATION)
    const first = value.replace(/^(?:[&!]\S+ +)+/, '')
    if (/^["']/.test(first)) {
      if (closesQuote(first)) return
      const quote = first[0]!
      while (this.#line < limit) if (END_OF_QUOTE[quote]!.test(lineAt(this.#lines, this.#line++))) return
      return
    }
    if (/^[[{]/.test(first)) {
      let depth = bracketsOf(first)
      while (depth > 0 && this.#line < limit) depth += bracketsOf(lineAt(this.#lines, this.#line++))
      return
    }
    if (/^[|>#&*]/.test(first)) return
    while (this.#line < limit) {
      const text = lineAt(this.#lines, this.#line)
      const body = text.trimStart()
      if (body === '' || text.length - body.length <= indent || /^(?:#|- )/.test(body) || PAIR.test(body)) return
      this.#line++
    }
  }

  #parentAt(level: number): number {
    while (this.#open.length > 0 && this.#open.at(-1)!.level >= level) this.#open.pop()
    return this.#open.at(-1)?.unit ?? -1
  }

  #last(): number {
    return this.#units.length === 0 ? -1 : this.#units.at(-1)!.parent
  }
}

const unquoted = (key: string): string => (/^["']/.test(key) ? key.slice(1, -1) : key)

const closesQuote = (text: string): boolean =>
  text[0] === '"' ? /^"(?:[^"\\]|\\.)*"/.test(text) : /^'(?:[^']|'')*'/.test(text)

/** Opening minus closing brackets outside quotes. */
const bracketsOf = (text: string): number => {
  let depth = 0
  let quote = ''
  for (const char of text) {
    if (quote !== '') quote = char === quote ? '' : quote
    else if (char === '"' || char === "'") quote = char
    else if (char === '[' || char === '{') depth++
    else if (char === ']' || char === '}') depth--
  }
  return depth
}

export const parseYaml = (lines: LineTable): Yaml | undefined => new YamlReader(lines).read()
