// Which files are left out but for their headers, and what their gaps say.
import { type LineTable, lineAt } from '../../base/lines.js'
import type { PolicyName } from '../../spec/policy.js'
import { isContext, isRemark } from './hunk.js'
import type { Diff, FileDiff } from './parse.js'
import { provenanceOf } from './provenance.js'
import type { Asked } from './question.js'

export interface Fold {
  /** Why, in words for the gaps. */
  readonly note: string
  /** Lines that stay all the same. */
  readonly shown: ReadonlySet<number>
}

export type Folds = ReadonlyMap<FileDiff, Fold>

export interface FoldInput {
  readonly diff: Diff
  readonly asked: Asked
  readonly policy: PolicyName
}

/** Changes of a program's making that stay, since a gap would cost about as much. Chosen, not measured. */
const SMALL_LINES = 20
const SMALL_CHARS = 1500
/** A vendored file of this size is an update of a dependency; below it may be a patch to it. */
const VENDORED_LINES = 200
/** Changed lines of a built file that its source does not show, up to which it is folded and they stay. */
const OWN_LINES = 12
const OWN_SHARE = 0.2
/** Lines of a deleted file that `max` leaves out. */
const DELETED_LINES = 20

export const foldsOf = ({ diff, asked, policy }: FoldInput): Folds => {
  const { table } = diff
  const folds = new Map<FileDiff, Fold>()
  const built: FileDiff[] = []
  const maybe: FileDiff[] = []
  const holders: FileDiff[] = []
  for (const file of diff.files) {
    const note = asked.names(file) ? undefined : noteOf(table, file, policy)
    if (note === 'built') built.push(file)
    else if (note === 'maybe built') maybe.push(file)
    else if (note !== undefined) folds.set(file, { note, shown: NONE })
    else holders.push(file)
  }
  foldBuilt(table, { holders, maybe, built }, folds)
  if (!diff.files.some((file) => !folds.has(file) && changedLines(file) > 0))
    for (const [file, { note }] of folds) if (POINT_OF_IT.has(note)) folds.delete(file)
  return folds
}

/** Programs' output that people do read, where a diff holds nothing else. */
const POINT_OF_IT: ReadonlySet<string> = new Set(['generated', 'snapshot', 'vendored'])

const NONE: ReadonlySet<number> = new Set()

const noteOf = (table: LineTable, file: FileDiff, policy: PolicyName): string | undefined => {
  const [from, to] = file.binary
  if (to > from) return to - from > SMALL_LINES ? 'binary' : undefined
  if (!isFoldable(table, file)) return undefined
  const provenance = provenanceOf(table, file)
  if (provenance === 'vendored' && changedLines(file) < VENDORED_LINES) return undefined
  if (provenance !== 'hand') return provenance
  return policy === 'max' && file.isDeleted && changedLines(file) >= DELETED_LINES ? 'deleted file' : undefined
}

const changedLines = (file: FileDiff): number => file.hunks.reduce((sum, hunk) => sum + hunk.added + hunk.removed, 0)

const isFoldable = (table: LineTable, file: FileDiff): boolean => {
  const first = file.hunks[0]
  if (first === undefined || file.hunks.some((hunk) => !hunk.complete)) return false
  const chars = table.starts[file.end]! - table.starts[first.first]!
  return chars > SMALL_CHARS || file.end - first.first > SMALL_LINES
}

interface Candidates {
  readonly holders: readonly FileDiff[]
  /** Built from a holder, or the source itself. */
  readonly maybe: readonly FileDiff[]
  readonly built: readonly FileDiff[]
}

/** A built file goes where one file that stays shows nearly all of its changed lines; those that it has alone stay. */
const foldBuilt = (table: LineTable, { holders, maybe, built }: Candidates, folds: Map<FileDiff, Fold>): void => {
  if (maybe.length + built.length === 0) return
  const held: Held = new Map()
  for (const file of holders) hold(table, file, held)
  const kept = maybe.filter((file) => !foldOnto(table, { file, held, folds }))
  for (const file of kept) hold(table, file, held)
  for (const file of built) if (!foldOnto(table, { file, held, folds })) hold(table, file, held)
}

/** Files that show a changed line. */
type Held = Map<string, Set<FileDiff>>

const hold = (table: LineTable, file: FileDiff, held: Held): void => {
  for (const { line } of changes(table, file)) {
    const files = held.get(line)
    if (files === undefined) held.set(line, new Set([file]))
    else if (files.size < MAX_HOLDERS) files.add(file)
  }
}

interface Onto {
  readonly file: FileDiff
  readonly held: Held
  readonly folds: Map<FileDiff, Fold>
}

const foldOnto = (table: LineTable, { file, held, folds }: Onto): boolean => {
  const lines = changes(table, file)
  const source = mostly(lines.flatMap(({ line }) => [...(held.get(line) ?? [])]))
  if (source === undefined) return false
  const own = lines.filter(({ line }) => !held.get(line)?.has(source))
  if (own.length > Math.max(OWN_LINES, lines.length * OWN_SHARE) || own.length > lines.length / 2) return false
  const note = `built, changed lines also in ${source.newPath}`
  folds.set(file, { note, shown: new Set(own.map(({ index }) => index)) })
  return true
}

/** Files that are remembered for one line: braces stand in all of them. */
const MAX_HOLDERS = 8

const mostly = (files: readonly FileDiff[]): FileDiff | undefined => {
  const counts = new Map<FileDiff, number>()
  let best: FileDiff | undefined
  for (const file of files) {
    counts.set(file, (counts.get(file) ?? 0) + 1)
    if (best === undefined || counts.get(file)! > counts.get(best)!) best = file
  }
  return best
}

/** Changed lines that are not blank, with their sign but without indentation. */
const changes = (table: LineTable, file: FileDiff): { readonly index: number; readonly line: string }[] => {
  const lines: { index: number; line: string }[] = []
  for (const hunk of file.hunks)
    for (let index = hunk.first; index < hunk.end; index++) {
      if (isContext(table, index, 1) || isRemark(table, index)) continue
      const line = lineAt(table, index)
      const text = line.slice(1).trim()
      if (text !== '') lines.push({ index, line: line[0] + text })
    }
  return lines
}
