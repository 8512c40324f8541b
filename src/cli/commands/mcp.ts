import type { OptionKey } from '../../config/options.js'
import type { Engine } from '../../spec/engine.js'
import type { CommandModule } from '../command.js'
import { type CliContext, configOf } from '../context.js'
import { EXIT_OK } from '../failure.js'
import { addConfigFlags, configFlags } from '../flags.js'
import { streamLogger } from '../logger.js'
import { defineMcpEntries } from './mcp-entries.js'
import { defineMcpWrap } from './mcp-wrap.js'

const KEYS: readonly OptionKey[] = ['home', 'policy', 'logLevel']

export const mcpCommand: CommandModule = {
  define(command, context, done) {
    const serve = command.command('serve').description('speak MCP on standard input and output, until the input ends')
    addConfigFlags(serve.copyInheritedSettings(command), KEYS)
    serve.addHelpText('after', '\nClaude Code:  claude mcp add headroom -- headroom mcp serve')
    serve.action((flags: Record<string, unknown>) => done(run(context, flags)))
    defineMcpEntries(command, context, done)
    defineMcpWrap(command, context, done)
  },
}

/** The engine opens with the first call, so that the client is never kept waiting at its start. */
const run = async (context: CliContext, flags: Record<string, unknown>): Promise<number> => {
  const { config, sources } = configOf(context, configFlags(flags, KEYS))
  // Hosts show what a server writes to stderr as trouble.
  const logger = streamLogger(context.io.stderr, sources.logLevel === 'default' ? 'warn' : config.logLevel)
  let opened: Promise<Engine> | undefined
  const engine = (): Promise<Engine> => {
    opened ??= context.parts.engine(config, logger, 'mcp').catch((error: unknown) => {
      // The next call tries again: a full disk or a locked store may be over by then.
      opened = undefined
      throw error
    })
    return opened
  }
  let unsubscribe = (): void => undefined
  const stopped = new Promise<string>((resolve) => {
    unsubscribe = context.io.onStop(resolve)
  })
  const { stdin: input, stdout: output } = context.io
  await Promise.race([context.parts.mcp({ engine, input, output }), stopped])
  unsubscribe()
  await (await opened)?.close()
  return EXIT_OK
}
