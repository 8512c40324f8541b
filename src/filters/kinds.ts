// Kinds of routine lines: how many there are of each, and which of them are not routine after all.
import { Figures } from './figures.js'
import { NEWS, ROUTINE, type Work } from './work.js'

export interface Kind {
  readonly label: string
  readonly certain: boolean
  readonly heading: boolean | 'indented' | 'deeper'
  readonly show: number
  readonly top: number
  readonly lines: number[]
  /** What the pattern's own group `figure` read, by line. */
  readonly figures: number[]
}

export interface KindOf {
  readonly as: string
  readonly certain?: boolean
  readonly heading?: boolean | 'indented' | 'deeper'
  readonly show?: number
  readonly top?: number
  readonly figure?: number
}

/** Kinds of up to this many lines are no routine beside one that is. */
const RARE = 2
/** Kinds of at least this many lines make others rare. */
const COMMON = 8

export class Kinds {
  readonly of: Int32Array
  readonly list: Kind[] = []
  readonly #byLabel = new Map<string, number>()

  constructor(lines: number) {
    this.of = new Int32Array(lines).fill(-1)
  }

  put(line: number, { as, certain = false, heading = false, show = 0, top = 0, figure }: KindOf): void {
    let kind = this.#byLabel.get(as)
    if (kind === undefined) {
      kind = this.list.length
      this.list.push({ label: as, certain, heading, show, top, lines: [], figures: [] })
      this.#byLabel.set(as, kind)
    }
    this.list[kind]!.lines.push(line)
    if (figure !== undefined) this.list[kind]!.figures.push(figure)
    this.of[line] = kind
  }
}

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
