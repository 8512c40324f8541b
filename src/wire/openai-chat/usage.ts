// Usage in chat answers: one object, in the JSON answer or in the last chunk of a stream that asked for it.
import { fieldTable } from '../fields.js'
import { numberOf } from '../tree.js'
import { freshTokens, type UsageShape, usageFrom } from '../usage.js'

export const chatUsage: UsageShape = {
  fields: fieldTable({
    span: ['prompt_tokens', 'completion_tokens', 'cached_tokens'],
    tree: ['usage', 'prompt_tokens_details'],
  }),
  read(node, bytes) {
    const usage = node.get('usage')
    const cached = numberOf(bytes, usage?.get('prompt_tokens_details')?.get('cached_tokens'))
    return usageFrom({
      inputTokens: freshTokens(numberOf(bytes, usage?.get('prompt_tokens')), cached),
      outputTokens: numberOf(bytes, usage?.get('completion_tokens')),
      cacheReadTokens: cached,
    })
  },
}
