// Headings stay only where something under them stays.
import { BLANK, indentOf, ROUTINE, UNKNOWN, type Work } from './work.js'

/** Lines looked at below a heading of indented lines; one with more under it stays. */
const MAX_BELOW = 400

export const foldHeadings = (work: Work): void => {
  const { kinds, role, lines } = work
  const below: { indent: number; kept: boolean }[] = []
  let open = false
  let next = -1
  for (let line = role.length - 1; line >= 0; line--) {
    if (role[line] === BLANK) continue
    const heading = kinds.list[kinds.of[line]!]?.heading ?? false
    const indent = indentOf(lines.plain[line]!)
    const headsFolded = next !== -1 && role[next] === ROUTINE && indentOf(lines.plain[next]!) > indent
    next = line
    if (heading === 'indented' && role[line] === ROUTINE && keepsBelow(work, line, indent)) role[line] = UNKNOWN
    if (heading === 'deeper' && !headsFolded) role[line] = UNKNOWN
    if (heading === false || heading === 'indented' || (heading === 'deeper' && !headsFolded)) {
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

const keepsBelow = ({ role, lines: { plain } }: Work, heading: number, indent: number): boolean => {
  const end = Math.min(role.length, heading + MAX_BELOW)
  for (let line = heading + 1; line < end; line++) {
    if (role[line] === BLANK) continue
    if (indentOf(plain[line]!) <= indent) return false
    if (role[line]! >= UNKNOWN) return true
  }
  return end < role.length
}
