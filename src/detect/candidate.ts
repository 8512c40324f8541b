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

export const clamp = (score: number): number => Math.max(0, Math.min(0.99, score))
