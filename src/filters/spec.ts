// What a filter is: data that says which lines of one command's output carry news and which are routine.
// Built-in filters and a user's own have the same shape.
import type { ContentType } from '../spec/content.js'

/** A regular expression over one line without colour codes and line break. Users write it as a string. */
export type Pattern = RegExp | string

export interface Filter {
  /** Unique, kebab-case, e.g. `git-status`. A user's filter replaces the built-in one of the same name. */
  readonly name: string
  /** Raised whenever the same output may be shown differently. */
  readonly version: number
  /** What stays and what is folded, in one line for `headroom filters list`. */
  readonly about: string
  /** Commands whose output this is; any of them. */
  readonly match: readonly Match[]
  /** Types of text it takes part for. Absent: log, plain, text, code and search; others have specialists of their own. */
  readonly types?: readonly ContentType[]
  /** Lines by which the output is known where a script or a task runner ran the tool, e.g. `make test`. */
  readonly sign?: readonly Pattern[]
  /** Lines that stay whatever else they look like. */
  readonly keep?: readonly Pattern[]
  /** Verdicts and totals. They stay; where none is in the text the output was cut, and more of its end stays. */
  readonly summary?: readonly Pattern[]
  /** Routine lines, folded to their count. First match wins. */
  readonly fold?: readonly Fold[]
  /** Runs of lines that belong together. First match wins. */
  readonly blocks?: readonly Block[]
  /** Lines that stay at the start; 1 where absent. */
  readonly head?: number
  /** Lines that stay at the end; 2 where absent. */
  readonly tail?: number
  readonly cases: readonly Case[]
}

export interface Match {
  /** Program without its folder; any of them. */
  readonly program: string | readonly string[]
  /** First plain words after it, e.g. `compose build`; any of them. Absent: whatever follows. */
  readonly sub?: string | readonly string[]
  /** All of these must be given. A single letter is found in a cluster: `-v` in `-vv` and `-sv`. */
  readonly flags?: readonly string[]
  /** None of these may be given. */
  readonly not?: readonly string[]
  /** Options before the sub-command that take the next word, e.g. `-C` of git. */
  readonly valued?: readonly string[]
}

export interface Fold {
  readonly pattern: Pattern
  /** What such lines are, as the gap names them, e.g. `passed`. A group `kind` of the pattern is put after it. */
  readonly as: string
  /** The first so many of each kind stay. */
  readonly show?: number
  /** The pattern says it all: neither a word such as `error` in the line nor its rarity makes it news. */
  readonly certain?: boolean
  /**
   * Heads the lines below it, down to the next heading that is not indented deeper; stays only where one of them stays.
   * `indented`: heads only what is indented deeper. `deeper`: a heading only where the next line is folded and indented
   * deeper, for patterns that other lines may fit.
   */
  readonly heading?: boolean | 'indented' | 'deeper'
  /** So many lines with the greatest figures stay. The figure is a group `figure` of the pattern, else a duration or size. */
  readonly top?: number
}

/**
 * From a line that matches `start` to the end given by `until` (last line) or `before` (first line after it), whichever
 * comes first; without both, as long as lines are blank or indented deeper than the first.
 */
export interface Block {
  readonly start: Pattern
  readonly until?: Pattern
  readonly before?: Pattern
  readonly as: string
  /** The first so many lines of each folded block stay. */
  readonly show?: number
  /** `keep` where absent. Of very many kept blocks the later ones lose lines that say nothing of their own. */
  readonly do?: 'keep' | 'fold'
}

/** An output and all of what is shown of it. */
export interface Case {
  readonly name: string
  /** Absent: the first command of the filter. */
  readonly command?: string
  /** `x40 | line {n}` stands for forty lines, numbered from 1. */
  readonly output: string
  /** Kept lines, and gaps as `... 40 lines: passed x40`. A kept line equal to the one above may be written as `x40 | …` too. */
  readonly shows: string
}

/** Part of a command line that prints: see `readShell` of `detect`. */
export interface Step {
  readonly words: readonly string[]
  readonly through: readonly string[]
}
export interface Reading {
  readonly steps: readonly Step[]
  readonly unclear?: string
}

/** What a filter cannot know by itself. */
export interface Sight {
  readShell(command: string): Reading
  /** 3 failure, 2 error, 1 warning, 0 nothing. */
  severityOf(line: string): number
  parseQuery(query: string | undefined): Question
}

export interface Question {
  readonly terms: readonly { readonly text: string; readonly weight: number }[]
  readonly literals: readonly string[]
  readonly wantsFirst: boolean
  readonly wantsLast: boolean
  readonly wantsMost: boolean
  readonly wantsLeast: boolean
}
