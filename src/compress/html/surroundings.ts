// What tools print around a page: response headers before it, a status line after it. It stays as it is.
import type { Span } from '../../spec/plan.js'

const STARTS = /<(?:!doctype|html)\b/i
const EDGE_CHARS = 8 * 1024
/** `curl -i`, with redirects and proxies before the answer. */
const HEADERS = /^(?:HTTP\/[\d.]{1,3} \d{3}[^\n]{0,200}\r?\n(?:[\w-]{1,80}:[^\n]{0,4000}\r?\n){0,100}\r?\n)+/

/** Span of the page in the text; empty where there is no tag. */
export const framed = (text: string): { readonly text: string; readonly html: Span } => {
  const first = text.slice(0, EDGE_CHARS)
  const headers = HEADERS.exec(first)?.[0].length ?? 0
  const mark = STARTS.exec(first)?.index ?? -1
  const tag = text.indexOf('<', headers)
  if (tag === -1) return { text, html: { start: 0, end: 0 } }
  // A comment or an XML declaration before the doctype belongs to the page; words do not.
  const start =
    mark !== -1 && /[\p{L}\p{N}]/u.test(text.slice(headers, tag))
      ? mark
      : headers === 0 && text.slice(0, tag).trim() !== ''
        ? mark === -1
          ? 0
          : tag
        : tag
  const close = mark === -1 ? -1 : closeOf(text)
  const after = close === -1 ? text.length : close + '</html>'.length
  return { text, html: { start, end: isPage(text.slice(after)) ? text.length : after } }
}

/** The last end tag, which as a rule stands close to the end; only one in mixed case costs a copy. */
const closeOf = (text: string): number => {
  const close = Math.max(text.lastIndexOf('</html>'), text.lastIndexOf('</HTML>'))
  return close === -1 && /<\/html>/i.test(text) ? text.toLowerCase().lastIndexOf('</html>') : close
}

/** Comments and stray tags after the page belong to it. */
const isPage = (rest: string): boolean => {
  const first = rest.trimStart()
  return first === '' || first.startsWith('<')
}
