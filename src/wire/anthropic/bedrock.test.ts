import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bedrockChunk, bedrockStream, messageOf } from '../../../test/support/event-stream.js'
import type { Usage } from '../../spec/wire.js'
import { anthropic } from './index.js'

const read = (...chunks: readonly Uint8Array[]): Usage | undefined => {
  const reader = anthropic.usageReader('application/vnd.amazon.eventstream')
  for (const chunk of chunks) reader.push(chunk)
  return reader.end()
}
const usage = { inputTokens: 11, outputTokens: 7, cacheReadTokens: 100, cacheWriteTokens: 20 }
/** Of `message_start`, where the later count is lost. */
const OUTPUT_AT_START = 1
const METRICS = 'amazon-bedrock-invocationMetrics'

describe('usage of a Bedrock stream', () => {
  it('is what the events tell, cut at every byte', () => {
    for (let cut = 0; cut <= bedrockStream.length; cut++)
      expect(read(bedrockStream.subarray(0, cut), bedrockStream.subarray(cut))).toEqual(usage)
  })
  it('comes from the meter where the events leave it out, never over what they tell', () => {
    const metrics = {
      inputTokenCount: 3,
      outputTokenCount: 4,
      cacheReadInputTokenCount: 5,
      cacheWriteInputTokenCount: 6,
    }
    const stop = bedrockChunk({ type: 'message_stop', [METRICS]: metrics })
    expect(read(stop)).toEqual({ inputTokens: 3, outputTokens: 4, cacheReadTokens: 5, cacheWriteTokens: 6 })
    const delta = bedrockChunk({ type: 'message_delta', usage: { input_tokens: 9, output_tokens: 8 } })
    expect(read(delta, stop)).toEqual({ inputTokens: 9, outputTokens: 8, cacheReadTokens: 5, cacheWriteTokens: 6 })
  })
  it('is unknown where nothing tells it, and in other payloads', () => {
    expect(read()).toBeUndefined()
    const others = [
      '',
      'text',
      '[]',
      '{"bytes":7}',
      '{"bytes":"%%%"}',
      '{"message":"throttled"}',
      '{"usage":{"input_tokens":1}}',
    ]
    expect(read(...others.map((payload) => messageOf(payload)))).toBeUndefined()
  })
  it('survives damage anywhere', () => {
    fc.assert(
      fc.property(fc.nat(bedrockStream.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const damaged = Buffer.from(bedrockStream)
        damaged[at]! ^= flip
        for (const value of Object.values(read(damaged) ?? {}))
          expect([...Object.values(usage), OUTPUT_AT_START]).toContain(value)
      }),
    )
  })
})
