// Headings stay only where something under them stays.
import { BLANK, indentOf, ROUTINE, UNKNOWN, type Work } from './work.js'

export const foldHeadings = ({ kinds, role, lines: { plain } }: Work): void => {
  const below: { indent: number; kept: boolean }[] = []
  let open = false
  let next = -1
  for (let line = plain.length - 1; line >= 0; line--) {
    if (role[line] === BLANK) continue
    const heading = kinds.list[kinds.of[line]!]?.heading ?? false
    const indent = indentOf(plain[line]!)
    const headsNothing = next === -1 || role[next] !== ROUTINE || indentOf(plain[next]!) <= indent
    next = line
    if (heading === false || (heading === 'deeper' && headsNothing && role[line] === ROUTINE)) {
      if (heading === 'deeper') role[line] = UNKNOWN
      if (role[line]! >= UNKNOWN) open = true
      continue
    }
    let kept = open || role[line]! >= UNKNOWN
    while (below.length > 0 && below.at(-1)!.indent > indent) kept = below.pop()!.kept || kept
    role[line] = kept ? UNKNOWN : ROUTINE
    below.push({ indent, kept })
    open = false
  }
}
