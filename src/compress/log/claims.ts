// Who wants which line, and how much. The highest claim on a line counts.

/** From here on a line stays whatever it costs. */
export const ALWAYS = 1000
/** From here on a line may exceed the budget, up to a cap. */
export const STRONG = 600
/** Below this a line is routine and is not kept even if there is room. */
export const LEAST = 100

export class Claims {
  readonly score: Float64Array

  constructor(lines: number) {
    this.score = new Float64Array(lines)
  }

  raise(line: number, score: number): void {
    if (line >= 0 && line < this.score.length && score > this.score[line]!) this.score[line] = score
  }

  /** Hands what a line is wanted for to another one, but for this much. What stays whatever it costs stays. */
  pass(line: number, to: number, left: number): void {
    const score = this.score[line]!
    if (score <= left || score >= ALWAYS) return
    this.raise(to, score)
    this.score[line] = left
  }
}
