// What every command is given: the streams, the collaborators (opened only when used) and the colours.
import type { Readable, Writable } from 'node:stream'
import type { Colors } from 'picocolors/types.js'
import { type LoadInput, loadConfig } from '../config/load.js'
import type { ResolvedConfig } from '../config/resolve.js'
import type { WrapOptions } from '../mcp/wrap/index.js'
import type { Config } from '../spec/config.js'
import type { Engine } from '../spec/engine.js'
import type { LedgerEvent } from '../spec/ledger.js'
import type { Logger } from '../spec/logger.js'
import type { Tokenizer } from '../spec/tokenizer.js'

export interface CliIo {
  readonly stdin: Readable & { readonly isTTY?: boolean }
  readonly stdout: Writable & { readonly isTTY?: boolean }
  readonly stderr: Writable & { readonly isTTY?: boolean }
  readonly env: Readonly<Record<string, string | undefined>>
  readonly cwd: string
  /** When the program started, on the clock of `performance.now()`. */
  readonly startedMs: number
  /** Calls back when the user or the system asks the program to stop. Returns how to stop listening. */
  onStop(listener: (signal: string) => void): () => void
}

export interface ProxyHandle {
  /** Where it listens, without a trailing slash. */
  readonly url: string
  readonly port: number
  /** Waits for running answers, then closes. */
  close(): Promise<void>
}

export interface CompressCall {
  /** Answers a body of `POST /headroom/compress`. */
  compressJson(body: Uint8Array): Promise<{ readonly status: number; readonly json: string }>
  close(): Promise<void>
}

/** Everything heavy. Each part is imported when first asked for, so that help and version load none of it. */
export interface CliParts {
  /** @param nowMs a clock other than the system's. */
  engine(config: Config, logger: Logger, way?: LedgerEvent['way'], nowMs?: () => number): Promise<Engine>
  tokenizer(model?: string): Promise<Tokenizer>
  /** @param instance printed by its health answer. */
  proxy(config: Config, logger: Logger, instance?: string): Promise<ProxyHandle>
  mcpWrap(options: Omit<WrapOptions, 'countTokens'>): Promise<void>
  /** An engine in a thread of its own, for one call that somebody may stop waiting for. */
  compressCall(config: Config): Promise<CompressCall>
  mcp(options: { engine: () => Promise<Engine>; input: Readable; output: Writable }): Promise<void>
}

export interface CliContext {
  readonly io: CliIo
  readonly parts: CliParts
  /** For text on stdout and on stderr; colourless where the stream is no terminal or NO_COLOR is set. */
  readonly out: Colors
  readonly err: Colors
}

export type Flags = Readonly<Record<string, string | undefined>>

export const configOf = (context: CliContext, flags: Flags): ResolvedConfig => {
  const input: LoadInput = { flags, env: context.io.env, cwd: context.io.cwd }
  return loadConfig(input)
}

/** Opens the engine for one command and closes it whatever happens. */
export const withEngine = async <T>(
  context: CliContext,
  setup: { readonly config: Config; readonly logger: Logger },
  use: (engine: Engine) => Promise<T>,
): Promise<T> => {
  const engine = await context.parts.engine(setup.config, setup.logger)
  try {
    return await use(engine)
  } finally {
    await engine.close()
  }
}

/** Resolves when the stream took the data, so that a slow reader bounds our memory. */
export const write = (stream: Writable, data: string | Uint8Array): Promise<void> =>
  new Promise((resolve, reject) => {
    stream.write(data, (error) => (error ? reject(error) : resolve()))
  })

export const printJson = (context: CliContext, value: unknown): Promise<void> =>
  write(context.io.stdout, `${JSON.stringify(value, null, 2)}\n`)
