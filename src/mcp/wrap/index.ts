// Any MCP server behind the compressor: every message passes as it came, except that texts of tool results are shortened
// before they enter a transcript, and that the tool list gains the way back to their originals and, where asked for, is trimmed.
import type { Readable, Writable } from 'node:stream'
import { guessTokens } from '../../base/answer-limits.js'
import type { Engine } from '../../spec/engine.js'
import type { Logger } from '../../spec/logger.js'
import type { ByteEdit } from '../../spec/wire.js'
import { spliceBytes } from '../../wire/edit.js'
import type { CountTokens } from '../tool.js'
import { retrieveTool } from '../tools/retrieve.js'
import { linesOf, send } from './lines.js'
import { type ClientRequest, type ResultText, requestOf, responseOf } from './messages.js'

export interface Peer {
  readonly input: Readable
  readonly output: Writable
}

export interface WrapOptions {
  readonly client: Peer
  readonly server: Peer
  engine(): Promise<Engine>
  countTokens?(): Promise<CountTokens>
  /** Offer `headroom_retrieve` beside the server's tools; without it only forms that lose nothing are used. */
  readonly retrieve: boolean
  /** Leave out of the tool list what it says twice or in too many blanks. */
  readonly trimTools?: boolean
  readonly logger: Logger
}

/** Relays until both sides have ended. */
export const wrapServer = async (options: WrapOptions): Promise<void> => {
  const relay = new Relay(options)
  await Promise.all([relay.fromClient(), relay.fromServer()])
}

interface Call {
  readonly name: string
  readonly args: unknown
}

class Relay {
  readonly #options: WrapOptions
  readonly #calls = new Map<string, Call>()
  readonly #lists = new Set<string>()
  /** Names seen on earlier pages of the list, so that no name is offered twice. */
  readonly #names = new Set<string>()
  /** Our tool stands in a list that the client got. */
  #offered = false

  constructor(options: WrapOptions) {
    this.#options = options
  }

  async fromClient(): Promise<void> {
    const { client, server } = this.#options
    for await (const line of linesOf(client.input)) {
      const request = this.#guard(() => requestOf(line))
      if (request !== undefined && (await this.#takes(request))) continue
      await send(server.output, line)
    }
    server.output.end()
  }

  async fromServer(): Promise<void> {
    const { client, server } = this.#options
    for await (const line of linesOf(server.input)) {
      const edits = await this.#editsOf(line)
      await send(client.output, edits.length === 0 ? line : spliceBytes(line, edits))
    }
    client.output.end()
  }

  /** True where the request is for us and has been answered. */
  async #takes({ id, method, name, args }: ClientRequest): Promise<boolean> {
    if (method === 'tools/list') this.#lists.add(id)
    if (method !== 'tools/call' || name === undefined) return false
    if (!this.#offered || name !== retrieveTool.definition.name) {
      this.#calls.set(id, { name, args })
      return false
    }
    const result = await this.#retrieve((args ?? {}) as Record<string, unknown>)
    const answer = `{"jsonrpc":"2.0","id":${id},"result":${JSON.stringify(result)}}\n`
    await send(this.#options.client.output, Buffer.from(answer))
    return true
  }

  async #retrieve(args: Record<string, unknown>): Promise<object> {
    try {
      const countTokens = (await this.#options.countTokens?.()) ?? guessTokens
      return await retrieveTool.run(args, { engine: await this.#options.engine(), countTokens })
    } catch (error) {
      return { content: [{ type: 'text', text: `headroom_retrieve failed: ${String(error)}` }], isError: true }
    }
  }

  /** Nothing that goes wrong here may cost a message. */
  async #editsOf(line: Buffer): Promise<ByteEdit[]> {
    if (this.#calls.size === 0 && this.#lists.size === 0) return []
    const response = this.#guard(() => responseOf(line))
    if (response === undefined) return []
    const call = this.#calls.get(response.id)
    if (call !== undefined) {
      this.#calls.delete(response.id)
      return this.#shortened(call, response.texts)
    }
    if (!this.#lists.delete(response.id) || response.tools === undefined) return []
    const { names, isLast, add, trim } = response.tools
    for (const name of names) this.#names.add(name)
    const trimmed = (this.#options.trimTools && this.#guard(trim)) || []
    const { definition } = retrieveTool
    if (!this.#options.retrieve || !isLast || this.#names.has(definition.name)) return trimmed
    this.#offered = true
    return [...trimmed, add(definition)]
  }

  async #shortened({ name, args }: Call, texts: readonly ResultText[]): Promise<ByteEdit[]> {
    const edits: ByteEdit[] = []
    for (const { text, edit } of texts) {
      try {
        const engine = await this.#options.engine()
        const tool = { name, input: args }
        const made = await engine.compressText(text, this.#offered ? { tool } : { tool, policy: 'strict' })
        if (made.text !== text) edits.push(edit(made.text))
      } catch (error) {
        this.#options.logger('warn', 'a result goes on as it came', { error: String(error) })
      }
    }
    return edits
  }

  #guard<T>(read: () => T): T | undefined {
    try {
      return read()
    } catch (error) {
      this.#options.logger('warn', 'a message could not be read and goes on as it came', { error: String(error) })
      return undefined
    }
  }
}
