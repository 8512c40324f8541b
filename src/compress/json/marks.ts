// What speaks for each row of a list. A must names its reason, so that hundreds of the same reason can be thinned out.

/** Rows and, where values of theirs are meant, the nodes of these. */
export interface Found {
  readonly rows: readonly number[]
  readonly nodes: readonly number[]
}

export class Marks {
  readonly score: Float64Array
  /** Row to reason; the first reason given stays. */
  readonly musts: Map<number, string> = new Map()
  /** Rows the question points at. */
  readonly asked: Set<number> = new Set()
  /** Nodes of the values that made rows musts: a row that loses members keeps these. */
  readonly hot: number[] = []

  /** Nodes of the values that tell rows apart: a row that loses members keeps these, too. */
  names: readonly number[] = []

  /** True of the whole list and worth a word where most of it is not shown: `level ERROR in 39 of all 300 rows`. */
  readonly facts: string[] = []

  constructor(rows: number) {
    this.score = new Float64Array(rows)
  }

  get rows(): number {
    return this.score.length
  }

  /** Values this rare are each worth a row. */
  get few(): number {
    return Math.max(1, Math.floor(this.rows * 0.02))
  }

  /** Rows that one reason may make musts. */
  get cap(): number {
    return Math.max(2, Math.floor(this.rows * 0.04))
  }

  must(row: number, reason: string): void {
    if (!this.musts.has(row)) this.musts.set(row, reason)
    this.score[row]! += 4
  }

  add(row: number, score: number): void {
    this.score[row]! += score
  }

  /** Rows become musts where they are few; a reason that holds for many rows only adds to their score. */
  flag(found: Found, reason: string): void {
    const { rows, nodes } = found
    if (rows.length > 0 && rows.length <= this.cap) {
      for (const row of rows) this.must(row, reason)
      for (const node of nodes) this.hot.push(node)
    } else for (const row of rows) this.add(row, 0.5)
  }
}
