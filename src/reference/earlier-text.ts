// What an earlier result is compared by: hashes of its lines, made once and kept with it, since it may be compared on every later turn.
import type { VisibleText } from '../spec/reference.js'
import { type FoldBase, maskedHashes } from './folds.js'
import { type FindMarkers, type Lines, plainLines } from './lines.js'
import type { Mask } from './passing.js'

interface Kept {
  readonly chars: number
  readonly hashes: Int32Array
  /** By mask, where a comparison has asked. */
  readonly masked: Map<Mask, Int32Array>
}

/** Four bytes a line and mask. */
const kept = new WeakMap<VisibleText, Kept>()

/** As it came: what is left out of two results was the same in both. */
export interface EarlierText {
  readonly chars: number
  readonly hashes: Int32Array
  /** The request shows less of it than came. */
  isShortened(): boolean
  lines(): Lines
  base(mask: Mask): FoldBase
}

export const earlierText = (text: VisibleText, findMarkers: FindMarkers): EarlierText => {
  const read = lazily(() => text.read())
  const lines = lazily(() => plainLines(read().original, findMarkers))
  const known = kept.get(text) ?? { chars: read().original.length, hashes: lines().hashes, masked: new Map() }
  kept.set(text, known)
  return {
    chars: known.chars,
    hashes: known.hashes,
    isShortened: () => read().sent !== read().original,
    lines,
    base(mask) {
      const hashes = known.masked.get(mask) ?? maskedHashes(lines(), mask)
      known.masked.set(mask, hashes)
      return { hashes, lines }
    },
  }
}

export const lazily = <T>(make: () => T): (() => T) => {
  let made: T | undefined
  return () => (made ??= make())
}
