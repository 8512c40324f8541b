// What changed in a system prompt, block by block, and where its bytes lie.
import { utf8 } from '../base/bytes.js'
import type { Change } from '../spec/drift.js'
import type { Span } from './body-index.js'
import { canonical, isObject } from './canonical.js'
import { changeOf } from './text-change.js'

/** A block of Claude Code that changes on every request and that its provider does not read as text (docs/wire/anthropic.md). */
const NOT_READ = 'x-anthropic-billing-header:'

/** Texts of a system prompt in any dialect's shape, by block; what is no text is its JSON. */
export const systemTexts = (system: unknown): string[] => {
  if (system === undefined || system === null) return []
  if (typeof system === 'string') return [system]
  const blocks =
    isObject(system) && Array.isArray(system.parts) ? system.parts : Array.isArray(system) ? system : [system]
  return blocks.map((block: unknown) => {
    if (isObject(block) && typeof block.text === 'string') return block.text
    return typeof block === 'string' ? block : JSON.stringify(canonical(block))
  })
}

export const isRead = (text: string): boolean => !text.startsWith(NOT_READ)

export interface SystemChange {
  readonly block: number
  /** Whole text of the block, as it is now. */
  readonly text: string
  /** UTF-16 offset of the change in it. */
  readonly at: number
  readonly change: Change
}

export const systemChange = (old: unknown, now: unknown): SystemChange | undefined => {
  const [before, after] = [systemTexts(old), systemTexts(now)]
  for (let block = 0; block < Math.max(before.length, after.length); block++) {
    const [a, b] = [before[block] ?? '', after[block] ?? '']
    if (!isRead(a) && !isRead(b)) continue
    const change = changeOf(a, b)
    if (change !== undefined) return { block, text: b, at: change.at, change: { old: change.old, new: change.new } }
  }
  return undefined
}

/** Byte offset of a character of a text whose literal lies in a span; undefined where the client escapes it in another way. */
export const literalOffset = (
  body: Uint8Array,
  { start, end }: Span,
  { text, at }: { readonly text: string; readonly at: number },
): number | undefined => {
  const literal = utf8(JSON.stringify(text))
  const found = Buffer.from(body.buffer as ArrayBuffer, body.byteOffset + start, end - start).indexOf(literal)
  if (found === -1) return undefined
  return start + found + Buffer.byteLength(JSON.stringify(text.slice(0, at))) - 1
}
