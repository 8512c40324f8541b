// Walks the page once and writes what is shown as Markdown, with a gap where something is left out.
import { PlanBuilder } from '../../base/plan.js'
import type { Plan } from '../../spec/plan.js'
import { Blocks } from './blocks.js'
import { GapNote } from './gap-note.js'
import type { Shown } from './shown.js'
import { OPEN, TEXT } from './tree.js'

export interface Frame {
  /** Text before the page's first gap: title and other facts of the head. */
  readonly head: string
  /** Offset up to which the source is told by `head`. */
  readonly headEnd: number
  /** Words on what is missing throughout. */
  readonly summary: string
}

/** Undefined where nothing of the page can be left out. */
export const emit = (shown: Shown, frame: Frame): Plan | undefined => new Emitter(shown, frame).plan()

class Emitter {
  readonly #plan = new PlanBuilder()
  readonly #blocks: Blocks
  #gap: GapNote | undefined
  /** Offset after the last piece that is shown. */
  #shownTo: number
  #gaps = 0
  #anything = false

  constructor(
    readonly shown: Shown,
    readonly frame: Frame,
  ) {
    this.#blocks = new Blocks(shown)
    this.#shownTo = frame.headEnd
    if (frame.head !== '') {
      this.#plan.rewriteTo(frame.headEnd, `${frame.head}\n`)
      this.#anything = true
    }
  }

  plan(): Plan | undefined {
    const { page, runs, left } = this.shown
    for (const event of page.events) {
      const index = event >> 2
      const kind = event & 3
      if (kind === TEXT) this.#text(index)
      else if (kind !== OPEN) this.#blocks.close(index)
      else {
        const run = runs.ofElement[index]!
        if (run !== -1 && left[run] === undefined) this.#show(page.starts[index]!, page.opened[index]!)
        else if (run !== -1) this.#leave(run, index)
        this.#blocks.open(index, run !== -1 && left[run] === undefined)
      }
    }
    return this.#finish()
  }

  #text(index: number): void {
    const { runs, left, page } = this.shown
    const run = runs.ofText[index]!
    if (run === -1) return
    const { element, start, end } = page.texts[index]!
    if (left[run] !== undefined) {
      this.#leave(run, runs.inLink[element] === 1 ? element : -1)
      return
    }
    this.#show(start, end)
    this.#blocks.text(index)
  }

  /** A piece of the source is about to be written: what was left out before it becomes a gap. */
  #show(start: number, end: number): void {
    const isFirst = this.#gaps === 0
    if (start < this.#shownTo) return
    if ((this.#gap !== undefined || isFirst) && start > this.#shownTo && !this.#blocks.isBuffering) this.#endGap(start)
    this.#shownTo = end
  }

  #leave(run: number, link: number): void {
    if (this.shown.left[run] === 'unseen') return
    this.#gap ??= new GapNote()
    this.#gap.add(this.shown.left[run]!, link)
  }

  #endGap(to: number): void {
    const text = this.#blocks.take()
    this.#plan.rewriteTo(this.#shownTo, text)
    if (text !== '') this.#anything = true
    const note = [this.#gap?.words() ?? '', this.#gaps === 0 ? this.frame.summary : ''].filter((words) => words !== '')
    this.#plan.elideTo(
      to,
      { count: to - this.#shownTo, unit: 'chars', ...(note.length === 0 ? {} : { note: note.join(' - ') }) },
      { before: this.#anything && this.#blocks.lineIsOpen(text) ? '\n' : '', after: '\n' },
    )
    this.#blocks.afterMarker()
    this.#anything = true
    this.#gaps++
    this.#gap = undefined
  }

  #finish(): Plan | undefined {
    const { page } = this.shown
    const end = page.source.length
    if (this.#gap !== undefined || this.#gaps === 0) if (end > this.#shownTo) this.#endGap(end)
    this.#blocks.end()
    const text = this.#blocks.take()
    if (this.#gaps === 0) return undefined
    if (this.#plan.at < end || text !== '') this.#plan.rewriteTo(end, text)
    return this.#plan.done(this.shown.isArticle ? 'html/article' : 'html/page')
  }
}
