// Lines of a routine kind that are not routine after all: the kind is rare, or a figure is far from the others.
import { Figures } from './figures.js'
import type { Kind } from './kinds.js'
import { NEWS, ROUTINE, type Work } from './work.js'

/** Kinds of up to this many lines are no routine beside one that is. */
const RARE = 2
/** Kinds of at least this many lines make others rare. */
const COMMON = 8

/** Makes news of what is rare, of the first of each kind where the filter wants them, and of figures far from the others. */
export const keepUnusual = (work: Work): void => {
  const common = work.kinds.list.some(({ lines, heading }) => heading === false && lines.length >= COMMON)
  for (const kind of work.kinds.list) {
    for (const line of kind.lines.slice(0, kind.show)) work.role[line] = NEWS
    if (kind.heading === true || kind.heading === 'deeper') continue
    const rare = common && !kind.certain && kind.heading === false && kind.lines.length <= RARE
    for (const line of rare ? kind.lines : unusualIn(work, kind)) work.role[line] = NEWS
  }
}

const unusualIn = (work: Work, { lines, figures, certain, top }: Kind): readonly number[] => {
  if (certain && top === 0) return []
  const read = new Figures()
  const own = figures.length === lines.length
  lines.forEach((line, index) => {
    if (work.role[line] !== ROUTINE) return
    if (own) read.add(line, figures[index]!)
    else read.read(line, work.lines.plain[line]!)
  })
  return read.unusual(work.question, top)
}
