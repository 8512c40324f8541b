// Aligned columns for people: numbers to the right, words to the left, nothing cut.
import { stripAnsi } from '../base/ansi.js'

export interface Column {
  readonly title: string
  readonly align?: 'left' | 'right'
}

const GAP = '  '

/** Columns of a terminal that a text takes, colour codes aside; wide East Asian characters and emoji take two. */
export const widthOf = (text: string): number => {
  let width = 0
  for (const character of stripAnsi(text)) {
    const code = character.codePointAt(0) ?? 0
    if (/\p{M}|\u200d|\ufe0f/u.test(character)) continue
    const wide =
      (code >= 0x1100 && code <= 0x115f) || (code >= 0x2e80 && code <= 0xa4cf) || (code >= 0xac00 && code <= 0xd7a3)
    width += wide || (code >= 0xf900 && code <= 0xfaff) || (code >= 0xff00 && code <= 0xff60) || code >= 0x1f300 ? 2 : 1
  }
  return width
}

/** Control characters of a tool's or a model's name would move the cursor of the reader's terminal. */
export const clean = (text: string): string => stripAnsi(text).replace(/\p{Cc}+/gu, ' ')

const pad = (text: string, width: number, align: 'left' | 'right'): string => {
  const fill = ' '.repeat(Math.max(0, width - widthOf(text)))
  return align === 'right' ? fill + text : text + fill
}

/** Lines without trailing spaces, the last one ended as well. Cells may be coloured. */
export const table = (
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  options: { readonly indent?: string; readonly paintTitle?: (text: string) => string } = {},
): string => {
  const { indent = '', paintTitle = (text) => text } = options
  const titled = columns.some(({ title }) => title !== '')
  const widths = columns.map(({ title }, at) => Math.max(widthOf(title), ...rows.map((row) => widthOf(row[at] ?? ''))))
  const line = (cells: readonly string[]): string =>
    (indent + columns.map(({ align = 'left' }, at) => pad(cells[at] ?? '', widths[at] ?? 0, align)).join(GAP)).trimEnd()
  const head = titled ? [paintTitle(line(columns.map(({ title }) => title)))] : []
  return [...head, ...rows.map(line)].map((text) => `${text}\n`).join('')
}
