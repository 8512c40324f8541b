// Reads folded code line by line against its source: what it keeps, and whether its gaps are true.
import type { LinesRead } from './read-lines.js'

const GAP = /\[(\d+) lines? not shown[^\]\n]*\]/

/** Every line of the output is the next source line, or a comment that skips as many as it says. */
export const readCode = (source: string, output: string): LinesRead => {
  const from = source.split('\n')
  const kept: string[] = []
  let at = 0
  for (const [index, line] of output.split('\n').entries()) {
    const gap = GAP.exec(line)
    if (gap !== null && from[at] !== line) at += Number(gap[1])
    else if (line === from[at]) {
      kept.push(line)
      at++
    } else
      return {
        kept,
        fault: `output line ${index + 1} is not source line ${at + 1}: ${JSON.stringify(line.slice(0, 120))}`,
      }
  }
  return at === from.length
    ? { kept }
    : { kept, fault: `gaps and lines add up to ${at}, the source has ${from.length}` }
}
