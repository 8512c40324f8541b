// Sparse line numbers: the first, the last, every tenth and every irregular line keep theirs, the others follow from
// their place. Inverse: where two numbered lines lie as far apart as their numbers, those between count on from the first.
import { type Gutter, gutterOf, numberOf } from '../../base/gutter.js'
import { type LineTable, lineAt, lineTable } from '../../base/lines.js'

/** A number on every n-th line. On recorded reads 5 saves 2 points less, 20 one point more but is harder to count by. */
const EVERY = 10

/** How numbers are written: `    12→` is padded to the width of the number before the separator. */
interface Style {
  readonly width: number
  readonly separator: string
}

const styleOf = (prefix: string): Style => {
  const digits = /^ *\d+/.exec(prefix)?.[0] ?? ''
  return { width: digits.startsWith(' ') ? digits.length : 0, separator: prefix.slice(digits.length) }
}

const prefixOf = ({ width, separator }: Style, number: number): string =>
  `${String(number).padStart(width)}${separator}`

/** The way the first numbered line with content is written: some readers print no space after the number of a blank line. */
const styleIn = (table: LineTable, gutter: Gutter): Style => {
  const filled = gutter.numbers.findIndex(
    (number, index) =>
      number !== -1 && lineAt(table, index).length > gutter.contentStarts[index]! - table.starts[index]!,
  )
  const index = filled === -1 ? gutter.numbers.findIndex((number) => number !== -1) : filled
  return styleOf(table.text.slice(table.starts[index]!, gutter.contentStarts[index]!))
}

/** For each line: 1 where its number may be left out. */
export const droppable = (table: LineTable, gutter: Gutter): Uint8Array => {
  const { numbers, contentStarts } = gutter
  const drop = new Uint8Array(table.count)
  const first = numbers.findIndex((number) => number !== -1)
  const last = numbers.findLastIndex((number) => number !== -1)
  const style = styleIn(table, gutter)
  for (let index = first + 1; index < last; index++) {
    const number = numbers[index]!
    if (number === -1 || number % EVERY === 0) continue
    if (numbers[index - 1] !== number - 1 || numbers[index + 1] !== number + 1) continue
    const start = table.starts[index]!
    if (table.text.slice(start, contentStarts[index]!) !== prefixOf(style, number)) continue
    const content = lineAt(table, index).slice(contentStarts[index]! - start)
    if (numberOf(content) === undefined) drop[index] = 1
  }
  return drop
}

/** Writes every number out again, in the style of `sample`, a numbered text. O(text). */
export const fullNumbers = (sparse: string, sample: LineTable): string => {
  const gutter = gutterOf(sample)
  if (gutter === undefined) return sparse
  const style = styleIn(sample, gutter)
  const table = lineTable(sparse)
  const lines = Array.from({ length: table.count }, (_, at) => sparse.slice(table.starts[at]!, table.starts[at + 1]!))
  let anchor = -1
  let anchorNumber = 0
  for (let index = 0; index < table.count; index++) {
    const number = numberOf(lines[index]!)
    if (number === undefined) continue
    if (anchor !== -1 && number - anchorNumber === index - anchor)
      for (let between = anchor + 1; between < index; between++)
        lines[between] = prefixOf(style, anchorNumber + between - anchor) + lines[between]!
    anchor = index
    anchorNumber = number
  }
  return lines.join('')
}
