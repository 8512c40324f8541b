// How the lines of a text are numbered, and which of them a reference can stand for: their numbers must follow from its range.
import { contentAt, endOf, type Lines } from './lines.js'

/** `     12→`: digits padded to a width, then a separator; blank lines may have a shorter one. */
interface Style {
  readonly width: number
  readonly separator: string
  readonly blankSeparator: string
}

const prefixAt = ({ table, starts }: Lines, line: number): string => table.text.slice(table.starts[line], starts[line])

const isBlank = (lines: Lines, line: number): boolean => lines.starts[line] === endOf(lines.table, line)

const digitsOf = (prefix: string): string => /^ *\d+/.exec(prefix)?.[0] ?? ''

const styleOf = (lines: Lines): Style | undefined => {
  const first = lines.numbers.findIndex((number, line) => number !== -1 && !isBlank(lines, line))
  if (first === -1) return undefined
  const prefix = prefixAt(lines, first)
  const digits = digitsOf(prefix)
  const separator = prefix.slice(digits.length)
  const blank = lines.numbers.findIndex((number, line) => number !== -1 && isBlank(lines, line))
  const blankPrefix = blank === -1 ? prefix : prefixAt(lines, blank)
  return {
    width: digits.startsWith(' ') ? digits.length : 0,
    separator,
    blankSeparator: blankPrefix.slice(digitsOf(blankPrefix).length),
  }
}

export interface Numbering {
  /** 1 where a line can stand in one run with the line before it. */
  readonly joins: Uint8Array
  /** 1 where a line can stand in a run at all. */
  readonly regular: Uint8Array
  /** What stands before a line of this number. */
  prefix(number: number, content: string): string
}

export const numberingOf = (lines: Lines): Numbering => {
  const { numbers } = lines
  const style = styleOf(lines)
  const prefix = (number: number, content: string): string =>
    style === undefined || number === -1
      ? ''
      : `${String(number).padStart(style.width)}${content === '' ? style.blankSeparator : style.separator}`
  const regular = new Uint8Array(numbers.length)
  const joins = new Uint8Array(numbers.length)
  for (let line = 0; line < numbers.length; line++) {
    const number = numbers[line]!
    const isRegular = style === undefined || prefixAt(lines, line) === prefix(number, isBlank(lines, line) ? '' : '-')
    if (!isRegular) continue
    regular[line] = 1
    const before = line === 0 ? undefined : numbers[line - 1]
    if (line > 0 && regular[line - 1] === 1 && (number === -1 ? before === -1 : before === number - 1)) joins[line] = 1
  }
  return { joins, regular, prefix }
}

/** What a run of lines of `base` says in a text with this numbering, from number `first` on (-1: no numbers). */
export const expanded = (base: Lines, { from, count }: { from: number; count: number }, at: Numbered): string => {
  const parts: string[] = []
  for (let line = 0; line < count; line++) {
    const content = contentAt(base, from + line)
    parts.push(at.numbering.prefix(at.first === -1 ? -1 : at.first + line, content), content, '\n')
  }
  return parts.join('')
}

interface Numbered {
  readonly numbering: Numbering
  readonly first: number
}
