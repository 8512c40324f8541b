// Files and hunks of a diff, by lines. Whatever is neither (mail headers, commit messages, diffstats) belongs to no file and stays.
import { type LineTable, lineAt } from '../../base/lines.js'
import { type Hunk, hunkAt } from './hunk.js'

export interface FileDiff {
  /** First header line; -1 only where hunks come before any header. */
  readonly start: number
  /** Behind the last line that belongs to it. */
  end: number
  oldPath: string
  newPath: string
  isNew: boolean
  isDeleted: boolean
  /** Line `index …` that a text patch can do without; -1 where there is none. */
  indexLine: number
  /** Body of `GIT binary patch`, half-open; empty where there is none. */
  binary: readonly [from: number, to: number]
  readonly hunks: Hunk[]
  /** `--- ` has been read: the next one opens another file. */
  named: boolean
}

export interface Diff {
  readonly table: LineTable
  readonly files: readonly FileDiff[]
}

/** Blob ids without a mode that a patch needs: symbolic links and submodules keep theirs. */
const INDEX = /^index [0-9a-zA-Z._-]{1,200}(?: 100(?:644|755))?$/

export const parseDiff = (table: LineTable): Diff => {
  const reader = new Reader(table)
  for (let at = 0; at < table.count; ) at = reader.read(at)
  return { table, files: reader.files }
}

class Reader {
  readonly files: FileDiff[] = []
  readonly #table: LineTable
  #file: FileDiff | undefined

  constructor(table: LineTable) {
    this.#table = table
  }

  /** Reads what starts at a line and returns the line behind it. */
  read(at: number): number {
    const { text, starts } = this.#table
    const start = starts[at]!
    switch (text.charCodeAt(start)) {
      case 64:
        return text.startsWith('@@ -', start) || text.startsWith('@@@', start) ? this.#hunk(at) : at + 1
      case 100:
        return this.#opening(at)
      case 45:
        return text.startsWith('--- ', start) && this.#isPair(at) ? this.#names(at) : at + 1
      case 71:
        return text.startsWith('GIT binary patch', start) ? this.#binary(at) : at + 1
      case 73:
        if (text.startsWith('Index: ', start)) this.#open(at, lineAt(this.#table, at).slice(7))
        return at + 1
      default:
        return this.#detail(at)
    }
  }

  #isPair(at: number): boolean {
    const next = this.#table.starts[at + 1]!
    return at + 1 < this.#table.count && this.#table.text.startsWith('+++ ', next)
  }

  #open(at: number, path: string): FileDiff {
    this.#file = {
      start: at,
      end: at + 1,
      oldPath: path,
      newPath: path,
      isNew: false,
      isDeleted: false,
      indexLine: -1,
      binary: [0, 0],
      hunks: [],
      named: false,
    }
    this.files.push(this.#file)
    return this.#file
  }

  #opening(at: number): number {
    const start = this.#table.starts[at]!
    const { text } = this.#table
    if (text.startsWith('diff --git ', start) || /^diff --?[a-zA-Z]/.test(text.slice(start, start + 8))) {
      const line = lineAt(this.#table, at)
      const path = line.slice(Math.max(line.lastIndexOf(' '), line.lastIndexOf(' b/')) + 1)
      this.#open(at, plainPath(path))
      return at + 1
    }
    return this.#detail(at)
  }

  #names(at: number): number {
    let file = this.#file
    if (file === undefined || file.named || file.hunks.length > 0) file = this.#open(at, '')
    const before = nameOf(lineAt(this.#table, at))
    const after = nameOf(lineAt(this.#table, at + 1))
    file.named = true
    file.isNew ||= before === '/dev/null'
    file.isDeleted ||= after === '/dev/null'
    file.oldPath = before === '/dev/null' ? plainPath(after) : plainPath(before)
    file.newPath = after === '/dev/null' ? file.oldPath : plainPath(after)
    file.end = at + 2
    return at + 2
  }

  /** Lines of a git header between `diff --git` and `---`. */
  #detail(at: number): number {
    const file = this.#file
    if (file === undefined || file.hunks.length > 0 || file.end !== at) return at + 1
    const { text, starts } = this.#table
    const start = starts[at]!
    const is = (word: string): boolean => text.startsWith(word, start)
    if (is('new file mode')) file.isNew = true
    else if (is('deleted file mode')) file.isDeleted = true
    else if (is('index ')) {
      if (starts[at + 1]! - start < 300 && INDEX.test(lineAt(this.#table, at))) file.indexLine = at
    } else if (
      !/^(?:old mode|new mode|similarity|dissimilarity|rename |copy |mode |Binary |={3,}|RCS |retrieving )/.test(
        text.slice(start, start + 16),
      )
    )
      return at + 1
    file.end = at + 1
    return at + 1
  }

  #hunk(at: number): number {
    const hunk = hunkAt(this.#table, at)
    if (hunk === undefined) return at + 1
    const file = this.#file ?? this.#open(at, '')
    file.hunks.push(hunk)
    file.end = hunk.end
    return hunk.end
  }

  /** `literal N` or `delta N`, lines of base 85, an empty line; usually twice. */
  #binary(at: number): number {
    const { text, starts, count } = this.#table
    let end = at + 1
    for (;;) {
      if (end >= count || !/^(?:literal|delta) \d/.test(text.slice(starts[end]!, starts[end]! + 12))) break
      while (end < count && !isBlank(text, starts[end]!)) end++
      if (end < count) end++
    }
    if (this.#file !== undefined) {
      this.#file.binary = [at + 1, end]
      this.#file.end = end
    }
    return end
  }
}

const isBlank = (text: string, start: number): boolean => {
  const code = text.charCodeAt(start)
  return code === 10 || (code === 13 && text.charCodeAt(start + 1) === 10)
}

/** Path of a `--- ` or `+++ ` line; a date may follow behind a tab. */
const nameOf = (line: string): string => {
  const name = line.slice(4)
  const tab = name.indexOf('\t')
  return (tab === -1 ? name : name.slice(0, tab)).trim()
}

/** Without quotes and the first folder of `a/` and `b/`. */
const plainPath = (path: string): string => path.replace(/^"|"$/g, '').replace(/^[a-z]\//, '')
