/**
 * The one grammar of markers: printer and reader. A marker states a fact and can stand inside a JSON string unescaped.
 *
 *   [37 lines not shown]                                     count and unit, singular for 1
 *   [37 rows not shown: 4-40, status ok]                     range, note, or both
 *   [37 lines not shown: 120-156; full text kept; id 1a2b3c4d5e6f7081]
 *   [37 lines not shown; full text in /home/u/.headroom/files/1a2b3c4d5e6f7081.txt]
 */
import { REF_DIGITS } from '../base/hash.js'
import type { Gap, GapUnit } from '../spec/plan.js'
import type { FoundMarker, MarkerGrammar, MarkerTarget } from '../spec/store.js'
import { plainNote } from './note.js'

/** Longest part of a marker after `not shown`: a note, two 15-digit numbers and a path of PATH_MAX (4096). */
const MAX_TAIL_CHARS = 4400
const ANCHOR = ' not shown'
const KEPT = '; full text kept; id '
const IN_FILE = '; full text in '

const HEAD = /\[(0|[1-9]\d{0,14}) (lines?|rows?|chars?|keys?)$/
/** Longest text that HEAD can match: bracket, 15 digits, space, unit. */
const MAX_HEAD_CHARS = 22
const RANGE = /^([1-9]\d{0,14})(?:-([1-9]\d{0,14}))?(?=$|, )/
const REF_AT_END = new RegExp(`^[0-9a-f]{${REF_DIGITS}}$`)
const FILE_AT_END = new RegExp(`(?:^|/)([0-9a-f]{${REF_DIGITS}})\\.txt$`)

/** True for an absolute path that can be printed in a marker; another one falls back to the id form. */
export const isMarkerPath = (path: string): boolean =>
  path.length <= 4096 &&
  !/[[\]"\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff]|\p{Surrogate}/u.test(path) &&
  !toSlashes(path).includes('\\')

/** `C:\Users\u` and `\\server\share` with forward slashes, which Windows opens as well; a backslash would need escaping in JSON. */
const toSlashes = (path: string): string => (/^(?:[A-Za-z]:\\|\\\\)/.test(path) ? path.replaceAll('\\', '/') : path)

const print = (gap: Gap, target?: MarkerTarget): string => {
  const unit = gap.count === 1 ? gap.unit.slice(0, -1) : gap.unit
  const detail = [rangeText(gap), gap.note === undefined ? '' : plainNote(gap.note)].filter((part) => part !== '')
  const tail = detail.length === 0 ? '' : `: ${detail.join(', ')}`
  return `[${gap.count} ${unit}${ANCHOR}${tail}${targetText(target)}]`
}

const rangeText = ({ range }: Gap): string => {
  if (range === undefined || !isRange(range)) return ''
  return range[0] === range[1] ? `${range[0]}` : `${range[0]}-${range[1]}`
}

const isRange = ([first, last]: readonly [number, number]): boolean =>
  Number.isSafeInteger(first) && Number.isSafeInteger(last) && first >= 1 && first <= last && last < 1e15

const targetText = (target: MarkerTarget | undefined): string => {
  if (target === undefined) return ''
  if ('path' in target && isMarkerPath(target.path)) return IN_FILE + toSlashes(target.path)
  return KEPT + target.ref
}

/** Linear: each anchor costs a bounded look back, and its look ahead ends at the next bracket or line break. */
const find = (text: string): FoundMarker[] => {
  const found: FoundMarker[] = []
  let at = text.indexOf(ANCHOR)
  while (at !== -1) {
    const marker = markerAround(text, at)
    if (marker !== undefined) found.push(marker)
    at = text.indexOf(ANCHOR, marker?.end ?? at + ANCHOR.length)
  }
  return found
}

const markerAround = (text: string, anchor: number): FoundMarker | undefined => {
  const head = HEAD.exec(text.slice(Math.max(0, anchor - MAX_HEAD_CHARS), anchor))
  if (head === null) return undefined
  const count = Number(head[1])
  const unit = unitOf(head[2] ?? '', count)
  if (unit === undefined) return undefined
  const start = anchor - head[0].length
  const end = closing(text, anchor + ANCHOR.length)
  if (end === undefined) return undefined
  const parsed = parseTail(text.slice(anchor + ANCHOR.length, end))
  if (parsed === undefined) return undefined
  const { ref, ...detail } = parsed
  const marker = { start, end: end + 1, gap: { count, unit, ...detail } }
  return ref === undefined ? marker : { ...marker, ref }
}

const unitOf = (word: string, count: number): GapUnit | undefined => {
  const plural = word.endsWith('s')
  if (plural === (count === 1)) return undefined
  return (plural ? word : `${word}s`) as GapUnit
}

/** Offset of the bracket that closes a marker, when nothing that a marker cannot hold comes before it. */
const closing = (text: string, from: number): number | undefined => {
  const limit = Math.min(text.length, from + MAX_TAIL_CHARS)
  for (let at = from; at < limit; at++) {
    const code = text.charCodeAt(at)
    if (code === 93) return at
    if (code === 91 || code === 34 || code === 92 || code < 32) return undefined
  }
  return undefined
}

interface Tail extends Pick<Gap, 'range' | 'note'> {
  readonly ref?: string
}

const parseTail = (tail: string): Tail | undefined => {
  const targetAt = tail.indexOf(';')
  const detail = parseDetail(targetAt === -1 ? tail : tail.slice(0, targetAt))
  if (detail === undefined || targetAt === -1) return detail
  const ref = parseTarget(tail.slice(targetAt))
  return ref === undefined ? undefined : { ...detail, ref }
}

const parseTarget = (target: string): string | undefined => {
  if (target.startsWith(KEPT)) {
    const ref = target.slice(KEPT.length)
    return REF_AT_END.test(ref) ? ref : undefined
  }
  return target.startsWith(IN_FILE) ? FILE_AT_END.exec(target.slice(IN_FILE.length))?.[1] : undefined
}

const parseDetail = (detail: string): Tail | undefined => {
  if (detail === '') return {}
  if (!detail.startsWith(': ')) return undefined
  const words = detail.slice(2)
  const match = RANGE.exec(words)
  const note = match === null ? words : words.slice(match[0].length + 2)
  if (note !== plainNote(note) || (match === null && note === '')) return undefined
  const first = Number(match?.[1])
  const range = match === null ? {} : { range: [first, Number(match[2] ?? first)] as const }
  return note === '' ? range : { ...range, note }
}

export const markers: MarkerGrammar = { print, find }
