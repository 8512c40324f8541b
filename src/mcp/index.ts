// Serves MCP over a pair of streams, standard input and output by default.
import { once } from 'node:events'
import type { Readable, Writable } from 'node:stream'
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js'
import { createMcpServer, type McpOptions } from './server.js'

export interface ServeMcpOptions extends McpOptions {
  readonly input?: Readable
  readonly output?: Writable
}

/** Longest message of a host: a text to compress, escaped. */
const MAX_MESSAGE_BYTES = 64 * 1024 * 1024

/** Serves until the input ends or the output breaks, then waits for calls in flight. */
export const serveMcp = async (options: ServeMcpOptions): Promise<void> => {
  const { input = process.stdin, output = process.stdout } = options
  const { server, idle } = createMcpServer(options)
  const ended = ends(input, output)
  await server.connect(new StdioServerTransport(input, output, { maxBufferSize: MAX_MESSAGE_BYTES }))
  await ended
  // The last message may have come together with the end of the input.
  await new Promise((resolve) => setImmediate(resolve))
  await idle()
  await new Promise((resolve) => setImmediate(resolve))
  await server.close()
}

const noop = (): void => undefined

const ends = async (input: Readable, output: Writable): Promise<void> => {
  const stop = new AbortController()
  const { signal } = stop
  const closed = [once(input, 'end', { signal }), once(input, 'close', { signal }), once(output, 'close', { signal })]
  // A broken stream (`once` rejects) is an end like any other: the host has gone.
  const settled = Promise.allSettled(closed)
  await Promise.race(closed.map((event) => event.then(noop, noop)))
  stop.abort()
  await settled
}

export { createMcpServer, type McpOptions, type McpServer } from './server.js'
