// One marked block at the end of a text: what a format has no better way for. Removing it leaves the text as it was.

const START = '# >>> headroom >>>'
const END = '# <<< headroom <<<'

const eolOf = (text: string): string => (text.includes('\r\n') ? '\r\n' : '\n')

export const hasBlock = (text: string): boolean => text.includes(START) && text.includes(END)

export const withoutBlock = (text: string): string => {
  const start = text.indexOf(START)
  const end = text.indexOf(END, start)
  if (start === -1 || end === -1) return text
  const eol = eolOf(text)
  const after = end + END.length
  const from = text.startsWith(eol, start - eol.length) && start > 0 ? start - eol.length : start
  return text.slice(0, from) + text.slice(text.startsWith(eol, after) ? after + eol.length : after)
}

/** An older block is replaced. The line break before the block belongs to it, and is taken away with it. */
export const withBlock = (text: string, lines: readonly string[]): string => {
  const before = withoutBlock(text)
  const eol = eolOf(before)
  const gap = before === '' ? '' : eol
  return `${before}${gap}${[START, ...lines, END].join(eol)}${eol}`
}
