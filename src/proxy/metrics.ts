// Prometheus text (exposition format 0.0.4) of the ledger since the proxy's start, so that counters only grow.
import type { CacheBreaks, CauseCount } from '../spec/drift.js'
import type { Stats, StatsRow } from '../spec/ledger.js'
import type { Money } from '../spec/money.js'

export interface ProcessFacts {
  readonly rssBytes: number
  readonly uptimeSeconds: number
  /** Worst delay of the event loop since the last scrape. */
  readonly loopDelayMs: number
  /** Requests whose new forms would have changed bytes sent before; mended before they went. */
  readonly prefixBreaks: number
}

/** @param money absent where no ledger tells of bills. */
export const metricsText = (
  { totals, byCompressor, bySkip, cacheBreaks }: Stats,
  facts: ProcessFacts,
  money?: Money,
): string =>
  [
    one('requests_total', 'counter', 'Generating requests seen.', totals.requests),
    one('requests_compressed_total', 'counter', 'Requests that left smaller than they came.', totals.compressed),
    one('request_bytes_in_total', 'counter', 'Body bytes received.', totals.bytesIn),
    one('request_bytes_out_total', 'counter', 'Body bytes sent.', totals.bytesOut),
    one(
      'block_tokens_before_total',
      'counter',
      'Tool-result tokens as clients sent them, resends included.',
      totals.tokensBefore,
    ),
    one('block_tokens_after_total', 'counter', 'Tool-result tokens as sent on, resends included.', totals.tokensAfter),
    one(
      'first_seen_tokens_before_total',
      'counter',
      'Tool-result tokens, each block once, as sent by clients.',
      totals.firstSeenBefore,
    ),
    one(
      'first_seen_tokens_after_total',
      'counter',
      'Tool-result tokens, each block once, as sent on.',
      totals.firstSeenAfter,
    ),
    one('retrieved_tokens_total', 'counter', 'Tokens handed back by retrievals.', totals.retrievedTokens),
    one('provider_input_tokens_total', 'counter', 'Input tokens billed as fresh.', totals.usage.inputTokens ?? 0),
    one('provider_output_tokens_total', 'counter', 'Output tokens billed.', totals.usage.outputTokens ?? 0),
    one(
      'provider_cache_read_tokens_total',
      'counter',
      'Input tokens read from the cache.',
      totals.usage.cacheReadTokens ?? 0,
    ),
    one(
      'provider_cache_write_tokens_total',
      'counter',
      'Input tokens written to the cache.',
      totals.usage.cacheWriteTokens ?? 0,
    ),
    rows('compressor_tokens_saved_total', 'Tokens removed, by compressor.', byCompressor, {
      label: 'compressor',
      value: (row) => row.tokensBefore - row.tokensAfter,
    }),
    rows('skipped_blocks_total', 'Blocks left as they came, by reason.', bySkip, {
      label: 'reason',
      value: (row) => row.blocks,
    }),
    breakRows(cacheBreaks),
    moneyRows(money),
    one('process_resident_bytes', 'gauge', 'Resident memory of this process.', facts.rssBytes),
    one('uptime_seconds', 'gauge', 'Seconds since start.', facts.uptimeSeconds),
    one(
      'prefix_breaks_total',
      'counter',
      'Forms that would have changed bytes sent before, mended; must stay 0.',
      facts.prefixBreaks,
    ),
    one('event_loop_delay_max_ms', 'gauge', 'Worst event-loop delay since the last scrape.', facts.loopDelayMs),
  ].join('')

const head = (name: string, type: string, help: string): string =>
  `# HELP headroom_${name} ${help}\n# TYPE headroom_${name} ${type}\n`

const one = (name: string, type: string, help: string, value: number): string =>
  `${head(name, type, help)}headroom_${name} ${value}\n`

interface RowForm {
  readonly label: string
  value(row: StatsRow): number
}

const rows = (name: string, help: string, list: readonly StatsRow[], { label, value }: RowForm): string =>
  head(name, 'counter', help) +
  list.map((row) => `headroom_${name}{${label}="${escaped(row.name)}"} ${value(row)}\n`).join('')

const breakRows = (breaks: CacheBreaks | undefined): string => {
  const causes = (name: string, help: string, value: (row: CauseCount) => number): string =>
    head(name, 'counter', help) +
    (breaks?.byCause ?? []).map((row) => `headroom_${name}{cause="${row.cause}"} ${value(row)}\n`).join('')
  return (
    causes('cache_breaks_total', 'Losses of cached tokens, by cause.', ({ breaks: number }) => number) +
    causes(
      'cache_break_lost_tokens_total',
      'Cached tokens that were not read again, by cause.',
      (row) => row.lostTokens,
    )
  )
}

/** Gauges: a retrieval may cost more than a form saved. In millionths of a dollar, of requests with a bill and a price. */
const moneyRows = (money: Money | undefined): string => {
  if (money === undefined) return ''
  const { paidMicroUsd, savedMicroUsd, costMicroUsd, netMicroUsd } = money.total
  return [
    one('billed_micro_usd', 'gauge', 'What providers billed, by list prices or your own.', paidMicroUsd),
    one('saved_micro_usd', 'gauge', 'What was not billed thanks to short forms.', savedMicroUsd),
    one('cost_micro_usd', 'gauge', 'What short forms cost: originals asked back, history changed.', costMicroUsd),
    one('net_micro_usd', 'gauge', 'Saved less cost.', netMicroUsd),
    one('unpriced_requests', 'gauge', 'Requests whose model has no known price.', money.unpriced.requests),
  ].join('')
}

const escaped = (text: string): string => text.replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\n/g, '\\n')
