// Messages of an MCP stdio transport: one JSON text a line, as bytes.
import { once } from 'node:events'
import type { Readable, Writable } from 'node:stream'

/** Longest message that is read; a longer one passes in pieces. */
const LIMIT_BYTES = 64 * 1024 * 1024

const NEWLINE = 0x0a

/** Lines with their line break; a last line without one too. Pieces of a line over the limit come as they are. */
export async function* linesOf(input: Readable): AsyncGenerator<Buffer> {
  let waiting: Buffer[] = []
  let waitingBytes = 0
  for await (const piece of input) {
    let chunk = Buffer.from(piece as Buffer)
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE)) {
      waiting.push(chunk.subarray(0, end + 1))
      yield waiting.length === 1 ? waiting[0]! : Buffer.concat(waiting)
      waiting = []
      waitingBytes = 0
      chunk = chunk.subarray(end + 1)
    }
    if (chunk.length === 0) continue
    waiting.push(chunk)
    waitingBytes += chunk.length
    if (waitingBytes <= LIMIT_BYTES) continue
    for (const part of waiting) yield part
    waiting = []
    waitingBytes = 0
  }
  if (waiting.length > 0) yield Buffer.concat(waiting)
}

/** Waits while the reader is slow; a reader that left takes nothing more. */
export const send = async (output: Writable, bytes: Uint8Array): Promise<void> => {
  if (output.destroyed || output.writableEnded || output.write(bytes)) return
  await Promise.race([once(output, 'drain'), once(output, 'close')])
}
