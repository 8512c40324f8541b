import type { ContentType } from '../spec/content.js'

/** One reading of a text. Score 0..1; the highest wins, ties go to the earlier in the list. */
export interface Candidate {
  readonly type: ContentType
  readonly score: number
  readonly evidence: string
  readonly language?: string
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
