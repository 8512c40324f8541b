import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, statSync } from 'node:fs'
import { constants, tmpdir } from 'node:os'
import { join } from 'node:path'
import spawn from 'cross-spawn'
import type { OptionKey } from '../../config/options.js'
import type { CommandModule } from '../command.js'
import { type CliContext, configOf, withEngine, write } from '../context.js'
import { addConfigFlags, configFlags } from '../flags.js'
import { launch } from '../launch.js'
import { streamLogger } from '../logger.js'

const KEYS: readonly OptionKey[] = ['home', 'policy', 'logLevel']

/** Longer outputs are printed as they are: nobody waits for such a compression. */
const LIMIT_BYTES = 32 * 1024 * 1024
const NOT_FOUND = 127

interface RunFlags {
  readonly raw?: true
  readonly query?: string
}

export const runCommand: CommandModule = {
  define(command, context, done) {
    command
      .argument('<command...>', 'command line to run, without a shell')
      .passThroughOptions()
      .option('--raw', 'print the output as it is')
      .option('--query <TEXT>', 'what the output is wanted for')
    addConfigFlags(command, KEYS)
    command.addHelpText(
      'after',
      "\nExample:  headroom run npm test\nFor agents: output of a command, short from its birth, with the command's own exit code.\nStandard output and standard error are printed as one, in the order they came. In a terminal nothing is changed.",
    )
    command.action((words: string[], flags: RunFlags) => done(run(context, words, flags)))
  },
}

const run = async (context: CliContext, words: readonly string[], flags: RunFlags): Promise<number> => {
  const { io } = context
  const [file = '', ...args] = words[0] === '--' ? words.slice(1) : words
  if (flags.raw || io.stdout.isTTY === true) return launch({ file, args, env: io.env, cwd: io.cwd })
  const folder = mkdtempSync(join(tmpdir(), 'headroom-run-'))
  try {
    const path = join(folder, 'output')
    const code = await record(context, { file, args, path })
    if (code === NOT_FOUND && statSync(path).size === 0) io.stderr.write(`headroom: ${file}: command not found\n`)
    await print(context, { path, command: [file, ...args].map(quoted).join(' '), flags })
    return code
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Both streams go into one file, so that their order is the command's own. */
const record = (
  { io }: CliContext,
  { file, args, path }: { readonly file: string; readonly args: readonly string[]; readonly path: string },
): Promise<number> =>
  new Promise((resolve) => {
    const output = openSync(path, 'a', 0o600)
    const child = spawn(file, [...args], { stdio: ['inherit', output, output], env: { ...io.env }, cwd: io.cwd })
    const unsubscribe = io.onStop((signal) => void child.kill(signal as NodeJS.Signals))
    const end = (code: number): void => {
      unsubscribe()
      closeSync(output)
      resolve(code)
    }
    child.once('error', () => end(NOT_FOUND))
    child.once('exit', (code, signal) => end(code ?? 128 + (signal === null ? 0 : constants.signals[signal])))
  })

interface Printed {
  readonly path: string
  readonly command: string
  readonly flags: RunFlags
}

/** Whatever fails here, the output is printed (A-24). */
const print = async (context: CliContext, { path, command, flags }: Printed): Promise<void> => {
  const bytes = readFileSync(path)
  const text = bytes.toString('utf8')
  if (bytes.length > LIMIT_BYTES || !Buffer.from(text).equals(bytes)) return write(context.io.stdout, bytes)
  const { config, sources } = configOf(context, configFlags(flags as Record<string, unknown>, KEYS))
  const logger = streamLogger(context.io.stderr, sources.logLevel === 'default' ? 'error' : config.logLevel)
  try {
    const { text: short, refs } = await withEngine(context, { config, logger }, (engine) =>
      engine.compressText(text, {
        tool: { name: 'Bash', input: { command } },
        ...(flags.query === undefined ? {} : { query: flags.query }),
      }),
    )
    await write(context.io.stdout, short)
    if (refs[0] !== undefined && short !== text)
      context.io.stderr.write(`headroom: the whole output: headroom retrieve ${refs[0]}\n`)
  } catch (error) {
    logger('error', 'the output is printed as it came', { error: String(error) })
    await write(context.io.stdout, bytes)
  }
}

const quoted = (word: string): string => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`)
