// Usage in Messages answers: `message_start` has the input side, `message_delta` the final, cumulative counts.
import type { Usage } from '../../spec/wire.js'
import { fieldTable } from '../fields.js'
import { type JsonNode, numberOf } from '../tree.js'
import { type UsageShape, usageFrom } from '../usage.js'

const billed = (bytes: Uint8Array, usage: JsonNode | undefined): Usage | undefined =>
  usageFrom({
    inputTokens: numberOf(bytes, usage?.get('input_tokens')),
    outputTokens: numberOf(bytes, usage?.get('output_tokens')),
    cacheReadTokens: numberOf(bytes, usage?.get('cache_read_input_tokens')),
    cacheWriteTokens: numberOf(bytes, usage?.get('cache_creation_input_tokens')),
    cacheWrite1hTokens: numberOf(bytes, usage?.get('cache_creation')?.get('ephemeral_1h_input_tokens')),
  })

export const anthropicUsage: UsageShape = {
  fields: fieldTable({
    span: [
      ...['input_tokens', 'output_tokens', 'cache_read_input_tokens', 'cache_creation_input_tokens'],
      'ephemeral_1h_input_tokens',
    ],
    tree: ['message', 'usage', 'cache_creation'],
  }),
  read: (node, bytes) => billed(bytes, node.get('usage')) ?? billed(bytes, node.get('message')?.get('usage')),
}
