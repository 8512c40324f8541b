// OpenAI Responses, over HTTP and in WebSocket `response.create` frames. Editable: outputs of calls that the client ran
// (docs/wire/openai-responses.md).
import type { Block, Codec } from '../../spec/wire.js'
import { addTexts } from '../content.js'
import { fieldTable } from '../fields.js'
import { type Finds, type Shape, scanBody, takeText } from '../scan.js'
import { flagOf, type JsonNode, textOf } from '../tree.js'
import { usageReaderFor } from '../usage.js'
import { addCall, callReaders } from './calls.js'
import { addOutput, OUTPUT_TYPES } from './outputs.js'
import { addToolNames } from './tools.js'
import { responsesUsage } from './usage.js'

const TEXT_TYPES: ReadonlySet<string> = new Set(['input_text', 'output_text', 'text'])

const shape: Shape = {
  dialect: 'openai-responses',
  listKey: 'input',
  needsList: false,
  headFields: fieldTable({
    span: [
      ...['model', 'stream', 'input', 'instructions', 'prompt_cache_key', 'previous_response_id', 'type', 'name'],
      ...['context_management', 'truncation'],
    ],
    tree: ['tools'],
  }),
  elementFields: fieldTable({
    span: [
      ...['type', 'role', 'text', 'id', 'call_id', 'name', 'arguments', 'input', 'action', 'path'],
      ...['annotations', 'citations', 'stdout', 'stderr'],
    ],
    tree: ['content', 'output', 'tools', 'operation'],
  }),
  readHead(key, node, finds) {
    const { body, facts } = finds
    if (key === 'model') takeText(facts, 'model', textOf(body, node))
    else if (key === 'stream') facts.stream = flagOf(body, node) ?? false
    else if (key === 'prompt_cache_key') takeText(facts, 'sessionId', textOf(body, node))
    else if (key === 'previous_response_id') takeText(facts, 'previousResponseId', textOf(body, node))
    else if (key === 'context_management' && node.kind === 'array') facts.mayForget = true
    else if (key === 'truncation' && textOf(body, node) === 'auto') facts.mayForget = true
    else if (key === 'tools') addToolNames(finds, node)
    else if (key === 'instructions' && node.kind === 'string')
      finds.add({ kind: 'text', role: 'system', path: [key] }, node)
    else if (key === 'input' && node.kind === 'string') finds.add({ kind: 'text', role: 'user', path: [key] }, node)
  },
  readElement(node, index, finds) {
    const path = ['input', index]
    const type = textOf(finds.body, node.get('type')) ?? 'message'
    // It asks only as the last item.
    finds.facts.sumsUp = type === 'compaction_trigger'
    if (type === 'message') addMessage(finds, node, [...path, 'content'])
    else if (type === 'additional_tools' || type === 'tool_search_output') addToolNames(finds, node.get('tools'))
    else if (callReaders.has(type)) addCall(finds, { type, node, path })
    else if (OUTPUT_TYPES.has(type)) addOutput(finds, node, path)
  },
}

const ROLES: ReadonlyMap<string, Block['role']> = new Map([
  ['user', 'user'],
  ['assistant', 'assistant'],
  ['system', 'system'],
  ['developer', 'system'],
])

const addMessage = (finds: Finds, node: JsonNode, path: readonly (string | number)[]): void => {
  const role = ROLES.get(textOf(finds.body, node.get('role')) ?? '')
  if (role !== undefined) addTexts(finds, node.get('content'), path, { kind: 'text', role, types: TEXT_TYPES })
}

export const openaiResponses: Codec = {
  dialect: 'openai-responses',
  overWebSocket: true,
  matches: (method, path) => method === 'POST' && path.endsWith('/responses'),
  scan: (body, previous) => scanBody(shape, body, previous),
  usageReader: (contentType) => usageReaderFor(contentType, responsesUsage),
}
