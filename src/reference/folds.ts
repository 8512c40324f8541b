// Stretches of a text that an earlier one holds as well, but for what passes.
import { contentAt, type Lines } from './lines.js'
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

/** By line: what stays of it under the mask; undefined for lines that must not fold. */
export type Masked = readonly (string | undefined)[]

/** Lines that stay whatever they are like: what is no text of its own, verdicts, the one that a run ended with. */
export const foldable = (lines: Lines, mask: Mask, isVerdict: (line: string) => boolean): Masked => {
  const end = lastLine(lines)
  return Array.from(lines.hashes, (hash, line) => {
    const content = contentAt(lines, line)
    return hash === 0 || line >= end || isVerdict(content) ? undefined : mask(content)
  })
}

const lastLine = (lines: Lines): number => {
  let line = lines.hashes.length - 1
  while (line > 0 && contentAt(lines, line).trim() === '') line--
  return line
}

/** Stretches of `lines` that stand in `base` at one stretch. Linear but for the number of places. */
export const foldsIn = (lines: Lines, mine: Masked, base: Lines, mask: Mask): Fold[] => {
  const known = Array.from(base.hashes, (hash, line) => (hash === 0 ? undefined : mask(contentAt(base, line))))
  const places = placesOf(known)
  const lengthAt = (start: number, from: number): number => {
    let count = 0
    while (mine[start + count] !== undefined && mine[start + count] === known[from + count]) count++
    return count
  }
  const folds: Fold[] = []
  let free = 0
  for (let start = 0; start < mine.length; ) {
    let [count, from] = [0, 0]
    for (const place of places.get(mine[start] ?? '') ?? []) {
      const length = lengthAt(start, place)
      if (length > count) [count, from] = [length, place]
    }
    // Blank lines begin no stretch, but belong to the one below them.
    for (; count > 0 && start > free && mine[start - 1] === '' && known[from - 1] === ''; count++) {
      start--
      from--
    }
    if (count > 0 && charsIn(lines, start, count) >= MIN_CHARS) {
      let differing = 0
      for (let line = 0; line < count; line++) if (lines.hashes[start + line] !== base.hashes[from + line]) differing++
      folds.push({ start, count, differing })
      free = start + count
    }
    start += Math.max(1, count)
  }
  return folds
}

/** The first few places of each line that is not blank. */
const placesOf = (lines: Masked): ReadonlyMap<string, readonly number[]> => {
  const places = new Map<string, number[]>()
  for (const [line, text] of lines.entries()) {
    if (text === undefined || text === '') continue
    const known = places.get(text)
    if (known === undefined) places.set(text, [line])
    else if (known.length < PLACES) known.push(line)
  }
  return places
}

export const charsIn = ({ table }: Lines, start: number, count: number): number =>
  table.starts[start + count]! - table.starts[start]!
