// Messages of an AWS event stream, as Bedrock sends them.
import { crc32 } from 'node:zlib'

const u32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}

/** A header of type 7, a string. */
const header = (name: string, value: string): Buffer => {
  const length = Buffer.alloc(2)
  length.writeUInt16BE(Buffer.byteLength(value))
  return Buffer.concat([
    Buffer.from([Buffer.byteLength(name)]),
    Buffer.from(name),
    Buffer.from([7]),
    length,
    Buffer.from(value),
  ])
}

export const messageOf = (payload: string | Buffer, names: Readonly<Record<string, string>> = {}): Buffer => {
  const headers = Buffer.concat(Object.entries(names).map(([name, value]) => header(name, value)))
  const body = Buffer.from(payload)
  const lengths = Buffer.concat([u32(headers.length + body.length + 16), u32(headers.length)])
  const message = Buffer.concat([lengths, u32(crc32(lengths)), headers, body])
  return Buffer.concat([message, u32(crc32(message))])
}

/** An event of the Messages API in the wrapping of Bedrock. */
export const bedrockChunk = (event: object): Buffer =>
  messageOf(JSON.stringify({ bytes: Buffer.from(JSON.stringify(event)).toString('base64'), p: 'abcdefgh' }), {
    ':event-type': 'chunk',
    ':content-type': 'application/json',
    ':message-type': 'event',
  })

export const bedrockStream: Buffer = Buffer.concat([
  bedrockChunk({
    type: 'message_start',
    message: {
      usage: { input_tokens: 11, output_tokens: 1, cache_read_input_tokens: 100, cache_creation_input_tokens: 20 },
    },
  }),
  bedrockChunk({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'Hällo 🌍' } }),
  bedrockChunk({ type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 7 } }),
  bedrockChunk({
    type: 'message_stop',
    'amazon-bedrock-invocationMetrics': { inputTokenCount: 11, outputTokenCount: 7, invocationLatency: 900 },
  }),
])
