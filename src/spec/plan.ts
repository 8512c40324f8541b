/** Half-open range of UTF-16 code units, never inside a surrogate pair or a CRLF. */
export interface Span {
  readonly start: number
  readonly end: number
}

export type GapUnit = 'lines' | 'rows' | 'chars' | 'keys'

/** What an elided span held, in numbers that are true of the source. */
export interface Gap {
  readonly count: number
  readonly unit: GapUnit
  /** 1-based, inclusive positions in the unit (line 12-48 of the text, row 4-40 of the array). */
  readonly range?: readonly [first: number, last: number]
  /** Declarative words on what is not shown, e.g. `status ok`. No brackets, no line breaks. */
  readonly note?: string
}

/** Source text as it is. */
export interface Keep extends Span {
  readonly kind: 'keep'
}
/** The same information written in fewer tokens; nothing is lost. */
export interface Rewrite extends Span {
  readonly kind: 'rewrite'
  readonly text: string
}
/** Left out; the pipeline stores the source and prints `before + marker + after` in its place. */
export interface Elide extends Span {
  readonly kind: 'elide'
  readonly gap: Gap
  /** Text around the marker so that the output stays well formed, e.g. `"` and `",` inside a JSON array, `` and `\n` between lines. */
  readonly before: string
  readonly after: string
}
export type Segment = Keep | Rewrite | Elide

/** Edit script over one source text: covers it exactly once, in order. */
export interface Plan {
  readonly segments: readonly Segment[]
  /** Human-readable form name for `inspect` and stats, e.g. `json/columns`, `log/templates`. */
  readonly form: string
}
