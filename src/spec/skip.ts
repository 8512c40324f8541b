/** Every reason for which a block stays as it came. One closed union: stats, inspect and doctor print it. */
export type SkipCode =
  | 'below-floor'
  | 'no-compressor'
  | 'low-confidence'
  | 'verbatim-material'
  | 'no-way-back'
  | 'policy-off'
  | 'policy-lossless-only'
  | 'gain-too-small'
  | 'would-grow'
  | 'near-threshold'
  | 'not-parsable'
  | 'no-grammar'
  | 'nothing-to-drop'
  | 'contains-marker'
  | 'retrieved-content'
  | 'protected'
  | 'seen-uncompressed'
  | 'must-keep-lost'
  | 'verification-failed'
  | 'store-unavailable'
  | 'too-large'
  | 'deadline'
  | 'within-budget'
  | 'vetoed-by-hook'
  | 'paused'
  | 'cache-unread'
  | 'holdout'
  | 'base-not-visible'
  | 'dead-handle'
  | 'failed'

/** A refusal is a value with a reason. */
export interface Skip {
  readonly skip: SkipCode
  /** One clause for people, without request content. */
  readonly detail?: string
}
