// Short quotes that need no escapes: the delimiter is one that the quoted text does not hold.

const DELIMITERS = ['"', "'", '`'] as const
/** Enough to find the line by, and about ten tokens. */
const QUOTE_CHARS = 32

/** The beginning of a line in quotes; cut words end in an ellipsis. */
export const quoted = (line: string, chars: number = QUOTE_CHARS): string => {
  const text = line.trim()
  const short = text.length <= chars ? text : `${cut(text, chars)}…`
  const delimiter = DELIMITERS.find((candidate) => !short.includes(candidate))
  if (delimiter !== undefined) return delimiter + short + delimiter
  const [longest, until] = DELIMITERS.map((candidate) => [candidate, short.indexOf(candidate)] as const).reduce(
    (best, next) => (next[1] > best[1] ? next : best),
  )
  return `${longest}${short.slice(0, until)}…${longest}`
}

/** Not inside a surrogate pair. */
const cut = (text: string, at: number): string => {
  const code = text.charCodeAt(at - 1)
  return text.slice(0, code >= 0xd800 && code <= 0xdbff ? at - 1 : at).trimEnd()
}

/** Offset behind the quote that starts at `at`, or undefined where none does. */
export const quoteEnd = (text: string, at: number): number | undefined => {
  const delimiter = text[at]
  if (delimiter === undefined || !(DELIMITERS as readonly string[]).includes(delimiter)) return undefined
  const end = text.indexOf(delimiter, at + 1)
  return end === -1 ? undefined : end + 1
}
