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

/** Ids that providers draw at random, e.g. `toolu_01BRWRWXjK7S…`; others (`call_0`, `functions.run:3`) repeat between sessions. */
const DRAWN_ID = /(?=[A-Za-z]*\d)(?=\d*[A-Za-z])[A-Za-z0-9]{8}/

/**
 * Second key of a block, for a client that edits, clears or sums up its own earlier history: the very call that the text
 * answers, or else the text and what produced it within a session that the client names. A form found by it is what was sent
 * for this block before. The same text from elsewhere is another block: an original that was asked back must arrive whole.
 */
export const aliasKey = (session: string | undefined, { kind, text, callId, origin }: Block): string | undefined => {
  if (callId !== undefined && DRAWN_ID.test(callId)) return sha256Hex(`call\n${callId}\n${kind}\n${text}`)
  if (session === undefined) return undefined
  const { toolName, command, path, pattern } = origin
  const source = JSON.stringify([toolName, command, path, pattern])
  return sha256Hex(`session\n${session}\n${kind}\n${source}\n${text}`)
}
