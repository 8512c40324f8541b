// What the question is about stays: its literals, and words that few routine lines hold.
import { NEWS, ROUTINE, type Work } from './work.js'

/** Routine lines with one literal, or one word, up to which they are what is asked for. */
const FEW_LITERAL = 12
const FEW_WORD = 6
const LEAST_CHARS = 3
/** A whole task instead of a question: only its literals count. */
const MANY_TERMS = 16
const MOST_TERMS = 40

export const keepAsked = (work: Work): void => {
  const { question, role, lines, kinds } = work
  const routine: number[] = []
  for (let line = 0; line < role.length; line++) if (role[line] === ROUTINE) routine.push(line)
  if (routine.length === 0) return
  if (question.wantsFirst || question.wantsLast)
    for (const kind of kinds.list) {
      const own = kind.lines.filter((line) => role[line] === ROUTINE)
      if (question.wantsFirst && own[0] !== undefined) role[own[0]] = NEWS
      if (question.wantsLast && own.length > 0) role[own.at(-1)!] = NEWS
    }
  const broad = question.terms.length > MANY_TERMS
  const words = question.terms.filter(({ text, weight }) => text.length >= LEAST_CHARS && (!broad || weight >= 3))
  if (words.length === 0) return
  const lower = routine.map((line) => lines.plain[line]!.toLowerCase())
  for (const { text, weight } of words.slice(0, MOST_TERMS)) {
    const most = weight >= 3 ? FEW_LITERAL : FEW_WORD
    const hits: number[] = []
    for (let index = 0; index < lower.length && hits.length <= most; index++)
      if (lower[index]!.includes(text)) hits.push(routine[index]!)
    if (hits.length <= most) for (const line of hits) role[line] = NEWS
  }
}
