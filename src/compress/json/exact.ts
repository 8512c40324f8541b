// Forms that lose nothing: without white space, and with alike objects as tables.

import { COLUMNS_KEY, exactTable, headerText, packed, packedRows } from './table.js'
import { ARRAY, childrenOf, minified, type Tree } from './tree.js'

/** Each value of JSON Lines on its own line. */
export const minifiedText = (tree: Tree): string =>
  tree.lines
    ? childrenOf(tree, 0)
        .map((row) => minified(tree, row))
        .join('\n')
    : minified(tree, tree.root)

/** Undefined where the source itself has a key that a reader could take for a table's. */
export const packedText = (tree: Tree): string | undefined => {
  if (tree.text.includes(COLUMNS_KEY) || tree.kind[tree.root]! > ARRAY) return undefined
  if (!tree.lines) return packed(tree, tree.root)
  const rows = childrenOf(tree, 0)
  const table = exactTable(tree, rows)
  const lines = packedRows(tree, rows, table, 0)
  return (table ? [`{${headerText(table.header)}}`, ...lines] : lines).join('\n')
}
