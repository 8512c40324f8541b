// Few markers: a marker costs more than a few words, so small gaps are shown after all.
import type { Role } from './roles.js'
import type { Runs } from './runs.js'
import type { Page } from './tree.js'

/** Visible characters in a row from which a gap is worth its marker. */
const MIN_GAP_CHARS = 120
/** Gaps beyond this number must be worth more. */
const MAX_GAPS = 5
const MIN_EXTRA_GAP_CHARS = 600
/** What nobody sees counts for less. */
const HIDDEN_WEIGHT = 0.25

interface Group {
  readonly from: number
  to: number
  weight: number
}

/** Hidden text of a data cell from which on it is more than a key to sort by. */
const MIN_HIDDEN_CELL_CHARS = 40

/** Tables and code are shown as a whole: hidden text in them gets no gap of its own. */
export const settleHidden = (page: Page, { runs }: Runs, left: (Role | undefined)[], dataTable: Int32Array): void => {
  const inPre = new Uint8Array(page.tags.length)
  for (let element = 1; element < page.tags.length; element++)
    inPre[element] = page.tags[element] === 'pre' ? 1 : inPre[page.parents[element]!]!
  runs.forEach(({ element, chars }, index) => {
    if (left[index] !== 'hidden text') return
    if (inPre[element] === 1) left[index] = 'unseen'
    else if (dataTable[element] !== -1) left[index] = chars >= MIN_HIDDEN_CELL_CHARS ? undefined : 'unseen'
  })
}

/** Clears the reasons of runs in gaps that are too small. */
export const mergeGaps = ({ runs }: Runs, left: (Role | undefined)[]): void => {
  const groups: Group[] = []
  left.forEach((role, index) => {
    if (role === undefined || role === 'unseen') return
    let group = groups.at(-1)
    if (group === undefined || group.to !== index) {
      group = { from: index, to: index, weight: 0 }
      groups.push(group)
    }
    group.to = index + 1
    group.weight += (runs[index]!.chars + 1) * (role === 'hidden text' ? HIDDEN_WEIGHT : 1)
  })
  const heaviest = [...groups].sort((a, b) => b.weight - a.weight || a.from - b.from)
  heaviest.forEach((group, rank) => {
    if (group.weight >= (rank < MAX_GAPS ? MIN_GAP_CHARS : MIN_EXTRA_GAP_CHARS)) return
    for (let index = group.from; index < group.to; index++)
      left[index] = left[index] === 'hidden text' || left[index] === 'unseen' ? 'unseen' : undefined
  })
}

/** A table of which only a part is shown is written as lines, not as rows. */
export const dissolveTables = (
  page: Page,
  { runs }: Runs,
  left: readonly (Role | undefined)[],
  dataTable: Int32Array,
): void => {
  const shown = new Map<number, boolean>()
  const mixed = new Set<number>()
  runs.forEach(({ element }, index) => {
    const table = dataTable[element]!
    if (table === -1 || left[index] === 'unseen') return
    const isShown = left[index] === undefined
    if (!shown.has(table)) shown.set(table, isShown)
    else if (shown.get(table) !== isShown) mixed.add(table)
  })
  for (let element = 1; element < page.tags.length; element++) {
    const table = dataTable[element]!
    if (table !== -1 && (mixed.has(table) || shown.get(table) !== true)) dataTable[element] = -1
  }
}
