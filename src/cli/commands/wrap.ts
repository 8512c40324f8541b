import { mkdirSync } from 'node:fs'
import { Journal } from '../../agents/journal.js'
import { agents } from '../../agents/list.js'
import { nearest } from '../../config/nearest.js'
import { type OptionKey, optionOf } from '../../config/options.js'
import type { AgentSpec, Launch, UpstreamKind } from '../../spec/agent.js'
import type { Config } from '../../spec/config.js'
import type { Stats } from '../../spec/ledger.js'
import { exposedFolder } from '../../store/index.js'
import { ask } from '../checks/http.js'
import { userFolders } from '../clients/folders.js'
import { ownScript } from '../clients/own-command.js'
import { programOf } from '../clients/program.js'
import { persist, planPersist, shimFolder } from '../clients/shims.js'
import type { CommandModule } from '../command.js'
import { type CliContext, configOf, printJson, write } from '../context.js'
import { CliFailure, EXIT_OK, EXIT_USAGE } from '../failure.js'
import { change, count } from '../figures.js'
import { addConfigFlags, configFlags } from '../flags.js'
import { launch } from '../launch.js'
import { joinProxy } from '../shared-proxy/join.js'
import { table } from '../table.js'

const KEYS: readonly OptionKey[] = ['home', 'policy', 'port', 'upstreamAnthropic', 'upstreamOpenai', 'upstreamGemini']

interface WrapFlags {
  readonly list?: true
  readonly json?: true
  readonly dryRun?: true
  readonly persist?: true
  readonly mcp: boolean
}

export const wrapCommand: CommandModule = {
  define(command, context, done) {
    command
      .argument('[agent]', `one of: ${agents.map(({ id }) => id).join(', ')}`)
      .argument('[args...]', 'given to the agent as they are; flags of ours stand before its name')
      .passThroughOptions()
      .option('--list', 'show every agent, and which are on this machine')
      .option('--json', 'with --list or --dry-run: print as JSON')
      .option('--dry-run', 'print what would be started, and start nothing')
      .option('--persist', 'from now on, start the agent this way by its own name; headroom unwrap takes it back')
      .option('--no-mcp', 'do not give the agent our MCP server')
    addConfigFlags(command, KEYS)
    command.addHelpText(
      'after',
      '\nExample:  headroom wrap claude -- --continue\nChanges no file: the agent gets environment and flags for this one run, and shares one proxy with other launches.',
    )
    command.action((id: string | undefined, args: string[], flags: WrapFlags) =>
      done(run(context, { id, args: args[0] === '--' ? args.slice(1) : args, flags })),
    )
  },
}

interface Call {
  readonly id: string | undefined
  readonly args: readonly string[]
  readonly flags: WrapFlags
}

const run = async (context: CliContext, { id, args, flags }: Call): Promise<number> => {
  if (flags.list || id === undefined) return list(context, flags)
  const agent = agentOf(id)
  const { config: chosen, sources } = configOf(context, configFlags(flags as unknown as Record<string, unknown>, KEYS))
  const config = withUpstreams(agent, chosen, { env: context.io.env, isSet: (key) => sources[key] !== 'default' })
  if (flags.persist) return keep(context, agent, { config, flags })
  if (flags.dryRun) return dryRun(context, agent, { config, args, flags })
  const file = programOf(context.io.env, agent, config.home)
  if (file === undefined)
    throw new CliFailure(`${agent.title} is not on this machine (looked for ${agent.binaries.join(', ')} on PATH)`, {
      hint: `install it: ${agent.install}`,
      exitCode: 127,
    })
  const { io, err } = context
  const say = (text: string): void => void io.stderr.write(`${err.dim(`headroom: ${text}`)}\n`)
  const startedMs = Date.now()
  const proxy = await joinProxy(config, say)
  mkdirSync(exposedFolder(config.home), { recursive: true, mode: 0o700 })
  try {
    const made = launchOf(context, agent, { config, url: proxy.state.url, mcp: flags.mcp })
    if (agent.loses !== undefined) say(agent.loses)
    for (const note of made.notes ?? []) say(note)
    const code = await launch({
      file,
      args: [...(made.args ?? []), ...args],
      env: { ...io.env, ...made.env },
      cwd: io.cwd,
    })
    say(await summary(proxy.state.url, startedMs))
    return code
  } finally {
    proxy.leave()
  }
}

const agentOf = (id: string): AgentSpec => {
  const agent = agents.find((candidate) => candidate.id === id || candidate.binaries.includes(id))
  if (agent !== undefined) return agent
  const near = nearest(
    id,
    agents.map((candidate) => candidate.id),
  )
  throw new CliFailure(`no agent is called "${id}"${near === undefined ? '' : `; did you mean "${near}"?`}`, {
    hint: 'headroom wrap --list shows every agent',
    exitCode: EXIT_USAGE,
  })
}

const UPSTREAM_KEY = { anthropic: 'upstreamAnthropic', openai: 'upstreamOpenai', gemini: 'upstreamGemini' } as const

interface Given {
  readonly env: CliContext['io']['env']
  isSet(key: OptionKey): boolean
}

/** A base URL that the user's environment already names is where requests must go on to. */
const withUpstreams = (agent: AgentSpec, config: Config, { env, isSet }: Given): Config => {
  const changes: Partial<Record<(typeof UPSTREAM_KEY)[UpstreamKind], string>> = {}
  for (const [kind, key] of Object.entries(UPSTREAM_KEY) as [UpstreamKind, (typeof UPSTREAM_KEY)[UpstreamKind]][]) {
    const given = agent.baseUrlFrom?.[kind]
      ?.map((name) => env[name])
      .find((value) => value !== undefined && value !== '')
    const upstream = given ?? agent.upstream?.[kind]
    if (upstream !== undefined && !isSet(key) && !isOurs(upstream, config)) changes[key] = upstream.replace(/\/+$/, '')
  }
  return { ...config, ...changes }
}

/** Wrapped inside a wrapped shell: the proxy must not be its own upstream. */
const isOurs = (url: string, { port }: Config): boolean =>
  new RegExp(`^https?://(?:127\\.0\\.0\\.1|localhost|\\[::1\\]):${port}(?:/|$)`).test(url)

const launchOf = (
  { io }: CliContext,
  agent: AgentSpec,
  { config, url, mcp }: { readonly config: Config; readonly url: string; readonly mcp: boolean },
): Launch => {
  if (agent.launch === undefined)
    throw new CliFailure(`${agent.title} cannot be pointed at a proxy from outside`, {
      hint: agent.setup?.replaceAll('URL', url) ?? 'headroom mcp install',
      exitCode: EXIT_USAGE,
    })
  const server = [process.execPath, ownScript(), 'mcp', 'serve', '--home', config.home]
  return agent.launch({ url, filesDir: exposedFolder(config.home), env: io.env, ...(mcp ? { mcp: server } : {}) })
}

interface Planned {
  readonly config: Config
  readonly args: readonly string[]
  readonly flags: WrapFlags
}

const dryRun = async (context: CliContext, agent: AgentSpec, { config, args, flags }: Planned): Promise<number> => {
  const url = `http://${config.host}:${config.port}`
  const made = launchOf(context, agent, { config, url, mcp: flags.mcp })
  const file = programOf(context.io.env, agent, config.home) ?? agent.binaries[0] ?? ''
  const plan = { agent: agent.id, file, args: [...(made.args ?? []), ...args], env: made.env, notes: made.notes ?? [] }
  if (flags.json) await printJson(context, plan)
  else {
    const lines = Object.entries(made.env).map(([name, value]) => `${name}=${value}`)
    await write(context.io.stdout, `${[...lines, [file, ...plan.args].join(' ')].join('\n')}\n`)
  }
  return EXIT_OK
}

/** Nothing of the agent's is written: a small program of its name starts it behind us. */
const keep = async (
  context: CliContext,
  agent: AgentSpec,
  { config, flags }: Pick<Planned, 'config' | 'flags'>,
): Promise<number> => {
  if (process.platform === 'win32')
    throw new CliFailure('--persist needs a POSIX shell', { hint: `start it each time: headroom wrap ${agent.id}` })
  launchOf(context, agent, { config, url: '', mcp: flags.mcp })
  const plan = planPersist(agent, userFolders(context.io.env), { home: config.home, flags: laterFlags(flags) })
  const files = [...plan.shims, ...(plan.shell ? [plan.shell] : [])]
  if (flags.dryRun) {
    if (flags.json) await printJson(context, files)
    else await write(context.io.stdout, files.map(({ path, text }) => `--- ${path}\n${text}`).join('\n'))
    return EXIT_OK
  }
  persist(new Journal(config.home), agent, plan)
  const next = plan.shell ? 'open a new terminal' : `put ${shimFolder(config.home)} first on your PATH`
  await write(
    context.io.stdout,
    `${files.map(({ path }) => `${path}  written\n`).join('')}Now ${next}; take it back with: headroom unwrap ${agent.id}\n`,
  )
  return EXIT_OK
}

/** What was asked for on the command line, for every later start; the home is named in any case. */
const laterFlags = (flags: WrapFlags): string[] => {
  const { home: _, ...given } = configFlags(flags as unknown as Record<string, unknown>, KEYS)
  const argv = Object.entries(given).flatMap(([key, value]) => [optionOf(key as OptionKey).flag, String(value)])
  return flags.mcp ? argv : [...argv, '--no-mcp']
}

const list = async (context: CliContext, flags: WrapFlags): Promise<number> => {
  const { home } = configOf(context, configFlags(flags as unknown as Record<string, unknown>, ['home'])).config
  const rows = agents.map((agent) => ({
    id: agent.id,
    title: agent.title,
    here: programOf(context.io.env, agent, home) !== undefined,
    how: agent.launch === undefined ? 'by hand' : 'wrap',
    dialects: agent.dialects,
    install: agent.install,
    ...(agent.setup === undefined ? {} : { setup: agent.setup }),
    ...(agent.loses === undefined ? {} : { loses: agent.loses }),
  }))
  if (flags.json) {
    await printJson(context, rows)
    return EXIT_OK
  }
  const { out } = context
  const columns = [{ title: 'agent' }, { title: '' }, { title: 'here' }, { title: 'how' }, { title: 'note' }]
  const cells = rows.map(({ id, title, here, how, setup, loses, install }) => [
    out.bold(id),
    title,
    here ? out.green('yes') : out.dim('no'),
    how,
    out.dim(setup ?? (here ? (loses ?? '') : install)),
  ])
  await write(
    context.io.stdout,
    `${table(columns, cells, { paintTitle: out.dim })}\nStart one:  headroom wrap claude\n`,
  )
  return EXIT_OK
}

/** What this proxy did since the launch; other launches that share it count in. */
const summary = async (url: string, startedMs: number): Promise<string> => {
  const seconds = Math.max(1, Math.ceil((Date.now() - startedMs) / 1000))
  // The proxy may have been stopped by hand: the agent's own exit code is what counts.
  const answer = await ask(`${url}/stats?since=${seconds}s`).catch(() => undefined)
  if (answer?.status !== 200) return 'no figures: the proxy does not answer'
  const { totals } = JSON.parse(answer.body.toString('utf8')) as Stats
  if (totals.requests === 0) return 'no request came through the proxy'
  const { requests, tokensBefore, tokensAfter } = totals
  return `${count(requests)} requests, tool results ${count(tokensBefore)} → ${count(tokensAfter)} tokens (${change(tokensBefore, tokensAfter)}), resends included; headroom stats has more`
}
