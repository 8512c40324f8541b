// Long comments and licence headers, down to their first line with words. Directives and warnings in them stay.
import type { Comment, Fn } from './find.js'
import type { Folds } from './folds.js'
import { indentOf, rowText, type Source } from './source.js'

/** Lines that tools or readers act on. */
const STAYS =
  /^\W*(?:go:|\+build\b|eslint|@ts-|@flow|@jsx|prettier-|istanbul|c8 ignore|noqa|type: ?ignore|pylint|mypy:|rubocop|frozen_string_literal|clang-format|NOLINT|-\*-|@deprecated|@internal\b|@throws?\b|@raises?\b|:raises?\b|region\b|endregion\b|cgo|#include|import "C")|\b(?:TODO|FIXME|XXX|HACK|BUG|DANGER|WARNING|CAUTION|IMPORTANT|DEPRECATED|SAFETY|Deprecated)\b/
const HAS_WORDS = /[\p{L}\p{N}]{2}/u

export interface CommentRules {
  /** Rows a comment must lose to be folded. */
  readonly minRows: number
  /** Rows whose comments stay: those of functions that were asked for. */
  stays(comment: Comment): boolean
}

/** Folds comments that stand alone on their rows, outside functions. */
export const foldComments = (
  comments: readonly Comment[],
  source: Source,
  folds: Folds,
  { minRows, stays }: CommentRules,
): void => {
  const alone = comments.filter((comment) => isAlone(comment, source) && !stays(comment))
  for (let index = 0; index < alone.length; ) {
    const comment = alone[index]!
    if (rowText(source, comment.start).trimStart().startsWith('/*')) {
      foldBlock(comment, source, folds, minRows)
      index++
      continue
    }
    let next = index + 1
    while (next < alone.length && continues(alone[next - 1]!, alone[next]!, source)) next++
    foldRun(comment.start, alone[next - 1]!.end, { source, folds, minRows })
    index = next
  }
}

const isAlone = ({ node, start, end }: Comment, { code }: Source): boolean => {
  const before = code.text.slice(code.starts[start]!, node.startIndex)
  const after = code.text.slice(node.endIndex, code.starts[end + 1]!)
  return before.trim() === '' && after.trim() === ''
}

const OPENER = /^\s*(?:\/\/[/!]?|#+|--|=begin)/
const openerOf = (source: Source, row: number): string => OPENER.exec(rowText(source, row))?.[0] ?? ''

const continues = (above: Comment, below: Comment, source: Source): boolean => {
  const opener = openerOf(source, below.start)
  return opener !== '' && below.start === above.end + 1 && openerOf(source, above.start) === opener
}

const headRow = (first: number, last: number, source: Source): number => {
  for (let row = first; row < last; row++) if (HAS_WORDS.test(rowText(source, row))) return row
  return last
}

/** Stretches of `first..last` without a row that must stay. */
const stretches = (first: number, last: number, source: Source, folds: Folds): [number, number][] => {
  const kept = new Set(folds.focusIn(first, last))
  const found: [number, number][] = []
  let from = first
  for (let row = first; row <= last + 1; row++) {
    if (row <= last && !kept.has(row) && !STAYS.test(rowText(source, row))) continue
    if (row > from) found.push([from, row - 1])
    from = row + 1
  }
  return found
}

const foldBlock = ({ start, end }: Comment, source: Source, folds: Folds, minRows: number): void => {
  const head = headRow(start, end, source)
  const indent = indentOf(source, start)
  for (const [first, last] of stretches(head + 1, end, source, folds))
    folds.add({ first, last, before: `${indent} * `, after: last === end ? ' */' : '' }, minRows)
}

interface RunContext {
  readonly source: Source
  readonly folds: Folds
  readonly minRows: number
}

const foldRun = (start: number, end: number, { source, folds, minRows }: RunContext): void => {
  const opener = openerOf(source, start)
  if (opener === '' || opener.endsWith('=begin')) return
  const head = headRow(start, end, source)
  for (const [first, last] of stretches(head + 1, end, source, folds))
    folds.add({ first, last, before: `${opener} `, after: '' }, minRows)
}

const ANNOTATION = /^\s*(?:@|#\[|\[)/

/** Comments directly above functions, and between their annotations. */
export const commentsAbove = (
  fns: ReadonlySet<Fn>,
  comments: readonly Comment[],
  source: Source,
): ReadonlySet<Comment> => {
  const byEnd = new Map(comments.map((comment) => [comment.end, comment]))
  const found = new Set<Comment>()
  for (const fn of fns) {
    let row = fn.start - 1
    while (row >= 0) {
      const comment = byEnd.get(row)
      if (comment !== undefined) found.add(comment)
      else if (!ANNOTATION.test(rowText(source, row))) break
      row = (comment?.start ?? row) - 1
    }
  }
  return found
}
