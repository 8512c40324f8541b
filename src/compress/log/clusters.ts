// Shapes of the same length that differ in few words are one template. A small-step variant of Drain:
// He et al., "Drain: An Online Log Parsing Approach with Fixed Depth Tree" (ICWS 2017), over shapes instead of lines.
import type { Classes } from './classify.js'
import { BLANK, type Scan } from './scan.js'

export interface Cluster {
  readonly id: number
  count: number
  first: number
  last: number
  readonly severity: number
  /** Masked hashes; VARIES where its shapes differ. */
  readonly words: Int32Array
}

export interface Clusters {
  /** Cluster number by line. */
  readonly of: Int32Array
  readonly list: Cluster[]
  /** Lines by cluster: those of cluster `c` are `members[start[c]] .. members[start[c + 1]]`, in order. */
  readonly members: Int32Array
  readonly start: Int32Array
}

export const VARIES = 4
/** Share of equal words from which two shapes are one template. */
const SIMILARITY = 0.6
/** Templates compared per shape. */
const MAX_TRIES = 24

export const clusterShapes = (scan: Scan, classes: Classes): Clusters => {
  const list: Cluster[] = []
  const buckets = new Map<number, Cluster[]>()
  const ofShape = new Int32Array(scan.shapes.length)
  scan.shapes.forEach((shape, index) => {
    const severity = classes.severity[shape.first]!
    const bucket = bucketOf(shape.words, severity)
    const candidates = buckets.get(bucket) ?? []
    if (candidates.length === 0) buckets.set(bucket, candidates)
    let found = mostSimilar(candidates, shape.words)
    if (found === undefined) {
      found = { id: list.length, count: 0, first: shape.first, last: shape.last, severity, words: shape.words.slice() }
      list.push(found)
      candidates.push(found)
      if (candidates.length > MAX_TRIES) candidates.shift()
    } else absorb(found, shape.words)
    ofShape[index] = found.id
    found.count += shape.count
    found.first = Math.min(found.first, shape.first)
    found.last = Math.max(found.last, shape.last)
  })
  return { list, ...membersOf(scan, ofShape, list.length) }
}

/** Shapes can only be one template where number of words, severity and first plain word agree; short ones agree in all. */
const bucketOf = (words: Int32Array, severity: number): number => {
  let head = 0
  if (words.length < 3) for (const word of words) head = Math.imul(head, 31) + word
  else for (let i = 0; i < words.length && head === 0; i++) if (words[i]! > VARIES || words[i]! < 0) head = words[i]!
  return (words.length * 4 + severity) * 2 ** 32 + (head >>> 0)
}

const mostSimilar = (candidates: readonly Cluster[], words: Int32Array): Cluster | undefined => {
  let best: Cluster | undefined
  let bestShare = SIMILARITY
  for (const candidate of candidates) {
    let equal = 0
    for (let i = 0; i < words.length; i++) {
      if (candidate.words[i] === words[i]) equal++
      else if (candidate.words[i] === VARIES) equal += 0.5
    }
    const share = words.length === 0 ? 0 : equal / words.length
    if (share >= bestShare) {
      bestShare = share
      best = candidate
    }
  }
  return best
}

const absorb = (cluster: Cluster, words: Int32Array): void => {
  for (let i = 0; i < words.length; i++) if (cluster.words[i] !== words[i]) cluster.words[i] = VARIES
}

const membersOf = (scan: Scan, ofShape: Int32Array, clusters: number): Omit<Clusters, 'list'> => {
  const n = scan.table.count
  const of = new Int32Array(n)
  const start = new Int32Array(clusters + 1)
  for (let line = 0; line < n; line++) {
    of[line] = ofShape[scan.shape[line]!]!
    start[of[line]! + 1]!++
  }
  for (let c = 0; c < clusters; c++) start[c + 1]! += start[c]!
  const cursor = start.slice()
  const members = new Int32Array(n)
  for (let line = 0; line < n; line++) members[cursor[of[line]!]!++] = line
  return { of, members, start }
}

export const isBlank = (scan: Scan, line: number): boolean => (scan.flags[line]! & BLANK) !== 0

/** Lines from which a template is routine: another of them tells nothing by standing near something. */
const ROUTINE_COUNT = 12

export const isRoutine = (clusters: Clusters, line: number): boolean =>
  clusters.list[clusters.of[line] ?? -1]!.count > ROUTINE_COUNT
