// Reads a shortened text line by line against its source: what it keeps, and whether its gaps are true.

/** In JSON Lines a gap stands in quotes, so that its line is JSON as well; in YAML it is a comment. */
const GAP = /^[ \t]*(?:# )?"?\[(\d+) lines? not shown[^\]\n]*\]"?[ \t]*\r?$/
const CUT = /\[(\d+) chars? not shown[^\]\n]*\]/
const FOLDED = /^\d{1,8}[:-]/

export interface LinesRead {
  /** Source lines that the output shows, in order. */
  readonly kept: readonly string[]
  readonly fault?: string
}

/** Every line of the output is the next source line, a gap that skips as many as it says, or a path above its folded lines. */
export const readLines = (source: string, output: string): LinesRead => {
  const from = source.split('\n')
  const to = withConstants(output.split('\n'))
  const kept: string[] = []
  let at = 0
  let folder: string | undefined
  let path: string | undefined
  for (const [index, line] of to.entries()) {
    const gap = GAP.exec(line)
    if (gap && from[at] !== line) {
      at += Number(gap[1])
      continue
    }
    const next = from[at]
    if (next !== undefined && (line === next || isCutOf(line, next))) {
      kept.push(line)
      path = undefined
      at++
    } else if (
      path !== undefined &&
      FOLDED.test(line) &&
      next !== undefined &&
      next === path + line[/^\d+/.exec(line)![0].length] + line
    ) {
      kept.push(next)
      at++
    } else if (folder !== undefined && line.startsWith(' ') && next === folder + line.slice(1)) {
      kept.push(next)
      at++
    } else if (line.endsWith('/') && to[index + 1]?.startsWith(' ') && next === line + to[index + 1]!.slice(1))
      folder = line
    else if (next !== undefined && to[index + 1] !== undefined && next.startsWith(line) && FOLDED.test(to[index + 1]!))
      path = line
    else
      return {
        kept,
        fault: `output line ${index + 1} is not source line ${at + 1}: ${JSON.stringify(line.slice(0, 120))}`,
      }
  }
  return at === from.length
    ? { kept }
    : { kept, fault: `gaps and lines add up to ${at}, the source has ${from.length}` }
}

/** The same line with `[N chars not shown]` in place of exactly N characters. */
const isCutOf = (line: string, source: string): boolean => {
  const parts = line.split(CUT)
  if (parts.length === 1) return false
  let at = 0
  for (const [index, part] of parts.entries()) {
    if (index % 2 === 1) at += Number(part)
    else if (!source.startsWith(part, at)) return false
    else at += part.length
  }
  return at === source.length
}

const CONSTANTS = /^\[each row also has (.*)\]$/
const CONSTANT = /([^=,]+)=(.+?) \(column (\d+) after '(.)'\)(?:, |$)/g

/** Rows with the columns of one value, which stand above them, written out. */
const withConstants = (lines: readonly string[]): readonly string[] => {
  const told = CONSTANTS.exec(lines[0]!)?.[1]
  if (told === undefined) return lines
  const columns = [...told.matchAll(CONSTANT)]
  return lines.slice(1).map((line, index) => {
    if (line === '') return line
    const separator = columns[0]![4]!
    const cells = line.split(separator)
    for (const [, name, value, column] of columns) cells.splice(Number(column) - 1, 0, index === 0 ? name! : value!)
    return cells.join(separator)
  })
}
