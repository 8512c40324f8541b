// Gemini generateContent. Editable: the strings of `functionResponse.response` that hold a tool's output (docs/wire/gemini.md).
import type { Block, Codec, JsonPath } from '../../spec/wire.js'
import { addTexts } from '../content.js'
import { fieldTable } from '../fields.js'
import { callOf, callOfValue, resultOrigin } from '../origin.js'
import { type Finds, type Shape, scanBody, takeText } from '../scan.js'
import { type JsonNode, textOf } from '../tree.js'
import { usageReaderFor } from '../usage.js'
import { answeredKey, callKey, member, Ordinals } from './calls.js'
import { geminiUsage } from './usage.js'

/** Members of `response` under which clients put a tool's output. The API defines `output` and `error`; others are habits. */
const OUTPUTS = ['output', 'error', 'result', 'content', 'stdout', 'stderr', 'text', 'llmContent', 'data', 'message']
const TEXT_TYPES: ReadonlySet<string> = new Set(['text'])

const shape: Shape = {
  dialect: 'gemini',
  listKey: 'contents',
  needsList: true,
  headFields: fieldTable({
    span: ['model', 'contents', 'text', 'name'],
    tree: [
      'systemInstruction',
      'system_instruction',
      'tools',
      'functionDeclarations',
      'function_declarations',
      'parts',
    ],
  }),
  elementFields: fieldTable({
    span: [
      'role',
      'text',
      'thought',
      'name',
      'id',
      'args',
      'type',
      'isError',
      ...OUTPUTS.filter((name) => name !== 'content' && name !== 'text'),
    ],
    tree: ['parts', 'functionCall', 'function_call', 'functionResponse', 'function_response', 'response', 'content'],
  }),
  readHead(key, node, finds) {
    if (key === 'model') takeText(finds.facts, 'model', textOf(finds.body, node))
    else if (key === 'tools') addToolNames(finds, node)
    else if (key.startsWith('system')) addWords(finds, node, { role: 'system', path: [key] })
  },
  readElement(node, index, finds) {
    const role = textOf(finds.body, node.get('role')) === 'model' ? 'assistant' : 'user'
    addWords(finds, node, { role, path: ['contents', index], turn: index })
  },
}

interface Place {
  readonly role: Block['role']
  readonly path: JsonPath
  /** Index of the turn; absent in a system instruction, which holds no calls. */
  readonly turn?: number
}

const addWords = (finds: Finds, node: JsonNode, place: Place): void => {
  const ordinals = new Ordinals()
  for (const part of node.get('parts')?.items ?? []) {
    if (part.kind !== 'object' || part.ambiguous) continue
    const path = [...place.path, 'parts', part.index]
    const text = part.get('text')
    const call = member(part, 'functionCall')
    const response = member(part, 'functionResponse')
    if (text?.kind === 'string') finds.add({ kind: 'text', role: place.role, path: [...path, 'text'] }, text)
    else if (place.turn === undefined) continue
    else if (call?.kind === 'object' && place.role === 'assistant')
      addCall(finds, call, { path: [...path, memberName(part, 'functionCall')], turn: place.turn, ordinals })
    else if (response?.kind === 'object' && !response.ambiguous && place.role === 'user')
      addResponse(finds, response, {
        path: [...path, memberName(part, 'functionResponse')],
        turn: place.turn,
        ordinals,
      })
  }
}

const memberName = (part: JsonNode, name: 'functionCall' | 'functionResponse'): string =>
  part.get(name) === undefined ? (name === 'functionCall' ? 'function_call' : 'function_response') : name

interface CallSite {
  readonly path: JsonPath
  readonly turn: number
  readonly ordinals: Ordinals
}

const addCall = (finds: Finds, node: JsonNode, site: CallSite): void => {
  const { body } = finds
  const args = node.get('args')
  const call = callOfValue(textOf(body, node.get('name')), body, args)
  finds.addCall(callKey(finds, node, site), call)
  const callId = textOf(body, node.get('id'))
  if (args)
    finds.add({ kind: 'tool-call', role: 'assistant', path: [...site.path, 'args'], callId, origin: call.origin }, args)
}

const addResponse = (finds: Finds, node: JsonNode, { path, ordinals }: CallSite): void => {
  const { body } = finds
  const response = node.get('response')
  const name = textOf(body, node.get('name'))
  const call = finds.callOf(answeredKey(finds, node, ordinals)) ?? (name === undefined ? undefined : callOf(name, {}))
  if (response?.kind !== 'object' || response.ambiguous) return
  const isError = response.get('error') === undefined ? undefined : true
  const fields = {
    kind: 'tool-result',
    role: 'tool',
    types: TEXT_TYPES,
    callId: textOf(body, node.get('id')),
    origin: resultOrigin(call, isError),
    protectedBy: call?.protectedBy,
  } as const
  for (const output of OUTPUTS) addTexts(finds, response.get(output), [...path, 'response', output], fields)
}

const addToolNames = (finds: Finds, tools: JsonNode): void => {
  for (const tool of tools.items ?? [])
    for (const declaration of member(tool, 'functionDeclarations')?.items ?? []) {
      const name = textOf(finds.body, declaration.get('name'))
      if (name !== undefined) finds.toolNames.push(name)
    }
}

const CALL = /\/models\/([^/:]+):(?:generateContent|streamGenerateContent)$/

export const gemini: Codec = {
  dialect: 'gemini',
  matches: (method, path) => method === 'POST' && CALL.test(path),
  modelOf: (path) => CALL.exec(path)?.[1],
  scan: (body, previous) => scanBody(shape, body, previous),
  usageReader: (contentType) => usageReaderFor(contentType, geminiUsage),
}
