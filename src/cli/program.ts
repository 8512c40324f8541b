// Parses a command line and runs one command. Never exits the process and touches no global stream.
import { Command, CommanderError } from 'commander'
import pc from 'picocolors'
import { nearest } from '../config/nearest.js'
import type { CliContext, CliIo, CliParts } from './context.js'
import { CliFailure, EXIT_OK, EXIT_USAGE, reportFailure } from './failure.js'
import { commands } from './list.js'
import { version } from './version.js'

/** Colours for a terminal, unless NO_COLOR (no-color.org) or a dumb terminal says otherwise. */
const colours = (stream: { readonly isTTY?: boolean }, env: CliIo['env']): ReturnType<typeof pc.createColors> =>
  pc.createColors(stream.isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb')

/** Runs `argv` (without node and script) and returns the exit code. Never rejects. */
export const runCli = async (argv: readonly string[], io: CliIo, parts: CliParts): Promise<number> => {
  const context: CliContext = { io, parts, out: colours(io.stdout, io.env), err: colours(io.stderr, io.env) }
  try {
    return await parseAndRun(argv[0] === 'help' ? [...argv.slice(1), '--help'] : argv, context)
  } catch (error) {
    return reportFailure(context, error)
  }
}

const parseAndRun = async (argv: readonly string[], context: CliContext): Promise<number> => {
  let exitCode = EXIT_OK
  const program = await programFor(argv, context, async (code) => {
    exitCode = await code
  })
  try {
    await program.parseAsync([...argv], { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    // Help and version were printed; help that nobody asked for is shown because something is missing.
    if (error.exitCode === 0) return EXIT_OK
    if (error.code === 'commander.help') return EXIT_USAGE
    throw usageFailure(error, program, argv)
  }
  return exitCode
}

const programFor = async (
  argv: readonly string[],
  context: CliContext,
  done: (code: Promise<number>) => Promise<void>,
): Promise<Command> => {
  const { io } = context
  const program = new Command('headroom')
    .description('Local context compression between AI agents and language models.')
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show help')
    .helpCommand(false)
    .enablePositionalOptions()
    .exitOverride()
    .showSuggestionAfterError(false)
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      // Help without a command goes to stderr; error texts are printed by `reportFailure`.
      writeErr: (text) => (text.startsWith('error:') ? undefined : io.stderr.write(text)),
    })
    .addHelpText('after', '\nStart here:  headroom proxy     then point your agent at http://127.0.0.1:8787')
  const wanted = argv.find((word) => !word.startsWith('-'))
  for (const entry of commands) {
    const command = program.command(entry.name).description(entry.summary).copyInheritedSettings(program)
    if (entry.name === wanted) (await entry.load()).define(command, context, done)
  }
  return program
}

const usageFailure = (error: CommanderError, program: Command, argv: readonly string[]): CliFailure => {
  const wanted = argv.find((word) => !word.startsWith('-'))
  const command = program.commands.find((candidate) => candidate.name() === wanted)
  const hint =
    command === undefined ? 'headroom --help shows every command' : `headroom ${wanted} --help shows every flag`
  return new CliFailure(`${error.message.replace(/^error: /, '')}${suggestion(error, command ?? program)}`, {
    exitCode: EXIT_USAGE,
    hint,
  })
}

/** The nearest valid word where an unknown one was given. */
const suggestion = (error: CommanderError, command: Command): string => {
  const wrong = /'([^']+)'/.exec(error.message)?.[1]
  if (wrong === undefined) return ''
  const valid =
    error.code === 'commander.unknownOption'
      ? flagsOf(command)
      : error.code === 'commander.unknownCommand'
        ? command.commands.map((candidate) => candidate.name())
        : []
  const near = nearest(wrong, valid)
  return near === undefined ? '' : `; did you mean "${near}"?`
}

const flagsOf = (command: Command): string[] => [
  ...[command, ...command.commands].flatMap(({ options }) => options.flatMap(({ long }) => (long ? [long] : []))),
  '--help',
]
