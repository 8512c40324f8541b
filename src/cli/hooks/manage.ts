// `headroom hook install|uninstall|status|probe`.
import { Journal } from '../../agents/journal.js'
import { agents } from '../../agents/list.js'
import type { OptionKey } from '../../config/options.js'
import type { AgentSpec, FileChange, OwnFile } from '../../spec/agent.js'
import { exposedFolder } from '../../store/index.js'
import { userFolders } from '../clients/folders.js'
import { onPath, ownCommand } from '../clients/own-command.js'
import { undoneLine } from '../commands/unwrap.js'
import { type CliContext, configOf, printJson, write } from '../context.js'
import { CliFailure, EXIT_FAILED, EXIT_OK, EXIT_USAGE } from '../failure.js'
import { configFlags } from '../flags.js'
import { table } from '../table.js'
import { clientsWithHooks, type HookClient } from './clients.js'
import {
  faultIn,
  hookArgv,
  install,
  makeFilesFolder,
  planned,
  purposeOf,
  stateOf,
  toolsOf,
  uninstall,
} from './installed.js'
import { type ProbeOutcome, probe } from './probe.js'

const KEYS: readonly OptionKey[] = ['home']

export interface HookFlags {
  readonly agent?: readonly string[]
  readonly dryRun?: true
  readonly json?: true
  readonly home?: string
}

const homeOf = (context: CliContext, flags: HookFlags): string =>
  configOf(context, configFlags(flags as Record<string, unknown>, KEYS)).config.home

const isHere = ({ io }: CliContext, { agent }: HookClient): boolean =>
  agent.binaries.some((name) => onPath(io.env, name) !== undefined)

const clientsOf = (context: CliContext, { agent: names }: HookFlags): HookClient[] => {
  const all = clientsWithHooks()
  for (const name of names ?? []) {
    if (all.some(({ agent }) => agent.id === name)) continue
    const known = agents.find(({ id }) => id === name)
    const why = typeof known?.hooks === 'string' ? `: ${known.hooks}` : ''
    throw new CliFailure(
      known === undefined ? `no agent is called "${name}"` : `no hook of ${known.title} can replace a result${why}`,
      { hint: `one of: ${all.map(({ agent }) => agent.id).join(', ')}`, exitCode: EXIT_USAGE },
    )
  }
  const chosen = all.filter((client) => names?.includes(client.agent.id) ?? isHere(context, client))
  if (chosen.length === 0)
    throw new CliFailure('no client with such a hook was found on this machine', {
      hint: `one of: ${all.map(({ agent }) => agent.id).join(', ')}`,
    })
  return chosen
}

const changesOf = (
  context: CliContext,
  { agent, hooks }: HookClient,
  home: string,
): readonly (FileChange | OwnFile)[] => {
  const argv = hookArgv(agent, hooks, { command: ownCommand(context.io.env), home })
  return hooks.changes(userFolders(context.io.env), { argv, filesDir: exposedFolder(home) })
}

interface Line {
  readonly agent: string
  readonly outcome: string
  readonly version?: string
  readonly paths?: readonly string[]
  readonly notes?: readonly string[]
  readonly failed?: true
}

export const installAll = async (context: CliContext, flags: HookFlags): Promise<number> => {
  const home = homeOf(context, flags)
  const chosen = clientsOf(context, flags)
  if (flags.dryRun) return dryRun(context, chosen, { home, flags })
  const lines: Line[] = []
  for (const client of chosen) lines.push(await installOne(context, client, home))
  await report(context, lines, flags)
  return lines.some(({ failed }) => failed) ? EXIT_FAILED : EXIT_OK
}

/** Proved first, so that a client in which nothing would be replaced keeps its files as they are. */
const installOne = async (context: CliContext, client: HookClient, home: string): Promise<Line> => {
  const { agent, hooks } = client
  const failed = (outcome: string, version?: string): Line => ({
    agent: agent.id,
    outcome: `not installed: ${outcome}`,
    failed: true,
    ...(version === undefined ? {} : { version }),
  })
  const changes = changesOf(context, client, home)
  const fault = faultIn(changes)
  if (fault !== undefined) return failed(`${fault}; mend it first`)
  waiting(context, agent.title)
  const proof = await probe(client, context.io)
  if (proof.fault !== undefined) return failed(proof.fault, proof.version)
  makeFilesFolder(home)
  const paths = install(new Journal(home), purposeOf(agent), changes)
  const folders = userFolders(context.io.env)
  const notes = [
    ...(hooks.opens === undefined
      ? []
      : [`its own tools may read ${exposedFolder(home)} from now on, where originals lie`]),
    ...(hasWayBack(toolsOf(client, folders, exposedFolder(home)))
      ? []
      : [`only exact forms are used until it has our server: headroom mcp install --agent ${agent.id}`]),
  ]
  const outcome = paths.length === 0 ? 'has it already' : 'installed'
  return { agent: agent.id, outcome, version: proof.version, paths, notes }
}

const hasWayBack = (tools: readonly string[]): boolean => tools.length > 1

const waiting = ({ io, err }: CliContext, title: string): void => {
  if (io.stderr.isTTY === true)
    io.stderr.write(`${err.dim(`${title}: a session on this machine, to see what its model would see …`)}\n`)
}

const report = async (context: CliContext, lines: readonly Line[], { json }: HookFlags): Promise<void> => {
  const { io, out } = context
  if (json) return printJson(context, lines)
  for (const { agent, outcome, version, paths = [], notes = [], failed } of lines) {
    const paint = failed ? out.red : out.green
    await write(io.stdout, `${out.bold(agent)}  ${paint(outcome)}${version ? out.dim(`  (${version})`) : ''}\n`)
    for (const path of paths) await write(io.stdout, `  ${path}  written\n`)
    for (const note of notes) await write(io.stdout, `  ${out.dim(note)}\n`)
  }
  if (lines.some(({ failed }) => !failed))
    await write(io.stdout, 'Start the client anew. Take it back with: headroom hook uninstall\n')
}

const dryRun = async (
  context: CliContext,
  chosen: readonly HookClient[],
  { home, flags }: { readonly home: string; readonly flags: HookFlags },
): Promise<number> => {
  const files = chosen.flatMap((client) => {
    const changes = changesOf(context, client, home)
    const fault = faultIn(changes)
    if (fault !== undefined) throw new CliFailure(fault, { hint: 'mend it first' })
    return changes.map((change) => ({ path: change.path, text: planned(change) }))
  })
  if (flags.json) await printJson(context, files)
  else await write(context.io.stdout, files.map(({ path, text }) => `--- ${path}\n${text}`).join('\n'))
  return EXIT_OK
}

export const uninstallAll = async (context: CliContext, flags: HookFlags): Promise<number> => {
  const journal = new Journal(homeOf(context, flags))
  const wanted = ({ purpose }: { readonly purpose: string }): boolean =>
    flags.agent?.some((id) => purpose === `hook ${id}`) ?? purpose.startsWith('hook ')
  const done = journal
    .entries()
    .filter(wanted)
    .map((entry) => ({ entry, restored: uninstall(journal, entry) }))
  const lines = done.map(({ entry, restored }) => ({ path: entry.path, restored }))
  if (flags.json) await printJson(context, lines)
  else await write(context.io.stdout, done.length === 0 ? 'Nothing to take out.\n' : done.map(undoneLine).join(''))
  return EXIT_OK
}

export const probeAll = async (context: CliContext, flags: HookFlags): Promise<number> => {
  const { io, out } = context
  const rows: (ProbeOutcome & { readonly agent: string })[] = []
  for (const client of clientsOf(context, flags)) {
    waiting(context, client.agent.title)
    rows.push({ agent: client.agent.id, ...(await probe(client, io)) })
  }
  if (flags.json) await printJson(context, rows)
  else
    for (const { agent, version, replaced, opened, fault } of rows) {
      const good = opened === undefined ? 'results are replaced' : 'results are replaced, originals can be opened'
      const said = fault === undefined ? out.green(good) : out.red(fault)
      await write(io.stdout, `${out.bold(agent)}  ${replaced ? '' : 'no: '}${said}  ${out.dim(version)}\n`)
    }
  return rows.every(({ fault }) => fault === undefined) ? EXIT_OK : EXIT_FAILED
}

const WORDS = { installed: 'yes', older: 'changed since', absent: 'no' } as const

export const status = async (context: CliContext, flags: HookFlags): Promise<number> => {
  const { out } = context
  const home = homeOf(context, flags)
  const entries = new Journal(home).entries()
  const rows = agents
    .filter(({ id, hooks }) => hooks !== undefined && (flags.agent?.includes(id) ?? true))
    .map((agent) => rowOf(context, { agent, home, entries }))
  if (flags.json) {
    await printJson(context, rows)
    return EXIT_OK
  }
  const paint = { installed: out.green, older: out.yellow, absent: out.dim, impossible: out.dim }
  const cells = rows.map(({ agent, title, state, note }) => [
    out.bold(agent),
    title,
    paint[state](state === 'impossible' ? 'cannot' : WORDS[state]),
    out.dim(note),
  ])
  const columns = [{ title: 'client' }, { title: '' }, { title: 'has our hook' }, { title: '' }]
  await write(context.io.stdout, table(columns, cells, { paintTitle: out.dim }))
  return EXIT_OK
}

const rowOf = (
  context: CliContext,
  {
    agent,
    home,
    entries,
  }: { readonly agent: AgentSpec; readonly home: string; readonly entries: ReturnType<Journal['entries']> },
) => {
  const { id, title, hooks } = agent
  if (typeof hooks !== 'object') return { agent: id, title, state: 'impossible' as const, note: hooks ?? '' }
  const changes = changesOf(context, { agent, hooks }, home)
  const own = entries.filter(({ purpose }) => purpose === purposeOf(agent))
  const state = stateOf(changes, own)
  const note = state === 'older' ? `headroom hook install --agent ${id}` : changes.map(({ path }) => path).join(', ')
  return { agent: id, title, state, note }
}
