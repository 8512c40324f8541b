// Names unlike all others of their key, anywhere in a nested text: one `id_rsa.pem` among hundreds of `module_N.ts`. A list
// judged by itself shows such a row; what leads down to it, branch by branch, must be shown as well.
import { leadOf } from './text-shape.js'
import { ARRAY, STRING, type Tree } from './tree.js'

/** Nested lists below which there is nothing to lead down through. */
const MIN_LISTS = 20
/** Values of one key from which on the usual can be told. */
const MIN_VALUES = 100
const MAX_CHARS = 64
/** What a name may end with: versions, numbers and dates are no names. */
const ENDING = /^[A-Za-z][A-Za-z0-9]{0,9}$/
/** More odd ones than this share are the rule; a few always may be odd, and never more than make a text short. */
const ODD_SHARE = 0.005
const FEW_ODD = 3
const MAX_ODD = 12

interface Named {
  readonly node: number
  readonly lead: string
  readonly tail: string
}

/** Nodes, ascending. O(nodes). */
export const deepOdds = (tree: Tree): readonly number[] => {
  let lists = 0
  for (let node = 1; node < tree.nodes; node++) if (tree.kind[node] === ARRAY) lists++
  if (lists < MIN_LISTS) return []
  const odd = [...namedBy(tree).values()].flatMap(oddOf)
  return odd.sort((a, b) => a - b)
}

/** Short strings with an ending, by key. */
const namedBy = (tree: Tree): Map<string, Named[]> => {
  const { text, kind, start, end, keyStart, keyEnd } = tree
  const groups = new Map<string, Named[]>()
  for (let node = 1; node < tree.nodes; node++) {
    if (kind[node] !== STRING || keyStart[node] === -1 || end[node]! - start[node]! > MAX_CHARS) continue
    const value = text.slice(start[node]! + 1, end[node]! - 1)
    const dot = value.lastIndexOf('.')
    if (dot === -1 || value.includes('/')) continue
    const tail = value.slice(dot + 1)
    if (!ENDING.test(tail)) continue
    const key = text.slice(keyStart[node], keyEnd[node])
    const named: Named = { node, lead: leadOf(value), tail }
    const group = groups.get(key)
    if (group) group.push(named)
    else groups.set(key, [named])
  }
  return groups
}

/** The beginning occurs once where hardly another one does, or the ending, or both do. */
const oddOf = (group: readonly Named[]): number[] => {
  if (group.length < MIN_VALUES) return []
  const leads = countsOf(group.map(({ lead }) => lead))
  const tails = countsOf(group.map(({ tail }) => tail))
  const begins = group.filter(({ lead }) => leads.get(lead) === 1)
  const ends = group.filter(({ tail }) => tails.get(tail) === 1)
  const both = begins.filter(({ tail }) => tails.get(tail) === 1)
  const most = Math.min(MAX_ODD, Math.max(FEW_ODD, group.length * ODD_SHARE))
  const odd = [begins, ends, both].flatMap((some) => (some.length > most ? [] : some.map(({ node }) => node)))
  return [...new Set(odd)]
}

const countsOf = (words: readonly string[]): Map<string, number> => {
  const counts = new Map<string, number>()
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1)
  return counts
}
