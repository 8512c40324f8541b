// Which lines stay. Must-keeps first, then one line for each file, best files first, while the budget lasts.
import type { Span } from '../../spec/plan.js'
import { isPrintable } from './gap.js'
import type { SearchResult } from './parse.js'
import type { Ranking } from './rank.js'

export interface ChooseInput {
  readonly result: SearchResult
  readonly ranking: Ranking
  /** Tokens of line `index`, estimated. */
  readonly tokensOf: (index: number) => number
  readonly budgetTokens: number
  readonly protectedLines: readonly Span[]
}

/** A marker without its note, and a name in a note. Counted on printed markers with o200k. */
export const MARKER_TOKENS = 9
const NAME_TOKENS = 5
/** Share of the budget that must-keeps of the question may take; definitions and named files come first in it. */
const MUST_SHARE = 0.9
/** Definitions nobody asked for by name fill the budget up to this share. */
const DEFINING_SHARE = 0.8
const CUT_CHARS = 400

/** 1 for each line that stays. */
export const choose = (input: ChooseInput): Uint8Array => {
  const { result, ranking, tokensOf, budgetTokens } = input
  const keep = new Uint8Array(result.lines.length)
  let spent = result.files.length * (result.isList ? 0 : NAME_TOKENS)
  const take = (index: number): void => {
    if (keep[index] === 1) return
    keep[index] = 1
    spent += tokensOf(index) + MARKER_TOKENS
  }
  for (const span of input.protectedLines) for (let index = span.start; index < span.end; index++) take(index)
  keepFixed(result, take)
  for (const index of ranking.must) if (spent < budgetTokens * MUST_SHARE || index === ranking.must[0]) take(index)
  for (const index of bestOfFiles(input, keep)) {
    if (spent + tokensOf(index) > budgetTokens) continue
    take(index)
  }
  for (const index of ranking.defining) if (spent + tokensOf(index) < budgetTokens * DEFINING_SHARE) take(index)
  keepHeadings(result, keep)
  closeSmallGaps(input, keep)
  return keep
}

/** What is no match: messages, totals, limits; and files whose name no gap could print. */
const keepFixed = (result: SearchResult, take: (index: number) => void): void => {
  const others = result.lines.filter((line) => line.kind === 'other').length
  if (others <= Math.max(20, result.lines.length * 0.1))
    result.lines.forEach((line, index) => {
      if (line.kind === 'other') take(index)
    })
  if (result.isList) return
  for (const file of result.files) if (!isPrintable(file.path) && file.matches[0] !== undefined) take(file.matches[0])
}

/** Best line of each file (in a list: of each folder) that has none yet, best first; in input order among equals. */
const bestOfFiles = ({ result, ranking }: ChooseInput, keep: Uint8Array): number[] => {
  const groups = new Map<string, number[]>()
  for (const file of result.files) {
    const group = result.isList ? file.path.slice(0, Math.max(0, file.path.lastIndexOf('/'))) : file.path
    const lines = groups.get(group)
    if (lines) lines.push(...file.matches)
    else groups.set(group, [...file.matches])
  }
  const best: number[] = []
  for (const lines of groups.values()) {
    if (lines.length === 0 || lines.some((index) => keep[index] === 1)) continue
    best.push(lines.reduce((top, index) => (ranking.scores[index]! > ranking.scores[top]! ? index : top)))
  }
  return best.sort((a, b) => ranking.scores[b]! - ranking.scores[a]! || a - b)
}

/** A numbered line without its path says nothing: the heading above it stays with it. */
const keepHeadings = (result: SearchResult, keep: Uint8Array): void => {
  let heading = -1
  result.lines.forEach((line, index) => {
    if (line.kind === 'heading') heading = index
    else if (keep[index] === 1 && heading !== -1 && result.lines[heading]!.file === line.file) keep[heading] = 1
  })
}

/** A gap that costs as much as its lines is no gap. */
const closeSmallGaps = ({ result, tokensOf }: ChooseInput, keep: Uint8Array): void => {
  let start = 0
  let tokens = 0
  for (let index = 0; index <= keep.length; index++) {
    if (index < keep.length && keep[index] === 0) {
      tokens += tokensOf(index)
      continue
    }
    if (index > start && tokens <= MARKER_TOKENS + NAME_TOKENS) keep.fill(1, start, index)
    start = index + 1
    tokens = 0
  }
  result.lines.forEach((line, index) => {
    if (keep[index] === 0 && line.kind === 'heading' && keep[index + 1] === 1) keep[index] = 1
  })
}

export const isLong = (chars: number): boolean => chars > CUT_CHARS
