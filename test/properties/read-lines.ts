// Reads a shortened text line by line against its source: what it keeps, and whether its gaps are true.

/** In JSON Lines a gap stands in quotes, so that its line is JSON as well. */
const GAP = /^[ \t]*"?\[(\d+) lines? not shown[^\]\n]*\]"?[ \t]*\r?$/
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
  const to = output.split('\n')
  const kept: string[] = []
  let at = 0
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
    } else if (
      next !== undefined &&
      to[index + 1] !== undefined &&
      next.startsWith(line) &&
      FOLDED.test(to[index + 1]!)
    )
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
