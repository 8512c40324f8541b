import type { Span } from './plan.js'

/** One rendering of a block. Values compare renderings of all blocks of one request with each other. */
export interface Rung {
  readonly tokens: number
  /** Integer; more is better. */
  readonly value: number
}

/** One rendering for each ladder. */
export interface RungChoice {
  /** Index of a rung, by ladder. */
  readonly rungs: readonly number[]
  readonly tokens: number
  readonly value: number
  /** False: the choice is the one of fewest tokens, and even that is over the budget. */
  readonly fits: boolean
  readonly leastTokens: number
}

/** What stretches of one text are worth. Built once a text, linear in it. */
export interface TextWorth {
  readonly total: number
  /** Of a half-open range of UTF-16 code units. Additive over neighbouring ranges. */
  between(start: number, end: number): number
}

export interface Rendering {
  readonly worth: TextWorth
  /** Stretches of the text that this rendering leaves out; empty: nothing is lost. */
  readonly leftOut: readonly Span[]
  /** Tokens of the original: what a retrieval would bring back. */
  readonly tokensBefore: number
  /** Candidates of the request that come after this block. */
  readonly blocksAfter: number
}

/** Mathematics of a budget, as the pipeline is given it. Pure and deterministic. */
export interface BudgetSolver {
  worthOf(text: string, query: string | undefined): TextWorth
  /** Integer; greatest where nothing is left out. */
  worthLeft(rendering: Rendering): number
  /** Goals between the least and the largest lossy form, geometric, ascending; empty where there is no room for one. */
  goalsBetween(leastTokens: number, mostTokens: number): readonly number[]
  /** Each ladder has at least one rung. More budget never gives less value. */
  choose(ladders: readonly (readonly Rung[])[], budgetTokens: number): RungChoice
}

/** How a result stands to the budget that was asked for. */
export interface BudgetReport {
  readonly budgetTokens: number
  /** Of everything counted: tool results as they go out, and all other text. */
  readonly totalTokens: number
  /** Part of it that was not open to choice: other text, protected blocks, forms decided by earlier calls. */
  readonly fixedTokens: number
  /** Fewest tokens that this call could have come to, where they were worked out. Over the budget: it cannot be met. */
  readonly leastTokens?: number
  readonly fits: boolean
}
