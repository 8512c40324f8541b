#!/usr/bin/env node
// The process around the program: streams, signals, exit code. Everything else is in program.ts.
import type { CliIo } from './context.js'
import { realParts } from './parts.js'
import { runCli } from './program.js'

/** Exit code of a program that was interrupted: 128 + SIGINT. */
const EXIT_INTERRUPTED = 130

const onStop: CliIo['onStop'] = (listener) => {
  let asked = false
  const stop = (signal: NodeJS.Signals): void => {
    if (asked) process.exit(EXIT_INTERRUPTED)
    asked = true
    listener(signal)
  }
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  for (const signal of signals) process.on(signal, stop)
  return () => {
    for (const signal of signals) process.off(signal, stop)
  }
}

/** A reader that left, such as `| head`, is no failure; what was not printed is not needed. */
const leaveQuietly = (error: NodeJS.ErrnoException): void => {
  if (error.code === 'EPIPE') process.exit(0)
  throw error
}

const io: CliIo = {
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  cwd: process.cwd(),
  startedMs: 0,
  onStop,
}

process.stdout.on('error', leaveQuietly)
process.stderr.on('error', leaveQuietly)
const code = await runCli(process.argv.slice(2), io, realParts(process.env))
// Output may still be on its way to a pipe.
await new Promise((resolve) => process.stdout.write('', resolve))
process.exit(code)
