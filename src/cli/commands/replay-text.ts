// A replay as people read it in a terminal.
import {
  byBill,
  cacheShare,
  changeOf,
  deviationOf,
  inputTokens,
  reasonOf,
  reasonsIn,
  signedPercent,
  verdictsOf,
  whyOff,
} from '../../replay/figures.js'
import type { CensusRow, PolicyResult, ReceiptCheck, ReplayResult, SessionResult } from '../../replay/result.js'
import type { PolicyLabel } from '../../replay/senders.js'
import type { CliContext } from '../context.js'
import { count } from '../figures.js'
import { wordsFor } from '../skip-words.js'
import { type Column, clean, table } from '../table.js'

/** Sessions listed one by one; the sums hold all. */
const MOST_SESSIONS = 20
const MOST_CENSUS_ROWS = 30
const MOST_REASONS = 12

const right = (title: string): Column => ({ title, align: 'right' })

const isUnpriced = ({ requests, unpricedRequests }: PolicyResult): boolean => requests === unpricedRequests

const dollars = (own: PolicyResult, microUsd: number): string =>
  isUnpriced(own) ? 'no price' : `$${(microUsd / 1_000_000).toFixed(microUsd < 10_000_000 ? 3 : 2)}`

const usd = (own: PolicyResult): string => dollars(own, own.inputMicroUsd)

export interface TextOptions {
  /** Also the table of policies for each session. */
  readonly everySession: boolean
}

export const replayText = (context: CliContext, result: ReplayResult, { everySession }: TextOptions): string => {
  const { out } = context
  const { sessions, totals, leftOut } = result
  const none = totals.none
  const head = `${out.bold('Headroom replay')} ${out.dim(`${count(sessions.length)} sessions, ${count(none?.requests ?? 0)} requests`)}\n`
  if (none === undefined || sessions.length === 0)
    return `${head}\nNo recorded session was found.${leftOut.length > 0 ? ` ${leftOutLine(result)}` : ''}\n`
  return [
    head,
    '\n',
    sessionTable(context, result),
    '\n',
    ...(everySession ? byBill(sessions).map((session) => `${sessionPolicies(context, result, session)}\n`) : []),
    policyTable(context, { ...result, title: 'in all' }),
    '\n',
    verdictText(context, result),
    '\n',
    ...notes(result).map((note) => `${out.dim(note)}\n`),
    ...Object.entries(result.census ?? {}).map(([policy, rows]) => censusTable(context, policy, rows)),
  ].join('')
}

const sessionTable = (context: CliContext, { sessions, policies }: ReplayResult): string => {
  const others = policies.filter((policy) => policy !== 'none')
  const shown = byBill(sessions).slice(0, MOST_SESSIONS)
  const rows = shown.map((session) => sessionRow(context, session, others))
  const columns = [
    { title: 'session' },
    { title: 'model' },
    right('requests'),
    right('billed input'),
    right('rebuilt'),
    right('off'),
    right('input bill'),
    ...others.map(right),
  ]
  const rest = sessions.length - shown.length
  return `${table(columns, rows, { paintTitle: context.out.dim })}${rest > 0 ? context.out.dim(`and ${count(rest)} more\n`) : ''}`
}

const wholeMicroUsd = ({ inputMicroUsd, outputMicroUsd }: PolicyResult): number => inputMicroUsd + outputMicroUsd

/** Longest name of a session that a row shows. */
const NAME_CHARS = 40

const sessionRow = (context: CliContext, session: SessionResult, policies: readonly PolicyLabel[]): string[] => {
  const none = session.policies.none!
  return [
    clean(`${session.agent} ${session.id}`).slice(0, NAME_CHARS),
    clean(session.models.join(', ')).slice(0, NAME_CHARS),
    count(session.requests),
    ...sizeCells(context, session),
    usd(none),
    ...policies.map((policy) =>
      paintChange(context, changeOf(none.plainTokens, session.policies[policy]!.plainTokens)),
    ),
  ]
}

/** What was billed and what was rebuilt; without receipts only the second. */
const sizeCells = ({ out }: CliContext, { receipts, policies }: SessionResult): string[] => {
  if (receipts === undefined) return ['', count(inputTokens(policies.none!.billed)), '']
  const off = signedPercent(deviationOf(receipts))
  return [
    count(inputTokens(receipts.recorded.billed)),
    count(receipts.rebuiltTokens),
    whyOff(receipts) === undefined ? off : out.yellow(off),
  ]
}

const paintChange = ({ out }: CliContext, change: number): string => {
  const text = signedPercent(change)
  return text === '0.0 %' ? text : change > 0 ? out.red(text) : out.green(text)
}

/** What one session comes to. */
const sessionPolicies = (context: CliContext, { policies }: ReplayResult, session: SessionResult): string => {
  const title = clean(`${session.agent} ${session.id}`).slice(0, NAME_CHARS)
  return policyTable(context, { policies, totals: session.policies, title })
}

interface PolicyRows extends Pick<ReplayResult, 'policies' | 'totals'> {
  readonly title: string
}

const policyTable = (context: CliContext, { policies, totals, title: first }: PolicyRows): string => {
  const none = totals.none!
  const lines: readonly (readonly [title: string, cell: (own: PolicyResult) => string])[] = [
    ['input tokens', ({ billed }) => count(inputTokens(billed))],
    ['  read from cache', ({ billed }) => count(billed.readTokens)],
    ['  written to cache', ({ billed }) => count(billed.writeTokens)],
    ['  written for an hour', ({ billed }) => count(billed.write1hTokens)],
    ['  neither', ({ billed }) => count(billed.freshTokens)],
    ['from cache', ({ billed }) => `${(cacheShare(billed) * 100).toFixed(1)} %`],
    ['output tokens', ({ billed }) => count(billed.outputTokens)],
    ['input bill', usd],
    ['output bill', (own) => dollars(own, own.outputMicroUsd)],
    ['change of the input bill', (own) => paintChange(context, changeOf(none.plainTokens, own.plainTokens))],
    [
      'change with output, in $',
      (own) => (isUnpriced(own) ? 'no price' : paintChange(context, changeOf(wholeMicroUsd(none), wholeMicroUsd(own)))),
    ],
    ['tool results, each once', (own) => signedPercent(changeOf(own.resultTokensBefore, own.resultTokensAfter))],
    ['results changed', ({ changed }) => count(changed)],
    ['  with something left out', ({ leftOut }) => count(leftOut)],
    ['history shortened, cold / warm', ({ repacks }) => `${count(repacks.cold)} / ${count(repacks['net-cost'])}`],
    ['retrievals at most', ({ retrievals }) => count(retrievals.count)],
    [
      'change with all of them',
      (own) => paintChange(context, changeOf(none.plainTokens, own.plainTokens + own.retrievals.plainTokens)),
    ],
    ['needed later and lost', ({ lost }) => count(lost)],
    [
      'added time, p50 / p99',
      ({ times }) => (times === undefined ? '' : `${times.p50Ms.toFixed(1)} / ${times.p99Ms.toFixed(0)} ms`),
    ],
  ]
  const rows = lines.map(([title, cell]) => [title, ...policies.map((policy) => cell(totals[policy]!))])
  return table([{ title: first }, ...policies.map(right)], rows, { paintTitle: context.out.dim })
}

const verdictText = (context: CliContext, result: ReplayResult): string => {
  const rows = verdictsOf(result).map(({ policy, worst, change, dearer }) => [
    policy,
    dearer === 0 ? 'no session costs more' : context.out.red(`${count(dearer)} sessions cost more`),
    `worst ${paintChange(context, change)}`,
    context.out.dim(clean(`${worst.agent} ${worst.id}`).slice(0, NAME_CHARS)),
  ])
  return rows.length === 0 ? '' : table([{ title: '' }, { title: '' }, { title: '' }, { title: '' }], rows)
}

const notes = (result: ReplayResult): string[] => {
  const { receipts, prices, totals, sessions } = result
  const assumed = new Set(
    sessions.flatMap((session) => session.assumed.map((text) => text.replace(/\d+ tokens/, 'assumed tokens'))),
  )
  const unpriced = totals.none?.unpricedRequests ?? 0
  return [
    receipts === undefined ? 'Tokens: counted here, no receipt to hold them against.' : receiptNote(receipts),
    `Prices: ${prices.source} of ${prices.date}, list prices${prices.as === undefined ? '' : ` of ${clean(prices.as)} for every request`}${unpriced === 0 ? '.' : `; ${count(unpriced)} requests have none (${clean(prices.unknownModels.join(', '))}).`}`,
    ...(assumed.size === 0 ? [] : [`Assumed for some sessions: ${[...assumed].join('; ')}.`]),
    'Changes are of the input bill, each token weighted by its price class. Retrievals at most: results of which the agent',
    'later used a word that it could have from nowhere else in the request.',
    ...sessions.flatMap(({ agent, id, receipts }) => {
      const why = receipts && whyOff(receipts)
      return why === undefined ? [] : [clean(`${agent} ${id}: ${why}.`)]
    }),
    ...unreadNotes(sessions),
    ...(result.leftOut.length === 0 ? [] : [leftOutLine(result)]),
    ...(result.filesLeftOut ? [`${count(result.filesLeftOut)} older files were left out; --limit 0 takes all.`] : []),
  ]
}

/** Sessions whose unread lines are named; the sum holds all. */
const MOST_UNREAD = 5

const unreadNotes = (sessions: readonly SessionResult[]): string[] => {
  const partly = sessions.filter((session) => session.unread !== undefined)
  const lines = partly.reduce((sum, { unread }) => sum + (unread?.lines ?? 0), 0)
  if (lines === 0) return []
  const named = partly
    .slice(0, MOST_UNREAD)
    .map(({ agent, id, unread }) => `${agent} ${id}: ${unread!.first.join(', ')}`)
  return [`${count(lines)} lines could not be read and were passed over (${clean(named.join('; '))}).`]
}

const receiptNote = (check: ReceiptCheck): string => {
  const { requests, recorded, rebuiltTokens, none, rulesAlone, meanError } = check
  return [
    `${count(requests)} requests were billed ${count(inputTokens(recorded.billed))} input tokens; rebuilt from what is recorded they have ${count(rebuiltTokens)} (${signedPercent(deviationOf(check))}).`,
    `Brought in line with the bills, none is ${signedPercent(changeOf(recorded.plainTokens, none.plainTokens))} off them; with a cache that goes by its rules alone, ${signedPercent(changeOf(recorded.plainTokens, rulesAlone.plainTokens))}. A request's size is told from the one before within ${(meanError * 100).toFixed(2)} %.`,
  ].join('\n')
}

const leftOutLine = ({ leftOut }: ReplayResult): string => {
  const reasons = new Map<string, number>()
  for (const { why } of leftOut) reasons.set(why, (reasons.get(why) ?? 0) + 1)
  const parts = [...reasons].slice(0, 5).map(([why, files]) => `${count(files)} × ${clean(why)}`)
  return `Files without a session: ${parts.join('; ')}.`
}

const censusTable = ({ out }: CliContext, policy: string, rows: readonly CensusRow[]): string => {
  const sum = rows.reduce((total, { sentTokens }) => total + sentTokens, 0)
  const cells = rows
    .slice(0, MOST_CENSUS_ROWS)
    .map((row) => [
      clean(row.of),
      row.contentType ?? '',
      reasonOf(row, wordsFor),
      count(row.blocks),
      count(row.tokens),
      count(row.sentTokens),
      `${((row.sentTokens / Math.max(1, sum)) * 100).toFixed(1)} %`,
    ])
  const columns = [
    { title: 'of' },
    { title: 'type' },
    { title: 'form, or why not' },
    right('blocks'),
    right('each once'),
    right('with resends'),
    right('share'),
  ]
  const reasons = reasonsIn(rows, wordsFor)
    .slice(0, MOST_REASONS)
    .map(({ reason, share }) => [`${(share * 100).toFixed(1)} %`, reason])
  const summary = table([right(''), { title: '' }], reasons)
  return `\n${out.bold(`What is sent under ${policy}, resends included`)}\n${summary}\n${table(columns, cells, { paintTitle: out.dim })}`
}
