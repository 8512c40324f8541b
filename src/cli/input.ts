// Bytes of a file or of a pipe, and whether they are text.
import { isUtf8 } from 'node:buffer'
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { messageOf } from '../base/errors.js'
import type { CliContext } from './context.js'
import { CliFailure, EXIT_USAGE } from './failure.js'

export const readInput = async (context: CliContext, file: string | undefined): Promise<Buffer> => {
  const { stdin } = context.io
  if (file !== undefined && file !== '-') return readNamed(resolve(context.io.cwd, file), file)
  if (stdin.isTTY === true)
    throw new CliFailure('nothing to read', {
      exitCode: EXIT_USAGE,
      hint: 'give a FILE, or pipe text in: some-command | headroom compress',
    })
  const chunks: Uint8Array[] = []
  for await (const chunk of stdin) chunks.push(typeof chunk === 'string' ? Buffer.from(chunk) : (chunk as Uint8Array))
  return Buffer.concat(chunks)
}

const readNamed = async (path: string, shown: string): Promise<Buffer> => {
  try {
    return await readFile(path)
  } catch (error) {
    throw new CliFailure(`cannot read ${shown}: ${messageOf(error)}`, { hint: 'check the path' })
  }
}

/** Largest text that is looked at: beyond it, building one string costs more memory than it can save. */
const MAX_TEXT_BYTES = 128 * 1024 * 1024

/** The text of `bytes`, or why there is none. A byte order mark stays part of the text. */
export const textOf = (bytes: Buffer): { readonly text: string } | { readonly reason: string } => {
  if (bytes.length > MAX_TEXT_BYTES) return { reason: `larger than ${MAX_TEXT_BYTES / 1024 / 1024} MiB` }
  return isUtf8(bytes) ? { text: bytes.toString('utf8') } : { reason: 'not valid UTF-8' }
}
