import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { nearest } from '../../config/nearest.js'
import type { OptionKey } from '../../config/options.js'
import type { ReplayOptions } from '../../replay/index.js'
import type { PolicyLabel, Sender } from '../../replay/senders.js'
import type { Config } from '../../spec/config.js'
import type { CommandModule } from '../command.js'
import { type CliContext, configOf, printJson, write } from '../context.js'
import { CliFailure, EXIT_FAILED, EXIT_OK, EXIT_USAGE } from '../failure.js'
import { addConfigFlags, configFlags } from '../flags.js'
import { streamLogger } from '../logger.js'
import { replayText } from './replay-text.js'

const KEYS: readonly OptionKey[] = ['home']
const DEFAULT_POLICIES = 'none,strict,balanced,max'

interface ReplayFlags {
  readonly policies: string
  readonly model?: string
  readonly census?: true
  readonly json?: true
  readonly html?: string
}

export const replayCommand: CommandModule = {
  define(command, context, done) {
    command
      .argument('[paths...]', 'files or folders of recorded sessions; absent: where your agents keep their own')
      .option(
        '--policies <LIST>',
        'policies to compare: none, strict, balanced, max, and imitations headtail, minify',
        DEFAULT_POLICIES,
      )
      .option('--model <ID>', 'model to count and price with where a recording names none')
      .option('--census', 'also print what the tokens that are still sent are')
      .option('--json', 'print as JSON')
      .option('--html <FILE>', 'also write the report as one page without remote assets')
    addConfigFlags(command, KEYS)
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
  const policies = policiesOf(flags.policies, POLICY_LABELS)
  const { config } = configOf(context, configFlags(flags as unknown as Record<string, unknown>, KEYS))
  const home = io.env.HOME || io.env.USERPROFILE || homedir()
  const paths = given.length > 0 ? given.map((path) => resolve(io.cwd, path)) : ownPlaces({ home, env: io.env })
  if (paths.length === 0)
    throw new CliFailure('no recorded session of a known agent was found', {
      hint: 'give a file or folder: headroom replay PATH',
    })
  const homes = mkdtempSync(join(tmpdir(), 'headroom-replay-'))
  const senders: Sender[] = []
  const bar = progressBar(context)
  try {
    for (const policy of policies) senders.push(await senderOf(context, policy, { config, home: join(homes, policy) }))
    const { tokenizerFor } = await import('../../tokenize/index.js')
    const result = await replay({
      paths,
      senders,
      tokenizerFor,
      ...(config.prices === undefined ? {} : { prices: config.prices }),
      ...(flags.model === undefined ? {} : { model: flags.model }),
      ...(flags.census ? { census: true } : {}),
      onProgress: bar.show,
    })
    bar.end()
    if (flags.html !== undefined) {
      const { htmlReport } = await import('../../replay/html.js')
      writeFileSync(resolve(io.cwd, flags.html), htmlReport(result))
    }
    if (flags.json) await printJson(context, result)
    else await write(io.stdout, replayText(context, result))
    return result.sessions.length > 0 ? EXIT_OK : EXIT_FAILED
  } finally {
    bar.end()
    for (const sender of senders) await sender.close()
    rmSync(homes, { recursive: true, force: true })
  }
}

const policiesOf = (list: string, known: readonly PolicyLabel[]): readonly PolicyLabel[] => {
  const names = list.split(',').map((name) => name.trim())
  return names.map((name) => {
    const label = known.find((one) => one === name)
    if (label !== undefined) return label
    throw new CliFailure(
      `--policies: "${name}" is not one of ${known.join(', ')}; did you mean "${nearest(name, known)}"?`,
      { exitCode: EXIT_USAGE },
    )
  })
}

/** Each policy has an engine with a home of its own, which nobody else ever sees. */
const senderOf = async (
  context: CliContext,
  policy: PolicyLabel,
  { config, home }: { readonly config: Config; readonly home: string },
): Promise<Sender> => {
  const { baselineSender, engineSender, noSender } = await import('../../replay/senders.js')
  if (policy === 'none') return noSender
  if (policy === 'headtail' || policy === 'minify') return baselineSender(policy)
  const logger = streamLogger(context.io.stderr, 'error')
  const engine = await context.parts.engine({ ...config, home, policy }, logger)
  return engineSender({ policy, engine, clockMs: () => performance.now() })
}

const BAR_CHARS = 30

/** On a terminal only; the line is gone when the work is done. */
const progressBar = ({ io, err }: CliContext): { show: NonNullable<ReplayOptions['onProgress']>; end(): void } => {
  let isShown = false
  return {
    show({ bytesDone, bytesTotal, sessions }) {
      if (io.stderr.isTTY !== true) return
      const share = bytesTotal === 0 ? 1 : bytesDone / bytesTotal
      const done = Math.round(share * BAR_CHARS)
      const line = `${'█'.repeat(done)}${err.dim('░'.repeat(BAR_CHARS - done))} ${Math.round(share * 100)} %  ${sessions} sessions`
      io.stderr.write(`\r\u001b[K${line}`)
      isShown = true
    },
    end() {
      if (isShown) io.stderr.write('\r\u001b[K')
      isShown = false
    },
  }
}
