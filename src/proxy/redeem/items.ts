// Conversations whose items the provider keeps: clients send the id of an item in its place, and a provider refuses a `reasoning`
// item without the item that followed it. What was left out is then found by the ids of the items beside it.
import { sha256Hex } from '../../base/hash.js'
import type { ByteEdit } from '../../spec/wire.js'
import type { Span } from './patch.js'
import { insertion } from './place.js'
import type { NamedEntry, Piece } from './types.js'

/** One upstream answer: what it said, and what goes into the history beside it. */
export interface Told {
  readonly pieces: readonly Piece[]
  /** List entries of the whole answer and its results, where all its calls were ours. */
  readonly entries?: string
  /** Results of our calls, where they stand beside the client's. */
  readonly results?: string
}

interface Item {
  readonly names: readonly string[]
  /** Entries in place of the item; empty where an item before it brought them. */
  readonly instead?: string
  readonly before?: string
  readonly after?: string
}

export interface ItemGroup {
  /** Names of the first item, by which the group is found. */
  readonly names: readonly string[]
  readonly text: string
}

export const itemKey = (name: string): string => sha256Hex(`retrieval\nitem\n${name}`)

const isNamed = ({ names = [] }: Piece): boolean => names.length > 0

/** Undefined where an item that the client was shown has no id, or none was shown. */
export const groupOf = (told: readonly Told[]): ItemGroup | undefined => {
  const items: Item[] = []
  const waiting: string[] = []
  const join = (...more: readonly (string | undefined)[]): string =>
    [...waiting.splice(0), ...more].filter(Boolean).join(',')
  for (const { pieces, entries, results } of told) {
    const shown = pieces.filter(({ own }) => own === undefined)
    if (!shown.every(isNamed)) return undefined
    if (entries !== undefined) {
      if (shown.length === 0) waiting.push(entries)
      else
        for (const [index, { names = [] }] of shown.entries())
          items.push({ names, instead: index === 0 ? join(entries) : '' })
      continue
    }
    for (const { own, json, names = [] } of pieces)
      if (own !== undefined) waiting.push(...(results === undefined ? [] : [json]))
      else items.push({ names, before: join() })
    const after = join(results)
    const last = items.pop()
    if (last === undefined) return undefined
    items.push({ ...last, after })
  }
  const names = items[0]?.names
  return names && { names, text: JSON.stringify({ items }) }
}

/** All of a group or nothing of it: a call without its result would be refused. */
export const groupEdits = (entries: readonly NamedEntry[], texts: ReadonlyMap<string, string>): ByteEdit[] =>
  entries.flatMap(({ names }, from) => {
    const text = names.map((name) => texts.get(itemKey(name))).find((one) => one !== undefined)
    if (text === undefined) return []
    const { items } = JSON.parse(text) as { readonly items: readonly Item[] }
    const run = entries.slice(from, from + items.length)
    const isWhole = items.every((item, index) => run[index]?.names.some((name) => item.names.includes(name)))
    return isWhole ? items.flatMap((item, index) => itemEdits(item, run[index]!, entries[from + index - 1])) : []
  })

const itemEdits = ({ instead, before = '', after = '' }: Item, entry: Span, previous: Span | undefined): ByteEdit[] => {
  if (instead === '' && previous !== undefined)
    return [{ start: previous.end, end: entry.end, bytes: Buffer.from(after === '' ? '' : `,${after}`) }]
  return [
    ...(before === '' ? [] : [insertion(entry.start, `${before},`)]),
    ...(instead === undefined ? [] : [{ start: entry.start, end: entry.end, bytes: Buffer.from(instead) }]),
    ...(after === '' ? [] : [insertion(entry.end, `,${after}`)]),
  ]
}
