import { refIn, unknownRef } from '../../base/ref.js'
import type { OptionKey } from '../../config/options.js'
import type { Explanation } from '../../spec/engine.js'
import type { LedgerEvent, LedgerLine } from '../../spec/ledger.js'
import type { Repack } from '../../spec/repack.js'
import type { CommandModule } from '../command.js'
import { type CliContext, configOf, printJson, withEngine, write } from '../context.js'
import { CliFailure, EXIT_OK } from '../failure.js'
import { age, bytes, change, count } from '../figures.js'
import { addConfigFlags, configFlags } from '../flags.js'
import { streamLogger } from '../logger.js'
import { wordsFor } from '../skip-words.js'
import { type Column, clean, table } from '../table.js'

const KEYS: readonly OptionKey[] = ['home']

export const inspectCommand: CommandModule = {
  define(command, context, done) {
    command
      .argument('[REQUEST]', 'id of a request (its first digits will do), last, or the id of an original')
      .option('--json', 'print as JSON')
    addConfigFlags(command, KEYS)
    command.addHelpText('after', '\nWithout REQUEST: the last requests.')
    command.action((wanted: string | undefined, flags: { json?: true }) => done(run(context, wanted, flags)))
  },
}

const run = async (context: CliContext, wanted: string | undefined, flags: { json?: true }): Promise<number> => {
  const { config } = configOf(context, configFlags(flags as Record<string, unknown>, KEYS))
  const logger = streamLogger(context.io.stderr, 'error')
  return withEngine(context, { config, logger }, async (engine) => {
    const { recent } = await engine.stats()
    const events = [...recent].sort((a, b) => b.atMs - a.atMs)
    if (wanted === undefined) return print(context, flags, { value: events, text: recentText(context, events) })
    const event = eventOf(events, wanted)
    if (event !== undefined) return print(context, flags, { value: event, text: eventText(context, event) })
    const ref = refIn(wanted)
    if (ref === undefined) throw noRequest(wanted, events.length)
    const explanation = await engine.explain(ref)
    if (!explanation.found) {
      const { message, hint } = unknownRef(ref)
      throw new CliFailure(message, { hint })
    }
    return print(context, flags, { value: explanation, text: explanationText(context, explanation) })
  })
}

const print = async (
  context: CliContext,
  flags: { json?: true },
  { value, text }: { readonly value: unknown; readonly text: string },
): Promise<number> => {
  if (flags.json) await printJson(context, value)
  else await write(context.io.stdout, text)
  return EXIT_OK
}

const eventOf = (events: readonly LedgerEvent[], wanted: string): LedgerEvent | undefined => {
  if (wanted === 'last') return events[0]
  const found = events.filter(({ id }) => id.startsWith(wanted))
  if (found.length > 1) throw new CliFailure(`"${wanted}" fits ${found.length} requests`, { hint: 'give more digits' })
  return found[0]
}

const noRequest = (wanted: string, known: number): CliFailure =>
  new CliFailure(wanted === 'last' ? 'no requests yet' : `no request "${clean(wanted)}" among the last ${known}`, {
    hint: known === 0 ? 'Start with: headroom proxy' : 'headroom inspect lists them',
  })

const recentText = ({ out }: CliContext, events: readonly LedgerEvent[]): string => {
  if (events.length === 0) return 'No requests yet. Start with: headroom proxy\n'
  const now = Date.now()
  const columns: Column[] = [
    { title: 'request' },
    { title: 'ago', align: 'right' },
    { title: 'way' },
    { title: 'model' },
    { title: 'before', align: 'right' },
    { title: 'after', align: 'right' },
    { title: 'change', align: 'right' },
    { title: 'ms', align: 'right' },
    { title: 'status', align: 'right' },
    { title: 'outcome' },
  ]
  const rows = events.map((event) => [
    event.id.slice(0, 8),
    age(now - event.atMs),
    event.way,
    clean(event.model ?? ''),
    count(event.tokensBefore),
    count(event.tokensAfter),
    change(event.tokensBefore, event.tokensAfter),
    event.durationMs.toFixed(1),
    event.status === undefined ? '' : String(event.status),
    event.outcome === 'compressed'
      ? out.green('compressed')
      : out.dim(`passthrough: ${wordsFor(event.reason ?? 'no block to change')}`),
  ])
  return table(columns, rows, { paintTitle: out.dim })
}

const eventText = (context: CliContext, event: LedgerEvent): string => {
  const { out } = context
  const basis = event.basis === 'estimate' ? ' (estimate)' : ''
  const facts: [string, string | undefined][] = [
    ['time', new Date(event.atMs).toISOString()],
    ['way', [event.way, event.dialect].filter(Boolean).join(', ')],
    ['model', event.model],
    ['session', event.session],
    ['project', event.project],
    ['outcome', event.reason === undefined ? event.outcome : `${event.outcome}: ${wordsFor(event.reason)}`],
    [
      'tokens',
      `${count(event.tokensBefore)} → ${count(event.tokensAfter)}${basis} ${change(event.tokensBefore, event.tokensAfter)}`,
    ],
    ['body', `${bytes(event.bytesIn)} → ${bytes(event.bytesOut)}`],
    ['added', `${event.durationMs.toFixed(1)} ms`],
    ['answer', answerOf(event)],
    ['history', event.repack === undefined ? undefined : repackOf(event.repack)],
  ]
  const rows = facts.flatMap(([name, value]) => (value ? [[out.dim(name), clean(value)]] : []))
  return `${out.bold(`Request ${event.id}`)}\n${table([{ title: '' }, { title: '' }], rows)}\n${linesText(context, event.lines)}`
}

const repackOf = ({ cause, idleMs, lifetimeMs, ...weighed }: Repack): string =>
  cause === 'cold'
    ? `shortened: idle for ${age(idleMs ?? 0)}, nothing is cached after ${age(lifetimeMs)}; ${count(weighed.savedTokens)} tokens less to write`
    : `shortened: ${count(weighed.savedTokens)} tokens less to read in about ${count(weighed.requestsAhead)} requests to come are worth ${count(weighed.gainTokens)}, rewriting ${count(weighed.suffixTokens)} costs ${count(weighed.costTokens)} of ${count(weighed.bankedTokens)} saved so far`

const answerOf = ({ status, usage }: LedgerEvent): string | undefined => {
  if (status === undefined) return undefined
  const { inputTokens, cacheReadTokens, cacheWriteTokens, outputTokens } = usage ?? {}
  const parts = [
    ['input', inputTokens],
    ['cache read', cacheReadTokens],
    ['cache write', cacheWriteTokens],
    ['output', outputTokens],
  ].flatMap(([name, value]) => (typeof value === 'number' ? [`${name} ${count(value)}`] : []))
  return [String(status), ...parts].join(', ')
}

const linesText = ({ out }: CliContext, lines: readonly LedgerLine[]): string => {
  if (lines.length === 0) return 'No tool results in it.\n'
  const columns: Column[] = [
    { title: 'tool' },
    { title: 'content' },
    { title: 'blocks', align: 'right' },
    { title: 'before', align: 'right' },
    { title: 'after', align: 'right' },
    { title: 'what was done' },
  ]
  const rows = lines.map((line) => [
    clean(line.tool ?? '-'),
    line.contentType ?? '-',
    count(line.blocks),
    count(line.tokensBefore),
    count(line.tokensAfter),
    whatWasDone(line),
  ])
  return table(columns, rows, { paintTitle: out.dim })
}

const whatWasDone = ({ compressor, skip, replayed }: LedgerLine): string => {
  const made = skip === undefined ? (compressor ?? 'compressed') : `left: ${wordsFor(skip)} (${skip})`
  return replayed ? `${made}, as decided before` : made
}

const explanationText = ({ out }: CliContext, explanation: Explanation): string => {
  const { ref, originalBytes, originalLines, contentType, compressor, form, tokensBefore, tokensAfter } = explanation
  const facts: [string, string | undefined][] = [
    ['original', `${bytes(originalBytes)}, ${count(originalLines)} lines`],
    ['content', contentType],
    ['compressor', compressor === undefined ? undefined : [compressor, form].filter(Boolean).join(', ')],
    [
      'tokens',
      tokensBefore === undefined || tokensAfter === undefined
        ? undefined
        : `${count(tokensBefore)} → ${count(tokensAfter)} ${change(tokensBefore, tokensAfter)}`,
    ],
    ['read it', `headroom retrieve ${ref}`],
  ]
  const rows = facts.flatMap(([name, value]) => (value ? [[out.dim(name), clean(value)]] : []))
  return `${out.bold(`Original ${ref}`)}\n${table([{ title: '' }, { title: '' }], rows)}`
}
