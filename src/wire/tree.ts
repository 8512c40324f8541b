// A sparse tree over the bytes of one JSON value: only the members that a codec reads, as spans. Everything else is
// passed and checked, never built.
import { decodeString, type JsonCursor, sliceText } from '../base/json-span.js'
import type { FieldTable } from './fields.js'

type NodeKind = 'object' | 'array' | 'string' | 'other'

/** Deepest nesting of members that codecs look into; `content` in `content` is three. Deeper values are spans. */
const MAX_TREE_DEPTH = 10

export class JsonNode {
  readonly kind: NodeKind
  readonly start: number
  end = 0
  /** A string whose value is not its bytes. */
  escaped = false
  /** A member that the codec reads occurs twice: readers may disagree on which counts, so nobody edits here. */
  ambiguous = false
  /** Names and values of the members that are read, in the order of the bytes. */
  names: string[] | undefined = undefined
  values: JsonNode[] | undefined = undefined
  /** Items that hold anything to read; others are only counted. */
  items: JsonNode[] | undefined = undefined
  itemCount = 0
  /** Position in the array that holds this node. */
  index = 0

  constructor(kind: NodeKind, start: number) {
    this.kind = kind
    this.start = start
  }

  get(name: string): JsonNode | undefined {
    const index = this.names === undefined ? -1 : this.names.lastIndexOf(name)
    return index === -1 ? undefined : this.values?.[index]
  }

  add(name: string, value: JsonNode): void {
    this.names ??= []
    this.values ??= []
    if (this.names.includes(name)) this.ambiguous = true
    this.names.push(name)
    this.values.push(value)
  }
}

const kindOf = (byte: number | undefined): NodeKind => {
  if (byte === 0x7b) return 'object'
  if (byte === 0x5b) return 'array'
  return byte === 0x22 ? 'string' : 'other'
}

/** Reads the value at the cursor and passes it; undefined on a fault, which the cursor remembers. */
export const readTree = (cursor: JsonCursor, fields: FieldTable, depth = 0): JsonNode | undefined => {
  const node = new JsonNode(kindOf(cursor.peek()), cursor.at)
  if (depth < MAX_TREE_DEPTH && node.kind === 'object') readMembers(cursor, fields, node, depth)
  else if (depth < MAX_TREE_DEPTH && node.kind === 'array') readItems(cursor, fields, node, depth)
  else if (cursor.skipValue()) node.escaped = node.kind === 'string' && cursor.escaped
  node.end = cursor.at
  return cursor.fault ? undefined : node
}

const readMembers = (cursor: JsonCursor, fields: FieldTable, node: JsonNode, depth: number): void => {
  cursor.enterObject()
  while (cursor.nextMember()) {
    const field = fields.at(cursor)
    if (field === undefined) {
      if (!cursor.skipValue()) return
      continue
    }
    const value = readTree(cursor, fields, field.how === 'tree' ? depth + 1 : MAX_TREE_DEPTH)
    if (value === undefined) return
    node.add(field.name, value)
  }
}

const readItems = (cursor: JsonCursor, fields: FieldTable, node: JsonNode, depth: number): void => {
  node.items = []
  cursor.enterArray()
  while (cursor.nextItem()) {
    const item = readTree(cursor, fields, depth + 1)
    if (item === undefined) return
    item.index = node.itemCount++
    if (item.kind === 'string' || item.names !== undefined || item.itemCount > 0) node.items.push(item)
  }
}

/** Value of a string node; undefined for other kinds and for none. */
export const textOf = (bytes: Uint8Array, node: JsonNode | undefined): string | undefined =>
  node?.kind === 'string' ? decodeString(bytes, node.start, node.end, node.escaped) : undefined

/** True, false, or undefined where the node is no boolean. */
export const flagOf = (bytes: Uint8Array, node: JsonNode | undefined): boolean | undefined => {
  if (node?.kind !== 'other') return undefined
  const literal = bytes[node.start]
  if (literal === 0x74) return true
  return literal === 0x66 ? false : undefined
}

/** Number of a number node; undefined for other kinds. */
export const numberOf = (bytes: Uint8Array, node: JsonNode | undefined): number | undefined => {
  if (node?.kind !== 'other') return undefined
  const value = Number(sliceText(bytes, node.start, node.end))
  return Number.isFinite(value) ? value : undefined
}

export const isNull = (bytes: Uint8Array, node: JsonNode): boolean =>
  node.kind === 'other' && bytes[node.start] === 0x6e
