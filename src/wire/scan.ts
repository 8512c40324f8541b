// Walks one request body: the members around the list of turns, then its elements one by one. The next scan of the same
// conversation resumes after the last element that both bodies share, so a turn costs its new bytes.
import { isUtf8 } from 'node:buffer'
import { commonPrefixLength } from '../base/bytes.js'
import { bufferOf, JsonCursor } from '../base/json-span.js'
import { skip } from '../base/skip.js'
import type { Skip } from '../spec/skip.js'
import type { BodyScan, Dialect, ScanOutcome } from '../spec/wire.js'
import { type BlockFields, WireBlock } from './block.js'
import type { FieldTable } from './fields.js'
import type { Call } from './origin.js'
import { type JsonNode, readTree } from './tree.js'

/** One wire format, as far as a scan needs it. */
export interface Shape {
  readonly dialect: Dialect
  /** Top-level array of turns. */
  readonly listKey: string
  /** A body without that array is not one of ours. */
  readonly needsList: boolean
  readonly headFields: FieldTable
  readonly elementFields: FieldTable
  /** A top-level member named in `headFields`. */
  readHead(key: string, node: JsonNode, finds: Finds): void
  /** An object of the list. */
  readElement(node: JsonNode, index: number, finds: Finds): void
}

export interface Facts {
  model?: string
  stream: boolean
  sessionId?: string
  previousResponseId?: string
  mayForget?: boolean
  sumsUp: boolean
}

export const takeText = (
  facts: Facts,
  name: 'model' | 'sessionId' | 'previousResponseId',
  value: string | undefined,
): void => {
  if (value !== undefined) facts[name] = value
}

/** What a walk has found so far. */
export class Finds {
  readonly body: Uint8Array
  readonly blocks: WireBlock[]
  readonly toolNames: string[]
  readonly facts: Facts
  /** Calls in wire order with their ids; the last of an id counts, as some servers number calls anew in each turn. */
  readonly calls: (readonly [id: string, call: Call])[]
  readonly #callById: Map<string, Call>

  constructor(body: Uint8Array, from?: Pick<Finds, 'blocks' | 'toolNames' | 'facts' | 'calls'>) {
    this.body = body
    this.blocks = from?.blocks ?? []
    this.toolNames = from?.toolNames ?? []
    this.facts = from?.facts ?? { stream: false, sumsUp: false }
    this.calls = from?.calls ?? []
    this.#callById = new Map(this.calls)
  }

  add(fields: BlockFields, node: JsonNode): void {
    this.blocks.push(new WireBlock(fields, node, this.body))
  }

  addCall(id: string | undefined, call: Call): void {
    if (id === undefined) return
    this.calls.push([id, call])
    this.#callById.set(id, call)
  }

  callOf(id: string | undefined): Call | undefined {
    return id === undefined ? undefined : this.#callById.get(id)
  }
}

/** State of a walk after an element that is an object, so that its last byte ends it. */
interface Mark {
  readonly end: number
  readonly elements: number
  readonly blocks: number
  readonly toolNames: number
  readonly calls: number
  readonly sumsUp: boolean
}

/** Where the next scan can take up. */
interface Trail {
  /** Offset of the list's opening bracket. */
  readonly listStart: number
  readonly factsBefore: Facts
  readonly keysBefore: readonly string[]
  /** The first mark stands before the first element. */
  readonly marks: readonly Mark[]
  readonly calls: Finds['calls']
}

/** Bytes between two marks: less than any message has, and enough to bound the marks of a body made of empty ones. */
const MARK_SPACING_BYTES = 24

interface TrailedScan extends BodyScan {
  readonly trail: Trail | undefined
}

interface Walk {
  readonly shape: Shape
  readonly cursor: JsonCursor
  readonly finds: Finds
  readonly keys: Set<string>
  trail: { listStart: number; factsBefore: Facts; keysBefore: string[]; marks: Mark[] } | undefined
  repeated: string | undefined
}

export const scanBody = (shape: Shape, body: Uint8Array, previous?: BodyScan): ScanOutcome => {
  const bytes = bufferOf(body)
  const resumed = resume(shape, bytes, previous)
  const walk = resumed?.walk ?? freshWalk(shape, bytes)
  if (!isUtf8(body.subarray(walk.cursor.at))) return skip('not-parsable', 'not valid UTF-8')
  if (resumed) walkList(walk, resumed.elements)
  else walk.cursor.enterObject()
  walkMembers(walk)
  walk.cursor.atEnd()
  return refusalOf(walk) ?? { scan: scanOf(walk, body, resumed?.reusedBlocks ?? 0) }
}

const freshWalk = (shape: Shape, body: Uint8Array): Walk => ({
  shape,
  cursor: new JsonCursor(body),
  finds: new Finds(body),
  keys: new Set(),
  trail: undefined,
  repeated: undefined,
})

const refusalOf = ({ shape, cursor, repeated, trail }: Walk): Skip | undefined => {
  if (cursor.fault?.why === 'depth') return skip('too-large', `nested too deeply at byte ${cursor.fault.at}`)
  if (cursor.fault) return skip('not-parsable', `malformed JSON at byte ${cursor.fault.at}`)
  if (repeated !== undefined) return skip('not-parsable', `${repeated} occurs twice`)
  return shape.needsList && trail === undefined ? skip('not-parsable', `no ${shape.listKey} array`) : undefined
}

const scanOf = ({ shape, finds, trail }: Walk, body: Uint8Array, reusedBlocks: number): TrailedScan => ({
  dialect: shape.dialect,
  ...finds.facts,
  blocks: finds.blocks,
  reusedBlocks,
  toolNames: finds.toolNames,
  body,
  trail: trail && { ...trail, calls: finds.calls },
})

const walkMembers = (walk: Walk): void => {
  const { shape, cursor, finds, keys } = walk
  while (cursor.nextMember()) {
    const key = shape.headFields.at(cursor)?.name
    if (key === undefined) {
      if (!cursor.skipValue()) return
      continue
    }
    if (keys.has(key)) walk.repeated ??= key
    keys.add(key)
    if (key === shape.listKey && cursor.peek() === 0x5b) {
      const factsBefore = { ...finds.facts }
      walk.trail = { listStart: cursor.at, factsBefore, keysBefore: [...keys], marks: [] }
      cursor.enterArray()
      mark(walk, cursor.at, 0)
      walkList(walk, 0)
    } else {
      const first = finds.blocks.length
      const node = readTree(cursor, shape.headFields)
      if (node === undefined) return
      if (!node.ambiguous) shape.readHead(key, node, finds)
      inWireOrder(finds.blocks, first)
    }
  }
}

const walkList = (walk: Walk, from: number): void => {
  const { shape, cursor, finds } = walk
  let index = from
  let marked = cursor.at
  while (cursor.nextItem()) {
    const first = finds.blocks.length
    const node = readTree(cursor, shape.elementFields)
    if (node === undefined) return
    if (node.kind === 'object' && !node.ambiguous) shape.readElement(node, index, finds)
    inWireOrder(finds.blocks, first)
    index++
    if (node.kind !== 'object' || node.end - marked < MARK_SPACING_BYTES) continue
    mark(walk, node.end, index)
    marked = node.end
  }
}

const mark = ({ trail, finds }: Walk, end: number, elements: number): void => {
  const { blocks, toolNames, calls } = finds
  trail?.marks.push({
    end,
    elements,
    blocks: blocks.length,
    toolNames: toolNames.length,
    calls: calls.length,
    sumsUp: finds.facts.sumsUp,
  })
}

/** Members of an object come in any order; what was found in them is put into the order of the bytes. */
const inWireOrder = (blocks: WireBlock[], first: number): void => {
  for (let index = first + 1; index < blocks.length; index++) {
    if ((blocks[index] as WireBlock).start >= (blocks[index - 1] as WireBlock).start) continue
    for (const block of blocks.splice(first).sort((a, b) => a.start - b.start)) blocks.push(block)
    return
  }
}

const resume = (shape: Shape, body: Uint8Array, previous: BodyScan | undefined) => {
  const trail = previous && 'trail' in previous ? (previous as TrailedScan).trail : undefined
  if (previous === undefined || trail === undefined || previous.dialect !== shape.dialect) return undefined
  const shared = commonPrefixLength(previous.body, body)
  const kept = settledBy(trail.marks, shared)
  const last = trail.marks[kept - 1]
  if (last === undefined) return undefined
  const blocks = previous.blocks.slice(0, last.blocks) as WireBlock[]
  for (const block of blocks) block.rebase(body)
  const finds = new Finds(body, {
    blocks,
    toolNames: previous.toolNames.slice(0, last.toolNames),
    facts: { ...trail.factsBefore, sumsUp: last.sumsUp },
    calls: trail.calls.slice(0, last.calls),
  })
  const cursor = new JsonCursor(body, kept === 1 ? trail.listStart : last.end)
  if (kept === 1) cursor.enterArray()
  const { listStart, factsBefore, keysBefore } = trail
  const taken = { listStart, factsBefore, keysBefore: [...keysBefore], marks: trail.marks.slice(0, kept) }
  const walk: Walk = { shape, cursor, finds, keys: new Set(keysBefore), trail: taken, repeated: undefined }
  return { walk, elements: last.elements, reusedBlocks: blocks.length }
}

/** How many marks lie inside the first `shared` bytes. */
const settledBy = (marks: readonly Mark[], shared: number): number => {
  let low = 0
  let high = marks.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((marks[middle] as Mark).end <= shared) low = middle + 1
    else high = middle
  }
  return low
}
