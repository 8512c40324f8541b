// What a command is, seen from the list of all commands.
import type { Command } from 'commander'
import type { CliContext } from './context.js'

/** What an action returns is the exit code. */
export type Done = (code: Promise<number>) => Promise<void>

export interface CommandModule {
  /** Adds arguments, flags and the action. `done` takes the exit code of the run. */
  define(command: Command, context: CliContext, done: Done): void
}

export interface CommandEntry {
  readonly name: string
  readonly summary: string
  load(): Promise<CommandModule>
}
