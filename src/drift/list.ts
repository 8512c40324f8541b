// What changed among the turns that both bodies should share.
import type { BreakCause, Change } from '../spec/drift.js'
import { type BodyIndex, type Item, jsonAt } from './body-index.js'
import { canonical, isObject } from './canonical.js'
import { systemChange } from './system.js'
import { changeOf } from './text-change.js'

export interface ListDifference {
  readonly cause: BreakCause
  /** First item that differs. */
  readonly index: number
  readonly subject?: string
  readonly change?: Change
  /** Text of the next body that holds the change, and where in it. */
  readonly at?: { readonly text: string; readonly at: number }
}

/** Undefined where the previous list is the beginning of the next one. */
export const listDifference = (old: BodyIndex, now: BodyIndex): ListDifference | undefined => {
  const index = old.items.findIndex((item, at) => now.items[at]?.digest !== item.digest)
  if (index === -1) return undefined
  const [a, b] = [old.items[index]!, now.items[index]]
  if (b === undefined) return { cause: 'rewound', index }
  const shape = shapeOf(old.items, now.items, index)
  if (shape === 'compacted') return { cause: 'history-compacted', index }
  if (shape === 'rewound') return { cause: 'rewound', index, subject: b.role }
  if (shape === 'removed') return { cause: 'message-edited', index, subject: `${a.role}, removed` }
  if (shape === 'inserted') return { cause: 'message-edited', index, subject: `${b.role}, inserted` }
  return edited(canonical(jsonAt(old, a)), canonical(jsonAt(now, b)), { index, role: b.role })
}

type Shape = 'compacted' | 'rewound' | 'removed' | 'inserted' | 'edited'

/** By what follows: items that go on as they did show that only this one changed. */
const shapeOf = (old: readonly Item[], now: readonly Item[], index: number): Shape => {
  const same = (a: number, b: number): boolean => old[a] !== undefined && old[a].digest === now[b]?.digest
  if (same(index + 1, index + 1)) return 'edited'
  if (same(index + 1, index)) return 'removed'
  if (same(index, index + 1)) return 'inserted'
  const later = new Set(old.slice(index + 1).map(({ digest }) => digest))
  const survive = now.slice(index).filter(({ digest }) => later.has(digest)).length
  if (survive > 0 && now.length >= old.length) return 'edited'
  // A summary takes the place of most of what was said; going back keeps what was said before.
  const left = old.length - index
  if (left > 2 && bytesOf(now) < bytesOf(old) / 2 && index <= old.length / 4) return 'compacted'
  if (left <= 1 && old[index]?.role === now[index]?.role) return old.length === now.length ? 'rewound' : 'edited'
  return 'rewound'
}

const bytesOf = (items: readonly Item[]): number => (items.at(-1)?.end ?? 0) - (items[0]?.start ?? 0)

const THINKING: ReadonlySet<unknown> = new Set(['thinking', 'redacted_thinking', 'reasoning'])

const withoutThinking = (content: unknown): unknown =>
  Array.isArray(content) ? content.filter((part) => !isObject(part) || !THINKING.has(part.type)) : content

interface Place {
  readonly index: number
  readonly role: string
}

const edited = (old: unknown, now: unknown, { index, role }: Place): ListDifference => {
  if (isObject(old) && isObject(now)) {
    const plain = (item: typeof old): string =>
      JSON.stringify(canonical({ ...item, content: withoutThinking(item.content) }))
    if (Array.isArray(old.content) && plain(old) === plain(now))
      return { cause: 'thinking-dropped', index, subject: role }
    if (role === 'system' || role === 'developer') {
      const found = systemChange(old.content, now.content)
      if (found !== undefined) {
        const { text, at, change } = found
        return { cause: 'system-changed', index, subject: role, change, at: { text, at } }
      }
    }
  }
  const part = changedPart(old, now)
  const change = changeOf(part.old, part.now)
  const told = change === undefined ? {} : { change: { old: change.old, new: change.new } }
  const at = change === undefined || !part.isText ? {} : { at: { text: part.now, at: change.at } }
  return { cause: 'message-edited', index, subject: [role, part.kind].filter(Boolean).join(', '), ...told, ...at }
}

interface Part {
  readonly kind?: string
  readonly old: string
  readonly now: string
  readonly isText: boolean
}

/** The first part of the content that differs, as text. */
const changedPart = (old: unknown, now: unknown): Part => {
  const [a, b] = [partsOf(old), partsOf(now)]
  const at = b.findIndex((part, index) => JSON.stringify(part) !== JSON.stringify(a[index]))
  const [before, after] = at === -1 ? [a[b.length], undefined] : [a[at], b[at]]
  const kind = isObject(after ?? before) ? ((after ?? before) as { type?: unknown }).type : undefined
  const [x, y] = [textOf(before), textOf(after)]
  return {
    ...(typeof kind === 'string' ? { kind } : {}),
    old: x ?? JSON.stringify(before) ?? '',
    now: y ?? JSON.stringify(after) ?? '',
    isText: y !== undefined,
  }
}

const partsOf = (item: unknown): unknown[] => {
  if (!isObject(item)) return [item]
  const content = item.content ?? item.parts ?? item.output
  return Array.isArray(content) ? content : content === undefined ? [item] : [content]
}

const textOf = (part: unknown): string | undefined => {
  if (typeof part === 'string') return part
  if (!isObject(part)) return undefined
  const text = part.text ?? part.content
  return typeof text === 'string' ? text : undefined
}
