// Reads the text made of a page against its source: every line must be text of the page, in the page's order.

const MARKER = /\[\d+ chars? not shown[^\]\n]*\]/g
const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  nbsp: ' ',
  mdash: '—',
  eacute: 'é',
}

const decoded = (text: string): string =>
  text
    .replace(/&#x([0-9a-f]+);/gi, (_, hex: string) => String.fromCodePoint(Number.parseInt(hex, 16)))
    .replace(/&#(\d+);/g, (_, digits: string) => String.fromCodePoint(Number(digits)))
    .replace(/&(amp|lt|gt|quot|nbsp|mdash|eacute);/g, (_, name: string) => NAMED[name]!)

const packed = (text: string): string => text.replace(/\s+/g, '')

/** Visible and hidden text without tags, code and white space. */
const textOf = (source: string): string =>
  packed(
    decoded(
      source
        .replace(/<!--[\s\S]*?-->/g, ' ')
        .replace(/<(script|style)\b[^>]*>[\s\S]*?<\/\1>/gi, ' ')
        .replace(/<[^>]*>/g, ' '),
    ),
  )

/** Lines and cells without Markdown's own marks. */
const piecesOf = (output: string): string[] =>
  output
    .replace(MARKER, '\n')
    .replace(/^`{3,}.*$/gm, '')
    .replace(/ <[^\s>]+>(?= \||\n|$)/g, '')
    .split(/\n| \| |<br>/)
    .map((line) => line.replace(/^[\s|]*(?:#{1,6} |> |- |: |\d+\. |!\[)*/, '').replace(/[\s|]*$/, ''))
    .filter((line) => /[\p{L}\p{N}]/u.test(line))

/** Text of the output as a reader sees it, for looking up what must be kept. */
export const htmlShown = (output: string): string => output.replace(MARKER, '\n').replaceAll('`', '')

export const htmlFault = (source: string, output: string): string | undefined => {
  const text = textOf(source)
  let at = 0
  for (const piece of piecesOf(output)) {
    const words = packed(piece.replaceAll('`', ''))
    const found = text.indexOf(words, at)
    if (found !== -1) at = found + words.length
    else if (!text.includes(words) && !decoded(source).includes(piece.replace(/\]$/, ''))) {
      if (!piece.startsWith('<') && !isFact(source, piece))
        return `not on the page: ${JSON.stringify(piece.slice(0, 120))}`
    } else if (!isFact(source, piece)) return `out of order: ${JSON.stringify(piece.slice(0, 120))}`
  }
  return undefined
}

/** `name: content` of a meta element, or text of an attribute. */
const isFact = (source: string, piece: string): boolean =>
  decoded(source).includes(piece.replace(/^[\w:.]+: /, '').replace(/\]$/, ''))
