import type { Command } from 'commander'
import type { OptionKey } from '../../config/options.js'
import type { CommandModule, Done } from '../command.js'
import type { CliContext } from '../context.js'
import { EXIT_OK } from '../failure.js'
import { addConfigFlags, configFlags } from '../flags.js'
import type { HookFlags } from '../hooks/manage.js'

const KEYS: readonly OptionKey[] = ['home']

export const hookCommand: CommandModule = {
  define(command, context, done) {
    type Action = 'installAll' | 'uninstallAll' | 'status' | 'probeAll'
    const add = (name: string, summary: string, action: Action): Command => {
      const sub = command.command(name).description(summary).copyInheritedSettings(command)
      sub.option('--agent <NAME...>', 'only these clients; else every client found on this machine')
      sub.option('--json', 'print as JSON')
      addConfigFlags(sub, KEYS)
      return sub.action((flags: HookFlags) =>
        done(import('../hooks/manage.js').then((manage) => manage[action](context, flags))),
      )
    }
    add(
      'install',
      'shorten tool results before they enter a conversation; proved on the client first',
      'installAll',
    ).option('--dry-run', 'print what the files would hold, and write nothing')
    add('uninstall', 'take the hooks out again, byte for byte', 'uninstallAll')
    add('status', 'which clients have our hook, and which cannot', 'status')
    add('probe', 'prove on the installed client that a result is really replaced', 'probeAll')
    defineRun(command, context, done)
    command.addHelpText(
      'after',
      '\nExample:  headroom hook install --agent claude\nNeeds no base URL and no running proxy. What was left out stays on this machine, where the agent can open it.',
    )
  },
}

/** For clients, not for people, and started for every tool call: reads an event, prints an answer or nothing, never fails. */
const defineRun = (command: Command, context: CliContext, done: Done): void => {
  const sub = command.command('run <agent> <event>').description('called by a client: an event on standard input')
  sub.copyInheritedSettings(command).allowUnknownOption().allowExcessArguments()
  addConfigFlags(sub, KEYS)
  sub.action((agent: string, _event: string, flags: Record<string, unknown>) => done(answer(context, agent, flags)))
}

const answer = async (context: CliContext, agent: string, flags: Record<string, unknown>): Promise<number> => {
  const { runHook } = await import('../hooks/run.js')
  await runHook(context, agent, configFlags(flags, KEYS))
  return EXIT_OK
}
