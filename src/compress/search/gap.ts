// What a gap says: which files its lines are in and how many matches of each. Every path of the output is named somewhere.
import type { Gap } from '../../spec/plan.js'
import { nameOf, type SearchLine, type SearchResult } from './parse.js'

/** Longest note; a marker prints no more than 120 characters of it. */
export const MAX_NOTE_CHARS = 116
/** Runs of files in one gap that are named one by one; a longer list is summed up by folder. Chosen, not measured. */
const MAX_NAMED_FILES = 150

export interface GapPart {
  /** Half-open range of line indices. */
  readonly start: number
  readonly end: number
  readonly gap: Gap
}

/** One gap or, where its files do not fit one note, several in a row. `before` is the file of the kept line above, or -1. */
export const gapsOf = (result: SearchResult, start: number, end: number, before: number): GapPart[] => {
  if (!result.isList) {
    const runs = runsOf(result, start, end)
    if (runs.length <= MAX_NAMED_FILES) return byFile(result, runs, before)
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

const byFile = (result: SearchResult, runs: readonly Run[], before: number): GapPart[] => {
  const parts: GapPart[] = []
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

interface Folder {
  readonly matches: number
  readonly files: number
}

const MAX_DEPTH = 8

/** Matches by folder, folders shortened from the right until the note fits. */
const byFolder = (result: SearchResult, start: number, end: number): string => {
  let folders = foldersOf(result, start, end)
  for (let depth = MAX_DEPTH; depth >= 1; depth--) {
    folders = shortened(folders, depth)
    const note = [...folders].map(([path, folder]) => folderItem(path, folder, result.isList)).join(', ')
    if (note.length <= MAX_NOTE_CHARS) return note
  }
  let files = 0
  for (const folder of folders.values()) files += folder.files
  return `in ${files} files`
}

const folderItem = (path: string, { matches, files }: Folder, isList: boolean): string =>
  isList ? `${path}/ ${matches}` : `${path}/ ${matches} in ${files} ${files === 1 ? 'file' : 'files'}`

const foldersOf = (result: SearchResult, start: number, end: number): ReadonlyMap<string, Folder> => {
  const matchesOf = new Map<number, number>()
  for (let index = start; index < end; index++) {
    const line = result.lines[index]!
    if (line.file !== -1 && isMatch(line)) matchesOf.set(line.file, (matchesOf.get(line.file) ?? 0) + 1)
  }
  const folders = new Map<string, Folder>()
  for (const [file, matches] of matchesOf) {
    const path = result.files[file]!.path.replaceAll('\\', '/')
    addFolder(folders, path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '.', { matches, files: 1 })
  }
  return folders
}

const shortened = (folders: ReadonlyMap<string, Folder>, depth: number): ReadonlyMap<string, Folder> => {
  const merged = new Map<string, Folder>()
  for (const [path, folder] of folders) addFolder(merged, path.split('/').slice(0, depth).join('/'), folder)
  return merged
}

const addFolder = (folders: Map<string, Folder>, path: string, { matches, files }: Folder): void => {
  const known = folders.get(path)
  folders.set(path, known ? { matches: known.matches + matches, files: known.files + files } : { matches, files })
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
