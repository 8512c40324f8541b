// Outputs that the client sends for its calls: a string, text parts, or `stdout` and `stderr` of each shell command.
import type { JsonPath } from '../../spec/wire.js'
import type { BlockFields } from '../block.js'
import { addTexts, partsOf } from '../content.js'
import { resultOrigin } from '../origin.js'
import type { Finds } from '../scan.js'
import { type JsonNode, textOf } from '../tree.js'

export const OUTPUT_TYPES: ReadonlySet<string> = new Set([
  'function_call_output',
  'custom_tool_call_output',
  'local_shell_call_output',
  'shell_call_output',
  'apply_patch_call_output',
])

const TEXT_TYPES: ReadonlySet<string> = new Set(['input_text', 'output_text', 'text'])

export const addOutput = (finds: Finds, node: JsonNode, path: JsonPath): void => {
  const { body } = finds
  const callId = textOf(body, node.get('call_id')) ?? textOf(body, node.get('id'))
  const call = finds.callOf(callId)
  const output = node.get('output')
  const outputPath = [...path, 'output']
  const fields: Omit<BlockFields, 'path'> = {
    kind: 'tool-result',
    role: 'tool',
    callId,
    origin: resultOrigin(call, undefined),
    protectedBy: call?.protectedBy,
  }
  addTexts(finds, output, outputPath, { ...fields, types: TEXT_TYPES })
  for (const part of partsOf(body, output, outputPath)) {
    for (const name of ['stdout', 'stderr']) {
      const text = part.type === undefined ? part.node.get(name) : undefined
      if (text?.kind === 'string') finds.add({ ...fields, path: [...part.path, name] }, text)
    }
  }
}
