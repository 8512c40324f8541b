// Which tools a script ran, by lines that only they print.
import { lineTable } from '../base/lines.js'
import { type Compiled, compileFilter } from './compile.js'
import type { Filter } from './spec.js'
import { type Lines, linesOf } from './work.js'

/** Lines looked at from each end; signs stand at the start and at the end of what a tool prints. */
const REACH = 1500
/** Between them every so many-th line is looked at. */
const STEP = 7

export const signedFilters = (text: string, filters: readonly Filter[]): Filter[] =>
  signedBy(linesOf(lineTable(text)), filters.map(compileFilter))

export const signedBy = ({ plain }: Lines, filters: readonly Compiled[]): Filter[] => {
  const left = new Set(filters.filter(({ sign }) => sign !== undefined))
  const found: Filter[] = []
  for (let line = 0; line < plain.length && left.size > 0; line++) {
    if (line >= REACH && line < plain.length - REACH && line % STEP !== 0) continue
    const text = plain[line]!
    if (text === '' || text.length > 400) continue
    for (const one of left)
      if (one.sign!.test(text)) {
        found.push(one.filter)
        left.delete(one)
      }
  }
  return found
}
