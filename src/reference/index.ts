// References: lines that a request already shows are not sent twice but named. Pure; the pipeline decides what is visible.
import type { Base, ReferenceIndex, ReferenceIndexes, ReferRequest, VisibleText } from '../spec/reference.js'
import { LineIndex } from './line-index.js'
import { type FindMarkers, type Lines, sentLines } from './lines.js'
import { holdsRun, refer } from './refer.js'

/** Texts whose lines are kept while one request is worked on: bases come in clusters. */
const KEPT_LINES = 8

class VisibleLines implements ReferenceIndex {
  readonly #index = new LineIndex()
  readonly #texts: VisibleText[] = []
  readonly #kept = new Map<VisibleText, Lines>()
  readonly #findMarkers: FindMarkers

  constructor(findMarkers: FindMarkers) {
    this.#findMarkers = findMarkers
  }

  get size(): number {
    return this.#texts.length
  }

  blockAt(text: number): number {
    return this.#texts[text]!.block
  }

  add(text: VisibleText): void {
    this.#index.add(text.block, this.#linesOf(text, false))
    this.#texts.push(text)
  }

  cut(size: number): void {
    this.#index.cut(size)
    this.#texts.length = Math.min(size, this.#texts.length)
    this.#kept.clear()
  }

  refer(request: ReferRequest): ReturnType<ReferenceIndex['refer']> {
    const linesOf = (text: number): Lines => this.#linesOf(this.#texts[text]!, true)
    return refer({ index: this.#index, texts: this.#texts, findMarkers: this.#findMarkers, linesOf }, request)
  }

  holds(base: Base, before: number): boolean {
    return this.#texts.some(
      (text) => text.block < before && text.id() === base.id && holdsRun(this.#linesOf(text, true), base),
    )
  }

  #linesOf(text: VisibleText, keep: boolean): Lines {
    const kept = this.#kept.get(text)
    if (kept !== undefined) return kept
    const { original, sent } = text.read()
    const lines = sentLines(original, sent, this.#findMarkers)
    if (keep) {
      if (this.#kept.size >= KEPT_LINES) this.#kept.clear()
      this.#kept.set(text, lines)
    }
    return lines
  }
}

/** @param findMarkers Spans of markers in a text: what they stand for is not shown, so they are no lines of it. */
export const createReferences =
  (findMarkers: FindMarkers): ReferenceIndexes =>
  () =>
    new VisibleLines(findMarkers)
