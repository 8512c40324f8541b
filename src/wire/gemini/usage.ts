// Usage in Gemini answers: `usageMetadata` of each chunk is cumulative; a stream without `alt=sse` is one JSON array.
import { fieldTable } from '../fields.js'
import { type JsonNode, numberOf } from '../tree.js'
import { freshTokens, type UsageShape, usageFrom } from '../usage.js'

export const geminiUsage: UsageShape = {
  key: Buffer.from('sageMetadata"'),
  fields: fieldTable({
    span: [
      'promptTokenCount',
      'cachedContentTokenCount',
      'candidatesTokenCount',
      'thoughtsTokenCount',
      'toolUsePromptTokenCount',
    ],
    tree: ['usageMetadata', 'response'],
  }),
  read(node, bytes) {
    const chunks = node.kind === 'array' ? (node.items ?? []) : [node]
    const usage = chunks.map(metadataOf).findLast((found) => found !== undefined)
    const count = (name: string): number | undefined => numberOf(bytes, usage?.get(name))
    const answered = count('candidatesTokenCount')
    const thought = count('thoughtsTokenCount')
    return usageFrom({
      inputTokens: freshTokens(count('promptTokenCount'), count('cachedContentTokenCount')),
      cacheReadTokens: count('cachedContentTokenCount'),
      outputTokens: answered === undefined && thought === undefined ? undefined : (answered ?? 0) + (thought ?? 0),
    })
  },
}

/** Code Assist puts the answer into `response`. */
const metadataOf = (node: JsonNode): JsonNode | undefined =>
  node.get('usageMetadata') ?? node.get('response')?.get('usageMetadata')
