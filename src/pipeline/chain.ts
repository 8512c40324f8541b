// Identity of a block: everything said before it, and itself. Two conversations share a key only while they are the
// same conversation, which is also when a provider shares its prefix cache between them.
import { sha256Hex } from '../base/hash.js'
import type { Block } from '../spec/wire.js'

/** Kinds whose text survives a client's own re-serialisation, whatever JSON shape it takes next turn. */
const isPartOfIdentity = (block: Block): boolean => block.kind === 'text' || block.kind === 'tool-result'

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
