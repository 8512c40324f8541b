// A curve over the requests of a session, of bounded length however long the session is.

/** Beyond these, every second point goes. */
const MOST_POINTS = 256

export class Curve {
  #points: number[] = []
  #step = 1
  #count = 0
  #last = 0

  add(value: number): void {
    if (this.#count % this.#step === 0) this.#points.push(Math.round(value))
    this.#last = Math.round(value)
    this.#count++
    if (this.#points.length <= MOST_POINTS) return
    this.#points = this.#points.filter((_, index) => index % 2 === 0)
    this.#step *= 2
  }

  /** The last value is always among them. */
  get points(): readonly number[] {
    return (this.#count - 1) % this.#step === 0 ? this.#points : [...this.#points, this.#last]
  }
}
