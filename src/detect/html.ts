// HTML pages and fragments.
import { type Candidate, clamp } from './candidate.js'
import type { Sample } from './sample.js'

const TAG =
  /<\/?(?:html|head|body|div|span|p|a|ul|ol|li|table|tr|td|th|section|article|nav|script|style|meta|link|h[1-6]|form|input|button|img|br|main|header|footer|figure|pre|code|blockquote)\b[^<>]{0,500}>/gi

export const htmlCandidate = (sample: Sample): Candidate | undefined => {
  const start = sample.head.trimStart().slice(0, 1000)
  if (!start.includes('<')) return undefined
  if (/^(?:<!--[\s\S]{0,600}?-->\s*)?<!doctype html|^<html[\s>]/i.test(start))
    return { type: 'html', score: 0.97, evidence: 'starts as an HTML document' }
  const tags = sample.head.match(TAG)?.length ?? 0
  const density = (tags * 1000) / Math.max(1000, sample.head.length)
  if (start[0] === '<' && /^<(?:\?xml|rss|feed|svg|project|testsuites?)\b/i.test(start)) return undefined
  if (density < 1) return undefined
  if (start[0] === '<' && tags >= 3)
    return { type: 'html', score: clamp(0.55 + density / 20), evidence: `starts with a tag; ${tags} HTML tags seen` }
  return tags >= 10 ? { type: 'html', score: clamp(density / 25), evidence: `${tags} HTML tags seen` } : undefined
}
