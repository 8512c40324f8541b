// OpenAI Chat Completions and its many compatible servers. Editable: content of `tool` and `function` messages
// (docs/wire/openai-chat.md).
import type { Codec } from '../../spec/wire.js'
import { addTexts, partsOf } from '../content.js'
import { fieldTable } from '../fields.js'
import { callOf, callOfScript, callOfText, resultOrigin } from '../origin.js'
import { type Finds, type Shape, scanBody, takeText } from '../scan.js'
import { flagOf, type JsonNode, textOf } from '../tree.js'
import { usageReaderFor } from '../usage.js'
import { chatUsage } from './usage.js'

const TEXT_TYPES: ReadonlySet<string> = new Set(['text'])

const shape: Shape = {
  dialect: 'openai-chat',
  listKey: 'messages',
  needsList: true,
  headFields: fieldTable({
    span: ['model', 'stream', 'messages', 'prompt_cache_key', 'type', 'name'],
    tree: ['tools', 'functions', 'function', 'custom'],
  }),
  elementFields: fieldTable({
    span: ['role', 'type', 'text', 'id', 'tool_call_id', 'name', 'arguments', 'input', 'citations'],
    tree: ['content', 'tool_calls', 'function', 'custom', 'function_call'],
  }),
  readHead(key, node, finds) {
    const { body, facts } = finds
    if (key === 'model') takeText(facts, 'model', textOf(body, node))
    else if (key === 'stream') facts.stream = flagOf(body, node) ?? false
    else if (key === 'prompt_cache_key') takeText(facts, 'sessionId', textOf(body, node))
    else if (key === 'tools' || key === 'functions') addToolNames(finds, node)
  },
  readElement(node, index, finds) {
    const role = textOf(finds.body, node.get('role'))
    const path = ['messages', index]
    if (role === 'tool' || role === 'function') addResult(finds, node, path)
    else if (role === 'user')
      addTexts(finds, node.get('content'), [...path, 'content'], { kind: 'text', role, types: TEXT_TYPES })
    else if (role === 'system' || role === 'developer')
      addTexts(finds, node.get('content'), [...path, 'content'], { kind: 'text', role: 'system', types: TEXT_TYPES })
    else if (role === 'assistant') {
      addTexts(finds, node.get('content'), [...path, 'content'], { kind: 'text', role, types: TEXT_TYPES })
      addCalls(finds, node, path)
    }
  },
}

type Path = readonly (string | number)[]

const addResult = (finds: Finds, node: JsonNode, path: Path): void => {
  const { body } = finds
  const name = textOf(body, node.get('name'))
  const callId = textOf(body, node.get('tool_call_id'))
  const call =
    finds.callOf(callId ?? (name === undefined ? undefined : functionId(name))) ??
    (name === undefined ? undefined : callOf(name, {}))
  addTexts(finds, node.get('content'), [...path, 'content'], {
    kind: 'tool-result',
    role: 'tool',
    types: TEXT_TYPES,
    callId,
    origin: resultOrigin(call, undefined),
    protectedBy: call?.protectedBy,
  })
}

/** Calls of the old `function_call` form have no id: a result names the function. */
const functionId = (name: string): string => `function ${name}`

const addCalls = (finds: Finds, node: JsonNode, path: Path): void => {
  const { body } = finds
  for (const { node: item, path: itemPath } of partsOf(body, node.get('tool_calls'), [...path, 'tool_calls'])) {
    const callId = textOf(body, item.get('id'))
    const isCustom = item.get('custom') !== undefined
    const member = isCustom ? 'custom' : 'function'
    addCall(finds, { node: item.get(member), path: [...itemPath, member], callId, isCustom })
  }
  const old = node.get('function_call')
  const name = textOf(body, old?.get('name'))
  if (old && name !== undefined)
    addCall(finds, { node: old, path: [...path, 'function_call'], callId: functionId(name), isCustom: false })
}

interface CallSite {
  readonly node: JsonNode | undefined
  readonly path: Path
  readonly callId: string | undefined
  readonly isCustom: boolean
}

const addCall = (finds: Finds, { node, path, callId, isCustom }: CallSite): void => {
  if (node?.kind !== 'object' || node.ambiguous) return
  const { body } = finds
  const name = textOf(body, node.get('name'))
  const member = isCustom ? 'input' : 'arguments'
  const input = node.get(member)
  const call = isCustom ? callOfScript(name, textOf(body, input)) : callOfText(name, textOf(body, input))
  finds.addCall(callId, call)
  if (input)
    finds.add({ kind: 'tool-call', role: 'assistant', path: [...path, member], callId, origin: call.origin }, input)
}

const addToolNames = (finds: Finds, tools: JsonNode): void => {
  const { body } = finds
  for (const { node, type } of partsOf(body, tools, [])) {
    const inner = node.get('function') ?? node.get('custom') ?? node
    const name = textOf(body, inner.get('name')) ?? type
    if (name !== undefined) finds.toolNames.push(name)
  }
}

export const openaiChat: Codec = {
  dialect: 'openai-chat',
  matches: (method, path) => method === 'POST' && path.endsWith('/chat/completions'),
  scan: (body, previous) => scanBody(shape, body, previous),
  usageReader: (contentType) => usageReaderFor(contentType, chatUsage),
}
