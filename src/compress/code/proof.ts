// The proof that folded code still is code: its text parses with no error that the source did not have.
import type { Node } from 'web-tree-sitter'
import type { Fold } from './folds.js'
import type { CodeParser } from './grammars.js'
import { rowsText, type Source, tailOf } from './source.js'

/** As long as the longest usual marker; what a marker says cannot end the comment it stands in. */
const STAND_IN = '[1 line not shown: 1-2; full text kept; id 0123456789abcdef]'

/** Deepest level at which errors are counted one by one. */
export const MAX_DEPTH = 200

/** Nodes that could not be parsed, and tokens that were missing. */
export const errorsIn = (node: Node, depth = 0): number => {
  if (node.isMissing) return 1
  let count = node.isError ? 1 : 0
  if (!node.hasError || depth > MAX_DEPTH) return count
  for (const child of node.children) if (child !== null) count += errorsIn(child, depth + 1)
  return count
}

/** Rows of the first error, in the folded text. */
const firstErrorRow = (node: Node): number => {
  let at = node
  for (let depth = 0; depth < MAX_DEPTH && !at.isError && !at.isMissing; depth++) {
    const next = at.children.find((child) => child?.hasError || child?.isError || child?.isMissing)
    if (next === null || next === undefined) break
    at = next
  }
  return at.startPosition.row
}

/** The code with its folds, as an agent reads it without line numbers. `at` gives the output row of each fold. */
export const foldedCode = (source: Source, folds: readonly Fold[]): { text: string; at: readonly number[] } => {
  const parts: string[] = []
  const at: number[] = []
  let row = 0
  let out = 0
  for (const { first, last, before, after } of folds) {
    if (first > row) parts.push(rowsText(source, row, first - 1))
    out += first - row
    at.push(out++)
    parts.push(before, STAND_IN, after, '\n')
    row = last + 1
  }
  if (row < source.code.count) parts.push(rowsText(source, row, source.code.count - 1))
  parts.push(tailOf(source))
  return { text: parts.join(''), at }
}

/** Attempts before the folds are given up. */
const MAX_ATTEMPTS = 4

/** The folds, without those at which the folded text had a new error; undefined when none can be proved. */
export const provable = (
  source: Source,
  folds: readonly Fold[],
  parse: (code: string) => ReturnType<CodeParser['parse']>,
  errorsBefore: number,
): readonly Fold[] | undefined => {
  let left = folds
  for (let attempt = 0; attempt < MAX_ATTEMPTS && left.length > 0; attempt++) {
    const { text, at } = foldedCode(source, left)
    const tree = parse(text)
    if (tree === undefined) return undefined
    try {
      if (errorsIn(tree.rootNode) <= errorsBefore) return left
      const row = firstErrorRow(tree.rootNode)
      const near = at.findIndex((fold) => fold >= row - 2)
      const drop = near === -1 ? left.length - 1 : near
      left = left.filter((_, index) => Math.abs(index - drop) > attempt)
    } finally {
      tree.delete()
    }
  }
  return undefined
}
