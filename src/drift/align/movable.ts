// Which pieces of a system prompt can be moved: volatile by form, and complete, so that what stays behind is the same text
// whatever the piece holds next time.
import type { MovableLooks } from '../../spec/align.js'
import { findVolatile, type Volatile } from '../volatile.js'

export const MOVABLE: readonly MovableLooks[] = ['timestamp', 'date', 'time', 'uuid', 'counter', 'random-id']
const DEFAULT: readonly MovableLooks[] = MOVABLE.filter((looks) => looks !== 'random-id')

export interface Movable {
  /** UTF-16 offsets, half-open. */
  readonly start: number
  readonly end: number
  readonly looks: MovableLooks
}

type Found = Volatile & { readonly looks: MovableLooks }

/** In order, not overlapping: two that overlap after widening are one. */
export const movableIn = (text: string, looks: readonly MovableLooks[] = DEFAULT): Movable[] => {
  const found = findVolatile(text, Number.POSITIVE_INFINITY).filter((one): one is Found =>
    (looks as readonly string[]).includes(one.looks),
  )
  const enumerated = enumerations(text, found)
  const wide = found.flatMap((one) => {
    if (one.looks === 'counter') return enumerated.has(wordOf(text, one)) ? [] : numberOf(text, one)
    return one.looks === 'uuid' || one.looks === 'random-id' ? [wholeToken(text, one)] : whole(text, one)
  })
  wide.sort((a, b) => a.start - b.start)
  const merged: Movable[] = []
  for (const one of wide) {
    const last = merged.at(-1)
    if (last === undefined || one.start >= last.end) merged.push(one)
    else merged[merged.length - 1] = { ...last, end: Math.max(last.end, one.end) }
  }
  return merged
}

const wordOf = (text: string, { start, end }: Movable): string =>
  (/^[a-z]+/i.exec(text.slice(start, end))?.[0] ?? '').toLowerCase()

/** Words that several numbers follow: `Step 1 … Step 2` counts nothing, it is a list. */
const enumerations = (text: string, found: readonly Found[]): ReadonlySet<string> => {
  const seen = new Set<string>()
  const twice = new Set<string>()
  for (const one of found) {
    if (one.looks !== 'counter') continue
    const word = wordOf(text, one)
    if (seen.has(word)) twice.add(word)
    seen.add(word)
  }
  return twice
}

/** The number alone: the word before it stays. */
const numberOf = (text: string, { start, end, looks }: Found): Movable[] => {
  const match = /\d(?:[\d,._]*\d)?(?=\D*$)/.exec(text.slice(start, end))
  // `200k` is one word.
  if (match === null || /^[\p{L}\p{N}]/u.test(text.slice(end, end + 2))) return []
  const at = start + match.index
  return [{ start: at, end: at + match[0].length, looks }]
}

const OPEN = '[^\\s"\'`<>()\\[\\]{},;|=]*'
const BEFORE = new RegExp(`${OPEN}$`)
const AFTER = new RegExp(`^${OPEN}`)
/** Longest word that an id may be a part of. */
const MAX_TOKEN_CHARS = 300

/** An id together with what it is a part of: a path or a name with an id in it means something as a whole only. */
const wholeToken = (text: string, { start, end, looks }: Found): Movable => {
  const before = BEFORE.exec(text.slice(Math.max(0, start - MAX_TOKEN_CHARS), start))?.[0].length ?? 0
  const after = (AFTER.exec(text.slice(end, end + MAX_TOKEN_CHARS))?.[0] ?? '').replace(/[.:!?]+$/, '').length
  return { start: start - before, end: end + after, looks }
}

const WEEKDAY = '(?:mon|tue|tues|wed|wednes|thu|thurs|fri|sat|satur|sun)(?:day)?'
const WEEKDAY_BEFORE = new RegExp(`(?<![\\p{L}\\p{N}])${WEEKDAY}\\.?,? {1,2}$`, 'iu')
const WEEKDAY_AFTER = new RegExp(`^,? (?:${WEEKDAY}|\\(${WEEKDAY}\\))(?![\\p{L}\\p{N}])`, 'iu')
const ZONE_AFTER =
  /^ ?(?:(?:GMT|UTC|[A-Z]{2,4}T|Z)(?:[+-]\d{1,2}(?::?\d{2})?)?|[+-]\d{2}:?\d{2})(?![\p{L}\p{N}])(?: \([\p{L} ]{3,40}\))?/u
/** Longest weekday or zone with its brackets. */
const NEAR_CHARS = 64

/** A date or time with its weekday and zone. None where it is part of a longer word, such as a model's or a file's name. */
const whole = (text: string, { start, end, looks }: Found): Movable[] => {
  if (/[\p{L}\p{N}_\-/\\.@&#%~+]$/u.test(text.slice(Math.max(0, start - 2), start))) return []
  let to = end
  for (const pattern of [ZONE_AFTER, WEEKDAY_AFTER])
    to += pattern.exec(text.slice(to, to + NEAR_CHARS))?.[0].length ?? 0
  if (/^(?:[\p{L}\p{N}_\-/\\@&#%~+]|[.:][\p{L}\p{N}])/u.test(text.slice(to, to + 4))) return []
  const before = WEEKDAY_BEFORE.exec(text.slice(Math.max(0, start - NEAR_CHARS), start))?.[0].length ?? 0
  return [{ start: start - before, end: to, looks }]
}
