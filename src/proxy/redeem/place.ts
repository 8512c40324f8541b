// Finds the place in a client's own copy of a turn at which something was left out. Whitespace does not count: clients trim.
import { sliceText } from '../../base/json-span.js'
import type { ByteEdit } from '../../spec/wire.js'
import type { Span } from './patch.js'
import type { Hidden, Piece, Place } from './types.js'

/** One part of a turn in a request body. */
export interface Part extends Span {
  readonly text: string
  /** The string literal that holds `text`, where there is one. */
  readonly literal?: Span
}

export interface Found {
  /** Index of the part that begins at, or holds, the place; the number of parts where it lies behind all of them. */
  readonly index: number
  /** Characters of that part that stand before the place; absent at its very start. */
  readonly charsInside?: number
}

const isSpace = (char: string): boolean => /\s/.test(char)

export const solid = (text: string): string => text.replace(/\s+/g, '')

/** The place behind some pieces. */
export const placeAfter = (pieces: readonly Piece[]): Place => {
  const shown = pieces.filter(({ own, merges, text }) => own === undefined && (merges !== 'text' || text !== ''))
  const text = shown.map((piece) => piece.text).join('')
  const parts = shown.filter(({ merges }, index) => merges === undefined || merges !== shown[index - 1]?.merges)
  return { parts: parts.length, chars: solid(text).length, trail: text.length - text.trimEnd().length }
}

/** Undefined where the turn is shorter than the place. */
export const findPlace = (parts: readonly Part[], place: Place): Found | undefined => {
  let chars = 0
  const boundaries: number[] = []
  let inside: Found | undefined
  for (let index = 0; index <= parts.length; index++) {
    if (chars === place.chars) boundaries.push(index)
    const part = parts[index]
    if (part === undefined) break
    const length = solid(part.text).length
    if (chars < place.chars && chars + length > place.chars && part.literal)
      inside = { index, charsInside: place.chars - chars }
    chars += length
  }
  if (boundaries.length > 0) {
    const wanted = boundaries.filter((index) => index <= place.parts).at(-1)
    return { index: wanted ?? boundaries[0]! }
  }
  return inside
}

/** Byte offset in a string literal after `chars` solid characters and at most `trail` of the whitespace behind them. */
export const offsetIn = (
  bytes: Uint8Array,
  { start, end }: Span,
  { chars, trail }: Pick<Place, 'chars' | 'trail'>,
): number => {
  const literal = sliceText(bytes, start, end)
  let [seen, spaces, at] = [0, 0, 1]
  while (at < literal.length - 1) {
    const width = literal[at] !== '\\' ? 1 : literal[at + 1] === 'u' ? 6 : 2
    const char = width === 1 ? literal[at]! : (JSON.parse(`"${literal.slice(at, at + width)}"`) as string)
    const space = isSpace(char)
    if (seen === chars && (!space || spaces === trail)) break
    if (seen === chars) spaces++
    else if (!space) seen++
    at += width
  }
  return start + Buffer.byteLength(literal.slice(0, at))
}

/** Byte offset of a place inside a part's literal. */
const insideOffset = (body: Uint8Array, part: Part, place: Place, found: Found): number | undefined =>
  found.charsInside === undefined || part.literal === undefined
    ? undefined
    : offsetIn(body, part.literal, { chars: found.charsInside, trail: place.trail })

export interface Cut {
  readonly edits: readonly ByteEdit[]
  /** Nothing is left. */
  readonly whole: boolean
}

const NONE = new Uint8Array(0)

/** Takes everything before a place out of a list of parts. */
export const cutBefore = (body: Uint8Array, parts: readonly Part[], place: Place): Cut | undefined => {
  const found = findPlace(parts, place)
  if (found === undefined) return undefined
  const part = parts[found.index]
  if (part === undefined) return { edits: [], whole: true }
  const edits: ByteEdit[] = []
  if (found.index > 0) edits.push({ start: parts[0]!.start, end: part.start, bytes: NONE })
  const offset = insideOffset(body, part, place, found)
  if (offset !== undefined) edits.push({ start: part.literal!.start + 1, end: offset, bytes: NONE })
  return { edits, whole: false }
}

/**
 * What goes in front of a turn of which whole answers were left out, and what of it they held: edits, or undefined where the
 * turn is shorter than that. `whole` where they held all of it and nothing else is to be put in.
 */
export const roundsBefore = (
  body: Uint8Array,
  parts: readonly Part[],
  { start, end, rounds, last }: Span & Hidden,
): Cut | undefined => {
  const final = rounds.at(-1)
  if (final === undefined) return { edits: [], whole: false }
  const cut = cutBefore(body, parts, final.cut)
  if (cut === undefined) return undefined
  const before = rounds.map((round) => round.entries).join(',')
  if (cut.whole && last === undefined) return { edits: [{ start, end, bytes: Buffer.from(before) }], whole: true }
  return { edits: [insertion(start, `${before},`), ...cut.edits], whole: false }
}

/** Puts entries at their places into a list of parts. A place inside of a part moves behind it. */
export const insertAt = (
  parts: readonly Part[],
  emptyAt: number,
  calls: readonly { readonly at: Place; readonly json: string }[],
): ByteEdit[] | undefined => {
  const byIndex = new Map<number, string[]>()
  for (const { at, json } of calls) {
    const found = findPlace(parts, at)
    if (found === undefined) return undefined
    const index = found.index + (found.charsInside === undefined ? 0 : 1)
    byIndex.set(index, [...(byIndex.get(index) ?? []), json])
  }
  return [...byIndex]
    .sort(([a], [b]) => a - b)
    .map(([index, list]) => {
      const json = list.join(',')
      const [before, last] = [parts[index], parts.at(-1)]
      if (before !== undefined) return insertion(before.start, `${json},`)
      return last === undefined ? insertion(emptyAt, json) : insertion(last.end, `,${json}`)
    })
}

export const insertion = (at: number, json: string): ByteEdit => ({ start: at, end: at, bytes: Buffer.from(json) })
