/** How a token figure was obtained. */
export type CountBasis = 'provider-usage' | 'exact-tokenizer' | 'estimate'

export interface Tokenizer {
  readonly id: string
  /** True only where the vocabulary is the model family's own published one. */
  readonly exact: boolean
  /** Integer ≥ 0; `count('') === 0`; deterministic; linear also on adversarial input. */
  count(text: string): number
}

/** Tokenizer for a model id as sent; never fails: unknown models get the labelled estimate. */
export type TokenizerFor = (model?: string) => Tokenizer
