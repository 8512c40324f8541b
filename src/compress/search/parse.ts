// Reads search output of any tool into lines that know their file. Nothing is dropped: what is no match stays as `other`.
import { stripAnsi } from '../../base/ansi.js'
import type { LineTable } from '../../base/lines.js'
import { lineAt } from '../../base/lines.js'

/** `entry`: a path alone, of a file list or with a count. `heading`: a path above its numbered lines. */
export type LineKind = 'match' | 'context' | 'heading' | 'entry' | 'blank' | 'separator' | 'other'

export interface SearchLine {
  readonly kind: LineKind
  /** Index into `files`; -1 where the line belongs to none. */
  readonly file: number
  /** The matched text without path and number, or the whole line. */
  readonly text: string
  readonly chars: number
  /** Count of a `path:12` entry. */
  readonly count?: number
}

export interface SearchFile {
  readonly path: string
  /** Indices of its match lines. */
  readonly matches: number[]
}

export interface SearchResult {
  readonly lines: readonly SearchLine[]
  readonly files: readonly SearchFile[]
  /** Most lines are paths without text. */
  readonly isList: boolean
}

const DIRECT = /^((?:[A-Za-z]:[\\/])?[^\s:][^:\t]{0,300}?):(\d{1,8}):(?:\d{1,6}:)?/
/** `path:text`, as grep prints it when nobody asks for numbers. */
const UNNUMBERED = /^((?:[A-Za-z]:[\\/])?[^\s:][^:\t]{0,300}?):/
const COUNTED = /^((?:[A-Za-z]:[\\/])?[^\s:][^:\t]{0,300}):(\d{1,8})$/
const NUMBERED = /^ {0,4}(?:Line |L)?(\d{1,8})([:-])(?:\d{1,6}[:-])?/
const TITLE = /^(?:File: )?((?:[A-Za-z]:[\\/])?[^\s:][^:]{0,300}?):?$/
const JSON_EVENT =
  /^\{"type":"(begin|match|context|end|summary)","data":\{(?:"path":\{"text":"((?:[^"\\]|\\.){1,400})"\})?/
const TIMESTAMP = /^\[?(?:\d{4}[-/.]\d\d[-/.]\d\d|\d\d[/.-](?:\d\d|[A-Z][a-z]{2})[/.-]\d{2,4}|\d{1,2}$)/
const PATH_NAME =
  /^\.?[\w@+-][\w@.+~-]*\.[A-Za-z]\w{0,15}$|^\.[A-Za-z][\w.-]*$|^[A-Z][A-Za-z]*file$|^(?:README|LICENSE|COPYING|BUILD|WORKSPACE|NEWS|TODO|AUTHORS)$/
const MESSAGE =
  /^(?:rg|grep|find|fd|ag|git|ls): |^Binary file|^(?:Found|Showing|No|Total) |\bmatches\b.*\b(?:limited|truncated|more)\b/

export const nameOf = (path: string): string => path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1)

const isPath = (path: string): boolean =>
  !TIMESTAMP.test(path) &&
  !path.includes('://') &&
  (/[\\/]/.test(path) ? !/\s{2}|[\\/]{2}[\\/]/.test(path) && !/^\s|\s[\\/]/.test(path) : PATH_NAME.test(path))

/** Reader of one output; keeps the file that numbered lines belong to. */
class Reader {
  readonly #table: LineTable
  readonly #lines: SearchLine[] = []
  readonly #files: SearchFile[] = []
  readonly #fileOf = new Map<string, number>()
  #names: Names | undefined
  #heading = -1

  constructor(table: LineTable) {
    this.#table = table
  }

  /** Costs a pass of its own, which outputs of plain `path:12:text` lines never need. */
  get #known(): Names {
    this.#names ??= namesIn(this.#table)
    return this.#names
  }

  read(): SearchResult {
    for (let index = 0; index < this.#table.count; index++) this.#lines.push(this.#line(index))
    this.#lines.forEach((line, index) => {
      if (line.kind === 'match' || line.kind === 'entry') this.#files[line.file]?.matches.push(index)
    })
    const entries = this.#lines.filter((line) => line.kind === 'entry').length
    const matches = this.#lines.filter((line) => line.kind === 'match').length
    return { lines: this.#lines, files: this.#files, isList: entries > matches }
  }

  #line(index: number): SearchLine {
    const text = stripAnsi(lineAt(this.#table, index))
    const chars = this.#table.starts[index + 1]! - this.#table.starts[index]!
    const of = (kind: LineKind, file = -1, from = 0): SearchLine => ({ kind, file, text: text.slice(from), chars })
    if (text.trim() === '') return of('blank', this.#heading)
    if (text === '--' || text === '---') return of('separator')
    if (text.startsWith('{"type":"')) return this.#event(text, of)
    const direct = DIRECT.exec(text)
    if (direct && isPath(direct[1]!)) {
      this.#heading = -1
      return of('match', this.#fileIndex(direct[1]!), direct[0].length)
    }
    const numbered = NUMBERED.exec(text)
    if (numbered && (this.#heading !== -1 || this.#known.paths.has(''))) {
      const file = this.#heading === -1 ? this.#fileIndex('') : this.#heading
      return of(numbered[2] === ':' ? 'match' : 'context', file, numbered[0].length)
    }
    return this.#context(text, of) ?? this.#path(text, index, of)
  }

  #event(text: string, of: (kind: LineKind, file?: number, from?: number) => SearchLine): SearchLine {
    const [, type, path] = JSON_EVENT.exec(text) ?? []
    if (path === undefined) return of('other')
    const file = this.#fileIndex(path)
    if (type === 'match') return of('match', file, Math.max(0, text.indexOf('"lines"')))
    return of(type === 'context' ? 'context' : 'separator', file)
  }

  /** `path-12-text`, where some other line has named the path. */
  #context(text: string, of: (kind: LineKind, file?: number, from?: number) => SearchLine): SearchLine | undefined {
    for (const match of text.slice(0, 320).matchAll(/-\d{1,8}-/g)) {
      const path = text.slice(0, match.index)
      if (this.#known.paths.has(path)) return of('context', this.#fileIndex(path), match.index + match[0].length)
    }
    return undefined
  }

  #path(text: string, index: number, of: (kind: LineKind, file?: number, from?: number) => SearchLine): SearchLine {
    const named = this.#known.unnumbered ? UNNUMBERED.exec(text) : null
    if (named && isPath(named[1]!)) return of('match', this.#fileIndex(named[1]!), named[0].length)
    const counted = COUNTED.exec(text)
    if (counted && isPath(counted[1]!))
      return { ...of('entry', this.#fileIndex(counted[1]!)), count: Number(counted[2]) }
    const title = TITLE.exec(text)
    if (!title || MESSAGE.test(text) || !isPath(title[1]!)) {
      this.#heading = -1
      return of('other')
    }
    const next = index + 1 < this.#table.count ? stripAnsi(lineAt(this.#table, index + 1)) : ''
    const file = this.#fileIndex(title[1]!)
    this.#heading = NUMBERED.test(next) ? file : -1
    return of(this.#heading === -1 ? 'entry' : 'heading', file)
  }

  #fileIndex(path: string): number {
    const known = this.#fileOf.get(path)
    if (known !== undefined) return known
    this.#files.push({ path, matches: [] })
    this.#fileOf.set(path, this.#files.length - 1)
    return this.#files.length - 1
  }
}

interface Names {
  /** Paths named by match lines; holds the empty path where every line is `12:text` of one unnamed file. */
  readonly paths: ReadonlySet<string>
  /** No line has a number, and nearly all are `path:text`. */
  readonly unnumbered: boolean
}

/** Share of lines from which `path:text` is what was searched, not a line with a colon. */
const MOST = 0.9

const namesIn = (table: LineTable): Names => {
  const paths = new Set<string>()
  let bare = 0
  let unnumbered = 0
  let filled = 0
  for (let index = 0; index < table.count; index++) {
    const text = stripAnsi(lineAt(table, index))
    const path = DIRECT.exec(text)?.[1]
    if (text !== '') filled++
    if (path !== undefined && isPath(path)) paths.add(path)
    else if (NUMBERED.test(text) || text === '--') bare++
    else if (isUnnumbered(text)) unnumbered++
  }
  const isBare = paths.size === 0 && bare >= table.count * MOST
  if (isBare) paths.add('')
  return { paths, unnumbered: paths.size === 0 && unnumbered >= Math.max(2, filled * MOST) }
}

/** `path:12` alone is a count. */
const isUnnumbered = (text: string): boolean => {
  const path = UNNUMBERED.exec(text)?.[1]
  return path !== undefined && isPath(path) && !COUNTED.test(text) && !MESSAGE.test(text)
}

export const parseSearch = (table: LineTable): SearchResult => new Reader(table).read()
