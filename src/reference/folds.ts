// Stretches of a text that an earlier one holds as well, but for what passes.
import { BLANK, contentAt, type Lines, textHash } from './lines.js'
import type { Mask } from './passing.js'

export interface Fold {
  readonly start: number
  readonly count: number
  /** Lines that differ in what passes. */
  readonly differing: number
}

/** Less is not worth a marker. */
const MIN_CHARS = 100
/** Places of one line that a stretch may begin at. */
const PLACES = 8

/** By line: hash of what stays of it under the mask; 0 for what is no text of its own. */
export const maskedHashes = (lines: Lines, mask: Mask): Int32Array =>
  lines.hashes.map((hash, line) => (hash === 0 || hash === BLANK ? hash : textHash(mask(contentAt(lines, line)))))

/** A text whose lines may fold. */
export interface Foldable {
  readonly lines: Lines
  readonly hashes: Int32Array
  /** The line stays whatever it is like: a verdict, the one that the run ended with. Only lines that would fold are asked about. */
  stays(line: number): boolean
}

/** An earlier text, read again only where something folds. */
export interface FoldBase {
  readonly hashes: Int32Array
  lines(): Lines
}

export const foldable = (lines: Lines, hashes: Int32Array, isVerdict: (line: number) => boolean): Foldable => {
  const end = lastLine(lines)
  return { lines, hashes, stays: (line) => line >= end || isVerdict(line) }
}

const lastLine = (lines: Lines): number => {
  let line = lines.hashes.length - 1
  while (line > 0 && contentAt(lines, line).trim() === '') line--
  return line
}

/** Stretches of `mine` that stand in `base` at one stretch. Linear but for the number of places. */
export const foldsIn = (mine: Foldable, base: FoldBase, mask: Mask): Fold[] => {
  const { lines, hashes } = mine
  const places = placesOf(base.hashes)
  const lengthAt = (start: number, from: number): number => {
    let count = 0
    for (; start + count < hashes.length; count++) {
      const hash = hashes[start + count]!
      if (hash === 0 || hash !== base.hashes[from + count] || mine.stays(start + count)) break
    }
    return count
  }
  const folds: Fold[] = []
  let free = 0
  for (let start = 0; start < hashes.length; ) {
    let [count, from] = [0, 0]
    for (const place of places.get(hashes[start]!) ?? []) {
      const length = lengthAt(start, place)
      if (length > count) [count, from] = [length, place]
    }
    // Blank lines begin no stretch, but belong to the one below them.
    const isBlank = (): boolean =>
      hashes[start - 1] === BLANK && base.hashes[from - 1] === BLANK && !mine.stays(start - 1)
    for (; count > 0 && start > free && isBlank(); count++) {
      start--
      from--
    }
    if (count > 0 && charsIn(lines, start, count) >= MIN_CHARS) {
      const differing = differingIn(lines, base.lines(), { start, from, count }, mask)
      if (differing !== undefined) folds.push({ start, count, differing })
      free = start + count
    }
    start += Math.max(1, count)
  }
  return folds
}

/** Lines that are not equal to the letter; undefined where one differs in more than what passes, though hashes agree. */
const differingIn = (
  lines: Lines,
  base: Lines,
  { start, from, count }: { readonly start: number; readonly from: number; readonly count: number },
  mask: Mask,
): number | undefined => {
  let differing = 0
  for (let line = 0; line < count; line++) {
    const [a, b] = [contentAt(lines, start + line), contentAt(base, from + line)]
    if (a === b) continue
    if (mask(a) !== mask(b)) return undefined
    differing++
  }
  return differing
}

/** The first few places of each line that is not blank. */
const placesOf = (hashes: Int32Array): ReadonlyMap<number, readonly number[]> => {
  const places = new Map<number, number[]>()
  for (const [line, hash] of hashes.entries()) {
    if (hash === 0 || hash === BLANK) continue
    const known = places.get(hash)
    if (known === undefined) places.set(hash, [line])
    else if (known.length < PLACES) known.push(line)
  }
  return places
}

export const charsIn = ({ table }: Lines, start: number, count: number): number =>
  table.starts[start + count]! - table.starts[start]!
