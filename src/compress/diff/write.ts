// The plan of a diff: kept lines, true headers for what was trimmed, gaps for what was folded, and one account of the trimmed lines.
import { type LineTable, lineAt } from '../../base/lines.js'
import { PlanBuilder } from '../../base/plan.js'
import type { Plan } from '../../spec/plan.js'
import type { PolicyName } from '../../spec/policy.js'
import { elideLongLine, excerptLine, isLongLine } from './excerpt.js'
import type { Fold, Folds } from './fold.js'
import { type Hunk, isContext, isRemark } from './hunk.js'
import type { Diff, FileDiff } from './parse.js'
import { type Asked, RARE } from './question.js'
import { similarRuns } from './runs.js'
import { type TrimInput, trimHunk } from './trim.js'

export interface WriteInput {
  readonly diff: Diff
  readonly asked: Asked
  readonly folds: Folds
  readonly policy: PolicyName
  /** 1 for lines that must come out as they are. */
  readonly fixed: Uint8Array
  /** Characters that a second hunk header or another gap must save. */
  readonly splitChars: number
}

export const writePlan = (input: WriteInput): Plan | undefined => new Writer(input).plan()

class Writer {
  readonly #input: WriteInput
  readonly #table: LineTable
  readonly #builder = new PlanBuilder()
  readonly #trim: TrimInput
  #context = 0
  #indexLines = 0
  #gaps = 0

  constructor(input: WriteInput) {
    this.#input = input
    this.#table = input.diff.table
    const wanted = input.fixed.slice()
    for (let index = 0; index < wanted.length; index++) if (input.asked.lines[index] === RARE) wanted[index] = 1
    this.#trim = {
      table: this.#table,
      wanted,
      splitChars: input.splitChars,
      hasSections: input.diff.files.some((file) => file.hunks.some((hunk) => hunk.section.trim() !== '')),
    }
  }

  plan(): Plan | undefined {
    const { diff, folds, asked } = this.#input
    for (const file of diff.files) {
      this.#header(file)
      const fold = folds.get(file)
      if (fold === undefined) for (const hunk of file.hunks) this.#hunk(hunk, asked.names(file))
      else this.#folded(file, fold)
    }
    this.#builder.keepTo(this.#table.text.length)
    this.#account()
    if (this.#gaps === 0) return undefined
    return this.#builder.done(
      this.#context + this.#indexLines > 0 ? (this.#gaps > 1 ? 'diff/trimmed+folded' : 'diff/trimmed') : 'diff/folded',
    )
  }

  /** Blob ids serve three-way merges only; git applies text hunks without them. */
  #header(file: FileDiff): void {
    const at = file.indexLine
    if (at === -1 || file.hunks.length === 0 || this.#trim.wanted[at] === 1) return
    if (file.binary[1] > file.binary[0]) return
    this.#builder.keepTo(this.#table.starts[at]!).rewriteTo(this.#table.starts[at + 1]!, '')
    this.#indexLines++
  }

  #hunk(hunk: Hunk, isNamed: boolean): void {
    const { starts } = this.#table
    const blocks = trimHunk(this.#trim, hunk)
    this.#builder.keepTo(starts[hunk.header]!)
    let reached = hunk.first
    for (const block of blocks) {
      const isSame = block.first === hunk.first && block.header === lineAt(this.#table, hunk.header)
      if (isSame) this.#builder.keepTo(starts[hunk.first]!)
      else this.#builder.rewriteTo(starts[block.first]!, block.header + this.#lineBreak(hunk.header))
      this.#context += block.first - reached
      this.#lines(block.first, block.end, isNamed)
      reached = block.end
    }
    if (reached === hunk.end) return
    this.#context += hunk.end - reached
    this.#builder.rewriteTo(starts[hunk.end]!, '')
  }

  /** Keeps lines; very long ones, and under `max` the middle of runs of like ones, give way to gaps. */
  #lines(from: number, to: number, isNamed: boolean): void {
    const { starts } = this.#table
    const stays = (index: number): boolean => this.#input.fixed[index] === 1 || this.#input.asked.lines[index]! > 0
    const runs = this.#input.policy === 'max' && !isNamed ? similarRuns(this.#table, from, to, stays) : []
    let next = 0
    for (let index = from; index < to; index++) {
      const run = runs[next]
      if (run?.start === index) {
        this.#builder.keepTo(starts[index]!)
        this.#gap({ from: index, to: run.end, note: 'lines of the same shape' })
        index = run.end - 1
        next++
      } else if (isLongLine(this.#table, index) && this.#input.fixed[index] !== 1) {
        this.#builder.keepTo(starts[index]!)
        if (isNamed || stays(index)) this.#excerpt(index)
        else this.#longLine(index)
      }
    }
    this.#builder.keepTo(starts[to]!)
  }

  #longLine(index: number): void {
    elideLongLine(this.#builder, this.#table, index)
    this.#gaps++
  }

  #excerpt(index: number): void {
    if (excerptLine(this.#builder, this.#table, { index, words: this.#input.asked.words })) this.#gaps++
  }

  /**
   * Keeps each header that something is shown under, and always the first: a hunk header without its lines is refused
   * by git and patch, so nobody applies a part of the file unawares.
   */
  #folded(file: FileDiff, { note, shown: own }: Fold): void {
    const { starts } = this.#table
    const [from, to] = file.binary
    if (to > from) {
      this.#builder.keepTo(starts[from]!)
      this.#gap({ from, to, note })
    }
    let pending = -1
    const flush = (upTo: number): void => {
      const isShort = pending !== -1 && starts[upTo]! - starts[pending]! < this.#input.splitChars
      if (isShort) this.#builder.keepTo(starts[upTo]!)
      else if (pending !== -1 && upTo > pending) this.#gap({ from: pending, to: upTo, note, file })
      pending = -1
    }
    for (const hunk of file.hunks) {
      const shown = this.#shownIn(hunk, own)
      if (hunk === file.hunks[0] || shown.length > 0) {
        flush(hunk.header)
        this.#builder.keepTo(starts[hunk.first]!)
        pending = hunk.first
      }
      for (const index of shown) {
        flush(index)
        this.#lines(index, index + 1, false)
        pending = index + 1
      }
    }
    flush(file.end)
  }

  #shownIn(hunk: Hunk, own: ReadonlySet<number>): number[] {
    const shown: number[] = []
    for (let index = hunk.first; index < hunk.end; index++)
      if (this.#input.asked.lines[index]! > 0 || this.#input.fixed[index] === 1 || own.has(index)) shown.push(index)
    return shown
  }

  #gap({ from, to, note, file }: { from: number; to: number; note: string; file?: FileDiff }): void {
    const end = this.#table.starts[to]!
    const signs = file === undefined ? '' : signsOf(this.#table, file, { from, to })
    this.#builder.elideTo(
      end,
      {
        count: to - from,
        unit: 'lines',
        range: [from + 1, to],
        note: signs === UNCHANGED ? signs : [signs, note].filter((part) => part !== '').join(', '),
      },
      { before: '', after: this.#table.text[end - 1] === '\n' ? '\n' : '' },
    )
    this.#gaps++
  }

  /** One gap without a place of its own tells how many lines the true headers leave out. */
  #account(): void {
    const count = this.#context + this.#indexLines
    if (count === 0) return
    const parts = [
      ...(this.#context > 0 ? ['unchanged context'] : []),
      ...(this.#indexLines > 0 ? [`${this.#indexLines} index ${this.#indexLines === 1 ? 'line' : 'lines'}`] : []),
    ]
    const note = parts.join(' and ') + (this.#context > 0 ? ', hunks recounted' : '')
    const { text } = this.#table
    const ends = text.endsWith('\n')
    const after = ends ? '\n' : ''
    this.#builder.elideTo(
      text.length,
      { count, unit: 'lines', note },
      { before: this.#endsInLine() ? '\n' : '', after },
    )
    this.#gaps++
  }

  /** The last shown line has no line break. */
  #endsInLine(): boolean {
    const last = this.#builder.done('').segments.at(-1)
    if (last === undefined) return false
    if (last.kind === 'rewrite') return last.text !== '' && !last.text.endsWith('\n')
    if (last.kind === 'elide') return last.after === '' || !last.after.endsWith('\n')
    return last.end > last.start && this.#table.text[last.end - 1] !== '\n'
  }

  #lineBreak(index: number): string {
    return this.#table.text[this.#table.starts[index + 1]! - 2] === '\r' ? '\r\n' : '\n'
  }
}

const UNCHANGED = 'unchanged'

const signsOf = (table: LineTable, file: FileDiff, { from, to }: { from: number; to: number }): string => {
  let added = 0
  let removed = 0
  for (const hunk of file.hunks)
    for (let index = Math.max(from, hunk.first); index < Math.min(to, hunk.end); index++) {
      if (isContext(table, index, 1) || isRemark(table, index)) continue
      if (table.text[table.starts[index]!] === '+') added++
      else removed++
    }
  return added + removed === 0 ? UNCHANGED : `+${added} -${removed}`
}
