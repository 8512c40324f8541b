import { accessSync, constants, existsSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { nearest } from '../../config/nearest.js'
import type { OptionKey } from '../../config/options.js'
import type { Choice } from '../../replay/choose.js'
import type { ReplayOptions } from '../../replay/index.js'
import type { PolicyLabel, Sender } from '../../replay/senders.js'
import { readers } from '../../sessions/list.js'
import type { Config } from '../../spec/config.js'
import type { CommandModule } from '../command.js'
import { type CliContext, configOf, printJson, write } from '../context.js'
import { CliFailure, EXIT_FAILED, EXIT_OK, EXIT_USAGE } from '../failure.js'
import { addConfigFlags, configFlags } from '../flags.js'
import { streamLogger } from '../logger.js'
import { wordsFor } from '../skip-words.js'
import { replayText } from './replay-text.js'
import { periodMs } from './stats.js'

const KEYS: readonly OptionKey[] = ['home']
const DEFAULT_POLICIES = 'none,strict,balanced,max'
/** Without a path: as many of the newest sessions as take about a minute. */
const OWN_LIMIT = 50

interface ReplayFlags {
  readonly policy: string
  readonly agent?: string
  readonly since?: string
  readonly limit?: string
  readonly model?: string
  readonly census?: true
  readonly sessions?: true
  readonly json?: true
  readonly html?: string
}

export const replayCommand: CommandModule = {
  define(command, context, done) {
    command
      .argument('[paths...]', 'files or folders of recorded sessions; absent: where your agents keep their own')
      .option(
        '--policy <LIST>',
        'policies to compare, by comma: none, strict, balanced, max, imitations headtail and minify; or all',
        DEFAULT_POLICIES,
      )
      .option('--agent <NAME>', 'only sessions of this agent, e.g. claude-code or codex')
      .option('--since <TIME>', 'only files changed since, such as 30m, 12h, 7d')
      .option(
        '--limit <N>',
        `most sessions, newest first; 0: all (default: ${OWN_LIMIT} where no path is given, else all)`,
      )
      .option('--model <ID>', 'price every request as if this model had answered')
      .option('--sessions', 'also print what each session comes to, by policy')
      .option('--census', 'also print what the tokens that are still sent are, and why they stay')
      .option('--json', 'print as JSON')
      .option('--html <FILE>', 'also write the report as one page without remote assets')
    addConfigFlags(command, KEYS)
    command.addHelpText(
      'after',
      '\nRecordings are only read, nothing is sent anywhere, and the engines use a temporary home.',
    )
    command.action((paths: string[], flags: ReplayFlags) => done(run(context, paths, flags)))
  },
}

const run = async (context: CliContext, given: readonly string[], flags: ReplayFlags): Promise<number> => {
  const { io } = context
  const [{ replay }, { ownPlaces }, { POLICY_LABELS }] = await Promise.all([
    import('../../replay/index.js'),
    import('../../sessions/find.js'),
    import('../../replay/senders.js'),
  ])
  const policies = policiesOf(flags.policy, POLICY_LABELS)
  const choice = choiceOf(flags, given.length > 0)
  const { config } = configOf(context, configFlags(flags as unknown as Record<string, unknown>, KEYS))
  const home = io.env.HOME || io.env.USERPROFILE || homedir()
  const paths = given.length > 0 ? given.map((path) => resolve(io.cwd, path)) : ownPlaces({ home, env: io.env })
  if (paths.length === 0)
    throw new CliFailure('no recorded session of a known agent was found', {
      hint: 'give a file or folder: headroom replay PATH',
    })
  for (const path of paths)
    if (!existsSync(path))
      throw new CliFailure(`${path} is not there`, { exitCode: EXIT_USAGE, hint: 'check the path' })
  const page = flags.html === undefined ? undefined : pagePath(resolve(io.cwd, flags.html))
  const { chooseFiles } = await import('../../replay/choose.js')
  const chosen = await chooseFiles({ paths, ...choice })
  const homes = makeFolder()
  const stop = untilStopped(io)
  const senders: Sender[] = []
  const bar = progressBar(context)
  try {
    for (const policy of policies) senders.push(await senderOf(context, policy, { config, home: join(homes, policy) }))
    const { tokenizerFor } = await import('../../tokenize/index.js')
    const work = replay({
      paths: chosen.paths,
      senders,
      tokenizerFor,
      ...(config.prices === undefined ? {} : { prices: config.prices }),
      ...(flags.model === undefined ? {} : { model: flags.model }),
      ...(flags.census ? { census: true } : {}),
      onProgress: bar.show,
    })
    const replayed = await Promise.race([work, stop.stopped])
    bar.end()
    const result = { ...replayed, filesLeftOut: chosen.filesLeftOut }
    if (page !== undefined) {
      const { htmlReport } = await import('../../replay/html.js')
      writeFileSync(page, htmlReport(result, wordsFor))
    }
    if (flags.json) await printJson(context, result)
    else await write(io.stdout, replayText(context, result, { everySession: flags.sessions === true }))
    return result.sessions.length > 0 ? EXIT_OK : EXIT_FAILED
  } finally {
    bar.end()
    stop.end()
    for (const sender of senders) await sender.close()
    rmSync(homes, { recursive: true, force: true })
  }
}

/** Asked before the work, which may take minutes. */
const pagePath = (path: string): string => {
  if (!existsSync(dirname(path)))
    throw new CliFailure(`--html: the folder ${dirname(path)} is not there`, { exitCode: EXIT_USAGE })
  const isThere = existsSync(path)
  if (isThere && statSync(path).isDirectory())
    throw new CliFailure(`--html: ${path} is a folder`, { exitCode: EXIT_USAGE, hint: 'give the name of a file in it' })
  accessSync(isThere ? path : dirname(path), constants.W_OK)
  return path
}

/** Exit code of a program that was interrupted: 128 + SIGINT. */
const EXIT_INTERRUPTED = 130

/** Rejects when the user stops the program, so that the temporary homes are removed then, too. */
const untilStopped = (io: CliContext['io']): { readonly stopped: Promise<never>; end(): void } => {
  let end = (): void => undefined
  const stopped = new Promise<never>((_, reject) => {
    end = io.onStop(() => reject(new CliFailure('stopped', { exitCode: EXIT_INTERRUPTED })))
  })
  // Nobody waits for it where the work failed before.
  stopped.catch(() => undefined)
  return { stopped, end: () => end() }
}

/** Which recordings, from the flags. */
const choiceOf = ({ agent, since, limit }: ReplayFlags, hasPaths: boolean): Omit<Choice, 'paths'> => {
  if (limit !== undefined && !/^\d{1,9}$/.test(limit))
    throw new CliFailure(`--limit: "${limit}" is not a number of sessions`, { exitCode: EXIT_USAGE })
  if (agent !== undefined && !agentNames().includes(agent))
    throw new CliFailure(
      `--agent: "${agent}" is not one of ${agentNames().join(', ')}; did you mean "${nearest(agent, agentNames())}"?`,
      { exitCode: EXIT_USAGE },
    )
  const period = since === undefined ? undefined : periodMs(since)
  if (since !== undefined && period === undefined)
    throw new CliFailure('--since: give a time such as 30m, 12h, 7d', { exitCode: EXIT_USAGE })
  const most = Number(limit ?? (hasPaths ? 0 : OWN_LIMIT))
  return {
    ...(agent === undefined ? {} : { agent }),
    ...(period === undefined ? {} : { sinceMs: Date.now() - period }),
    ...(most === 0 ? {} : { limit: most }),
  }
}

const agentNames = (): readonly string[] => readers.map(({ agent }) => agent)

/** Folders of other replays that run now, and what killed ones left. */
const MOST_FOLDERS = 1000

/**
 * A private folder under a name that is the same in every run: markers print paths below it, so that with a random
 * name the same recordings would give other figures each time (B-9).
 */
const makeFolder = (): string => {
  for (let number = 1; number <= MOST_FOLDERS; number++) {
    const folder = join(tmpdir(), `headroom-replay-${number}`)
    try {
      mkdirSync(folder, { mode: 0o700 })
      return folder
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
    }
  }
  throw new CliFailure(`${tmpdir()} holds ${MOST_FOLDERS} folders named headroom-replay-*: remove them`)
}

const policiesOf = (list: string, known: readonly PolicyLabel[]): readonly PolicyLabel[] => {
  const names = list === 'all' ? known : list.split(',').map((name) => name.trim())
  return names.map((name) => {
    const label = known.find((one) => one === name)
    if (label !== undefined) return label
    throw new CliFailure(
      `--policy: "${name}" is not one of ${known.join(', ')}; did you mean "${nearest(name, known)}"?`,
      { exitCode: EXIT_USAGE },
    )
  })
}

/** Each policy has an engine for each session, with a home of its own that nobody else ever sees. */
const senderOf = async (
  context: CliContext,
  policy: PolicyLabel,
  { config, home }: { readonly config: Config; readonly home: string },
): Promise<Sender> => {
  const { baselineSender, noSender, sessionSender } = await import('../../replay/senders.js')
  if (policy === 'none') return noSender
  if (policy === 'headtail' || policy === 'minify') return baselineSender(policy)
  const logger = streamLogger(context.io.stderr, 'error')
  return sessionSender({
    policy,
    clockMs: () => performance.now(),
    open: async (nowMs) => {
      const engine = await context.parts.engine({ ...config, home, policy }, logger, 'cli', nowMs)
      return {
        ...engine,
        close: async () => {
          await engine.close()
          rmSync(home, { recursive: true, force: true })
        },
      }
    },
  })
}

const BAR_CHARS = 30
const megabytes = (bytes: number): string => (bytes / 1_000_000).toFixed(bytes < 10_000_000 ? 1 : 0)

/** On a terminal only; the line is gone when the work is done. */
const progressBar = ({ io, err }: CliContext): { show: NonNullable<ReplayOptions['onProgress']>; end(): void } => {
  let shown = ''
  return {
    show({ bytesDone, bytesTotal, sessions }) {
      if (io.stderr.isTTY !== true) return
      const share = bytesTotal === 0 ? 1 : bytesDone / bytesTotal
      const done = Math.round(share * BAR_CHARS)
      const line = `${'█'.repeat(done)}${err.dim('░'.repeat(BAR_CHARS - done))} ${Math.round(share * 100)} % of ${megabytes(bytesTotal)} MB  ${sessions} sessions`
      if (line === shown) return
      io.stderr.write(`\r\u001b[K${line}`)
      shown = line
    },
    end() {
      if (shown !== '') io.stderr.write('\r\u001b[K')
      shown = ''
    },
  }
}
