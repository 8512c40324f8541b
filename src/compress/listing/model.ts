// A listing as entries over the lines of a text.
import type { LineTable } from '../../base/lines.js'

export interface Entry {
  readonly line: number
  /** Whole path as far as the listing tells it; folders of a tree or of `ls -R` are put before the name. */
  readonly path: string
  /** Path without the last step; empty at the top. */
  readonly folder: string
  readonly name: string
  /** Bytes, lines or whatever the listing counts. */
  readonly size?: number
  /** The count as printed, e.g. `4.0K`. */
  readonly printed?: string
  /** Number that sorts like the date. */
  readonly date?: number
  readonly cells?: readonly string[]
}

export interface Listing {
  readonly form: 'paths' | 'counted' | 'marked' | 'long' | 'tree'
  readonly lines: LineTable
  readonly entries: readonly Entry[]
  /** For each line: the entry that it is, or -1. */
  readonly entryOf: Int32Array
  /** For each line: the line that must stay where this one stays (heading, parent of a tree), or -1. */
  readonly parentOf: Int32Array
  /** What `cells` of the entries are called, where they have some. */
  readonly names: readonly string[]
}

/** Builds a listing line by line. */
export class ListingBuilder {
  readonly entries: Entry[] = []
  readonly #lines: LineTable
  readonly #entryOf: Int32Array
  readonly #parentOf: Int32Array

  constructor(lines: LineTable) {
    this.#lines = lines
    this.#entryOf = new Int32Array(lines.count).fill(-1)
    this.#parentOf = new Int32Array(lines.count).fill(-1)
  }

  add(line: number, path: string, more: Partial<Entry> = {}): void {
    this.#entryOf[line] = this.entries.length
    const end = path.endsWith('/') ? path.length - 1 : path.length
    const slash = path.lastIndexOf('/', end - 1)
    const folder = slash === -1 ? '' : path.slice(0, slash)
    this.entries.push({ line, path, folder, name: path.slice(slash + 1, end), ...more })
  }

  under(line: number, parent: number): void {
    this.#parentOf[line] = parent
  }

  done(form: Listing['form'], names: readonly string[] = []): Listing {
    return { form, lines: this.#lines, entries: this.entries, entryOf: this.#entryOf, parentOf: this.#parentOf, names }
  }
}

/** `.c`, or what a name without a dot is counted as. */
export const kindOf = (name: string): string => {
  const dot = name.lastIndexOf('.')
  return dot > 0 && /^[A-Za-z]\w{0,10}$/.test(name.slice(dot + 1)) ? name.slice(dot) : ''
}
