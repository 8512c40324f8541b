// Lines that no pattern knows but that differ from many others in figures only: a few of them stay.
import { BLANK, DETAIL, NEWS, ROUTINE, type Work } from './work.js'

/** Lines that differ in figures only, from which they are routine. */
const MANY = 12
const SHOWN_FIRST = 3
/** Warnings with the same words; errors only where every figure is the same as well. */
const SAME_WARNINGS = 8
const SAME_ERRORS = 3
const MAX_CHARS = 400
/** Figures looked at in a line. */
const MOST_FIGURES = 6
const LABEL = 'alike'
const REPEATED = 'repeated'

export const foldAlike = (work: Work): void => {
  const groups = new Map<string, number[]>()
  for (let line = 0; line < work.role.length; line++) {
    const role = work.role[line]
    if (role === BLANK || role === ROUTINE || role === DETAIL) continue
    const severity = work.severity[line]!
    if (role === NEWS && severity === 0) continue
    const text = work.lines.plain[line]!
    if (text.length > MAX_CHARS) continue
    const key = `${severity}${severity >= 2 ? text : masked(text)}`
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [line])
    else group.push(line)
  }
  for (const lines of groups.values()) {
    const severity = work.severity[lines[0]!]!
    const most = severity === 0 ? MANY : severity === 1 ? SAME_WARNINGS : SAME_ERRORS
    if (lines.length <= most) continue
    const unusual = severity === 0 ? unusualIn(work, lines) : NONE
    lines.forEach((line, index) => {
      if (index < SHOWN_FIRST || index === lines.length - 1 || unusual.has(line)) return
      work.role[line] = ROUTINE
      work.kinds.put(line, { as: severity === 0 ? LABEL : REPEATED, certain: true })
    })
  }
}

const NONE: ReadonlySet<number> = new Set()

const masked = (text: string): string =>
  text.replace(/\b0x[0-9a-f]+\b|\b(?=[a-f]*\d)[0-9a-f]{7,40}\b|\d+(?:\.\d+)?/g, '0')

/** Lines with a figure far from those in the same place: many ranges off, or other than a constant. */
const unusualIn = ({ lines: { plain } }: Work, lines: readonly number[]): ReadonlySet<number> => {
  const columns: number[][] = []
  for (const line of lines) {
    const figures = plain[line]!.match(/\d+(?:\.\d+)?/g) ?? []
    for (let at = 0; at < Math.min(figures.length, MOST_FIGURES); at++) {
      columns[at] ??= []
      columns[at]!.push(Number(figures[at]))
    }
  }
  const found = new Set<number>()
  for (const column of columns) {
    if (column.length !== lines.length) continue
    const sorted = Float64Array.from(column).sort()
    const quarter = (share: number): number => sorted[Math.floor((sorted.length - 1) * share)]!
    const [low, middle, high] = [quarter(0.25), quarter(0.5), quarter(0.75)]
    const range = high - low
    column.forEach((value, index) => {
      const far = Math.abs(value - middle)
      if (range === 0 ? far > 0 : far > range * 6 && far > Math.abs(middle)) found.add(lines[index]!)
    })
  }
  return found
}
