// Kinds of routine lines, and which lines are of each.

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
