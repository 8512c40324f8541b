// A request body as a conversation: who said what, in which bytes, under an identity that survives a client's own re-serialising.
import { sha256Hex } from '../../base/hash.js'
import { JsonCursor, sliceText } from '../../base/json-span.js'
import { entriesOf, type Span } from './patch.js'
import { solid } from './place.js'
import type { Head, NamedEntry, RedeemDialect, Turn } from './types.js'

/** A run of the model's entries, with the key under which what was left out of it is remembered. */
export interface KeyedTurn extends Turn {
  readonly key: string
}

export interface Conversation {
  /** Identity of what stands before the model's first words. */
  readonly root: string
  /** Identity of everything. */
  readonly chain: string
  readonly turns: readonly KeyedTurn[]
  readonly head: Head
  readonly tools: Span | undefined
  readonly list: Span
  readonly entries: readonly Span[]
}

/** Members that say nothing: clients add and move them between turns. */
const SILENT = new Set(['type', 'role', 'cache_control', 'cacheControl', 'status'])

const wordsOf = (value: unknown): string => {
  if (typeof value === 'string') return solid(value)
  if (typeof value !== 'object' || value === null) return ''
  if (Array.isArray(value)) return value.map(wordsOf).join('\n')
  return Object.entries(value)
    .map(([name, member]) => (SILENT.has(name) ? '' : wordsOf(member)))
    .filter((words) => words !== '')
    .join('\n')
}

/** Members of the head that decide something and are small. */
const HEAD = new Set([
  ...['n', 'background', 'conversation', 'previous_response_id', 'store', 'generationConfig', 'tools'],
  ...['tool_choice', 'toolConfig', 'tool_config'],
])

/** Key of what the model said after `chain`. Words only count by their characters, calls by their ids. */
export const turnKey = (chain: string, text: string, calls: readonly string[]): string =>
  sha256Hex(`${chain}\nmodel\n${solid(text)}\n${JSON.stringify(calls)}`)

/** Undefined where the body is none of this dialect, or a member that counts occurs twice. */
export const readConversation = (dialect: RedeemDialect, body: Buffer): Conversation | undefined => {
  const cursor = new JsonCursor(body)
  if (cursor.peek() !== 0x7b) return undefined
  const members = new Map<string, Span>()
  for (const { key, start, end } of entriesOf(body, 0)) {
    if (key === undefined || (key !== dialect.listKey && !HEAD.has(key))) continue
    if (members.has(key)) return undefined
    members.set(key, { start, end })
  }
  const list = members.get(dialect.listKey)
  if (list === undefined) return undefined
  const head = Object.fromEntries(
    [...members]
      .filter(([name]) => name !== dialect.listKey)
      .map(([name, { start, end }]) => [name, JSON.parse(sliceText(body, start, end)) as unknown]),
  )
  return { head, tools: members.get('tools'), list, ...follow(dialect, body, list) }
}

/** Walks the entries once. A list may also be one string: the user's words. */
const follow = (
  dialect: RedeemDialect,
  body: Buffer,
  list: Span,
): Pick<Conversation, 'root' | 'chain' | 'turns' | 'entries'> => {
  let chain = sha256Hex(`retrieval\n${dialect.dialect}`)
  const others = (value: unknown): void => {
    chain = sha256Hex(`${chain}\nother\n${wordsOf(value)}`)
  }
  const entries = entriesOf(body, list.start)
  const turns: KeyedTurn[] = []
  let root: string | undefined
  if (entries.length === 0) others(JSON.parse(sliceText(body, list.start, list.end)))
  for (let at = 0; at < entries.length; ) {
    const entry = parsedEntry(body, entries[at]!)
    if (!dialect.isModel(entry)) {
      others(entry)
      at++
      continue
    }
    const run: NamedEntry[] = []
    const said = { text: '', calls: [] as string[] }
    for (; at < entries.length; at++) {
      const one = parsedEntry(body, entries[at]!)
      if (!dialect.isModel(one)) break
      const { text, calls } = dialect.said(one)
      said.text += text
      said.calls.push(...calls)
      run.push({ ...entries[at]!, names: dialect.namesOf?.(one) ?? [] })
    }
    root ??= chain
    chain = turnKey(chain, said.text, said.calls)
    turns.push({ entries: run, next: entries[at], key: chain })
  }
  return { root: root ?? chain, chain, turns, entries }
}

const parsedEntry = (body: Buffer, { start, end }: Span): Record<string, unknown> => {
  const value: unknown = JSON.parse(sliceText(body, start, end))
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}
