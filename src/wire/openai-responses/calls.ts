// Calls that the client runs itself. Calls that the provider runs (web search, code interpreter, MCP, …) have their
// results inside and are never looked at.
import type { JsonPath } from '../../spec/wire.js'
import { type Call, callOf, callOfScript, callOfText, callOfValue } from '../origin.js'
import type { Finds } from '../scan.js'
import { type JsonNode, textOf } from '../tree.js'

export interface Item {
  readonly type: string
  readonly node: JsonNode
  readonly path: JsonPath
}

interface CallReader {
  /** Member that holds the input. */
  readonly member: string
  read(name: string | undefined, body: Uint8Array, input: JsonNode | undefined): Call
}

/** By item type. */
export const callReaders: ReadonlyMap<string, CallReader> = new Map<string, CallReader>([
  ['function_call', { member: 'arguments', read: (name, body, input) => callOfText(name, textOf(body, input)) }],
  ['custom_tool_call', { member: 'input', read: (name, body, input) => callOfScript(name, textOf(body, input)) }],
  ['local_shell_call', { member: 'action', read: (_, body, input) => callOfValue('local_shell', body, input) }],
  ['shell_call', { member: 'action', read: (_, body, input) => callOfValue('shell', body, input) }],
  ['apply_patch_call', { member: 'operation', read: (_, body, input) => patchCall(textOf(body, input?.get('path'))) }],
])

const patchCall = (path: string | undefined): Call => callOf('apply_patch', path === undefined ? {} : { path })

export const addCall = (finds: Finds, { type, node, path }: Item): void => {
  const reader = callReaders.get(type)
  if (reader === undefined) return
  const { body } = finds
  const input = node.get(reader.member)
  const callId = textOf(body, node.get('call_id')) ?? textOf(body, node.get('id'))
  const call = reader.read(textOf(body, node.get('name')), body, input)
  finds.addCall(callId, call)
  // Outputs of `local_shell_call` name its item id in one version of the API and its call id in the other.
  if (type === 'local_shell_call') finds.addCall(textOf(body, node.get('id')), call)
  if (input === undefined) return
  finds.add(
    { kind: 'tool-call', role: 'assistant', path: [...path, reader.member], callId, origin: call.origin },
    input,
  )
}
