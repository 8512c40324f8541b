import { constants } from 'node:os'
import type { Command } from 'commander'
import spawn from 'cross-spawn'
import type { OptionKey } from '../../config/options.js'
import type { Engine } from '../../spec/engine.js'
import type { Done } from '../command.js'
import { type CliContext, configOf } from '../context.js'
import { CliFailure, EXIT_USAGE } from '../failure.js'
import { addConfigFlags, configFlags, helpOf } from '../flags.js'
import { streamLogger } from '../logger.js'

const KEYS: readonly OptionKey[] = ['home', 'policy', 'logLevel']

interface Flags {
  readonly retrieveTool: boolean
  readonly trimTools?: true
}

export const defineMcpWrap = (command: Command, context: CliContext, done: Done): void => {
  const wrap = command
    .command('wrap')
    .description(
      'put the compressor in front of any MCP server: its tool results are shortened before a client sees them',
    )
    .copyInheritedSettings(command)
    .argument('<server...>', 'command line of the server')
    .passThroughOptions()
    .option('--no-retrieve-tool', 'do not offer headroom_retrieve; only forms that lose nothing are used then')
    // Without a value of its own: the next word is the server.
    .option('--trim-tools', helpOf('trimTools'))
  addConfigFlags(wrap, KEYS)
  wrap.addHelpText(
    'after',
    '\nExample:  headroom mcp wrap npx -y @modelcontextprotocol/server-filesystem /home/me/project\nIn a client: "command": "headroom", "args": ["mcp", "wrap", "npx", …]',
  )
  wrap.action((server: string[], flags: Flags) => done(run(context, server, flags)))
}

const run = async (context: CliContext, [file = '', ...args]: readonly string[], flags: Flags): Promise<number> => {
  const settings = configFlags(flags as unknown as Record<string, unknown>, KEYS)
  const { config, sources } = configOf(context, flags.trimTools ? { ...settings, trimTools: 'on' } : settings)
  const { io, parts } = context
  const logger = streamLogger(io.stderr, sources.logLevel === 'default' ? 'warn' : config.logLevel)
  const child = spawn(file, args, { stdio: ['pipe', 'pipe', 'inherit'], env: { ...io.env }, cwd: io.cwd })
  const { stdin, stdout } = child
  if (stdin === null || stdout === null) throw new CliFailure(`${file} could not be started`, { exitCode: EXIT_USAGE })
  const ended = new Promise<number>((resolve, reject) => {
    child.once('error', (error) =>
      reject(new CliFailure(`${file} could not be started: ${error.message}`, { exitCode: 127 })),
    )
    child.once('exit', (code, signal) => resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal])))
  })
  // A server that ends while the client still writes: its exit code tells, not the broken pipe.
  stdin.on('error', () => stdin.destroy())
  let opened: Promise<Engine> | undefined
  const engine = (): Promise<Engine> => {
    opened ??= parts.engine(config, logger, 'mcp')
    return opened
  }
  const unsubscribe = io.onStop((signal) => void child.kill(signal as NodeJS.Signals))
  const relayed = parts.mcpWrap({
    client: { input: io.stdin, output: io.stdout },
    server: { input: stdout, output: stdin },
    engine,
    retrieve: flags.retrieveTool,
    trimTools: config.trimTools === 'on',
    logger,
  })
  try {
    const code = await ended
    // The client's side may stay open for ever; what the server said last is waited for.
    await Promise.race([relayed, new Promise((resolve) => setImmediate(resolve))])
    return code
  } finally {
    unsubscribe()
    await (await opened)?.close()
  }
}
