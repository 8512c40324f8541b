// Identity of a block: everything that user, model and tools said before it, and itself. Two conversations share a key
// only while they are the same conversation, whatever system prompt stands above it.
import { sha256Hex } from '../base/hash.js'
import type { Block } from '../spec/wire.js'

/**
 * Text that survives a client's own re-serialisation, whatever JSON shape it takes next turn. System prompts stay out:
 * clients write clocks, working folders and tool lists into them, and a form does not depend on them.
 */
const isPartOfIdentity = (block: Block): boolean =>
  block.kind === 'tool-result' || (block.kind === 'text' && block.role !== 'system')

/**
 * Key of each block: SHA-256 over the previous key and the block's role, kind and text. O(blocks after `known.length`).
 * Blocks outside the identity repeat the key before them.
 */
export const chainKeys = (blocks: readonly Block[], known: readonly string[], root: string): string[] => {
  const keys = known.slice(0, blocks.length)
  let key = keys.at(-1) ?? sha256Hex(root)
  for (let index = keys.length; index < blocks.length; index++) {
    const block = blocks[index]!
    if (isPartOfIdentity(block)) key = sha256Hex(`${key}\n${block.role}\n${block.kind}\n${block.text}`)
    keys.push(key)
  }
  return keys
}

/** Second key of a block for clients that name their session: survives a client that edits its own early history. */
export const aliasKey = (session: string, block: Block): string =>
  sha256Hex(`session\n${session}\n${block.kind}\n${block.text}`)
