// Whether a function's bounds can be believed although the parser stumbled in or around it: its indentation must agree.
import type { Node } from 'web-tree-sitter'
import { endRow, type Fn } from './find.js'
import { indentOf, isBlank, rowText, type Source } from './source.js'

/** Lines that by custom stand left of the code around them. */
const OUTDENTED = /^\s*(?:#|\w+:\s*(?:;|\/\/.*|\/\*.*\*\/)?\s*$|case\b.*:|default:|=(?:begin|end)\b)/

export type Trust = (fn: Fn) => boolean

/** Rows of the source that the parser could make nothing of. */
const errorRanges = (root: Node): { start: number; end: number }[] =>
  root.hasError
    ? root
        .descendantsOfType('ERROR')
        .flatMap((node) => (node === null ? [] : [{ start: node.startPosition.row, end: endRow(node) }]))
    : []

export const trustIn = (root: Node, source: Source): Trust => {
  const ranges = errorRanges(root)
  return (fn) => {
    const stumbled = fn.node.hasError
    if (!stumbled && !ranges.some(({ start, end }) => start <= fn.start && end >= fn.end)) return true
    return !headHasError(fn) && indentsAgree(fn, source)
  }
}

const headHasError = (fn: Fn): boolean =>
  fn.node.children.some((child) => child !== null && child.id !== fn.body.id && (child.hasError || child.isMissing))

/** Everything between head and end stands further right than both. */
const indentsAgree = (fn: Fn, source: Source): boolean => {
  const base = indentOf(source, fn.start)
  if (fn.last < fn.end && indentOf(source, fn.end) !== base) return false
  for (let row = fn.first; row <= fn.last; row++) {
    if (isBlank(source, row) || OUTDENTED.test(rowText(source, row))) continue
    const indent = indentOf(source, row)
    if (!indent.startsWith(base) || indent.length === base.length) return false
  }
  return true
}
