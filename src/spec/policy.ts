import type { ContentType } from './content.js'

export type PolicyName = 'strict' | 'balanced' | 'max'

/** First matching rule wins; absent fields match everything. Globs: `*` any run of characters, `?` one. */
export interface PolicyRule {
  readonly tool?: string
  readonly path?: string
  readonly type?: ContentType
  readonly use: PolicyName | 'off'
}

export interface Policy {
  readonly name: PolicyName
  readonly rules: readonly PolicyRule[]
}

/** How an agent that reads an elided text can get the original. Elision needs one that is not `none`. */
export type WayBack =
  | { readonly kind: 'library' }
  | { readonly kind: 'tool'; readonly toolName: string }
  | { readonly kind: 'file'; readonly dir: string }
  | { readonly kind: 'none' }
