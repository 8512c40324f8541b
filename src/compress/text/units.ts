// The text as units that stay or go whole, and the sections they stand in.
import type { LineTable } from '../../base/lines.js'

export type UnitKind = 'heading' | 'prose' | 'item' | 'row' | 'code' | 'filler'

export interface Unit {
  readonly start: number
  /** With the white space that follows; the next unit starts here. */
  readonly end: number
  readonly kind: UnitKind
  /** Units of one paragraph, list item or table share a block; the first of a table or a split fence opens the others. */
  readonly block: number
  /** Index of the heading unit above, or -1. For a heading: its parent. */
  readonly above: number
  /** Of a heading; 0 otherwise. */
  readonly level: number
  /** First unit of its block. */
  readonly opens: boolean
}

export interface Structure {
  readonly text: string
  readonly table: LineTable
  readonly units: readonly Unit[]
  readonly blocks: number
}

/** Collects units left to right, with the headings that are open. */
export class UnitList {
  readonly units: Unit[] = []
  readonly #open: { level: number; unit: number }[] = []
  #block = -1
  #at = 0

  get blocks(): number {
    return this.#block + 1
  }

  heading(end: number, level: number): void {
    while (this.#open.length > 0 && this.#open.at(-1)!.level >= level) this.#open.pop()
    this.#block++
    this.#push(end, 'heading', level)
    this.#open.push({ level, unit: this.units.length - 1 })
  }

  /** One unit, or several of one block where `ends` has more. */
  block(kind: UnitKind, ends: readonly number[]): void {
    this.#block++
    for (const end of ends) this.#push(end, kind, 0)
  }

  /** White space belongs to the unit before it. */
  space(end: number): void {
    const last = this.units.at(-1)
    if (last === undefined) this.block('filler', [end])
    else {
      this.units[this.units.length - 1] = { ...last, end }
      this.#at = end
    }
  }

  #push(end: number, kind: UnitKind, level: number): void {
    const last = this.units.at(-1)
    this.units.push({
      start: this.#at,
      end,
      kind,
      block: this.#block,
      above: this.#open.at(-1)?.unit ?? -1,
      level,
      opens: last === undefined || last.block !== this.#block,
    })
    this.#at = end
  }
}
