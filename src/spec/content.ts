/** What a text is. `plain` is the floor: nothing is known about it, so nothing but exact forms is safe. */
export type ContentType =
  | 'json'
  | 'code'
  | 'search'
  | 'log'
  | 'diff'
  | 'html'
  | 'text'
  | 'table'
  | 'listing'
  | 'yaml'
  | 'lock'
  | 'trace'
  | 'progress'
  | 'plain'

/** Where a text came from, as far as the request says. All fields describe the tool call that produced it. */
export interface Origin {
  /** Tool name as sent, e.g. `Bash`, `mcp__files__read_file`. */
  readonly toolName?: string
  /** Shell command line, when the tool ran one. */
  readonly command?: string
  /** File path, when the tool read, searched or wrote one. */
  readonly path?: string
  /** Search pattern, when the tool searched. */
  readonly pattern?: string
  /** The client marked the result as an error. */
  readonly isError?: boolean
}

export interface Detection {
  readonly type: ContentType
  /** 0..1; below 0.5 nothing is elided on the strength of this detection. */
  readonly confidence: number
  /** Why, in words for `headroom inspect`; most important first. */
  readonly evidence: readonly string[]
  /** Programming language (`python`, `typescript`, …) where the type is `code`. */
  readonly language?: string
}

/** Pure; reads at most the first and last 32 KiB of `text`; never throws. */
export type Detect = (text: string, origin?: Origin) => Detection
