import type { CountBasis } from './tokenizer.js'

/** Tokens of one request by how they are billed. The classes do not overlap. */
export interface Billed {
  readonly freshTokens: number
  readonly readTokens: number
  readonly writeTokens: number
  readonly write1hTokens: number
  readonly outputTokens: number
}

/** Prices of the classes of input against plain input. */
export interface Weights {
  readonly read: number
  readonly write: number
  readonly write1h: number
}

/** Whole micro-dollars of one request. */
export interface Cost {
  readonly inputMicroUsd: number
  readonly outputMicroUsd: number
}

/** Undefined for a model that has no price: nothing is guessed. */
export type CostOf = (model: string, billed: Billed, atMs: number) => Cost | undefined

/** Of a session while some are held out: left alone, shortened as ever, or left alone only after it had been shortened. */
export type Arm = 'held-out' | 'treated' | 'mixed'

/** One request as its provider billed it, and what our forms took out of it and brought into it, in tokens. */
export interface BilledRequest {
  readonly id: string
  readonly atMs: number
  readonly model?: string
  readonly session?: string
  readonly agent?: string
  readonly reason?: string
  readonly arm?: Arm
  readonly basis: CountBasis
  readonly billed: Billed
  /** The answer said how much was read from a cache, if only that nothing was. */
  readonly tellsReads: boolean
  /** By forms made in this request, and by forms of earlier ones. */
  readonly savedNewTokens: number
  readonly savedAgainTokens: number
  /** Originals that the model asked back, where they first appear and on every later request. */
  readonly askedNewTokens: number
  readonly askedAgainTokens: number
  /** What changing history cost, in tokens of plain input, and the new forms whose gain that figure holds already. */
  readonly repackTokens: number
  readonly repackSavedTokens: number
}

/** Requests with a bill and a price. Amounts in micro-dollars; negative ones are losses. */
export interface MoneyRow {
  readonly name: string
  readonly requests: number
  /** What was billed. */
  readonly paidMicroUsd: number
  /** What it would have been more without us. */
  readonly savedMicroUsd: number
  /** What our work cost: originals asked back and the requests that this took, history changed. */
  readonly costMicroUsd: number
  readonly netMicroUsd: number
}

export interface Money {
  readonly sinceMs: number
  readonly prices: { readonly source: string; readonly date: string }
  /** `estimate` where the tokens of any of these requests are estimated. */
  readonly basis: CountBasis
  readonly total: MoneyRow
  /** UTC days, oldest first. */
  readonly byDay: readonly MoneyRow[]
  /** Dearest first. */
  readonly byModel: readonly MoneyRow[]
  /** By who sent the requests, dearest first; `not named` where nobody said. */
  readonly byAgent: readonly MoneyRow[]
  /** Sessions that paid most, dearest first; the last row, if more there were or some had no name, is all others. */
  readonly bySession: readonly MoneyRow[]
  /** Requests whose model has no price, and those models. */
  readonly unpriced: { readonly requests: number; readonly models: readonly string[] }
  /** Requests that no answer told a bill of. */
  readonly unbilledRequests: number
  /** Older requests of the period were left out: more than are added up. */
  readonly isCut: boolean
  /** Absent where nothing was held out. */
  readonly holdout?: Holdout
}

/** Sessions that passed untouched against those that did not. */
export interface Holdout {
  readonly heldOutSessions: number
  readonly treatedSessions: number
  /** Sessions that each side needs before a number is told. */
  readonly neededSessions: number
  /** Change of input cost per request, e.g. -0.2 for a fifth less. Absent below the needed sessions. */
  readonly effect?: {
    readonly change: number
    readonly low: number
    readonly high: number
    readonly confidence: number
  }
}

/** Where prices come from, and what they make of tokens. */
export interface Pricing {
  readonly costOf: CostOf
  readonly prices: Money['prices']
}
