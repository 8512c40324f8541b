// Reads a text as code: as it stands or, where it was cut out of a file, with the heads it was cut from.
import type { Node, Tree } from 'web-tree-sitter'
import { endRow } from './find.js'
import type { CodeParser } from './grammars.js'
import type { Heads, Language } from './languages.js'
import { errorsIn, MAX_DEPTH } from './proof.js'
import { type Source, wrapped } from './source.js'

export interface Reading {
  readonly source: Source
  readonly tree: Tree
  readonly errors: number
  readonly badness: number
}

/** Share of rows without a meaning from which on a text with balanced braces is tried as members of a class; below it, macros. */
const MANY_BAD = 0.2

/** The reading with the fewest errors; the caller deletes its tree. Undefined: parsing took too many steps. */
export const readCode = (parser: CodeParser, plain: Source, { heads }: Language): Reading | undefined => {
  const best = readingOf(parser, plain)
  if (best === undefined || heads === undefined) return best
  // Outside its tags PHP is text in which nothing can be wrong.
  const isBarePhp = heads.type.startsWith('<?') && !plain.code.text.includes('<?')
  const depth = depthOf(plain.code.text)
  const isCut = best.errors > 0 && (depth.lowest < 0 || depth.last > 0 || best.badness > plain.code.count * MANY_BAD)
  if (!isCut && !isBarePhp) return best
  return cutReadings(plain, heads, depth).reduce<Reading>((kept, source) => {
    const next = readingOf(parser, source)
    if (next === undefined) return kept
    const better = next.badness < kept.badness || (kept === best && best.errors === 0)
    const [winner, loser] = better ? [next, kept] : [kept, next]
    loser.tree.delete()
    return winner
  }, best)
}

const readingOf = (parser: CodeParser, source: Source): Reading | undefined => {
  const tree = parser.parse(source.code.text)
  if (tree === undefined) return undefined
  const { rootNode } = tree
  return { source, tree, errors: errorsIn(rootNode), badness: badness(rootNode) }
}

/** Rows of which the parser made nothing, and tokens it missed. */
const badness = (node: Node, depth = 0): number => {
  if (node.isError) return endRow(node) - node.startPosition.row + 1
  if (node.isMissing) return 1
  if (!node.hasError || depth > MAX_DEPTH) return 0
  return node.children.reduce((sum, child) => sum + (child === null ? 0 : badness(child, depth + 1)), 0)
}

/** Braces that close more than the text opens say how deep it began; their count ignores strings, so errors decide. */
const cutReadings = (source: Source, heads: Heads, { lowest, last: depth }: Depth): Source[] => {
  const { text } = source.code
  const closes = text.indexOf('*/')
  const opens = text.indexOf('/*')
  const comment = closes !== -1 && (opens === -1 || closes < opens) ? '/* ' : ''
  const missing = -lowest
  const more = (known: number): string => ' {'.repeat(Math.max(0, missing - known))
  const befores = [
    ...(comment === '' ? [] : ['']),
    heads.type,
    ...(missing >= 1 ? [heads.function + more(1)] : []),
    // The class closes in the text, or goes on after it.
    ...(missing >= 2 ? [`${heads.type} ${heads.method}${more(2)}`] : []),
    ...(missing >= 1 ? [`${heads.type} ${heads.method}${more(1)}`] : []),
  ]
  return befores.map((before) => {
    const open = (before.match(/\{/g)?.length ?? 0) + depth
    return wrapped(source, `${before} ${comment}`, open > 0 ? `\n${'}'.repeat(open)}` : '')
  })
}

interface Depth {
  /** Deepest below the first row's own depth. */
  readonly lowest: number
  readonly last: number
}

const depthOf = (text: string): Depth => {
  let last = 0
  let lowest = 0
  for (const char of text.match(/[{}]/g) ?? []) {
    last += char === '{' ? 1 : -1
    if (last < lowest) lowest = last
  }
  return { lowest, last }
}
