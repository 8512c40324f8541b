// What a gap says: which files its lines are in and how many matches of each. Every path of the output is named somewhere.
import type { Gap } from '../../spec/plan.js'
import type { SearchLine, SearchResult } from './parse.js'
import { nameOf } from './rank.js'

/** Longest note; a marker prints no more than 120 characters of it. */
export const MAX_NOTE_CHARS = 116
/** Gaps in a row that may name files one by one; more are summed up by folder. */
const MAX_PARTS = 3

export interface GapPart {
  /** Half-open range of line indices. */
  readonly start: number
  readonly end: number
  readonly gap: Gap
}

/** One gap or, where its files do not fit one note, several in a row. `before` is the file of the kept line above, or -1. */
export const gapsOf = (result: SearchResult, start: number, end: number, before: number): GapPart[] => {
  if (!result.isList) {
    const parts = byFile(result, start, end, before)
    if (parts.length <= MAX_PARTS) return parts
  }
  return [partOf(result, { start, end }, byFolder(result, start, end))]
}

interface Run {
  readonly file: number
  readonly start: number
  end: number
  matches: number
}

const runsOf = (result: SearchResult, start: number, end: number): Run[] => {
  const runs: Run[] = []
  for (let index = start; index < end; index++) {
    const line = result.lines[index]!
    const last = runs.at(-1)
    if (last && (line.file === last.file || line.file === -1)) last.end = index + 1
    else runs.push({ file: line.file, start: last ? index : start, end: index + 1, matches: 0 })
    if (isMatch(line)) runs.at(-1)!.matches++
  }
  return runs
}

const isMatch = (line: SearchLine): boolean => line.kind === 'match' || line.kind === 'entry'

const byFile = (result: SearchResult, start: number, end: number, before: number): GapPart[] => {
  const parts: GapPart[] = []
  const runs = runsOf(result, start, end)
  let from = 0
  let note = ''
  let folder = ''
  const close = (to: number) => {
    const span = { start: runs[from]!.start, end: runs[to - 1]!.end }
    const single = to - from === 1 ? note.replace(/ \d+$/, '') : note
    parts.push(
      partOf(result, span, single.startsWith('same file') || single === 'other lines' ? single : `in ${single}`),
    )
    from = to
    note = ''
    folder = ''
  }
  runs.forEach((run, index) => {
    const item = itemOf(result, run, folder, note === '' && run.file === before && index === 0)
    const joined = note === '' ? item.text : `${note}, ${item.text}`
    if (note !== '' && joined.length > MAX_NOTE_CHARS) {
      close(index)
      const again = itemOf(result, run, '', false)
      note = again.text
      folder = again.folder
    } else {
      note = joined
      folder = item.folder
    }
  })
  close(runs.length)
  return parts
}

/** A name without a folder is in the folder of the path before it. */
const itemOf = (result: SearchResult, run: Run, folder: string, same: boolean): { text: string; folder: string } => {
  const count = run.matches === 1 ? '' : ` ${run.matches}`
  if (run.file === -1) return { text: 'other lines', folder: '' }
  if (same) return { text: `same file ${run.matches}`, folder: '' }
  const path = result.files[run.file]!.path.replaceAll('\\', '/')
  const name = nameOf(path)
  const own = path.slice(0, path.length - name.length)
  if (own === '') return { text: `${folder === '' ? '' : './'}${name}${count}`, folder: '' }
  return { text: `${own === folder ? name : path}${count}`, folder: own }
}

/** Matches by folder, folders shortened from the right until the note fits. */
const byFolder = (result: SearchResult, start: number, end: number): string => {
  for (let depth = 8; depth >= 1; depth--) {
    const note = folderNote(result, { start, end }, depth)
    if (note.length <= MAX_NOTE_CHARS) return note
  }
  const files = new Set(result.lines.slice(start, end).map((line) => line.file))
  return `in ${files.size} files`
}

const folderNote = (result: SearchResult, span: { start: number; end: number }, depth: number): string => {
  const folders = new Map<string, { matches: number; files: Set<number> }>()
  for (let index = span.start; index < span.end; index++) {
    const line = result.lines[index]!
    if (line.file === -1 || !isMatch(line)) continue
    const parts = result.files[line.file]!.path.replaceAll('\\', '/').split('/')
    const folder = parts.slice(0, Math.max(1, Math.min(depth, parts.length - 1))).join('/')
    const entry = folders.get(folder) ?? { matches: 0, files: new Set() }
    entry.matches++
    entry.files.add(line.file)
    folders.set(folder, entry)
  }
  return [...folders]
    .map(([folder, { matches, files }]) =>
      result.isList
        ? `${folder}/ ${matches}`
        : `${folder}/ ${matches} in ${files.size} ${files.size === 1 ? 'file' : 'files'}`,
    )
    .join(', ')
}

/** Lines are counted as they stand in the output; where context or blank lines are among them the matches are told too. */
const partOf = (result: SearchResult, span: { start: number; end: number }, note: string): GapPart => {
  const matches = result.lines.slice(span.start, span.end).filter(isMatch).length
  const count = span.end - span.start
  const told =
    matches === count ? note : `${matches} ${matches === 1 ? 'match' : 'matches'}${note === '' ? '' : `, ${note}`}`
  return { ...span, gap: { count, unit: 'lines', ...(told === '' ? {} : { note: told }) } }
}

/** Characters that a marker cannot print as they are: a file with such a path keeps a line of its own. */
export const isPrintable = (path: string): boolean =>
  !/[[\]"'`;\p{Cc}]|, /u.test(path) && path.length <= MAX_NOTE_CHARS - 12
