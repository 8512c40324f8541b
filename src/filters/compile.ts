// Patterns of a filter, ready to run. Users' patterns are checked: none may take more than linear time by nesting repeats.
import type { Block, Filter, Fold, Pattern } from './spec.js'

export interface CompiledFold extends Omit<Fold, 'pattern'> {
  readonly test: RegExp
  /** The pattern names the kind or the figure of its line. */
  readonly groups: boolean
}

export interface CompiledBlock extends Omit<Block, 'start' | 'until' | 'before'> {
  readonly start: RegExp
  readonly until: RegExp | undefined
  readonly before: RegExp | undefined
}

export interface Compiled {
  readonly filter: Filter
  readonly sign: RegExp | undefined
  readonly keep: RegExp | undefined
  readonly summary: RegExp | undefined
  readonly folds: readonly CompiledFold[]
  readonly blocks: readonly CompiledBlock[]
}

export const compileFilter = (filter: Filter): Compiled => ({
  filter,
  sign: anyOf(filter.sign),
  keep: anyOf(filter.keep),
  summary: anyOf(filter.summary),
  folds: (filter.fold ?? []).map(({ pattern, ...rest }) => {
    const test = compilePattern(pattern)
    return { ...rest, test, groups: /\(\?<(?:kind|figure)>/.test(test.source) }
  }),
  blocks: (filter.blocks ?? []).map(({ start, until, before, ...rest }) => ({
    ...rest,
    start: compilePattern(start),
    until: until === undefined ? undefined : compilePattern(until),
    before: before === undefined ? undefined : compilePattern(before),
  })),
})

export const compilePattern = (pattern: Pattern): RegExp =>
  typeof pattern === 'string' ? new RegExp(pattern, 'u') : pattern

/** One pattern for all, so that a line is read once. Back references would count wrongly, so such patterns stay out. */
const anyOf = (patterns: readonly Pattern[] | undefined): RegExp | undefined => {
  if (patterns === undefined || patterns.length === 0) return undefined
  const compiled = patterns.map(compilePattern)
  const flags = compiled.some(({ flags }) => flags.includes('u')) ? 'u' : ''
  const first = compiled[0]!
  if (compiled.length === 1) return first
  return new RegExp(compiled.map(({ source }) => `(?:${source})`).join('|'), flags)
}

/** Longest pattern a user may write. */
const MAX_PATTERN_CHARS = 500
/** Repeats of any character in it. */
const MAX_WIDE = 2

/** Why a pattern is refused, in words for its author; undefined where it may run. */
export const patternFault = (pattern: Pattern): string | undefined => {
  const source = typeof pattern === 'string' ? pattern : pattern.source
  if (source === '') return 'is empty and would match every line'
  if (source.length > MAX_PATTERN_CHARS) return `is longer than ${MAX_PATTERN_CHARS} characters`
  try {
    compilePattern(pattern)
  } catch (error) {
    return error instanceof Error
      ? error.message.replace(/^Invalid regular expression: /, 'is no regular expression: ')
      : 'is no regular expression'
  }
  if (/(?<!\\)(?:\\\\)*\\[1-9]|\\k</.test(source)) return 'refers back to a group, which can take very long'
  if (nestsRepeats(source))
    return 'repeats a group that repeats or chooses inside, e.g. (a+)+, which can take very long'
  if (wideRepeats(source) > MAX_WIDE) return `has more than ${MAX_WIDE} of .* or [^x]*, which can take very long`
  return undefined
}

/** A group with an unbounded repeat after it that holds an unbounded repeat or an alternative itself. */
const nestsRepeats = (source: string): boolean => {
  const open: { repeats: boolean; chooses: boolean }[] = []
  let inClass = false
  for (let at = 0; at < source.length; at++) {
    const char = source[at]!
    if (char === '\\') at++
    else if (inClass) inClass = char !== ']'
    else if (char === '[') inClass = true
    else if (char === '(') open.push({ repeats: false, chooses: false })
    else if (char === ')') {
      const group = open.pop()
      const repeated = isUnbounded(source, at + 1)
      if (group !== undefined && repeated && (group.repeats || group.chooses)) return true
      const outer = open.at(-1)
      if (outer !== undefined && (repeated || group?.repeats === true)) outer.repeats = true
    } else if (char === '|') {
      const group = open.at(-1)
      if (group !== undefined) group.chooses = true
    } else if (isUnbounded(source, at)) {
      const group = open.at(-1)
      if (group !== undefined) group.repeats = true
    }
  }
  return false
}

/** `*`, `+` or `{n,}` stands at `at`. */
const isUnbounded = (source: string, at: number): boolean => {
  const char = source[at]
  return char === '*' || char === '+' || (char === '{' && /^\{\d+,\}/.test(source.slice(at, at + 12)))
}

/** Repeats that can take up nearly the whole line: each more multiplies the ways to divide it. */
const wideRepeats = (source: string): number =>
  source.match(/(?<!\\)(?:\.|\[\^[^\]]*\])(?:[*+]|\{\d+,\})/g)?.length ?? 0
