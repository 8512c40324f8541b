// HTML pages and fragments, also behind the headers that `curl -i` prints or a line of the tool that fetched them.
import { type Candidate, clamp } from './candidate.js'
import type { Sample } from './sample.js'

const TAG =
  /<\/?(?:html|head|body|div|span|p|a|ul|ol|li|table|tr|td|th|section|article|nav|script|style|meta|link|h[1-6]|form|input|button|img|br|main|header|footer|figure|pre|code|blockquote)\b[^<>]{0,500}>/gi
/** Documents of other languages that begin with a tag. */
const OTHER_MARKUP = /^<(?:\?xml|\?php|rss|feed|svg|project|testsuites?|template|script)\b/i
const DOCUMENT = /^(?:\ufeff?\s{0,99}|<\?xml [^<>]{0,200}\?>\s{0,99})<(?:!doctype html|html[\s>])/i
const RESPONSE = /^HTTP\/[\d.]{1,3} \d{3}\b/
/** Start of the page after headers, a comment or a line of words. */
const LATER_DOCUMENT = /(?:^|[\n>])[ \t\r]{0,40}<(?:!doctype html|html[\s>])/i
const START_CHARS = 4000
/** Files whose markup is source code, not a page. */
const SOURCE_PATH =
  /\.(?:vue|svelte|astro|jsx|tsx|js|ts|php|erb|ejs|hbs|mustache|handlebars|j2|jinja2?|twig|blade|cshtml|razor|jsp|md|mdx|markdown|rst|xml|svg|plist|xsd|xsl|xslt|rs|py|rb|go|java)$/i

export const htmlCandidate = (sample: Sample, path?: string): Candidate | undefined => {
  if (path !== undefined && SOURCE_PATH.test(path)) return undefined
  const start = sample.head.trimStart().slice(0, START_CHARS)
  if (!start.includes('<')) return undefined
  if (DOCUMENT.test(start)) return { type: 'html', score: 0.97, evidence: 'starts as an HTML document' }
  const tags = sample.head.match(TAG)?.length ?? 0
  if (tags >= 3 && LATER_DOCUMENT.test(start)) {
    if (RESPONSE.test(start)) return { type: 'html', score: 0.96, evidence: 'HTML document after response headers' }
    if (start.startsWith('<!--')) return { type: 'html', score: 0.96, evidence: 'HTML document after a comment' }
    if (isLed(start, sample, tags / sample.head.length))
      return { type: 'html', score: 0.92, evidence: 'HTML document after a few words' }
  }
  if (OTHER_MARKUP.test(start)) return undefined
  const density = (tags * 1000) / Math.max(1000, sample.head.length)
  if (density < 1) return undefined
  if (start[0] === '<' && tags >= 3)
    return { type: 'html', score: clamp(0.55 + density / 20), evidence: `starts with a tag; ${tags} HTML tags seen` }
  return tags >= 10 ? { type: 'html', score: clamp(density / 25), evidence: `${tags} HTML tags seen` } : undefined
}

/** Words of a tool before the page, e.g. `Contents of https://…:`. */
const MAX_LEAD_CHARS = 400
/** Tags per character that pages have and documents with an example of a page have not. */
const PAGE_DENSITY = 0.004

const isLed = (start: string, { head, tail }: Sample, density: number): boolean => {
  const endsPage = /<\/html>/i.test((tail || head).slice(-500))
  const lead = start.search(/<(?:!doctype html|html[\s>])/i)
  return lead <= MAX_LEAD_CHARS && (density >= PAGE_DENSITY || endsPage) && !/```|~~~/.test(start.slice(0, lead))
}
