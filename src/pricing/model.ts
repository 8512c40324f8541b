// How a price table is written: rates in micro-dollars per million tokens, by class of token.

/** From `tiers[i][0]` input tokens of a request on, the whole request is priced at `tiers[i][1]`. */
export type Rate =
  | number
  | { readonly base: number; readonly tiers: readonly (readonly [fromTokens: number, microUsd: number])[] }

export interface Rates {
  readonly input: Rate
  readonly output: Rate
  /** Absent: read at the price of input. */
  readonly read?: Rate
  /** Absent: written at the price of input. */
  readonly write?: Rate
  /** Absent: twice the price of input where writes have a price of their own. */
  readonly write1h?: Rate
}

/** A price and the day from which it held, `YYYY-MM-DD`; the first period of a model has none. */
export interface Period extends Rates {
  readonly from?: string
}

export type Match =
  | { readonly equals: string }
  | { readonly starts_with: string }
  | { readonly ends_with: string }
  | { readonly contains: string }
  | { readonly regex: string }
  | { readonly or: readonly Match[] }
  | { readonly and: readonly Match[] }

export interface PricedModel {
  readonly provider: string
  readonly id: string
  readonly match: Match
  readonly periods: readonly Period[]
}
