// JSON as flat arrays of source positions: no value is ever decoded, so numbers, escapes and duplicate keys stay as written.

export const OBJECT = 1
export const ARRAY = 2
export const STRING = 3
export const NUMBER = 4
export const TRUE = 5
export const FALSE = 6
export const NULL = 7

/** Deepest nesting read; later passes descend by recursion only to a small depth, so this bounds memory, not the stack. */
export const MAX_DEPTH = 2500

/** Nodes in document order; a node's first child, if it has one, is the next index. */
export interface Tree {
  readonly text: string
  /** Index of the one value, or of a virtual array over the values of a JSON Lines text. */
  readonly root: number
  readonly lines: boolean
  readonly nodes: number
  readonly kind: Uint8Array
  readonly start: Int32Array
  readonly end: Int32Array
  /** First index after the subtree: the next sibling, if there is one. */
  readonly next: Int32Array
  /** Children of an object or array. */
  readonly count: Int32Array
  /** Offsets of the member's key with its quotes; -1 for items and roots. */
  readonly keyStart: Int32Array
  readonly keyEnd: Int32Array
  /** Characters without white space. */
  readonly size: Int32Array
}

/** Undefined for text that is not JSON or JSON Lines, or is nested too deeply. O(text). */
export const parseTree = (text: string): Tree | undefined => new Parser(text).run()

const NAMES: readonly (readonly [string, number])[] = [
  ['true', TRUE],
  ['false', FALSE],
  ['null', NULL],
]

/** Nodes in the whole text if it goes on as it starts; strings with commas in them make it too many. */
const nodesExpected = (text: string): number => {
  const sample = Math.min(text.length, 8192)
  let nodes = 0
  for (let at = 0; at < sample; at++) {
    const code = text.charCodeAt(at)
    if (code === 44 || code === 91 || code === 123) nodes++
  }
  return Math.min(text.length >> 2, Math.ceil((1.15 * text.length * nodes) / Math.max(1, sample))) + 16
}

class Parser {
  readonly #text: string
  #at = 0
  #nodes = 1
  #kind: Uint8Array
  #start: Int32Array
  #end: Int32Array
  #next: Int32Array
  #count: Int32Array
  #keyStart: Int32Array
  #keyEnd: Int32Array
  #size: Int32Array
  /** Open containers; the virtual root lies at the bottom. */
  readonly #stack: number[] = [0]
  #pendingKeyStart = -1
  #pendingKeyEnd = -1

  constructor(text: string) {
    const room = nodesExpected(text)
    this.#text = text
    this.#kind = new Uint8Array(room)
    this.#start = new Int32Array(room)
    this.#end = new Int32Array(room)
    this.#next = new Int32Array(room)
    this.#count = new Int32Array(room)
    this.#keyStart = new Int32Array(room)
    this.#keyEnd = new Int32Array(room)
    this.#size = new Int32Array(room)
    this.#keyStart[0] = -1
  }

  run(): Tree | undefined {
    if (this.#text.charCodeAt(0) === 0xfeff) this.#at = 1
    for (;;) {
      this.#space()
      if (!this.#value()) return undefined
      for (;;) {
        const open = this.#stack[this.#stack.length - 1]!
        const rootEnd = this.#at
        this.#space()
        if (open === 0) {
          if (this.#at >= this.#text.length) return this.#tree()
          if (this.#text.slice(rootEnd, this.#at).indexOf('\n') === -1) return undefined
          break
        }
        const code = this.#text.charCodeAt(this.#at)
        if (code === 44) {
          this.#at++
          if (this.#kind[open] === OBJECT && !this.#key()) return undefined
          break
        }
        if (code !== (this.#kind[open] === OBJECT ? 125 : 93)) return undefined
        this.#close()
      }
    }
  }

  /** Reads a scalar whole; opens a container and stops before its first child, or closes it when it is empty. */
  #value(): boolean {
    const text = this.#text
    for (;;) {
      const code = text.charCodeAt(this.#at)
      if (code !== 123 && code !== 91) return this.#scalar(code)
      if (this.#stack.length > MAX_DEPTH) return false
      const node = this.#add(code === 123 ? OBJECT : ARRAY, this.#at++)
      this.#stack.push(node)
      this.#space()
      if (text.charCodeAt(this.#at) === (code === 123 ? 125 : 93)) {
        this.#close()
        return true
      }
      if (code === 123 && !this.#key()) return false
    }
  }

  #scalar(code: number): boolean {
    const start = this.#at
    if (code === 34) {
      if (!this.#string()) return false
      this.#finish(this.#add(STRING, start), this.#at - start)
      return true
    }
    if (code === 45 || (code >= 48 && code <= 57)) {
      if (!this.#number(code)) return false
      this.#finish(this.#add(NUMBER, start), this.#at - start)
      return true
    }
    for (const [name, kind] of NAMES) {
      if (!this.#text.startsWith(name, start)) continue
      this.#at = start + name.length
      this.#finish(this.#add(kind, start), name.length)
      return true
    }
    return false
  }

  /** From the opening quote to after the closing one. */
  #string(): boolean {
    const text = this.#text
    for (let at = this.#at + 1; at < text.length; at++) {
      const code = text.charCodeAt(at)
      if (code === 34) {
        this.#at = at + 1
        return true
      }
      if (code < 32) return false
      if (code !== 92) continue
      const escaped = text[++at]
      if (escaped === 'u') {
        if (!/^[0-9a-fA-F]{4}$/.test(text.slice(at + 1, at + 5))) return false
        at += 4
      } else if (escaped === undefined || !'"\\/bfnrt'.includes(escaped)) return false
    }
    return false
  }

  #digits(): boolean {
    const from = this.#at
    for (;;) {
      const code = this.#text.charCodeAt(this.#at)
      if (!(code >= 48 && code <= 57)) return this.#at > from
      this.#at++
    }
  }

  #number(first: number): boolean {
    const text = this.#text
    if (first === 45) this.#at++
    const zero = text.charCodeAt(this.#at) === 48
    const from = this.#at
    if (!this.#digits() || (zero && this.#at > from + 1)) return false
    if (text.charCodeAt(this.#at) === 46) {
      this.#at++
      if (!this.#digits()) return false
    }
    if ((text.charCodeAt(this.#at) | 32) === 101) {
      this.#at++
      const sign = text.charCodeAt(this.#at)
      if (sign === 43 || sign === 45) this.#at++
      if (!this.#digits()) return false
    }
    return true
  }

  #key(): boolean {
    this.#space()
    this.#pendingKeyStart = this.#at
    if (this.#text.charCodeAt(this.#at) !== 34 || !this.#string()) return false
    this.#pendingKeyEnd = this.#at
    this.#space()
    if (this.#text.charCodeAt(this.#at) !== 58) return false
    this.#at++
    this.#space()
    return true
  }

  #space(): void {
    for (;;) {
      const code = this.#text.charCodeAt(this.#at)
      if (code !== 32 && code !== 10 && code !== 13 && code !== 9) return
      this.#at++
    }
  }

  #add(kind: number, start: number): number {
    if (this.#nodes >= this.#kind.length) this.#grow()
    const node = this.#nodes++
    this.#kind[node] = kind
    this.#start[node] = start
    this.#keyStart[node] = this.#pendingKeyStart
    this.#keyEnd[node] = this.#pendingKeyEnd
    this.#pendingKeyStart = -1
    return node
  }

  #close(): void {
    const node = this.#stack.pop()!
    this.#at++
    this.#finish(node, this.#size[node]! + 2 + Math.max(0, this.#count[node]! - 1))
  }

  #finish(node: number, size: number): void {
    this.#end[node] = this.#at
    this.#next[node] = this.#nodes
    this.#size[node] = size
    const parent = this.#stack[this.#stack.length - 1]!
    const keyStart = this.#keyStart[node]!
    const keyChars = keyStart === -1 ? 0 : this.#keyEnd[node]! - keyStart + 1
    this.#count[parent] = this.#count[parent]! + 1
    this.#size[parent] = this.#size[parent]! + size + keyChars
  }

  #grow(): void {
    const wider = (old: Int32Array): Int32Array => {
      const next = new Int32Array(old.length * 2)
      next.set(old)
      return next
    }
    const kind = new Uint8Array(this.#kind.length * 2)
    kind.set(this.#kind)
    this.#kind = kind
    this.#start = wider(this.#start)
    this.#end = wider(this.#end)
    this.#next = wider(this.#next)
    this.#count = wider(this.#count)
    this.#keyStart = wider(this.#keyStart)
    this.#keyEnd = wider(this.#keyEnd)
    this.#size = wider(this.#size)
  }

  #tree(): Tree {
    const lines = this.#count[0] !== 1
    this.#kind[0] = ARRAY
    this.#end[0] = this.#text.length
    this.#next[0] = this.#nodes
    this.#size[0] = this.#size[0]! + this.#count[0]!
    return {
      text: this.#text,
      root: lines ? 0 : 1,
      lines,
      nodes: this.#nodes,
      kind: this.#kind,
      start: this.#start,
      end: this.#end,
      next: this.#next,
      count: this.#count,
      keyStart: this.#keyStart,
      keyEnd: this.#keyEnd,
      size: this.#size,
    }
  }
}

/** Indices of the children. */
export const childrenOf = (tree: Tree, node: number): number[] => {
  const children: number[] = []
  for (let child = node + 1, end = tree.next[node]!; child < end; child = tree.next[child]!) children.push(child)
  return children
}

/** A member's key as written, without quotes; empty for items. */
export const keyOf = (tree: Tree, node: number): string =>
  tree.keyStart[node] === -1 ? '' : tree.text.slice(tree.keyStart[node]! + 1, tree.keyEnd[node]! - 1)

/** A value as written; white space inside containers included. */
export const sourceOf = (tree: Tree, node: number): string => tree.text.slice(tree.start[node], tree.end[node])

/** A string's characters as written (escapes kept), or a scalar's literal. */
export const innerOf = (tree: Tree, node: number): string =>
  tree.kind[node] === STRING ? tree.text.slice(tree.start[node]! + 1, tree.end[node]! - 1) : sourceOf(tree, node)

export const isContainer = (tree: Tree, node: number): boolean => tree.kind[node]! <= ARRAY

/** A value without white space between its tokens. O(its characters). */
export const minified = (tree: Tree, node: number): string => {
  const start = tree.start[node]!
  const end = tree.end[node]!
  return tree.size[node] === end - start ? tree.text.slice(start, end) : withoutSpace(tree.text, start, end)
}

/** Offset of the quote that ends the string which starts at `at`; `end` where none does before. */
const closingQuote = (text: string, at: number, end: number): number => {
  for (let quote = text.indexOf('"', at + 1); quote !== -1 && quote < end; quote = text.indexOf('"', quote + 1)) {
    let slashes = 0
    while (text.charCodeAt(quote - 1 - slashes) === 92) slashes++
    if (slashes % 2 === 0) return quote
  }
  return end
}

/** `start` is not inside a string; `end` may be. */
export const withoutSpace = (text: string, start: number, end: number): string => {
  const parts: string[] = []
  let from = start
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at)
    if (code === 34) at = closingQuote(text, at, end)
    else if (code <= 32) {
      if (at > from) parts.push(text.slice(from, at))
      from = at + 1
    }
  }
  parts.push(text.slice(from, end))
  return parts.join('')
}
