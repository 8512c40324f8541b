// Which files are left out but for their headers, and what their gaps say.
import { type LineTable, lineAt } from '../../base/lines.js'
import type { PolicyName } from '../../spec/policy.js'
import { isContext } from './hunk.js'
import type { Diff, FileDiff } from './parse.js'
import { provenanceOf } from './provenance.js'
import type { Asked } from './question.js'

/** Words for the gaps of each file that is folded. */
export type Folds = ReadonlyMap<FileDiff, string>

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
/** Share of a built file's changed lines that its source must show as well. */
const REPEATED_SHARE = 0.5
/** Shorter lines are alike everywhere. */
const TELLING_CHARS = 8
/** Lines of a deleted file that `max` leaves out. */
const DELETED_LINES = 20

export const foldsOf = ({ diff, asked, policy }: FoldInput): Folds => {
  const { table } = diff
  const folds = new Map<FileDiff, string>()
  const built: FileDiff[] = []
  const hand: FileDiff[] = []
  for (const file of diff.files) {
    if (asked.names(file)) continue
    if (file.binary[1] > file.binary[0]) folds.set(file, 'binary')
    if (!isFoldable(table, file)) continue
    const provenance = provenanceOf(table, file)
    if (provenance === 'built') built.push(file)
    else if (provenance === 'hand') hand.push(file)
    else if (provenance !== 'vendored' || changedLines(file) >= VENDORED_LINES) folds.set(file, provenance)
    if (policy === 'max' && file.isDeleted && !folds.has(file) && changedLines(file) >= DELETED_LINES)
      folds.set(file, 'deleted file')
  }
  if (built.length > 0) foldBuilt(table, { built, hand: handOf(diff, built, folds) }, folds)
  return folds
}

const handOf = (diff: Diff, built: readonly FileDiff[], folds: Folds): FileDiff[] =>
  diff.files.filter((file) => !built.includes(file) && !folds.has(file))

const changedLines = (file: FileDiff): number => file.hunks.reduce((sum, hunk) => sum + hunk.added + hunk.removed, 0)

const isFoldable = (table: LineTable, file: FileDiff): boolean => {
  const first = file.hunks[0]
  if (first === undefined || file.hunks.some((hunk) => !hunk.complete)) return false
  const chars = table.starts[file.end]! - table.starts[first.first]!
  return chars > SMALL_CHARS || file.end - first.first > SMALL_LINES
}

/** A built file goes where a file that stays shows the same changed lines. */
const foldBuilt = (
  table: LineTable,
  { built, hand }: { readonly built: readonly FileDiff[]; readonly hand: readonly FileDiff[] },
  folds: Map<FileDiff, string>,
): void => {
  const holder = new Map<string, FileDiff>()
  for (const file of hand) for (const line of tellingLines(table, file)) if (!holder.has(line)) holder.set(line, file)
  if (holder.size === 0) return
  for (const file of built) {
    const lines = tellingLines(table, file)
    const shares = new Map<FileDiff, number>()
    for (const line of lines) {
      const other = holder.get(line)
      if (other !== undefined) shares.set(other, (shares.get(other) ?? 0) + 1)
    }
    for (const [other, count] of shares)
      if (count >= lines.length * REPEATED_SHARE) {
        folds.set(file, `built, ${count} of ${lines.length} changed lines also in ${other.newPath}`)
        break
      }
  }
}

/** Changed lines with their sign but without indentation, where they are long enough to tell anything. */
const tellingLines = (table: LineTable, file: FileDiff): string[] => {
  const lines: string[] = []
  for (const hunk of file.hunks)
    for (let index = hunk.first; index < hunk.end; index++) {
      if (isContext(table, index, 1)) continue
      const line = lineAt(table, index)
      const text = line.slice(1).trim()
      if (text.length >= TELLING_CHARS) lines.push(line[0] + text)
    }
  return lines
}
