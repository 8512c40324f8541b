// What a short text looks like: the classes of content that change by themselves between requests.
import type { Change, Looks } from '../spec/drift.js'

const MONTH = '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\\.?'
const ISO_DATE = '\\d{4}[-/.]\\d{1,2}[-/.]\\d{1,2}'
const DATE = `(?:${ISO_DATE}|\\d{1,2}[/.]\\d{1,2}[/.]\\d{4}|${MONTH} \\d{1,2}(?:st|nd|rd|th)?,? \\d{4}|\\d{1,2} ${MONTH} \\d{4})`
const TIME =
  '\\d{1,2}:\\d{2}(?::\\d{2})?(?:[.,]\\d{1,9})?(?:[ \\u00a0\\u202f]?(?:[ap]m\\b|[ap]\\.m\\.))?(?:z| ?[+-]\\d{2}:?\\d{2})?'

/** Classes by pattern, most telling first; all bounded, none can run long on any text. */
export const PATTERNS: readonly (readonly [Looks, RegExp])[] = [
  ['uuid', /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/i],
  ['timestamp', new RegExp(`\\b${DATE}(?:t| at |,? )${TIME}`, 'i')],
  // As `date` and C print it.
  ['timestamp', new RegExp(`\\b${MONTH} {1,2}\\d{1,2} ${TIME}(?: [a-z]{2,5})? \\d{4}\\b`, 'i')],
  ['timestamp', /\b1[5-9]\d{8}(?:\d{3}|\.\d{1,6})?\b/],
  ['date', new RegExp(`\\b${DATE}\\b`, 'i')],
  ['time', new RegExp(`\\b${TIME}`, 'i')],
  ['path', /(?:\/tmp\/|\/var\/folders\/|\\Temp\\)[\w./\\-]+/],
  ['random-id', /\b(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{12,64}\b/i],
  ['random-id', /\b[a-z]{2,10}_(?=[A-Za-z]{0,30}\d)[A-Za-z0-9]{12,40}\b/],
  [
    'counter',
    /\b(?:turns?|requests?|steps?|iterations?|attempts?|count(?:er)?|remaining|left|tokens?(?: used)?|budget|uptime|pid|build|run)\b[^\n\w]{0,4}(?:no\.?|#|number|so far|is)?[^\n\w]{0,3}\d[\d,._]*/i,
  ],
]

/** Heads of what `git` says, as clients paste it. */
export const GIT_STATUS: RegExp =
  /^[ \t]*(?:git ?status\b|on branch \S|current branch:|recent commits:|your branch is |changes not staged|[MADRCU?!]{1,2} {1,2}\S+[./]\S*$)/im

/** Of one text. */
export const looksOf = (text: string): Looks => {
  if (GIT_STATUS.test(text)) return 'git-status'
  for (const [looks, pattern] of PATTERNS) if (pattern.test(text)) return looks
  if (/^[\s\d,._%+-]*\d[\s\d,._%+-]*$/.test(text)) return 'number'
  return /^\S*[/\\]\S+$/.test(text.trim()) ? 'path' : 'text'
}

/** Of a change: what both sides look like, else the side that looks like anything. Counting up by one is a counter. */
export const looksOfChange = ({ old, new: now }: Change): Looks => {
  const [before, after] = [looksOf(old), looksOf(now)]
  if (before === 'number' && after === 'number') return isSmallStep(old, now) ? 'counter' : 'number'
  return before === 'text' || old === '' ? after : before
}

const isSmallStep = (old: string, now: string): boolean => {
  const step = Math.abs(Number(now.replace(/[,_ ]/g, '')) - Number(old.replace(/[,_ ]/g, '')))
  return step > 0 && step <= 10
}

const MASKED_CHARS = 48

/** Form without content: letters become x, digits 0. */
export const masked = (text: string): string => {
  const form = text.slice(0, MASKED_CHARS).replace(/\p{L}/gu, 'x').replace(/\p{N}/gu, '0').replace(/\s+/g, ' ')
  return text.length > MASKED_CHARS ? `${form}…` : form
}
