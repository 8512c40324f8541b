import { randomUUID } from 'node:crypto'
import { Option } from 'commander'
import { type OptionKey, options } from '../../config/options.js'
import type { Config } from '../../spec/config.js'
import { holderWords, nextFreePort, portState } from '../checks/port.js'
import type { CommandModule } from '../command.js'
import { type CliContext, configOf, type ProxyHandle, write } from '../context.js'
import { CliFailure, EXIT_OK } from '../failure.js'
import { addConfigFlags, configFlags } from '../flags.js'
import { streamLogger } from '../logger.js'
import { announce } from '../shared-proxy/while-needed.js'
import { table } from '../table.js'
import { version } from '../version.js'

const KEYS: readonly OptionKey[] = options.map(({ key }) => key).filter((key) => key !== 'trimTools')

export const proxyCommand: CommandModule = {
  define(command, context, done) {
    command.option('--json', 'print address and process id as one line of JSON when ready')
    command.addOption(new Option('--while-needed', 'end when no launch needs it any more').hideHelp())
    addConfigFlags(command, KEYS)
    command.addHelpText('after', '\nCtrl-C lets running answers end, a second one stops at once.')
    command.action((flags: ProxyFlags) => done(run(context, flags)))
  },
}

interface ProxyFlags {
  readonly json?: true
  readonly whileNeeded?: true
}

const run = async (context: CliContext, flags: ProxyFlags): Promise<number> => {
  const { io, parts } = context
  const { config } = configOf(context, configFlags(flags as Record<string, unknown>, KEYS))
  // Listening for signals from here on: one that comes during the start is not lost.
  let unsubscribe = (): void => undefined
  let withdraw = (): void => undefined
  let stop = (_why: string): void => undefined
  const stopped = new Promise<string>((resolve) => {
    stop = resolve
    unsubscribe = io.onStop(resolve)
  })
  try {
    await refuseBusyPort(config)
    const instance = randomUUID()
    const proxy = await parts.proxy(config, streamLogger(io.stderr, config.logLevel), instance)
    const { url, port } = proxy
    const onUnused = flags.whileNeeded ? (): void => stop('nobody needs it') : undefined
    withdraw = announce(config, { pid: process.pid, url, port, instance }, onUnused)
    if (flags.json)
      await write(io.stdout, `${JSON.stringify({ url: proxy.url, port: proxy.port, pid: process.pid })}\n`)
    io.stderr.write(banner(context, config, proxy))
    const signal = await stopped
    io.stderr.write(`${context.err.dim(`headroom: ${signal}, waiting for running answers`)}\n`)
    await proxy.close()
  } finally {
    withdraw()
    unsubscribe()
  }
  return EXIT_OK
}

const refuseBusyPort = async (config: Config): Promise<void> => {
  const state = await portState(config)
  if (state.kind === 'free') return
  const next = await nextFreePort(config.host, Math.max(config.port, 1024))
  const other = `headroom proxy --port ${next}`
  throw new CliFailure(`port ${config.port} is ${holderWords(state)}`, {
    hint: state.kind === 'headroom' ? `Use it as it is, or start a second one: ${other}` : `Try: ${other}`,
  })
}

/** What is switched on beyond the defaults; what is not says nothing. */
const switched = ({ alignPrefix, retrieval, repack, holdoutPercent }: Config): string[][] => [
  ...(alignPrefix === 'on'
    ? [['align prefix', 'dates, UUIDs and counters of system prompts move to the newest message']]
    : []),
  ...(retrieval === 'wire'
    ? [['retrieval', 'in the wire: the proxy offers a retrieve tool and answers its calls']]
    : []),
  ...(repack === 'net-cost'
    ? [['repack', 'net-cost: cached history too, where later reads outweigh the rewrite']]
    : []),
  ...(holdoutPercent > 0 ? [['holdout', `${holdoutPercent} % of sessions pass untouched`]] : []),
]

const banner = ({ err }: CliContext, config: Config, { url, port }: ProxyHandle): string => {
  const facts = [
    ['policy', config.policy],
    ['home', config.home],
    ['Anthropic to', config.upstreamAnthropic],
    ['OpenAI to', config.upstreamOpenai],
    ['Gemini to', config.upstreamGemini],
    ...switched(config),
    ...(port === config.port || config.port === 0 ? [] : [['port', `${config.port} was taken, so ${port}`]]),
  ]
  const next = [
    ['Claude Code', `ANTHROPIC_BASE_URL=${url} claude`],
    ['Codex', `codex -c openai_base_url='"${url}/v1"'`],
    ['Others', `OPENAI_BASE_URL=${url}/v1`],
    ['Savings', 'headroom stats'],
  ]
  const columns = [{ title: '' }, { title: '' }]
  const dimFirst = (rows: readonly string[][]): string[][] =>
    rows.map(([name = '', ...rest]) => [err.dim(name), ...rest])
  return [
    `${err.bold('Headroom')} ${version} listens on ${err.green(url)}\n`,
    table(columns, dimFirst(facts), { indent: '  ' }),
    '\nNext, in another terminal:\n',
    table(columns, dimFirst(next), { indent: '  ' }),
    '\n',
  ].join('')
}
