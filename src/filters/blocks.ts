// Runs of lines that belong together: failures with their traces, lists of files, progress of one step.
import type { Compiled, CompiledBlock } from './compile.js'
import { indentOf, type Lines } from './work.js'

export interface BlockAt {
  readonly block: CompiledBlock
  readonly first: number
  /** Last line of it. */
  last: number
}

/** Lines of a block looked at; an end that never comes must not swallow the rest. */
const MAX_LINES = 2000

/** Block of each line, if any. O(lines × blocks). */
export const findBlocks = ({ plain }: Lines, filters: readonly Compiled[]): readonly (BlockAt | undefined)[] => {
  const of = new Array<BlockAt | undefined>(plain.length)
  const blocks = filters.flatMap((filter) => filter.blocks)
  if (blocks.length === 0) return of
  for (let line = 0; line < plain.length; line++) {
    const text = plain[line]!
    const block = blocks.find(({ start }) => start.test(text))
    if (block === undefined) continue
    const last = lastOf(plain, block, line)
    const at: BlockAt = { block, first: line, last }
    for (let inside = line; inside <= last; inside++) of[inside] = at
    line = last
  }
  return of
}

const lastOf = (plain: readonly string[], block: CompiledBlock, first: number): number => {
  const end = Math.min(plain.length, first + MAX_LINES)
  const byIndent = block.until === undefined && block.before === undefined
  const indent = indentOf(plain[first]!)
  let last = first
  for (let line = first + 1; line < end; line++) {
    const text = plain[line]!
    if (block.until?.test(text)) return line
    if (block.before?.test(text)) return line - 1
    const blank = text.trim() === ''
    if (byIndent && !blank && indentOf(text) <= indent) return last
    if (!byIndent || !blank) last = line
  }
  // An end that did not come: only where the text ends is the rest of it the block's.
  return byIndent || end === plain.length ? last : first
}
