// Which rows of a list stay, and how much room each gets: what the question points at, what differs from the rest,
// the start, the end, then the best scored.
import type { Marks } from './marks.js'
import type { Question } from './question.js'
import { sourceOf, type Tree } from './tree.js'

/** Characters that a gap costs: about ten tokens of marker. */
export const GAP_CHARS = 44
/** Most rows that the start and the end get, however small rows are. */
const MAX_FIRST = 6
const MAX_LAST = 3
const FIRST_SHARE = 0.3
const LAST_SHARE = 0.15
/** Rows up to this size are shown whole or not at all; only bigger ones lose members. */
const WHOLE_CHARS = 900
/** Score from which a row is worth its tokens. */
const WORTH = 1.5
/** Most rows that stay for their score alone: words that more rows share tell none of them apart. */
const SCORED_SHARE = 0.05
const LEAST_SCORED = 10

export interface Choice {
  /** Room for each row in characters; 0 where it goes, Infinity where it stays whole. */
  readonly room: Float64Array
}

export const chooseRows = (
  tree: Tree,
  items: readonly number[],
  marks: Marks,
  ask: { question: Question; budget: number },
): Choice => new Chooser(tree, items, marks, ask.question).choose(ask.budget)

class Chooser {
  readonly #tree: Tree
  readonly #items: readonly number[]
  readonly #marks: Marks
  readonly #question: Question
  readonly #room: Float64Array
  #left = 0
  #limit = 0

  constructor(tree: Tree, items: readonly number[], marks: Marks, question: Question) {
    this.#tree = tree
    this.#items = items
    this.#marks = marks
    this.#question = question
    this.#room = new Float64Array(items.length)
  }

  choose(budget: number): Choice {
    const rows = this.#items.length
    const { query } = this.#question
    this.#left = budget
    this.#limit = Math.max(240, budget * 0.25)
    if (query.wantsFirst) this.#keep(0, Math.max(this.#limit, Math.min(budget * 1.2, 9000)))
    if (query.wantsLast) this.#keep(rows - 1, Math.max(this.#limit, Math.min(budget * 0.7, 9000)))
    this.#keepAsked(budget)
    this.#keepMusts(budget)
    this.#keep(0, this.#limit)
    this.#keep(rows - 1, this.#limit / 2)
    const rest = Math.max(0, this.#left)
    this.#fill(range(0, Math.min(rows, MAX_FIRST)), rest * FIRST_SHARE)
    this.#fill(range(Math.max(0, rows - MAX_LAST), rows).reverse(), rest * LAST_SHARE)
    this.#fill(this.#byScore(), this.#left)
    this.#closeSmallGaps()
    return { room: this.#room }
  }

  #keep(row: number, limit: number): void {
    const size = this.#tree.size[this.#items[row]!]!
    const room = size <= Math.max(limit * 1.15, WHOLE_CHARS) ? Number.POSITIVE_INFINITY : limit
    const before = this.#room[row]!
    if (before >= room) return
    this.#room[row] = room
    this.#left -= Math.min(size, room) - Math.min(size, before) + (before > 0 ? 0 : GAP_CHARS / 2)
  }

  #keepAsked(budget: number): void {
    const { asked, score } = this.#marks
    const rows = [...asked].sort((a, b) => score[b]! - score[a]! || a - b).slice(0, 12)
    rows.forEach((row, index) => {
      this.#keep(row, Math.max(this.#limit, (budget * 0.8) / (index + 1)))
    })
  }

  /** All of them while they fit; past that, two of each reason. */
  #keepMusts(budget: number): void {
    const { musts, score } = this.#marks
    const rows = [...musts.keys()].sort((a, b) => score[b]! - score[a]! || a - b)
    const seen = new Map<string, number>()
    const each = Math.max(200, Math.min(this.#limit, (budget * 0.9) / Math.max(1, rows.length)))
    for (const row of rows) {
      const reason = musts.get(row)!
      const times = (seen.get(reason) ?? 0) + 1
      seen.set(reason, times)
      if (this.#left < -0.5 * budget && times > 1) continue
      if (this.#left < budget * 0.2 && times > 3) continue
      this.#keep(row, each)
    }
  }

  #byScore(): number[] {
    const { score } = this.#marks
    return range(0, score.length)
      .filter((row) => score[row]! >= WORTH)
      .sort((a, b) => score[b]! - score[a]! || a - b)
      .slice(0, Math.max(LEAST_SCORED, Math.floor(score.length * SCORED_SHARE)))
  }

  /** Rows in this order while they fit into `share`; a row that equals one taken before is passed over. */
  #fill(rows: readonly number[], share: number): void {
    let left = Math.min(share, this.#left)
    const seen = new Set<string>()
    for (const row of rows) {
      if (this.#room[row]! > 0) continue
      const size = this.#tree.size[this.#items[row]!]!
      const cost = (size <= WHOLE_CHARS ? size : Math.min(size, this.#limit * 0.5)) + GAP_CHARS / 2
      if (cost > left) {
        if (left < GAP_CHARS) return
        continue
      }
      const source = sourceOf(this.#tree, this.#items[row]!)
      if (seen.has(source)) continue
      seen.add(source)
      left -= cost
      this.#keep(row, this.#limit * 0.5)
    }
  }

  /** A run of rows that is no longer than its marker stays. */
  #closeSmallGaps(): void {
    const { size } = this.#tree
    for (let row = 0; row < this.#room.length; ) {
      if (this.#room[row]! > 0) {
        row++
        continue
      }
      let end = row
      let chars = 0
      for (; end < this.#room.length && this.#room[end] === 0; end++) chars += size[this.#items[end]!]! + 1
      if (chars <= GAP_CHARS) this.#room.fill(Number.POSITIVE_INFINITY, row, end)
      row = end
    }
  }
}

const range = (start: number, end: number): number[] =>
  Array.from({ length: Math.max(0, end - start) }, (_, index) => start + index)
