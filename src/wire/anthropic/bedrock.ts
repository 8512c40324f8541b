// Usage in Bedrock's streams: each message wraps one event of the Messages API as `{"bytes": base64, "p": padding}`, and the last
// one also has AWS's own meter. docs.aws.amazon.com, Bedrock, InvokeModelWithResponseStream (read 2026-11-25).
import { JsonCursor } from '../../base/json-span.js'
import type { Usage, UsageReader } from '../../spec/wire.js'
import { EventStreamSplitter } from '../event-stream.js'
import { fieldTable } from '../fields.js'
import { numberOf, readTree, textOf } from '../tree.js'
import { type UsageShape, usageFrom, usageOf } from '../usage.js'
import { anthropicUsage } from './usage.js'

const MEDIA_TYPE = /^\s*application\/vnd\.amazon\.eventstream\s*(?:;|$)/i

export const isBedrockStream = (contentType: string): boolean => MEDIA_TYPE.test(contentType)

const METRICS = 'amazon-bedrock-invocationMetrics'

/** `inputTokenCount` leaves out what was read from the cache or written to it, as `input_tokens` does. */
const metered: UsageShape = {
  key: Buffer.from(`"${METRICS}"`),
  fields: fieldTable({
    span: ['inputTokenCount', 'outputTokenCount', 'cacheReadInputTokenCount', 'cacheWriteInputTokenCount'],
    tree: [METRICS],
  }),
  read(node, bytes) {
    const metrics = node.get(METRICS)
    return usageFrom({
      inputTokens: numberOf(bytes, metrics?.get('inputTokenCount')),
      outputTokens: numberOf(bytes, metrics?.get('outputTokenCount')),
      cacheReadTokens: numberOf(bytes, metrics?.get('cacheReadInputTokenCount')),
      cacheWriteTokens: numberOf(bytes, metrics?.get('cacheWriteInputTokenCount')),
    })
  },
}

const WRAPPER = fieldTable({ span: ['bytes'] })

const eventOf = (payload: Uint8Array): Buffer | undefined => {
  const event = textOf(payload, readTree(new JsonCursor(payload), WRAPPER)?.get('bytes'))
  return event === undefined ? undefined : Buffer.from(event, 'base64')
}

/** What the model's own events tell counts; the meter fills what they leave out. */
export const bedrockUsageReader = (): UsageReader => {
  let told: Usage | undefined
  let meter: Usage | undefined
  const splitter = new EventStreamSplitter((payload) => {
    const event = eventOf(payload)
    if (event === undefined) return
    const found = usageOf(event, anthropicUsage)
    if (found !== undefined) told = { ...told, ...found }
    meter = usageOf(event, metered) ?? meter
  })
  return {
    push: (chunk) => splitter.push(chunk),
    end: () => (told ?? meter) && { ...meter, ...told },
  }
}
