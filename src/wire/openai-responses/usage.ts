// Usage in Responses answers: in the answer itself, or in `response` of the event that ends a stream.
import type { Usage } from '../../spec/wire.js'
import { fieldTable } from '../fields.js'
import { type JsonNode, numberOf } from '../tree.js'
import { freshTokens, type UsageShape, usageFrom } from '../usage.js'

const billed = (bytes: Uint8Array, usage: JsonNode | undefined): Usage | undefined => {
  const cached = numberOf(bytes, usage?.get('input_tokens_details')?.get('cached_tokens'))
  return usageFrom({
    inputTokens: freshTokens(numberOf(bytes, usage?.get('input_tokens')), cached),
    outputTokens: numberOf(bytes, usage?.get('output_tokens')),
    cacheReadTokens: cached,
  })
}

export const responsesUsage: UsageShape = {
  fields: fieldTable({
    span: ['input_tokens', 'output_tokens', 'cached_tokens'],
    tree: ['response', 'usage', 'input_tokens_details'],
  }),
  read: (node, bytes) => billed(bytes, node.get('usage')) ?? billed(bytes, node.get('response')?.get('usage')),
}
