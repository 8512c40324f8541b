import { type Entry, Journal, type Restored } from '../../agents/journal.js'
import { agents } from '../../agents/list.js'
import type { OptionKey } from '../../config/options.js'
import { uninstall } from '../clients/mcp-entries.js'
import { unpersist } from '../clients/shims.js'
import type { CommandModule } from '../command.js'
import { type CliContext, configOf, printJson, write } from '../context.js'
import { CliFailure, EXIT_OK, EXIT_USAGE } from '../failure.js'
import { addConfigFlags, configFlags } from '../flags.js'
import { uninstall as uninstallHook } from '../hooks/installed.js'

const KEYS: readonly OptionKey[] = ['home']

interface UnwrapFlags {
  readonly all?: true
  readonly json?: true
}

export const unwrapCommand: CommandModule = {
  define(command, context, done) {
    command
      .argument('[agent]', 'agent that was set up with wrap --persist')
      .option('--all', 'take back every change that headroom made to a file, MCP entries and hooks included')
      .option('--json', 'print as JSON')
    addConfigFlags(command, KEYS)
    command.action((id: string | undefined, flags: UnwrapFlags) => done(run(context, id, flags)))
  },
}

const run = async (context: CliContext, id: string | undefined, flags: UnwrapFlags): Promise<number> => {
  if (id === undefined && !flags.all)
    throw new CliFailure('unwrap: name an agent, or give --all', { exitCode: EXIT_USAGE })
  if (id !== undefined && !agents.some((agent) => agent.id === id))
    throw new CliFailure(`no agent is called "${id}"`, {
      hint: 'headroom wrap --list shows every agent',
      exitCode: EXIT_USAGE,
    })
  const { config } = configOf(context, configFlags(flags as Record<string, unknown>, KEYS))
  const journal = new Journal(config.home)
  const entries = journal.entries()
  const wraps = entries.filter(({ purpose }) =>
    id === undefined ? purpose.startsWith('wrap ') : purpose === `wrap ${id}`,
  )
  const servers = flags.all ? entries.filter(({ purpose }) => purpose.startsWith('mcp ')) : []
  const hooks = flags.all ? entries.filter(({ purpose }) => purpose.startsWith('hook ')) : []
  const done = [
    ...unpersist(journal, wraps),
    ...hooks.map((entry) => ({ entry, restored: uninstallHook(journal, entry) })),
    ...servers.map((entry) => ({ entry, restored: uninstall(journal, entry) })),
  ]
  if (flags.json)
    await printJson(
      context,
      done.map(({ entry, restored }) => ({ path: entry.path, restored })),
    )
  else await write(context.io.stdout, done.length === 0 ? 'Nothing to take back.\n' : done.map(undoneLine).join(''))
  return EXIT_OK
}

const WORDS: Readonly<Record<Restored, string>> = {
  restored: 'as it was before, byte for byte',
  removed: 'removed; it was not there before',
  'changed-since': 'changed since by somebody else: only our part was taken out',
  gone: 'no longer there',
}

export const undoneLine = ({ entry, restored }: { readonly entry: Entry; readonly restored: Restored }): string =>
  `${entry.path}  ${WORDS[restored]}\n`
