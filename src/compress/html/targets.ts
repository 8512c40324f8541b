// Link targets as they are written: behind each link, or at the end of the line they belong to.
import { type LinkMode, targetOf } from './links.js'
import type { Run } from './runs.js'
import type { Page } from './tree.js'
import type { Writer } from './writer.js'

/** Share of a line that its link must be for the line to be an entry. */
const MIN_ENTRY_SHARE = 0.4

export class Targets {
  readonly #seen = new Set<string>()
  /** To be written when the line ends. */
  #owed: string[] = []
  #linkChars = 0
  /** Characters of the link whose target the line will show. */
  #entryChars = 0

  constructor(
    readonly page: Page,
    readonly mode: LinkMode,
  ) {}

  open(link: number, out: Writer): void {
    this.#linkChars = 0
    if (this.mode === 'inline' && targetOf(this.page, link) !== undefined) out.opener('[')
  }

  text(chars: number): void {
    this.#linkChars += chars
  }

  /** `run`: the line in which the link stands. */
  close(link: number, run: Run | undefined, out: Writer): void {
    if (this.mode === 'none') return
    const target = targetOf(this.page, link)
    if (target === undefined) return
    if (this.mode === 'inline') {
      out.closer(`](${target})`, '[')
      return
    }
    if (this.#linkChars === 0 || this.#seen.has(target)) return
    if (this.mode === 'entries') {
      // One target a line: that of the link that the line is about.
      if (run === undefined || this.#linkChars < run.chars * MIN_ENTRY_SHARE || this.#linkChars <= this.#entryChars)
        return
      this.#entryChars = this.#linkChars
      this.#owed = []
    } else this.#seen.add(target)
    this.#owed.push(target)
  }

  endLine(out: Writer): void {
    if (this.#owed.length === 0) return
    const targets = this.#owed
    this.#owed = []
    this.#entryChars = 0
    if (this.mode === 'entries' && !this.#isNew(targets[0]!)) return
    for (const target of targets) out.append(` <${target}>`)
  }

  /** Places on one page are told by the page: its first place shows it. */
  #isNew(target: string): boolean {
    const path = target.replace(/#.*/, '#')
    if (this.#seen.has(target) || this.#seen.has(path)) return false
    this.#seen.add(target)
    if (path.endsWith('#')) this.#seen.add(path)
    return true
  }
}
