// What a replay finds, as `--json` prints it.
import type { Billed } from '../spec/money.js'
import type { Repack } from '../spec/repack.js'
import type { PolicyLabel } from './senders.js'

export interface Times {
  readonly requests: number
  readonly p50Ms: number
  readonly p99Ms: number
  readonly maxMs: number
}

/** What asking for originals would cost at most: every request that a needed word would have caused, and what it brings. */
export interface Retrievals {
  readonly count: number
  readonly billed: Billed
  readonly microUsd: number
  readonly plainTokens: number
}

export interface Bill {
  readonly requests: number
  /** Provider tokens by price class. */
  readonly billed: Billed
  /** Of requests with a known price. */
  readonly inputMicroUsd: number
  readonly outputMicroUsd: number
  readonly unpricedRequests: number
  /** Input weighted by the price classes against plain input: a bill in tokens, for models without a price too. */
  readonly plainTokens: number
}

export interface PolicyResult extends Bill {
  /** Results, each once and as it was sent last, under the local tokenizer. */
  readonly resultTokensBefore: number
  readonly resultTokensAfter: number
  /** Results that were changed, and those of them of which something was left out. */
  readonly changed: number
  readonly leftOut: number
  /** Requests in which results were shortened that had been sent in full: nothing was cached any more, or it paid nevertheless. */
  readonly repacks: Readonly<Record<Repack['cause'], number>>
  readonly retrievals: Retrievals
  /** Left-out results of which the agent later used a word and that nothing gives back. */
  readonly lost: number
  /** Of one session: input tokens of its requests in order, evenly thinned. */
  readonly contextTokens?: readonly number[]
  readonly times?: Times
}

/** How well the replay tells what the provider billed, over the requests that have a receipt. Input only. */
export interface ReceiptCheck {
  readonly requests: number
  readonly recorded: Bill
  /** Policy `none`, with the receipts' token totals and with what they show of the cache. */
  readonly none: Bill
  /** Sizes told from the receipt before, and what the cache rules make of them. */
  readonly rulesAlone: Bill
  /** Input by counts of what is recorded; the receipts gave tokens per token, and the first one what comes before the history. */
  readonly rebuiltTokens: number
  /** Mean of the absolute errors of single requests, counted from the one before; 0.01 is one percent. */
  readonly meanError: number
}

export interface SessionResult {
  readonly id: string
  readonly agent: string
  readonly models: readonly string[]
  readonly requests: number
  readonly startMs?: number
  readonly policies: Readonly<Partial<Record<PolicyLabel, PolicyResult>>>
  readonly receipts?: ReceiptCheck
  /** Lines of the file that are no records, and the numbers of the first of them. */
  readonly unread?: { readonly lines: number; readonly first: readonly number[] }
  /** What was assumed because neither recording nor receipts tell it. */
  readonly assumed: readonly string[]
}

export interface CensusRow {
  /** `system`, `user`, `assistant`, or the tool of a result. */
  readonly of: string
  readonly contentType?: string
  /** Form, or why the result is as it came. */
  readonly state?: string
  readonly blocks: number
  /** Each once, and with every resend. */
  readonly tokens: number
  readonly sentTokens: number
}

export interface ReplayResult {
  readonly policies: readonly PolicyLabel[]
  readonly sessions: readonly SessionResult[]
  readonly totals: Readonly<Partial<Record<PolicyLabel, PolicyResult>>>
  readonly receipts?: ReceiptCheck
  readonly leftOut: readonly { readonly path: string; readonly why: string }[]
  /** Older files that a limit kept out. */
  readonly filesLeftOut?: number
  /** What is left of the tokens under each policy. */
  readonly census?: Readonly<Partial<Record<PolicyLabel, readonly CensusRow[]>>>
  readonly prices: {
    readonly source: string
    readonly date: string
    readonly unknownModels: readonly string[]
    /** Every request is priced as if this model had answered. */
    readonly as?: string
  }
}
