// Long prose in strings as passages: sentences and lines, scored by the question over the whole document. Offsets are of
// the text as written; a passage never ends within an escape.
import { askOf } from '../../salience/prose/ask.js'
import { KIND_OF_CHAR, PAIRED, TRIPLED } from '../../salience/prose/chars.js'
import { relevanceOf } from '../../salience/prose/relevance.js'
import { sentenceEnds } from '../../salience/prose/sentences.js'
import { type Passage, wordFactsOf } from '../../salience/prose/word-facts.js'
import { STRING, type Tree } from './tree.js'

/** Shorter strings are names, labels and lines. */
const LEAST_CHARS = 120
/** Characters for each space from which on a string is prose, not code or a token. */
const CHARS_PER_SPACE = 14
/** Share of the document that must be prose for its rows to be judged by it. */
const PROSE_SHARE = 0.3
/** Lines shorter than this go together with the next. */
const SHORT_LINE = 60
const LONG_LINE = 200
/** Nodes before a prose string among which its title is looked for. */
const TITLE_STEPS = 6
const TITLE_CHARS = 200

export interface Scored {
  readonly start: number
  readonly end: number
  /** 1 for the best passage of the document, 0 for no word in common with the question. */
  readonly score: number
}

export interface Prose {
  /** The question has words of the prose, and prose is what the document is made of. */
  readonly isAsked: boolean
  /** Passages of a string, covering the inside of its quotes; undefined for other strings. */
  passages(node: number): readonly Scored[] | undefined
  /** Best score in a range of the text, 0..1. */
  best(start: number, end: number): number
}

interface Units {
  readonly list: Passage[]
  /** Ranges of units by node. */
  readonly of: Map<number, readonly [first: number, last: number]>
  blocks: number
  chars: number
}

/** Undefined where no string is long prose. */
export const proseOf = (tree: Tree, asked: string | undefined): Prose | undefined => {
  const nodes: number[] = []
  for (let node = 0; node < tree.nodes; node++) if (isProse(tree, node)) nodes.push(node)
  if (nodes.length === 0) return undefined
  const text = withoutEscapes(tree.text)
  const units: Units = { list: [], of: new Map(), blocks: 0, chars: 0 }
  for (const node of nodes) addUnits(tree, node, text, units)
  const dominant = units.chars >= tree.text.length * PROSE_SHARE
  const scores = dominant && asked !== undefined ? scoresOf(text, units, asked) : undefined
  const best = scores === undefined ? 0 : scores.reduce((max, score) => Math.max(max, score), 0)
  const scoreOf = (unit: number): number => (best > 0 ? scores![unit]! / best : 0)
  return {
    isAsked: best > 0,
    passages: (node) => {
      const range = units.of.get(node)
      if (range === undefined) return undefined
      return units.list.slice(range[0], range[1]).map(({ start, end }, index) => ({
        start,
        end,
        score: scoreOf(range[0] + index),
      }))
    },
    best: (start, end) => {
      let most = 0
      for (let unit = firstFrom(units.list, start); unit < units.list.length && units.list[unit]!.end <= end; unit++)
        most = Math.max(most, scoreOf(unit))
      return most
    },
  }
}

const isProse = (tree: Tree, node: number): boolean => {
  if (tree.kind[node] !== STRING || tree.size[node]! < LEAST_CHARS) return false
  const from = tree.start[node]! + 1
  const to = Math.min(tree.end[node]! - 1, from + 600)
  if (/^\s*[[{]/.test(tree.text.slice(from, from + 8))) return false
  let spaces = 0
  let dense = 0
  for (let at = from; at < to; at++) {
    const code = tree.text.charCodeAt(at)
    if (code === 32) spaces++
    else if (KIND_OF_CHAR[code]! >= PAIRED) dense++
  }
  return spaces * CHARS_PER_SPACE >= to - from || dense * 2 >= to - from
}

/** Same length, with line breaks for `\n` and spaces for other escapes. */
const withoutEscapes = (text: string): string =>
  text.includes('\\')
    ? text.replace(/\\(?:u[0-9a-fA-F]{4}|.)/g, (written) => (written === '\\n' ? ' \n' : ' '.repeat(written.length)))
    : text

const addUnits = (tree: Tree, node: number, text: string, units: Units): void => {
  const start = tree.start[node]! + 1
  const end = tree.end[node]! - 1
  units.chars += end - start
  const title = titleOf(tree, node)
  let above = -1
  if (title !== -1) {
    above = units.list.length
    units.list.push({ start: tree.start[title]!, end: tree.end[title]!, block: units.blocks++, above: -1 })
  }
  const first = units.list.length
  let from = start
  for (let at = start; at < end; ) {
    const newline = text.indexOf('\n', at)
    const to = newline === -1 || newline >= end ? end : newline + 1
    at = to
    if (to < end && to - from < SHORT_LINE) continue
    const ends = to - from > longLine(text, from, to) ? sentenceEnds(text, from, to) : [to]
    for (const cut of ends) {
      units.list.push({ start: from, end: cut, block: units.blocks, above })
      from = cut
    }
    units.blocks++
  }
  units.of.set(node, [first, units.list.length])
}

const longLine = (text: string, from: number, to: number): number => {
  const kind = KIND_OF_CHAR[text.charCodeAt((from + to) >> 1)]
  return kind === PAIRED || kind === TRIPLED ? LONG_LINE / 3 : LONG_LINE
}

/** A short string with words shortly before, not inside another value: the title of the passage. */
const titleOf = (tree: Tree, node: number): number => {
  for (let at = node - 1; at > 0 && at >= node - TITLE_STEPS; at--) {
    if (tree.kind[at] !== STRING || tree.next[at]! > node) continue
    if (tree.size[at]! >= LEAST_CHARS) return -1
    const key = tree.keyStart[at] === -1 ? '' : tree.text.slice(tree.keyStart[at], tree.keyEnd[at])
    if (tree.size[at]! < TITLE_CHARS && /title|name|heading|subject|section|topic|question/i.test(key)) return at
  }
  return -1
}

const scoresOf = (text: string, units: Units, asked: string): Float64Array | undefined => {
  const facts = wordFactsOf({ text, units: units.list, blocks: units.blocks })
  const ask = askOf(asked, facts.vocabulary)
  return ask && relevanceOf(facts, ask)
}

const firstFrom = (list: readonly Passage[], start: number): number => {
  let low = 0
  let high = list.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (list[middle]!.start < start) low = middle + 1
    else high = middle
  }
  return low
}
