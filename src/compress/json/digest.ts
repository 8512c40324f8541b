// A few words on rows that are not shown, so that counts and ranges stay answerable: `status ok x35, retry x2; ms 10-80`.
import type { Column } from './columns.js'
import type { Question } from './question.js'
import { innerOf, NUMBER, type Tree } from './tree.js'

const PLAIN = /^[\w .:/@+-]{1,24}$/
const MAX_VALUES = 4
const MAX_PARTS = 3

/** Columns worth telling of, best first. */
export const tellingColumns = (tree: Tree, columns: readonly Column[], question: Question): Column[] => {
  const ranked = columns.slice(0, 80).flatMap((column) => {
    const kind = tellingKind(tree, column)
    if (kind === 0 || !PLAIN.test(column.name)) return []
    return [{ column, rank: question.named(column.name) * 2 + kind }]
  })
  return ranked
    .sort((a, b) => b.rank - a.rank)
    .slice(0, MAX_PARTS)
    .map(({ column }) => column)
}

/** 0 says nothing, 1 a range of numbers, 1.5 few values. */
const tellingKind = (tree: Tree, column: Column): number => {
  const values = new Set<string>()
  let numbers = 0
  for (const node of column.nodes) {
    values.add(innerOf(tree, node))
    if (tree.kind[node] === NUMBER) numbers++
    else if (values.size > MAX_VALUES) return 0
  }
  if (values.size < 2) return 0
  if (values.size <= MAX_VALUES) return [...values].every((value) => PLAIN.test(value)) ? 1.5 : 0
  return numbers >= 0.9 * column.nodes.length ? 1 : 0
}

/** About the rows `from..to` (half-open). */
export const digestOf = (tree: Tree, columns: readonly Column[], from: number, to: number): string | undefined => {
  const parts = columns.flatMap((column) => {
    const values = new Map<string, number>()
    let low: string | undefined
    let high: string | undefined
    column.rows.forEach((row, index) => {
      if (row < from || row >= to) return
      const node = column.nodes[index]!
      const value = innerOf(tree, node)
      if (values.size <= MAX_VALUES) values.set(value, (values.get(value) ?? 0) + 1)
      if (tree.kind[node] !== NUMBER) return
      if (low === undefined || Number(value) < Number(low)) low = value
      if (high === undefined || Number(value) > Number(high)) high = value
    })
    if (values.size === 0) return []
    if (values.size <= MAX_VALUES)
      return [`${column.name} ${[...values].map(([value, count]) => `${value} x${count}`).join(', ')}`]
    return low === undefined || high === undefined || low.length + high.length > 22
      ? []
      : [`${column.name} ${low} to ${high}`]
  })
  return parts.length === 0 ? undefined : parts.join('; ')
}
