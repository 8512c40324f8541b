// Prose and Markdown.
import { type Candidate, clamp, paragraphShare, share } from './candidate.js'
import type { Sample } from './sample.js'

const HEADING = /^#{1,6} \S/
const MARKDOWN = /^#{1,6} \S|^\s*(?:[-*+]|\d+[.)]) +\S|^\s*>|^(?:```|~~~)|\]\(|\*\*\S/
/** A run of words with a letter in most of them, ending like a sentence or long enough to be wrapped. */
const SENTENCE = /^\s*(?:[-*>•]\s+|\d+[.)]\s+)?(?:[\p{L}\p{M}\d_`*([{"'“‘«„¿¡<§$&–—-]\S*\s+){4,}\S+\s*$/u
/** Scripts without spaces between words. */
const UNSPACED = /[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{6,}/

export const textCandidate = (sample: Sample): Candidate | undefined => {
  const { lines } = sample
  if (lines.length === 0) return undefined
  const told = paragraphShare(lines)
  const sentences = Math.max(
    told,
    lines.filter((line) => SENTENCE.test(line) || UNSPACED.test(line)).length / lines.length,
  )
  const markdown = share(lines, MARKDOWN)
  const headings = lines.filter((line) => HEADING.test(line)).length
  const long = share(lines, /^.{200,}/)
  const symbols = share(lines, /[{};]\s*$|^\s*[\w.]+\(.*\)|=>|::|\b\d\d:\d\d:\d\d\b/)
  const best = Math.max(sentences, Math.min(1, markdown + sentences * 0.5) * (headings > 0 ? 1 : 0.8))
  const fences = lines.filter((line) => line.startsWith('```')).length
  if (fences >= 2 && headings >= 2)
    return { type: 'text', score: 0.8, evidence: `Markdown with ${headings} headings and ${fences} fence lines seen` }
  if (best < 0.25) return undefined
  const score = 0.3 + 0.5 * best + 0.1 * long + (headings > 1 ? 0.1 : 0) - 0.5 * (1 - told) * symbols
  const evidence =
    headings > 1 ? `Markdown with ${headings} headings seen` : `${Math.round(sentences * 100)} % of lines read as prose`
  return { type: 'text', score: clamp(score), evidence }
}
