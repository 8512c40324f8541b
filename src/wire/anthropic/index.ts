// Anthropic Messages. Editable: the text of `tool_result` blocks in user messages, nothing else (docs/wire/anthropic.md).
import type { Block, Codec, JsonPath } from '../../spec/wire.js'
import { addTextPart, addTexts, type Part, partsOf } from '../content.js'
import { fieldTable } from '../fields.js'
import { callOfValue, resultOrigin } from '../origin.js'
import { type Finds, type Shape, scanBody, takeText } from '../scan.js'
import { flagOf, type JsonNode, textOf } from '../tree.js'
import { usageReaderFor } from '../usage.js'
import { bedrockUsageReader, isBedrockStream } from './bedrock.js'
import { hostedModel } from './hosted.js'
import { sessionOfUserId } from './session.js'
import { anthropicUsage } from './usage.js'

const TEXT_TYPES: ReadonlySet<string> = new Set(['text'])

/** First system block of Claude Code: differs between requests of one conversation, and no model reads it as text. */
const BILLING_LINE = 'x-anthropic-billing-header:'

const shape: Shape = {
  dialect: 'anthropic',
  listKey: 'messages',
  needsList: true,
  headFields: fieldTable({
    span: ['model', 'stream', 'messages', 'type', 'text', 'citations', 'name', 'user_id'],
    tree: ['system', 'tools', 'metadata', 'context_management', 'edits'],
  }),
  elementFields: fieldTable({
    span: ['role', 'type', 'text', 'id', 'name', 'input', 'tool_use_id', 'is_error', 'citations'],
    tree: ['content', 'caller'],
  }),
  readHead(key, node, finds) {
    const { body, facts } = finds
    if (key === 'model') takeText(facts, 'model', textOf(body, node))
    else if (key === 'stream') facts.stream = flagOf(body, node) ?? false
    else if (key === 'system') addSystem(finds, node)
    else if (key === 'context_management' && forgets(body, node)) facts.mayForget = true
    else if (key === 'tools') addToolNames(finds, node)
    else if (key === 'metadata') takeText(facts, 'sessionId', sessionOfUserId(textOf(body, node.get('user_id'))))
  },
  readElement(node, index, finds) {
    const role = roleOf(textOf(finds.body, node.get('role')))
    if (role === undefined) return
    const path = ['messages', index, 'content']
    const content = node.get('content')
    if (content?.kind === 'string') finds.add({ kind: 'text', role, path }, content)
    for (const part of partsOf(finds.body, content, path)) addPart(finds, part, role)
  },
}

/** Dropping old thinking leaves every text in place; any other edit of the context may take some away. */
const forgets = (body: Uint8Array, node: JsonNode): boolean => {
  const edits = node.get('edits')
  if (node.ambiguous || edits?.kind !== 'array') return edits !== undefined
  const kept = (edits.items ?? []).filter(
    (edit) => textOf(body, edit.get('type'))?.startsWith('clear_thinking_') === true,
  )
  return kept.length < edits.itemCount
}

const roleOf = (role: string | undefined): 'user' | 'assistant' | 'system' | undefined =>
  role === 'user' || role === 'assistant' || role === 'system' ? role : undefined

const addPart = (finds: Finds, part: Part, role: Block['role']): void => {
  if (part.type === 'tool_use' && role === 'assistant') addToolUse(finds, part)
  else if (part.type === 'tool_result' && role === 'user') addToolResult(finds, part)
  else addTextPart(finds, part, { kind: 'text', role, types: TEXT_TYPES })
}

const addToolUse = (finds: Finds, { node, path }: Part): void => {
  const { body } = finds
  const callId = textOf(body, node.get('id'))
  const input = node.get('input')
  const call = callOfValue(textOf(body, node.get('name')), body, input)
  // Called from the provider's sandbox: a program reads the result, and must read all of it.
  const isDirect = (textOf(body, node.get('caller')?.get('type')) ?? 'direct') === 'direct'
  finds.addCall(callId, isDirect ? call : { protectedBy: 'protected', ...call })
  if (input)
    finds.add({ kind: 'tool-call', role: 'assistant', path: [...path, 'input'], callId, origin: call.origin }, input)
}

const addToolResult = (finds: Finds, { node, path }: Part): void => {
  const { body } = finds
  const callId = textOf(body, node.get('tool_use_id'))
  const call = finds.callOf(callId)
  addTexts(finds, node.get('content'), [...path, 'content'], {
    kind: 'tool-result',
    role: 'tool',
    types: TEXT_TYPES,
    callId,
    origin: resultOrigin(call, flagOf(body, node.get('is_error'))),
    protectedBy: call?.protectedBy,
  })
}

const addSystem = (finds: Finds, node: JsonNode): void => {
  const path: JsonPath = ['system']
  if (node.kind === 'string') finds.add({ kind: 'text', role: 'system', path }, node)
  for (const part of partsOf(finds.body, node, path)) {
    if (textOf(finds.body, part.node.get('text'))?.startsWith(BILLING_LINE)) continue
    addTextPart(finds, part, { kind: 'text', role: 'system', types: TEXT_TYPES })
  }
}

const addToolNames = (finds: Finds, tools: JsonNode): void => {
  for (const { node, type } of partsOf(finds.body, tools, [])) {
    const name = textOf(finds.body, node.get('name')) ?? type
    if (name !== undefined) finds.toolNames.push(name)
  }
}

export const anthropic: Codec = {
  dialect: 'anthropic',
  matches: (method, path) => method === 'POST' && (path.endsWith('/v1/messages') || hostedModel(path) !== undefined),
  modelOf: hostedModel,
  scan: (body, previous) => scanBody(shape, body, previous),
  usageReader: (contentType) =>
    isBedrockStream(contentType) ? bedrockUsageReader() : usageReaderFor(contentType, anthropicUsage),
}
