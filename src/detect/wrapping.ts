// What an envelope is, apart from the readers that find one.

export interface Envelope {
  /** What was recognised, e.g. `json-string`, `codex-output`, `fence`. */
  readonly kind: string
  /** Half-open range of the text that `wrap` replaces. */
  readonly start: number
  readonly end: number
  /** The text to compress, decoded. */
  readonly inner: string
  /** Literal to put in place of `start..end` for a new inner text. */
  wrap(inner: string): string
}
