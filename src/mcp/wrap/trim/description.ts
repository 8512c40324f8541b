// A description with fewer blanks and the same words: outside of code, tables and quotes a run of blanks says what one says.

/** The indentation that makes a line code, or a part of what stands above it. */
const INDENTED = /^(?: {4}|\t| {1,3}\t)/
const FENCE = /^ {0,3}(?:`{3,}|~{3,})/
/** Where blanks may be what is meant: code, a quoted string, a cell of a table. */
const EXACT = /[`"“”«»|]|(?:^|[^\p{L}\p{N}])['‘]/u

/** The same text with every run of blanks as short as it can be. Deterministic, and done twice it is the same. */
export const tidy = (text: string): string => {
  const lines = shifted(text.split('\n'))
  const out: string[] = []
  let fence: string | undefined
  lines.forEach((line, at) => {
    const mark = FENCE.exec(line)?.[0].trim()
    if (fence !== undefined) {
      out.push(line)
      if (mark?.startsWith(fence) && line.trim() === mark) fence = undefined
      return
    }
    fence = mark
    if (mark !== undefined) out.push(line)
    else if (line.trim() === '') out.push(...blank(lines, at, out))
    else out.push(spaced(line.replace(/[ \t\r]+$/, '')))
  })
  // What is left at both ends are blank lines, and the indentation of a text of one line.
  while (out[0]?.trim() === '') out.shift()
  while (fence === undefined && out.at(-1)?.trim() === '') out.pop()
  return out.length === 1 && fence === undefined ? spaced(out[0]!.trim()) : out.join('\n')
}

/** A blank line stays where it is the first of its run, or where code goes on behind it. */
const blank = (lines: readonly string[], at: number, out: readonly string[]): string[] => {
  const next = lines.slice(at + 1).find((line) => line.trim() !== '')
  const inCode = next !== undefined && INDENTED.test(next) && INDENTED.test(lastOf(out) ?? '')
  return inCode || out.at(-1)?.trim() !== '' ? [''] : []
}

const lastOf = (out: readonly string[]): string | undefined => out.findLast((line) => line.trim() !== '')

const spaced = (line: string): string =>
  INDENTED.test(line) || EXACT.test(line) ? line : line.replace(/(?<=[^ ]) {2,}(?=[^ ])/g, ' ')

/**
 * Lines of a docstring without the indentation of the source that it stands in. That it is one shows in its first line, which
 * is empty, or in its last, which is nothing but this indentation; else the indentation may be code.
 */
const shifted = (lines: readonly string[]): readonly string[] => {
  const rest = lines.slice(1)
  const filled = rest.filter((line) => line.trim() !== '')
  const closing = rest.at(-1) ?? ''
  const width = Math.min(...filled.map((line) => /^ */.exec(line)![0].length))
  if (filled.length === 0 || width === 0) return lines
  const first = lines[0]!
  const isDocstring = first.trim() === '' ? filled.length > 1 : closing.trim() === '' && closing.length === width
  return isDocstring ? [first, ...rest.map((line) => line.slice(Math.min(width, /^ */.exec(line)![0].length)))] : lines
}
