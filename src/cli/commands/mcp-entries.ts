import { existsSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Command } from 'commander'
import { Journal } from '../../agents/journal.js'
import { defaultHome } from '../../config/env.js'
import type { OptionKey } from '../../config/options.js'
import { userFolders } from '../clients/folders.js'
import {
  install,
  type McpClient,
  mcpClients,
  planInstall,
  purposeOf,
  stateOf,
  uninstall,
} from '../clients/mcp-entries.js'
import { onPath, ownCommand } from '../clients/own-command.js'
import type { Done } from '../command.js'
import { type CliContext, configOf, printJson, write } from '../context.js'
import { CliFailure, EXIT_FAILED, EXIT_OK, EXIT_USAGE } from '../failure.js'
import { addConfigFlags, configFlags } from '../flags.js'
import { table } from '../table.js'
import { undoneLine } from './unwrap.js'

const KEYS: readonly OptionKey[] = ['home']

interface Flags {
  readonly agent?: readonly string[]
  readonly dryRun?: true
  readonly json?: true
}

export const defineMcpEntries = (command: Command, context: CliContext, done: Done): void => {
  const add = (name: string, summary: string, action: (flags: Flags) => Promise<number>): Command => {
    const sub = command.command(name).description(summary).copyInheritedSettings(command)
    sub.option('--agent <NAME...>', 'only these clients; else every client found on this machine')
    sub.option('--json', 'print as JSON')
    addConfigFlags(sub, KEYS)
    return sub.action((flags: Flags) => done(action(flags)))
  }
  add('install', 'put our MCP server into the configuration of clients', (flags) => installAll(context, flags)).option(
    '--dry-run',
    'print what the files would hold, and write nothing',
  )
  add('uninstall', 'take our MCP server out again', (flags) => uninstallAll(context, flags))
  add('status', 'which clients have our MCP server', (flags) => status(context, flags))
}

const isHere = ({ io }: CliContext, { agent, change }: McpClient): boolean =>
  agent.binaries.some((name) => onPath(io.env, name) !== undefined) ||
  existsSync(change.path) ||
  // A folder of its own, not the home itself.
  (dirname(change.path) !== userFolders(io.env).home && existsSync(dirname(change.path)))

const clientsOf = (context: CliContext, flags: Flags): McpClient[] => {
  const folders = userFolders(context.io.env)
  const all = mcpClients(folders, serverCommand(context, flags))
  const unknown = flags.agent?.find((name) => !all.some(({ agent }) => agent.id === name))
  if (unknown !== undefined)
    throw new CliFailure(`no client with an MCP configuration that we know is called "${unknown}"`, {
      hint: `one of: ${all.map(({ agent }) => agent.id).join(', ')}`,
      exitCode: EXIT_USAGE,
    })
  return flags.agent === undefined ? all : all.filter(({ agent }) => flags.agent?.includes(agent.id))
}

/** Clients start the server with an environment of their own: a home that it would not find by itself is named. */
const serverCommand = (context: CliContext, flags: Flags): string[] => {
  const { env } = context.io
  const home = homeOf(context, flags)
  const isUsual = home === defaultHome({})
  return [...ownCommand(env), 'mcp', 'serve', ...(isUsual ? [] : ['--home', home])]
}

const homeOf = (context: CliContext, flags: Flags): string =>
  configOf(context, configFlags(flags as Record<string, unknown>, KEYS)).config.home

const installAll = async (context: CliContext, flags: Flags): Promise<number> => {
  const { io, err, out } = context
  const journal = new Journal(homeOf(context, flags))
  const chosen = clientsOf(context, flags).filter((client) => flags.agent !== undefined || isHere(context, client))
  if (chosen.length === 0)
    throw new CliFailure('no client was found on this machine', {
      hint: 'name one: headroom mcp install --agent claude',
    })
  const lines: { agent: string; path: string; outcome: string; text?: string }[] = []
  let failed = false
  for (const client of chosen) {
    const { agent, change } = client
    const plan = planInstall(client)
    if ('fault' in plan) {
      failed = true
      io.stderr.write(`${err.red('headroom:')} ${change.path}: ${plan.fault}; mend it first, nothing was changed\n`)
    } else if (flags.dryRun)
      lines.push({ agent: agent.id, path: change.path, outcome: 'would be written', text: plan.text })
    else
      lines.push({
        agent: agent.id,
        path: change.path,
        outcome: install(journal, client, plan.text) ? 'written' : 'has it already',
      })
  }
  if (flags.json) await printJson(context, lines)
  else
    for (const { agent, path, outcome, text } of lines)
      await write(io.stdout, `${out.bold(agent)}  ${path}  ${outcome}\n${text === undefined ? '' : `${text}\n`}`)
  if (!flags.dryRun && !flags.json && lines.length > 0)
    await write(io.stdout, 'Start the client anew. Take it back with: headroom mcp uninstall\n')
  return failed ? EXIT_FAILED : EXIT_OK
}

const uninstallAll = async (context: CliContext, flags: Flags): Promise<number> => {
  const journal = new Journal(homeOf(context, flags))
  const purposes = clientsOf(context, flags).map(purposeOf)
  const done = journal
    .entries()
    .filter(({ purpose }) => purposes.includes(purpose))
    .map((entry) => ({ entry, restored: uninstall(journal, entry) }))
  if (flags.json)
    await printJson(
      context,
      done.map(({ entry, restored }) => ({ path: entry.path, restored })),
    )
  else await write(context.io.stdout, done.length === 0 ? 'Nothing to take out.\n' : done.map(undoneLine).join(''))
  return EXIT_OK
}

const WORDS = {
  installed: 'yes',
  absent: 'no',
  'no-client': 'client not found',
  unreadable: 'its file cannot be read',
} as const

const status = async (context: CliContext, flags: Flags): Promise<number> => {
  const { out } = context
  const rows = clientsOf(context, flags).map((client) => ({
    agent: client.agent.id,
    title: client.agent.title,
    path: client.change.path,
    state: stateOf(client, isHere(context, client)),
  }))
  if (flags.json) {
    await printJson(context, rows)
    return EXIT_OK
  }
  const paint = { installed: out.green, absent: out.dim, 'no-client': out.dim, unreadable: out.red }
  const cells = rows.map(({ agent, title, path, state }) => [
    out.bold(agent),
    title,
    paint[state](WORDS[state]),
    out.dim(path),
  ])
  const columns = [{ title: 'client' }, { title: '' }, { title: 'has our server' }, { title: 'file' }]
  await write(context.io.stdout, table(columns, cells, { paintTitle: out.dim }))
  return EXIT_OK
}
