// `headroom doctor --cache`: which cached tokens were lost, why, and what to do about it. The running proxy shows exact
// texts; without one, the record shows their form.
import type { Config } from '../../spec/config.js'
import type { CacheBreak, CacheBreaks, ExplainedBreak, VolatileSpot } from '../../spec/drift.js'
import { ask } from '../checks/http.js'
import { urlOf } from '../checks/port.js'
import { type CliContext, printJson, withEngine, write } from '../context.js'
import { EXIT_OK } from '../failure.js'
import { age, count, dollars } from '../figures.js'
import { streamLogger } from '../logger.js'
import { clean, table } from '../table.js'

/** Losses and places listed; `--json` has all. */
const SHOWN = 12

interface CacheReport {
  /** Where it comes from: a proxy that runs, with exact texts, or the ledger. */
  readonly source: 'proxy' | 'ledger'
  readonly url?: string
  /** Requests compared since the proxy began. */
  readonly requests?: number
  /** Newest first. */
  readonly breaks: readonly ExplainedBreak[]
  readonly spots: readonly VolatileSpot[]
  readonly byCause: CacheBreaks['byCause']
}

export const doctorCache = async (context: CliContext, config: Config, json: boolean): Promise<number> => {
  const report = (await fromProxy(config)) ?? (await fromLedger(context, config))
  if (json) await printJson(context, report)
  else await write(context.io.stdout, reportText(context, report))
  return EXIT_OK
}

interface Answer {
  readonly requests: number
  readonly recent: readonly ExplainedBreak[]
  readonly spots: readonly VolatileSpot[]
  readonly recorded: CacheBreaks
}

/** Undefined where no proxy of ours runs with these settings. */
const fromProxy = async ({ host, port, token }: Config): Promise<CacheReport | undefined> => {
  if (port === 0) return undefined
  const url = urlOf(host, port)
  const headers: Record<string, string> = token === undefined ? {} : { 'x-headroom-token': token }
  // Nobody listens, or somebody else does: the record is read instead.
  const answer = await ask(`${url}/headroom/cache?since=all`, { headers, timeoutMs: 5000 }).catch(() => undefined)
  const live = answer?.status === 200 ? answerOf(answer.body.toString('utf8')) : undefined
  if (live === undefined) return undefined
  const seen = new Set(live.recent.map(({ id }) => id))
  const earlier = await told(live.recorded.recent.filter(({ id }) => !seen.has(id)))
  const { requests, spots } = live
  const breaks = [...live.recent, ...earlier].sort((a, b) => b.atMs - a.atMs)
  return { source: 'proxy', url, requests, breaks, spots, byCause: live.recorded.byCause }
}

const answerOf = (text: string): Answer | undefined => {
  try {
    const value = JSON.parse(text) as Partial<Answer> | null
    return Array.isArray(value?.recent) && Array.isArray(value.spots) && value.recorded ? (value as Answer) : undefined
  } catch {
    // Another program's answer; the record is read instead.
    return undefined
  }
}

const fromLedger = async (context: CliContext, config: Config): Promise<CacheReport> => {
  const logger = streamLogger(context.io.stderr, 'error')
  const { cacheBreaks } = await withEngine(context, { config, logger }, (engine) => engine.stats())
  const breaks = await told(cacheBreaks?.recent ?? [])
  return { source: 'ledger', breaks, spots: [], byCause: cacheBreaks?.byCause ?? [] }
}

const told = async (breaks: readonly CacheBreak[]): Promise<ExplainedBreak[]> => {
  const { explained } = await import('../../drift/index.js')
  return breaks.map(explained)
}

/** A loss without a price is none that is known. */
const price = (microUsd: number | undefined): string => (microUsd === undefined ? '-' : dollars(microUsd))

const reportText = (context: CliContext, report: CacheReport): string => {
  const { out } = context
  const where = report.source === 'proxy' ? `from the proxy at ${report.url}` : 'from the record; no proxy runs here'
  return [
    `${out.bold('Headroom doctor')} ${out.dim(`prompt cache, ${where}`)}\n\n`,
    breaksText(context, report),
    spotsText(context, report),
  ].join('')
}

const breaksText = ({ out }: CliContext, { breaks, byCause, requests }: CacheReport): string => {
  if (breaks.length === 0) {
    const seen = requests === undefined ? '' : ` in ${count(requests)} requests`
    return `${out.green('No cached tokens were lost')}${seen}.\n`
  }
  const total = byCause.reduce((sum, { lostTokens }) => sum + lostTokens, 0)
  const usd = byCause.reduce((sum, { lostMicroUsd }) => sum + lostMicroUsd, 0)
  const number = byCause.reduce((sum, row) => sum + row.breaks, 0)
  const paid = usd > 0 ? `, about ${dollars(usd)} paid again` : ''
  const rows = breaks.slice(0, SHOWN).flatMap((one) => [
    [age(Date.now() - one.atMs), String(one.turn), lostOf(one), price(one.lostMicroUsd), clean(causeOf(one))],
    ['', '', '', '', out.dim(`→ ${one.advice}`)],
  ])
  const columns = [
    { title: 'ago' },
    { title: 'turn', align: 'right' },
    { title: 'tokens lost', align: 'right' },
    { title: 'paid again', align: 'right' },
    { title: 'cause' },
  ] as const
  return [
    `${out.red(`${count(number)} times cached tokens were lost`)}: ${count(total)} tokens${paid}.\n\n`,
    table(columns, rows, { paintTitle: out.dim }),
  ].join('')
}

const lostOf = ({ lostTokens }: CacheBreak): string => (lostTokens === undefined ? 'not told' : count(lostTokens))

/** The headline says turn and tokens as well, which have columns of their own here. */
const causeOf = ({ words }: ExplainedBreak): string => words.slice(words.indexOf(': ') + 2)

const spotsText = ({ out }: CliContext, { spots, source }: CacheReport): string => {
  if (spots.length === 0)
    return source === 'proxy' ? '' : out.dim('\nPlaces that change are shown while the proxy runs.\n')
  const rows = [...spots]
    .sort((a, b) => b.times - a.times || b.tokensAfter - a.tokensAfter)
    .slice(0, SHOWN)
    .map((spot) => [
      spot.basis === 'seen' ? out.yellow(`changed ${spot.times}x`) : 'suspected',
      spot.where,
      `${count(spot.startByte)}-${count(spot.endByte)}`,
      spot.looks,
      clean(JSON.stringify(spot.exact.slice(0, 60))),
      count(spot.tokensAfter),
      price(spot.microUsdPerRequest),
    ])
  const columns = [
    { title: 'volatile content' },
    { title: 'where' },
    { title: 'bytes', align: 'right' },
    { title: 'looks like' },
    { title: 'now' },
    { title: 'tokens behind it', align: 'right' },
    { title: 'each change costs', align: 'right' },
  ] as const
  return `\n${table(columns, rows, { paintTitle: out.dim })}`
}
