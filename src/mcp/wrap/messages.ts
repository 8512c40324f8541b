// The few members of MCP messages that the wrapper reads, and where in the bytes they stand.
import { JsonCursor } from '../../base/json-span.js'
import type { ByteEdit } from '../../spec/wire.js'
import { literalOf } from '../../wire/edit.js'
import { fieldTable } from '../../wire/fields.js'
import { type JsonNode, readTree, textOf } from '../../wire/tree.js'
import { trimTools } from './trim/index.js'

const REQUEST = fieldTable({ span: ['id', 'method', 'name', 'arguments'], tree: ['params'] })
const RESPONSE = fieldTable({
  span: ['id', 'type', 'text', 'name', 'nextCursor', 'structuredContent'],
  tree: ['result', 'content', 'tools'],
})

const spanText = (line: Buffer, node: JsonNode | undefined): string | undefined =>
  node === undefined ? undefined : line.toString('utf8', node.start, node.end)

/** A request of the client. `id` is its JSON text, so that `1` and `"1"` differ. */
export interface ClientRequest {
  readonly id: string
  readonly method: string
  readonly name: string | undefined
  readonly args: unknown
}

export const requestOf = (line: Buffer): ClientRequest | undefined => {
  const node = readTree(new JsonCursor(line), REQUEST)
  const method = textOf(line, node?.get('method'))
  const id = spanText(line, node?.get('id'))
  if (node?.kind !== 'object' || node.ambiguous || method === undefined || id === undefined) return undefined
  const params = node.get('params')
  const args = spanText(line, params?.get('arguments'))
  return {
    id,
    method,
    name: textOf(line, params?.get('name')),
    args: args === undefined ? undefined : JSON.parse(args),
  }
}

/** A text of a tool's result, and how to put another in its place. */
export interface ResultText {
  readonly text: string
  edit(text: string): ByteEdit
}

export interface ServerResponse {
  readonly id: string
  /** Texts that may be shortened: none where the result also has a machine-readable form, which must say the same. */
  readonly texts: readonly ResultText[]
  /** In an answer to `tools/list`; absent on other answers. */
  readonly tools?: ListedTools
}

interface ListedTools {
  /** On this page. */
  readonly names: readonly string[]
  readonly isLast: boolean
  /** Edits that say the same in fewer tokens. */
  trim(): ByteEdit[]
  /** An edit that adds one tool behind all others. */
  add(definition: unknown): ByteEdit
}

export const responseOf = (line: Buffer): ServerResponse | undefined => {
  const node = readTree(new JsonCursor(line), RESPONSE)
  const result = node?.get('result')
  const id = spanText(line, node?.get('id'))
  if (node?.kind !== 'object' || node.ambiguous || id === undefined || result?.kind !== 'object') return undefined
  const tools = result.get('tools')
  return {
    id,
    texts: result.ambiguous || result.get('structuredContent') ? [] : textsOf(line, result.get('content')),
    ...(tools?.kind === 'array' ? { tools: toolsOf(line, tools, result) } : {}),
  }
}

const textsOf = (line: Buffer, content: JsonNode | undefined): ResultText[] =>
  (content?.items ?? []).flatMap((item): ResultText[] => {
    const text = item.get('text')
    if (item.ambiguous || text?.kind !== 'string' || textOf(line, item.get('type')) !== 'text') return []
    const { start, end } = text
    return [{ text: textOf(line, text)!, edit: (shorter) => ({ start, end, bytes: literalOf(shorter) }) }]
  })

const toolsOf = (line: Buffer, tools: JsonNode, result: JsonNode): ListedTools => ({
  names: (tools.items ?? []).flatMap((tool) => textOf(line, tool.get('name')) ?? []),
  isLast: result.get('nextCursor') === undefined,
  trim: () => (result.ambiguous ? [] : trimTools(line, tools.start)),
  add(definition) {
    const at = tools.end - 1
    const comma = tools.itemCount > 0 ? ',' : ''
    return { start: at, end: at, bytes: Buffer.from(comma + JSON.stringify(definition)) }
  },
})
