// Content as every dialect writes it: one string, or an array of typed parts. Both forms of the same text give the same
// blocks, so a client may change between them without changing a conversation's identity.
import type { JsonPath } from '../spec/wire.js'
import type { BlockFields } from './block.js'
import type { Finds } from './scan.js'
import { isNull, type JsonNode, textOf } from './tree.js'

/** A part whose type is known; `path` leads to it. */
export interface Part {
  readonly type: string | undefined
  readonly node: JsonNode
  readonly path: JsonPath
}

/** Unambiguous objects of an array, with their type and path. */
export const partsOf = (body: Uint8Array, list: JsonNode | undefined, path: JsonPath): Part[] => {
  const parts: Part[] = []
  for (const node of list?.items ?? []) {
    if (node.kind !== 'object' || node.ambiguous) continue
    parts.push({ type: textOf(body, node.get('type')), node, path: [...path, node.index] })
  }
  return parts
}

export interface TextFields extends Omit<BlockFields, 'path'> {
  /** Part types that hold plain text in their `text` member. */
  readonly types: ReadonlySet<string>
}

/** Adds the string, or the text of each text part; other parts are left unlocated. */
export const addTexts = (finds: Finds, content: JsonNode | undefined, path: JsonPath, fields: TextFields): void => {
  if (content?.kind === 'string') finds.add({ ...fields, path }, content)
  for (const part of partsOf(finds.body, content, path)) addTextPart(finds, part, fields)
}

/** Cited text is bound to its citations by position: located, never edited. */
export const addTextPart = (finds: Finds, part: Part, fields: TextFields): void => {
  const text = part.node.get('text')
  if (part.type === undefined || !fields.types.has(part.type) || text?.kind !== 'string') return
  const citations = part.node.get('citations')
  const isCited = citations !== undefined && !isNull(finds.body, citations)
  const protectedBy = fields.protectedBy ?? (isCited ? 'protected' : undefined)
  finds.add({ ...fields, path: [...part.path, 'text'], protectedBy }, text)
}
