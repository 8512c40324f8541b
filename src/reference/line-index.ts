// Hashes of all visible lines with chains of equal anchors, as typed arrays: about 12 bytes a line. Grows at its end and is
// cut back at its end, so that a turn costs its new lines.
import { isAnchor, type Lines } from './lines.js'

/** Places looked at for one line, newest first: common lines (`return null`) would make a search quadratic. */
const MAX_STEPS = 48
const MAX_CANDIDATES = 12
const NOT_CHAINED = -2

export interface Entry {
  /** Index of the text's first line in the whole. */
  readonly first: number
  readonly count: number
  readonly block: number
}

/** Lines of a new text that a place in the index holds. */
export interface Run {
  readonly start: number
  readonly count: number
  /** Line of the index that equals line `start`. */
  readonly at: number
}

export class LineIndex {
  #hashes: Int32Array = new Int32Array(1024)
  #previous: Int32Array = new Int32Array(1024)
  #heads: Int32Array = new Int32Array(1024).fill(-1)
  #length = 0
  readonly #entries: Entry[] = []

  get entries(): readonly Entry[] {
    return this.#entries
  }

  /** Lines of one text, and a break behind them that no run crosses. */
  add(block: number, lines: Lines): void {
    const { count } = lines.table
    this.#reserve(this.#length + count + 1)
    this.#entries.push({ first: this.#length, count, block })
    for (let line = 0; line < count; line++)
      this.#push(lines.hashes[line]!, lines.hashes[line] !== 0 && isAnchor(lines, line))
    this.#push(0, false)
  }

  cut(entries: number): void {
    const from = this.#entries[entries]?.first ?? this.#length
    for (let line = this.#length - 1; line >= from; line--) {
      const before = this.#previous[line]!
      if (before !== NOT_CHAINED) this.#heads[this.#slot(this.#hashes[line]!)] = before
    }
    this.#length = from
    this.#entries.length = Math.min(entries, this.#entries.length)
  }

  /** Index of the entry that holds a line. */
  entryOf(line: number): number {
    let low = 0
    let high = this.#entries.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (this.#entries[middle]!.first <= line) low = middle
      else high = middle - 1
    }
    return low
  }

  /** Longest run around line `at` of a new text, newest place first; it begins at `floor` or later. */
  longest(lines: Lines, joins: Uint8Array, { at, floor, before }: Place): Run | undefined {
    const hash = lines.hashes[at]!
    let best: Run | undefined
    let steps = 0
    let candidates = 0
    for (let line = this.#heads[this.#slot(hash)]!; line !== -1 && steps < MAX_STEPS; line = this.#previous[line]!) {
      steps++
      if (this.#hashes[line] !== hash || this.#entries[this.entryOf(line)]!.block >= before) continue
      const run = this.#extend(lines, joins, { at, floor, line })
      if (best === undefined || run.count > best.count) best = run
      if (++candidates === MAX_CANDIDATES) break
    }
    return best
  }

  #extend(lines: Lines, joins: Uint8Array, place: { at: number; floor: number; line: number }): Run {
    const { hashes } = lines
    const { at, floor, line } = place
    let ahead = 1
    while (at + ahead < hashes.length && joins[at + ahead] === 1 && this.#equal(hashes[at + ahead]!, line + ahead))
      ahead++
    let behind = 0
    while (
      at - behind > floor &&
      line - behind > 0 &&
      joins[at - behind] === 1 &&
      this.#equal(hashes[at - behind - 1]!, line - behind - 1)
    )
      behind++
    return { start: at - behind, count: behind + ahead, at: line - behind }
  }

  #equal(hash: number, line: number): boolean {
    return hash !== 0 && line < this.#length && this.#hashes[line] === hash
  }

  #slot(hash: number): number {
    return hash & (this.#heads.length - 1)
  }

  #push(hash: number, isChained: boolean): void {
    const line = this.#length++
    this.#hashes[line] = hash
    this.#previous[line] = NOT_CHAINED
    if (isChained) this.#chain(line)
  }

  #chain(line: number): void {
    const slot = this.#slot(this.#hashes[line]!)
    this.#previous[line] = this.#heads[slot]!
    this.#heads[slot] = line
  }

  #reserve(length: number): void {
    if (length <= this.#hashes.length) return
    let size = this.#hashes.length
    while (size < length) size *= 2
    this.#hashes = widened(this.#hashes, size)
    this.#previous = widened(this.#previous, size)
    this.#heads = new Int32Array(size).fill(-1)
    for (let line = 0; line < this.#length; line++) if (this.#previous[line] !== NOT_CHAINED) this.#chain(line)
  }
}

interface Place {
  readonly at: number
  readonly floor: number
  /** Only texts of blocks before this one. */
  readonly before: number
}

const widened = (values: Int32Array, size: number): Int32Array => {
  const wider = new Int32Array(size)
  wider.set(values)
  return wider
}
