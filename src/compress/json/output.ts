// Where the passes write to: text that replaces source, and gaps in it. Everything between two gaps is one segment.
import { PlanBuilder } from '../../base/plan.js'
import type { Gap, Plan } from '../../spec/plan.js'

export interface Sink {
  write(text: string): void
  /** Leaves out `start..end` of the tree's text; `before` and `after` frame the marker. */
  gap(start: number, end: number, gap: Gap, frame: Frame): void
}

export interface Frame {
  readonly before: string
  readonly after: string
}

export class Output implements Sink {
  readonly #text: string
  readonly #plan: PlanBuilder = new PlanBuilder()
  #parts: string[] = []

  constructor(text: string) {
    this.#text = text
  }

  write(text: string): void {
    this.#parts.push(text)
  }

  gap(start: number, end: number, gap: Gap, frame: Frame): void {
    this.#flush(start)
    this.#plan.elideTo(end, gap, frame)
  }

  /** The whole text in another form, without gaps. */
  whole(text: string, form: string): Plan {
    this.write(text)
    return this.done(form)
  }

  done(form: string): Plan {
    this.#flush(this.#text.length)
    return this.#plan.done(form)
  }

  #flush(end: number): void {
    const text = this.#parts.join('')
    this.#parts = []
    const from = this.#plan.at
    if (text === this.#text.slice(from, end)) this.#plan.keepTo(end)
    else this.#plan.rewriteTo(end, text)
  }
}

const escapeJson = (text: string): string => JSON.stringify(text).slice(1, -1)

/** Writes into a string literal of an outer text. `offsets[i]` is where code unit `i` of the inner text stands there. */
export class EscapedSink implements Sink {
  readonly #outer: Sink
  readonly #offsets: Int32Array

  constructor(outer: Sink, offsets: Int32Array) {
    this.#outer = outer
    this.#offsets = offsets
  }

  write(text: string): void {
    this.#outer.write(escapeJson(text))
  }

  gap(start: number, end: number, gap: Gap, frame: Frame): void {
    const escaped = { before: escapeJson(frame.before), after: escapeJson(frame.after) }
    this.#outer.gap(this.#offsets[start]!, this.#offsets[end]!, gap, escaped)
  }
}
