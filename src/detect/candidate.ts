import type { ContentType } from '../spec/content.js'

/** One reading of a text. Score 0..1; the highest wins, ties go to the earlier in the list. */
export interface Candidate {
  readonly type: ContentType
  readonly score: number
  readonly evidence: string
  readonly language?: string
}

/** How many lines pass; 0 as soon as they cannot be `least` of all any more, which for most readings is soon. */
export const countFrom = (
  lines: readonly string[],
  least: number,
  passes: (line: string, at: number) => boolean,
): number => {
  let left = Math.floor(lines.length * (1 - least) + 1e-9)
  let count = 0
  for (let at = 0; at < lines.length; at++) {
    if (passes(lines[at]!, at)) count++
    else if (--left < 0) return 0
  }
  return count
}

export const share = (lines: readonly string[], pattern: RegExp): number =>
  lines.length === 0 ? 0 : lines.reduce((sum, line) => sum + (pattern.test(line) ? 1 : 0), 0) / lines.length

/** A sentence on one line that was never wrapped: a paragraph of an article, which outweighs many short lines. */
const PARAGRAPH = /^\s?\p{Lu}(?=.{100})(?=.*[.!?:)”"]\s*$|.{230})(?:[^\s{};=]+ ){12}/u

/** Share of the characters that stand in paragraphs. */
export const paragraphShare = (lines: readonly string[]): number => {
  let all = 0
  let told = 0
  for (const line of lines) {
    all += line.length
    if (line.length > 100 && PARAGRAPH.test(line)) told += line.length
  }
  return all === 0 ? 0 : told / all
}

export const clamp = (score: number): number => Math.max(0, Math.min(0.99, score))
