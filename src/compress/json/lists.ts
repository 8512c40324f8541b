// Which containers are lists of like things: arrays, maps from id to record, and objects of parallel arrays.
import { likeness } from './columns.js'
import { ARRAY, isContainer, keyOf, OBJECT, STRING, type Tree } from './tree.js'

/** Rows from which a list may lose some. */
export const MIN_LIST = 5
const MIN_RECORD_MAP = 5
const MIN_SCALAR_MAP = 16
const ID_KEY = /\d|[-/@:.]|^[0-9a-f]{8,}$/i

/** True for an object whose members are rows under ids, not fields with meanings of their own. */
export const isMap = (tree: Tree, node: number, children: readonly number[]): boolean => {
  if (tree.kind[node] !== OBJECT || children.length < MIN_RECORD_MAP) return false
  const sample = children.filter((_, index) => index % Math.ceil(children.length / 16) === 0)
  const objects = sample.filter((child) => tree.kind[child] === OBJECT && tree.count[child]! > 0)
  if (objects.length >= 0.8 * sample.length) {
    const alike = objects.slice(1).map((child, index) => likeness(tree, objects[index]!, child))
    const mean = alike.reduce((sum, share) => sum + share, 0) / alike.length
    const ids = sample.filter((child) => ID_KEY.test(keyOf(tree, child))).length
    return mean >= (ids >= 0.5 * sample.length ? 0.5 : children.length >= 12 ? 0.7 : 0.9)
  }
  if (children.length < MIN_SCALAR_MAP) return false
  const kind = tree.kind[sample[0]!]
  if (sample.filter((child) => tree.kind[child] === kind).length < 0.9 * sample.length) return false
  const ids = sample.filter((child) => ID_KEY.test(keyOf(tree, child))).length
  return ids >= 0.6 * sample.length || children.length >= 40
}

/** Length of the arrays, where an object's arrays are columns of one table; else 0. */
export const parallelLength = (tree: Tree, node: number, children: readonly number[]): number => {
  if (tree.kind[node] !== OBJECT) return 0
  const lengths = new Map<number, number>()
  for (const child of children)
    if (tree.kind[child] === ARRAY) lengths.set(tree.count[child]!, (lengths.get(tree.count[child]!) ?? 0) + 1)
  for (const [length, arrays] of lengths) if (arrays >= 2 && length >= 8) return length
  return 0
}

/** True where a list's items are mostly short scalars. */
export const isScalarList = (tree: Tree, items: readonly number[]): boolean =>
  items.every((item) => !isContainer(tree, item) && (tree.kind[item] !== STRING || tree.size[item]! < 200))
