import type { OptionKey } from '../../config/options.js'
import type { Config } from '../../spec/config.js'
import type { LedgerEvent, Stats, StatsRow } from '../../spec/ledger.js'
import { holderOf, urlOf } from '../checks/port.js'
import type { CommandModule } from '../command.js'
import { type CliContext, configOf, printJson, withEngine, write } from '../context.js'
import { CliFailure, EXIT_OK, EXIT_USAGE } from '../failure.js'
import { change, count } from '../figures.js'
import { addConfigFlags, configFlags } from '../flags.js'
import { streamLogger } from '../logger.js'
import { wordsFor } from '../skip-words.js'
import { clean, table } from '../table.js'
import { moneyText } from './stats-money.js'

const KEYS: readonly OptionKey[] = ['home', 'host', 'port', 'token']
const UNIT_MS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 }

interface StatsFlags {
  readonly since?: string
  readonly json?: true
}

export const statsCommand: CommandModule = {
  define(command, context, done) {
    command
      .option(
        '--since <TIME>',
        'session (since the running proxy began, else the newest one), or a time such as 30m, 1h, 7d; absent: everything',
      )
      .option('--json', 'print as JSON')
    addConfigFlags(command, KEYS)
    command.action((flags: StatsFlags) => done(run(context, flags)))
  },
}

/** Milliseconds of `30m`, `1h`, `7d`, `2w`; undefined for `session`. */
export const periodMs = (text: string): number | undefined => {
  if (text === 'session') return undefined
  const match = /^(\d{1,6})([mhdw])$/.exec(text)
  if (match === null || Number(match[1]) === 0)
    throw new CliFailure(`--since: "${text}" is not session or a time such as 30m, 1h, 7d`, { exitCode: EXIT_USAGE })
  return Number(match[1]) * UNIT_MS[match[2] ?? '']!
}

/** Silence after which the next request of an unnamed session starts a new one. Chosen, not measured. */
const IDLE_MS = 3_600_000

/** When the newest session began, as far as the kept events reach back. */
export const sessionStart = (recent: readonly LedgerEvent[]): number => {
  const events = [...recent].sort((a, b) => b.atMs - a.atMs)
  const newest = events[0]
  if (newest === undefined) return 0
  let start = newest.atMs
  for (const event of events) {
    if (newest.session === undefined ? start - event.atMs > IDLE_MS : event.session !== newest.session) break
    start = event.atMs
  }
  return start
}

/** When the proxy that runs with these settings began: its own figures count from there, too. */
const proxyStart = async ({ host, port, token }: Config): Promise<number | undefined> => {
  if (port === 0) return undefined
  const holder = await holderOf(urlOf(host, port), token)
  return holder.kind === 'headroom' && holder.uptimeMs !== undefined ? Date.now() - holder.uptimeMs : undefined
}

const run = async (context: CliContext, flags: StatsFlags): Promise<number> => {
  const period = flags.since === undefined ? undefined : periodMs(flags.since)
  const { config } = configOf(context, configFlags(flags as Record<string, unknown>, KEYS))
  const logger = streamLogger(context.io.stderr, 'error')
  const { stats, money } = await withEngine(context, { config, logger }, async (engine) => {
    const sinceMs = async (): Promise<number | undefined> => {
      if (flags.since === undefined) return undefined
      if (period !== undefined) return Date.now() - period
      return (await proxyStart(config)) ?? sessionStart((await engine.stats()).recent)
    }
    const since = await sinceMs()
    return { stats: await engine.stats(since), money: await engine.money(since) }
  })
  if (flags.json) await printJson(context, { ...stats, money })
  else await write(context.io.stdout, `${statsText(context, stats, config.home)}${moneyText(context, money)}`)
  return EXIT_OK
}

const statsText = (context: CliContext, stats: Stats, home: string): string => {
  const { out } = context
  const { totals } = stats
  const since =
    stats.sinceMs > 0 ? `since ${new Date(stats.sinceMs).toISOString().slice(0, 16).replace('T', ' ')} UTC` : 'all time'
  const head = `${out.bold('Headroom')} ${out.dim(`${since}, ${home}`)}\n\n`
  if (totals.requests === 0) return `${head}No requests yet. Start with: headroom proxy\n`
  return [
    head,
    table([{ title: '' }, { title: '', align: 'right' }, { title: '' }], totalRows(context, stats)),
    section(context, 'By compressor', stats.byCompressor),
    section(context, 'By tool', stats.byTool),
    section(context, 'By agent', stats.byAgent),
    section(
      context,
      'Left as it was',
      stats.bySkip.map((row) => ({ ...row, name: `${row.name}: ${wordsFor(row.name)}` })),
    ),
  ].join('')
}

/** Net first: each block once, and what was asked back counts against it. */
const totalRows = ({ out }: CliContext, { totals, recent }: Stats): string[][] => {
  const { firstSeenBefore, firstSeenAfter, tokensBefore, tokensAfter, retrievedTokens, usage } = totals
  const net = firstSeenBefore - firstSeenAfter - retrievedTokens
  const estimated = recent.some(({ basis }) => basis === 'estimate') ? out.dim('partly estimated') : ''
  const share = change(firstSeenBefore, firstSeenBefore - net)
  const paint = net < 0 ? out.red : out.green
  const billed = [
    ['input', usage.inputTokens],
    ['cache write', usage.cacheWriteTokens],
    ['cache read', usage.cacheReadTokens],
    ['output', usage.outputTokens],
  ] as const
  return [
    ['Requests', count(totals.requests), out.dim(`${count(totals.compressed)} compressed`)],
    ['Tool results, each once', count(firstSeenBefore), `→ ${count(firstSeenAfter)} tokens`],
    ['Asked back', count(retrievedTokens), 'tokens'],
    [out.bold('Net saved'), paint(count(net)), [`tokens ${share}`, estimated].filter(Boolean).join('  ')],
    [
      'With every resend',
      count(tokensBefore),
      `→ ${count(tokensAfter)} tokens ${out.dim(change(tokensBefore, tokensAfter))}`,
    ],
    ...billed.flatMap(([name, value]) => (value === undefined ? [] : [[`Billed ${name}`, count(value), 'tokens']])),
  ]
}

const section = ({ out }: CliContext, title: string, rows: readonly StatsRow[]): string => {
  if (rows.length === 0) return ''
  const columns = [
    { title },
    { title: 'blocks', align: 'right' },
    { title: 'before', align: 'right' },
    { title: 'after', align: 'right' },
    { title: 'change', align: 'right' },
  ] as const
  const cells = rows.map(({ name, blocks, tokensBefore, tokensAfter }) => [
    clean(name),
    count(blocks),
    count(tokensBefore),
    count(tokensAfter),
    change(tokensBefore, tokensAfter),
  ])
  return `\n${table(columns, cells, { paintTitle: out.dim })}`
}
