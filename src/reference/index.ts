// References: lines that a request already shows are not sent twice but named. Pure; the pipeline decides what is visible.
import type {
  Base,
  ReferenceIndex,
  ReferenceIndexes,
  ReferRequest,
  Referred,
  Rerun,
  VisibleText,
} from '../spec/reference.js'
import { LineIndex } from './line-index.js'
import { type Lines, sentLines } from './lines.js'
import { holdsRun, refer, type Shown } from './refer.js'
import { rerun } from './rerun.js'

/** Texts whose lines are kept while one request is worked on: bases come in clusters. */
const KEPT_LINES = 8

class VisibleLines implements ReferenceIndex {
  readonly #index = new LineIndex()
  readonly #texts: VisibleText[] = []
  readonly #kept = new Map<VisibleText, Lines>()
  readonly #shown: Shown

  constructor(reading: Reading) {
    this.#shown = {
      ...reading,
      index: this.#index,
      texts: this.#texts,
      linesOf: (text) => this.#linesOf(this.#texts[text]!, true),
    }
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

  refer(request: ReferRequest): Referred | undefined {
    return refer(this.#shown, request)
  }

  rerun(request: ReferRequest): Rerun | undefined {
    return rerun(this.#shown, request)
  }

  holds(base: Base, before: number): boolean {
    const isThere = (text: VisibleText): boolean => base.count === 0 || holdsRun(this.#linesOf(text, true), base)
    return this.#texts.some((text) => text.block < before && text.id() === base.id && isThere(text))
  }

  #linesOf(text: VisibleText, keep: boolean): Lines {
    const kept = this.#kept.get(text)
    if (kept !== undefined) return kept
    const { original, sent } = text.read()
    const lines = sentLines(original, sent, this.#shown.findMarkers)
    if (keep) {
      if (this.#kept.size >= KEPT_LINES) this.#kept.clear()
      this.#kept.set(text, lines)
    }
    return lines
  }
}

/** How lines are told apart; markers stand for what is not shown, so they are no lines of a text. */
export type Reading = Pick<Shown, 'findMarkers' | 'isVerdict' | 'isFailure'>

export const createReferences =
  (reading: Reading): ReferenceIndexes =>
  () =>
    new VisibleLines(reading)
