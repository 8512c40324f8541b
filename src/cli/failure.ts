// How a command fails: one line for the user, a hint where there is one, and an exit code. No stack.
import { HeadroomError, messageOf } from '../base/errors.js'
import type { CliContext } from './context.js'

export const EXIT_OK = 0
/** It ran and the answer is no: unknown ref, red doctor, port in use. */
export const EXIT_FAILED = 1
/** It could not run as asked: unknown flag, invalid setting, nothing to read. */
export const EXIT_USAGE = 2

/** A failure that a command foresaw. */
export class CliFailure extends Error {
  readonly exitCode: number
  readonly hint: string | undefined

  constructor(message: string, options: { readonly exitCode?: number; readonly hint?: string } = {}) {
    super(message)
    this.exitCode = options.exitCode ?? EXIT_FAILED
    this.hint = options.hint
  }
}

const oneLine = (text: string): string => text.trim().replace(/\s*\n\s*/g, ' ')

/** Prints `headroom: …` and, below it, what to do; returns the exit code. */
export const reportFailure = (context: CliContext, error: unknown): number => {
  const { io, err } = context
  // Whoever read our output has left: no failure, and nobody to tell.
  if (error instanceof Error && 'code' in error && error.code === 'EPIPE') return EXIT_OK
  const hint = error instanceof CliFailure ? error.hint : undefined
  io.stderr.write(`${err.red('headroom:')} ${oneLine(messageOf(error))}\n`)
  if (hint !== undefined) io.stderr.write(`  ${err.dim(oneLine(hint))}\n`)
  // A stack helps only whoever looks for it.
  if (io.env.HEADROOM_LOG_LEVEL === 'debug' && error instanceof Error)
    io.stderr.write(`${err.dim(error.stack ?? '')}\n`)
  if (error instanceof CliFailure) return error.exitCode
  if (HeadroomError.isInstance(error))
    return error.code === 'CONFIG_INVALID' || error.code === 'INPUT_INVALID' ? EXIT_USAGE : EXIT_FAILED
  return EXIT_FAILED
}
