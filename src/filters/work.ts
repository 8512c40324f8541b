// What is known of each line while it is decided whether it stays.
import { stripAnsi } from '../base/ansi.js'
import { type LineTable, lineAt } from '../base/lines.js'
import type { Kinds } from './kinds.js'
import type { Question } from './spec.js'

/** A line's role; from UNKNOWN up it stays. */
export const ROUTINE = 0
export const BLANK = 1
export const UNKNOWN = 2
/** Inside a block that stays, without news of its own. */
export const DETAIL = 3
export const NEWS = 4

export interface Lines {
  readonly table: LineTable
  /** Text by line as a terminal shows it: no colours, the last state of a progress line. */
  readonly plain: readonly string[]
}

export interface Work {
  readonly lines: Lines
  readonly role: Uint8Array
  readonly severity: Uint8Array
  readonly kinds: Kinds
  readonly question: Question
}

export const linesOf = (table: LineTable): Lines => {
  const plain: string[] = []
  for (let index = 0; index < table.count; index++) plain.push(lastState(stripAnsi(lineAt(table, index))))
  return { table, plain }
}

const lastState = (line: string): string => {
  const at = line.lastIndexOf('\r')
  return at === -1 ? line : line.slice(at + 1)
}

/** Spaces, tabs and the lines of a drawn tree before the text. */
export const indentOf = (line: string): number => {
  let at = 0
  while (at < line.length && INDENT.has(line.charCodeAt(at))) at++
  return at
}

const INDENT: ReadonlySet<number> = new Set([...' \t│├└─┬\u00a0'].map((char) => char.charCodeAt(0)))
