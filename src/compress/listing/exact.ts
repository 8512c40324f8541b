// A list of paths as folders with their names below: ` name` under `folder/`. Inverse: the folder goes before each name.
import { type LineTable, lineAt } from '../../base/lines.js'
import { PlanBuilder } from '../../base/plan.js'
import { skip } from '../../base/skip.js'
import type { Plan } from '../../spec/plan.js'
import type { Skip } from '../../spec/skip.js'

/** Names that a folder must have in a row to be written once. */
const MIN_NAMES = 2

export const foldedText = (lines: LineTable): string | undefined => {
  if (lines.text.includes('\r')) return undefined
  const out: string[] = []
  let folded = 0
  for (let line = 0; line < lines.count; ) {
    const text = lineAt(lines, line)
    if (text.startsWith(' ')) return undefined
    const folder = text.slice(0, text.lastIndexOf('/') + 1)
    let end = line
    if (folder.length > 1 && folder !== text) while (end < lines.count && isIn(lineAt(lines, end), folder)) end++
    if (end - line < MIN_NAMES) {
      out.push(text)
      line++
      continue
    }
    out.push(folder)
    for (; line < end; line++) out.push(` ${lineAt(lines, line).slice(folder.length)}`)
    folded++
  }
  return folded === 0 ? undefined : out.join('\n') + (lines.text.endsWith('\n') ? '\n' : '')
}

const isIn = (path: string, folder: string): boolean =>
  path.startsWith(folder) && path.length > folder.length && path.lastIndexOf('/') === folder.length - 1

export const exactPlan = (lines: LineTable, count: (text: string) => number, tokens: number): Plan | Skip => {
  const text = foldedText(lines)
  if (text === undefined) return skip('nothing-to-drop', 'no folder twice in a row')
  if (count(text) >= tokens) return skip('would-grow')
  return new PlanBuilder().rewriteTo(lines.text.length, text).done('listing/exact-folders')
}

/** The list that a folded text stands for. */
export const unfolded = (text: string): string => {
  const out: string[] = []
  const lines = text.split('\n')
  let folder = ''
  lines.forEach((line, at) => {
    if (line.startsWith(' ')) out.push(folder + line.slice(1))
    else if (line.endsWith('/') && (lines[at + 1] ?? '').startsWith(' ')) folder = line
    else out.push(line)
  })
  return out.join('\n')
}
