// Huge literal tables outside functions: their first and last rows stay, the middle goes by whole rows.
import type { Node } from 'web-tree-sitter'
import { endRow, type Fn } from './find.js'
import type { Folds } from './folds.js'
import type { Language } from './languages.js'
import { indentOf, type Source } from './source.js'

/** Rows that stay at the top of a table, and at its end. */
const HEAD_ROWS = 3
const TAIL_ROWS = 1

export interface TableRules {
  readonly minRows: number
}

export const foldTables = (
  root: Node,
  fns: readonly Fn[],
  { source, folds, language }: { readonly source: Source; readonly folds: Folds; readonly language: Language },
  { minRows }: TableRules,
): void => {
  for (const [first, last] of outside(fns, source.code.count, minRows)) {
    let done = -1
    const from = { row: first, column: 0 }
    const to = { row: last + 1, column: 0 }
    for (const node of root.descendantsOfType([...language.literals], from, to)) {
      if (node === null || node.startPosition.row < Math.max(first, done)) continue
      const end = endRow(node)
      if (end - node.startPosition.row < minRows || end > last || node.hasError) continue
      done = end
      foldTable(node, source, folds, language)
    }
  }
}

/** Stretches of rows outside functions that are long enough to hold a table. */
const outside = (fns: readonly Fn[], rows: number, minRows: number): [number, number][] => {
  const found: [number, number][] = []
  let from = 0
  for (const { start, end } of [...fns, { start: rows, end: rows }]) {
    if (start - from >= minRows) found.push([from, start - 1])
    from = Math.max(from, end + 1)
  }
  return found
}

const foldTable = (table: Node, source: Source, folds: Folds, { comment }: Language): void => {
  const items = table.namedChildren.flatMap((child) =>
    child === null ? [] : [{ start: child.startPosition.row, end: endRow(child) }],
  )
  const start = table.startPosition.row
  let first = start + HEAD_ROWS
  let last = endRow(table) - 1 - TAIL_ROWS
  for (const item of items) if (item.start < first && item.end >= first) first = item.end + 1
  for (const item of items.toReversed()) if (item.end > last && item.start <= last) last = item.start - 1
  const kept = folds.focusIn(first, last)
  for (const row of [...kept, last + 1]) {
    const open = items.find((item) => item.start <= row && item.end >= row)
    const to = row > last ? last : (open?.start ?? row) - 1
    if (to >= first && isFree(items, first, to))
      folds.add({ first, last: to, before: `${indentOf(source, first)}${comment} `, after: '' })
    first = Math.max(first, (open?.end ?? row) + 1)
  }
}

const isFree = (items: readonly { start: number; end: number }[], first: number, last: number): boolean =>
  items.every(({ start, end }) => !((start < first && end >= first) || (start <= last && end > last)))
