// One pass over the tree in document order: every value is written within the room it was given.

import { chooseRows } from './choose.js'
import { LONG_STRING, writeCut } from './cut.js'
import { type Tell, tellOf } from './digest.js'
import { isMap, isScalarList, MIN_LIST, parallelLength } from './lists.js'
import { Marks } from './marks.js'
import { namesOf, roomOfMembers } from './members.js'
import { EscapedSink, type Sink } from './output.js'
import type { Question } from './question.js'
import type { Study } from './study.js'
import { headerText, ROWS_KEY, type Table, tableOf, writeCells } from './table.js'
import { ARRAY, childrenOf, isContainer, keyOf, minified, OBJECT, STRING, type Tree } from './tree.js'

/** Deeper values are written as they are. */
const MAX_DESCENT = 60
/** Records up to this depth keep what is small in them. */
const NEAR_DEPTH = 2
/** Members that are shorter together than their marker stay. */
const MIN_GAP_CHARS = 50
/** Containers from this size that stand in the text again are shown once. */
const MIN_REPEAT = 160
const MAX_REPEAT = 40_000
/** Containers of one size and first value that are compared. */
const MAX_ALIKE = 24
export class Shrinker {
  readonly #study: Study
  readonly #tree: Tree
  readonly #question: Question
  readonly #sink: Sink
  /** Containers written so far, by size and first value. */
  readonly #shown: Map<string, { node: number; path: readonly string[] }[]> = new Map()
  readonly #path: string[] = []

  constructor(study: Study, sink: Sink) {
    this.#study = study
    this.#tree = study.tree
    this.#question = study.question
    this.#sink = sink
  }

  /** Writes the whole text within about `room` characters. */
  root(room: number): void {
    this.#container(this.#tree.root, room, 0)
  }

  #value(node: number, room: number, depth: number): void {
    const tree = this.#tree
    const size = tree.size[node]!
    const fits = size <= room * 1.2
    if (!isContainer(tree, node)) this.#scalar(node, room)
    else if (depth >= MAX_DESCENT || size < 100 || (size < MIN_REPEAT && fits)) this.#sink.write(minified(tree, node))
    else if (!this.#repeats(node)) this.#container(node, fits ? Number.POSITIVE_INFINITY : room, depth)
  }

  /** Writes a gap and says true where the same container was shown before; else remembers where it stands. */
  #repeats(node: number): boolean {
    const tree = this.#tree
    const size = tree.size[node]!
    if (size < MIN_REPEAT || size > MAX_REPEAT) return false
    const sketch = `${size} ${firstLeaf(tree, node)}`
    const alike = this.#shown.get(sketch)
    const shown = alike?.find((other) => tree.count[other.node] === tree.count[node] && isSame(tree, other.node, node))
    if (shown) this.#same(node, wordsOf(shown.path))
    else if (!alike) this.#shown.set(sketch, [{ node, path: [...this.#path] }])
    else if (alike.length < MAX_ALIKE) alike.push({ node, path: [...this.#path] })
    return shown !== undefined
  }

  #same(node: number, where: string): void {
    const unit = this.#tree.kind[node] === OBJECT ? 'keys' : 'rows'
    const gap = { count: this.#tree.count[node]!, unit, note: `same as ${where}` } as const
    this.#sink.gap(this.#tree.start[node]!, this.#tree.end[node]!, gap, { before: '"', after: '"' })
  }

  #scalar(node: number, room: number): void {
    const tree = this.#tree
    const size = tree.size[node]!
    if (tree.kind[node] !== STRING || size <= LONG_STRING || size <= room) {
      this.#sink.write(tree.text.slice(tree.start[node], tree.end[node]))
      return
    }
    if (!this.#inner(node, Math.max(room, LONG_STRING)))
      writeCut(tree, node, Math.max(room, LONG_STRING * 0.6), {
        sink: this.#sink,
        question: this.#question,
        passages: this.#study.prose?.passages(node),
      })
  }

  /** A string that holds JSON is shrunk as JSON. */
  #inner(node: number, room: number): boolean {
    const inner = this.#study.inner(node)
    if (!inner) return false
    this.#sink.write('"')
    new Shrinker(inner.study, new EscapedSink(this.#sink, inner.offsets)).root(room)
    this.#sink.write('"')
    return true
  }

  #container(node: number, room: number, depth: number): void {
    const tree = this.#tree
    const children = childrenOf(tree, node)
    if (tree.kind[node] === ARRAY || isMap(tree, node, children)) {
      this.#list(node, children, room, depth)
      return
    }
    const rows = room === Number.POSITIVE_INFINITY ? 0 : parallelLength(tree, node, children)
    if (rows > 0) this.#parallel(children, { rows, room, depth })
    else this.#record(children, room, depth)
  }

  #key(node: number): void {
    this.#sink.write(`${this.#tree.text.slice(this.#tree.keyStart[node], this.#tree.keyEnd[node])}:`)
  }

  // Lists.

  #list(node: number, items: readonly number[], room: number, depth: number): void {
    const tree = this.#tree
    const lines = node === tree.root && tree.lines
    const { rooms, tell } = this.#roomsOf(node, items, room)
    const whole = items.map((item, row) => (rooms[row] === Number.POSITIVE_INFINITY ? item : -1))
    const kept = whole.filter((item) => item !== -1)
    const table = kept.length >= 3 && this.#study.mayTabulate ? tableOf(tree, whole, { rows: items }) : undefined
    const keyed = tree.kind[node] === OBJECT
    const open = keyed ? '{' : '['
    const close = keyed ? '}' : ']'
    if (lines) this.#sink.write(table ? `{${headerText(table.header)}}` : '')
    else this.#sink.write(table ? `{${headerText(table.header)},${ROWS_KEY}:${open}` : open)
    this.#rows(items, rooms, { table, tell, depth, lines, first: !(lines && table) })
    if (!lines) this.#sink.write(table ? `${close}}` : close)
  }

  #roomsOf(node: number, items: readonly number[], room: number): { rooms: Float64Array; tell: Tell | undefined } {
    const tree = this.#tree
    const whole = new Float64Array(items.length).fill(Number.POSITIVE_INFINITY)
    if (room === Number.POSITIVE_INFINITY) return { rooms: whole, tell: undefined }
    if (items.length < MIN_LIST) {
      if (!items.every((item) => isContainer(tree, item))) return { rooms: whole, tell: undefined }
      const total = items.reduce((sum, item) => sum + tree.size[item]!, 0) || 1
      return { rooms: Float64Array.from(items, (item) => (room * tree.size[item]!) / total), tell: undefined }
    }
    const { marks, columns } = this.#study.judged(node, items)
    const { room: rooms } = chooseRows(tree, items, marks, { question: this.#question, budget: room })
    return { rooms, tell: tellOf(this.#study, { items, columns, rooms, names: marks.names, facts: marks.facts }) }
  }

  #rows(items: readonly number[], rooms: Float64Array, how: RowsStyle): void {
    const tree = this.#tree
    const separator = how.lines ? '\n' : ','
    let first = how.first
    let gaps = 0
    for (let row = 0; row < items.length; row++) {
      if (!first) this.#sink.write(separator)
      first = false
      const item = items[row]!
      if (rooms[row]! > 0) {
        this.#row(item, row, rooms[row]!, how)
        continue
      }
      let last = row
      while (last + 1 < items.length && rooms[last + 1] === 0) last++
      const start = tree.keyStart[item] === -1 ? tree.start[item]! : tree.keyStart[item]!
      const before = tree.keyStart[item] === -1 ? '"' : `${this.#study.gapKey}${gaps === 0 ? '' : gaps + 1}":"`
      const note = how.tell?.note(row, last + 1)
      const gap = { count: last - row + 1, unit: 'rows', ...(note === undefined ? {} : { note }) } as const
      this.#sink.gap(start, tree.end[items[last]!]!, gap, { before, after: '"' })
      gaps++
      row = last
    }
  }

  #row(item: number, row: number, room: number, how: RowsStyle): void {
    const tree = this.#tree
    if (tree.keyStart[item] !== -1) this.#key(item)
    this.#path.push(tree.keyStart[item] === -1 ? `row ${row + 1}` : keyOf(tree, item))
    if (how.table?.fits[row])
      writeCells(tree, item, how.table.header, {
        text: (text) => this.#sink.write(text),
        cell: (node) => {
          this.#path.push(keyOf(tree, node))
          this.#value(node, Number.POSITIVE_INFINITY, how.depth + 2)
          this.#path.pop()
        },
      })
    else this.#value(item, room, how.depth + 1)
    this.#path.pop()
  }

  /** Arrays that are columns of one table lose the same positions each. */
  #parallel(members: readonly number[], how: { rows: number; room: number; depth: number }): void {
    const tree = this.#tree
    const isColumn = (member: number): boolean => tree.kind[member] === ARRAY && tree.count[member] === how.rows
    const arrays = members.filter(isColumn)
    const cells = arrays.map((member) => childrenOf(tree, member))
    const columnOf = new Map(arrays.map((member, column) => [member, column]))
    if (!cells.every((column) => isScalarList(tree, column))) {
      this.#record(members, how.room, how.depth)
      return
    }
    const rooms = roomsOfColumns(this.#study, arrays, how.room)
    this.#sink.write('{')
    members.forEach((member, index) => {
      if (index > 0) this.#sink.write(',')
      this.#key(member)
      const column = columnOf.get(member)
      if (column === undefined) {
        this.#value(member, Math.max(200, how.room / 4), how.depth + 1)
        return
      }
      this.#sink.write('[')
      this.#rows(cells[column]!, rooms, {
        table: undefined,
        tell: undefined,
        depth: how.depth + 1,
        lines: false,
        first: true,
      })
      this.#sink.write(']')
    })
    this.#sink.write('}')
  }

  // Records.

  #record(members: readonly number[], room: number, depth: number): void {
    const tree = this.#tree
    const rooms =
      room === Number.POSITIVE_INFINITY
        ? new Float64Array(members.length).fill(room)
        : roomOfMembers(tree, members, { study: this.#study, budget: room, near: depth <= NEAR_DEPTH })
    const isBarrier = (index: number): boolean =>
      rooms[index]! > 0 &&
      (isContainer(tree, members[index]!) || tree.size[members[index]!]! > Math.max(LONG_STRING, rooms[index]!))
    const style = { first: true, gaps: 0 }
    this.#sink.write('{')
    for (let from = 0; from < members.length; ) {
      let to = from
      while (to < members.length && !isBarrier(to)) to++
      this.#run(members.slice(from, to), rooms.subarray(from, to), style)
      if (to < members.length) {
        if (!style.first) this.#sink.write(',')
        style.first = false
        this.#key(members[to]!)
        this.#path.push(keyOf(tree, members[to]!))
        this.#value(members[to]!, rooms[to]!, depth + 1)
        this.#path.pop()
      }
      from = to + 1
    }
    this.#sink.write('}')
  }

  /** Members between two nested values: those that stay, then one gap for those that go. */
  #run(members: readonly number[], rooms: Float64Array, style: { first: boolean; gaps: number }): void {
    const tree = this.#tree
    const dropped = members.filter((_, index) => rooms[index] === 0)
    const keyChars = (member: number): number => tree.keyEnd[member]! - tree.keyStart[member]!
    const chars = dropped.reduce((sum, member) => sum + tree.size[member]! + keyChars(member), 0)
    const gone = chars < MIN_GAP_CHARS ? [] : dropped
    members.forEach((member, index) => {
      if (gone.length > 0 && rooms[index] === 0) return
      if (!style.first) this.#sink.write(',')
      style.first = false
      this.#key(member)
      this.#sink.write(minified(tree, member))
    })
    if (gone.length === 0) return
    if (!style.first) this.#sink.write(',')
    style.first = false
    style.gaps++
    const note = namesOf(tree, gone)
    const gap = { count: gone.length, unit: 'keys', ...(note === undefined ? {} : { note }) } as const
    const before = `${this.#study.gapKey}${style.gaps === 1 ? '' : style.gaps}":"`
    this.#sink.gap(tree.keyStart[gone[0]!]!, tree.end[gone[gone.length - 1]!]!, gap, { before, after: '"' })
  }
}

const firstLeaf = (tree: Tree, node: number): string => {
  let leaf = node
  while (isContainer(tree, leaf) && tree.count[leaf]! > 0) leaf++
  return tree.text.slice(tree.start[leaf], Math.min(tree.end[leaf]!, tree.start[leaf]! + 60))
}

const isSame = (tree: Tree, a: number, b: number): boolean =>
  tree.next[a]! - a === tree.next[b]! - b && minified(tree, a) === minified(tree, b)

/** Path in words: `row 1 pull_request.user`. */
const wordsOf = (path: readonly string[]): string => {
  const words = path.map((step) => (/^[\w .:@/-]{1,60}$/.test(step) ? step : '?'))
  return words.length === 0 ? 'above' : words.join('.').replace(/row (\d+)\./g, 'row $1 ')
}

interface RowsStyle {
  readonly table: Table | undefined
  readonly tell: Tell | undefined
  readonly depth: number
  readonly lines: boolean
  readonly first: boolean
}

const roomsOfColumns = (study: Study, arrays: readonly number[], room: number): Float64Array => {
  const { tree, question } = study
  const first = childrenOf(tree, arrays[0]!)
  const marks = new Marks(first.length)
  for (const array of arrays) {
    const judged = study.judged(array, childrenOf(tree, array)).marks
    for (const [row, reason] of judged.musts) marks.must(row, reason)
    for (const row of judged.asked) marks.asked.add(row)
    judged.score.forEach((score, row) => {
      marks.add(row, score)
    })
  }
  return chooseRows(tree, first, marks, { question, budget: room / arrays.length }).room
}
