/** The same sums without a database: a bounded list of entries that ends with the process. */
import type { CacheBreak } from '../spec/drift.js'
import type { LedgerEvent, LedgerLine, LedgerTotals, Stats, StatsRow } from '../spec/ledger.js'
import type { BilledRequest } from '../spec/money.js'
import type { Usage } from '../spec/wire.js'
import { type BilledPeriod, classesOf, repackOf } from './billed.js'
import { sumBreaks } from './breaks.js'
import type { Entry, LedgerTarget, Retrieval, Settlement } from './entries.js'
import { RECENT_EVENTS } from './read.js'

/** About 10 MB of events. Older ones are forgotten. */
const MAX_EVENTS = 10_000

export class LedgerMemory implements LedgerTarget {
  readonly #events = new Map<string, LedgerEvent>()
  readonly #settlements = new Map<string, Settlement>()
  readonly #retrievals: Retrieval[] = []
  readonly #breaks: CacheBreak[] = []

  write(entries: readonly Entry[]): boolean {
    for (const entry of entries) {
      if ('retrieval' in entry) this.#retrievals.push(entry.retrieval)
      else if ('broke' in entry) this.#breaks.push(entry.broke)
      else if ('settlement' in entry) this.#settle(entry.settlement)
      else if (!this.#events.has(entry.event.id)) this.#events.set(entry.event.id, entry.event)
    }
    for (const [id] of this.#events) {
      if (this.#events.size <= MAX_EVENTS) break
      this.#events.delete(id)
      this.#settlements.delete(id)
    }
    this.#breaks.splice(0, Math.max(0, this.#breaks.length - MAX_EVENTS))
    this.#retrievals.splice(0, Math.max(0, this.#retrievals.length - MAX_EVENTS))
    return true
  }

  billed(sinceMs: number): BilledPeriod {
    const events = this.#since(sinceMs)
    const requests = events.flatMap((event) => billedOf(event) ?? []).sort((a, b) => b.atMs - a.atMs)
    return { requests, unbilledRequests: events.length - requests.length, isCut: false }
  }

  stats(sinceMs: number): Stats {
    const events = this.#since(sinceMs)
    const decided = events.flatMap(({ lines }) => lines.filter(({ replayed }) => !replayed))
    const retrievals = this.#retrievals.filter(({ atMs }) => atMs >= sinceMs)
    return {
      sinceMs,
      totals: totalsOf(events, decided, retrievals),
      byCompressor: rowsBy(decided, ({ compressor }) => compressor).sort(savedFirst),
      byTool: rowsBy(decided, ({ tool }) => tool).sort(savedFirst),
      byAgent: rowsBy(
        events.flatMap(({ agent, lines }) => lines.flatMap((line) => (line.replayed ? [] : [{ ...line, agent }]))),
        ({ agent }) => agent,
      ).sort(savedFirst),
      bySkip: rowsBy(decided, ({ skip }) => skip).sort(mostFirst),
      recent: events
        .reverse()
        .sort((a, b) => b.atMs - a.atMs)
        .slice(0, RECENT_EVENTS),
      cacheBreaks: sumBreaks(this.#breaks, sinceMs),
    }
  }

  close(): void {
    this.#events.clear()
  }

  #since(sinceMs: number): LedgerEvent[] {
    return [...this.#events.values()].flatMap((event) => (event.atMs >= sinceMs ? [this.#settled(event)] : []))
  }

  #settle(settlement: Settlement): void {
    const usage = { ...this.#settlements.get(settlement.id)?.usage, ...settlement.usage }
    this.#settlements.set(settlement.id, { ...settlement, usage })
  }

  #settled(event: LedgerEvent): LedgerEvent {
    const settlement = this.#settlements.get(event.id)
    if (settlement === undefined) return event
    const usage = { ...event.usage, ...settlement.usage }
    return { ...event, status: settlement.status, ...(Object.keys(usage).length === 0 ? {} : { usage }) }
  }
}

const billedOf = ({ usage, lines, repack, ...event }: LedgerEvent): BilledRequest | undefined => {
  if (usage?.inputTokens === undefined) return undefined
  const { id, atMs, model, session, agent, reason, arm, basis } = event
  const saved = (again: boolean): number =>
    sum(lines, (line) => (line.replayed === again ? line.tokensBefore - line.tokensAfter : 0))
  const asked = (again: boolean): number =>
    sum(lines, (line) => (line.replayed === again && line.skip === 'retrieved-content' ? line.tokensAfter : 0))
  return {
    ...{ id, atMs, basis },
    ...(model === undefined ? {} : { model }),
    ...(session === undefined ? {} : { session }),
    ...(agent === undefined ? {} : { agent }),
    ...(reason === undefined ? {} : { reason }),
    ...(arm === undefined ? {} : { arm }),
    billed: classesOf(usage),
    tellsReads: usage.cacheReadTokens !== undefined,
    savedNewTokens: saved(false),
    savedAgainTokens: saved(true),
    askedNewTokens: asked(false),
    askedAgainTokens: asked(true),
    ...repackOf(repack),
  }
}

const totalsOf = (
  events: readonly LedgerEvent[],
  decided: readonly LedgerLine[],
  retrievals: readonly Retrieval[],
): LedgerTotals => ({
  requests: events.length,
  compressed: events.filter(({ outcome }) => outcome === 'compressed').length,
  bytesIn: sum(events, ({ bytesIn }) => bytesIn),
  bytesOut: sum(events, ({ bytesOut }) => bytesOut),
  tokensBefore: sum(events, ({ tokensBefore }) => tokensBefore),
  tokensAfter: sum(events, ({ tokensAfter }) => tokensAfter),
  firstSeenBefore: sum(decided, ({ tokensBefore }) => tokensBefore),
  firstSeenAfter: sum(decided, ({ tokensAfter }) => tokensAfter),
  usage: events.reduce((total, { usage }) => addUsage(total, usage), {}),
  retrievedTokens: sum(retrievals, ({ tokens }) => tokens),
})

const sum = <T>(items: readonly T[], of: (item: T) => number): number =>
  items.reduce((total, item) => total + of(item), 0)

const addUsage = (total: Usage, usage: Usage | undefined): Usage => {
  const added: { -readonly [K in keyof Usage]: number } = { ...total }
  for (const name of [
    'inputTokens',
    'outputTokens',
    'cacheReadTokens',
    'cacheWriteTokens',
    'cacheWrite1hTokens',
  ] as const) {
    const value = usage?.[name]
    if (value !== undefined) added[name] = (added[name] ?? 0) + value
  }
  return added
}

const rowsBy = <Line extends LedgerLine>(
  lines: readonly Line[],
  nameOf: (line: Line) => string | undefined,
): StatsRow[] => {
  const rows = new Map<string, StatsRow>()
  for (const line of lines) {
    const name = nameOf(line)
    if (name === undefined) continue
    const row = rows.get(name) ?? { name, blocks: 0, tokensBefore: 0, tokensAfter: 0 }
    rows.set(name, {
      name,
      blocks: row.blocks + line.blocks,
      tokensBefore: row.tokensBefore + line.tokensBefore,
      tokensAfter: row.tokensAfter + line.tokensAfter,
    })
  }
  return [...rows.values()]
}

const saved = ({ tokensBefore, tokensAfter }: StatsRow): number => tokensBefore - tokensAfter
const byName = (a: StatsRow, b: StatsRow): number => (a.name < b.name ? -1 : 1)
const savedFirst = (a: StatsRow, b: StatsRow): number => saved(b) - saved(a) || b.blocks - a.blocks || byName(a, b)
const mostFirst = (a: StatsRow, b: StatsRow): number =>
  b.blocks - a.blocks || b.tokensBefore - a.tokensBefore || byName(a, b)
