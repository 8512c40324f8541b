// What texts of one column have in common: the kinds of their characters, how they begin, and how they end.

const MAX_CHARS = 80

/** `ab-12` is `a-9`: runs of letters, digits and other scripts shrink to one sign, the rest stays. */
const kinds = (cell: string): string => {
  let shape = ''
  let last = ''
  for (let at = 0; at < cell.length && at < MAX_CHARS; at++) {
    const code = cell.charCodeAt(at)
    const kind =
      code >= 97 && code <= 122
        ? 'a'
        : code >= 65 && code <= 90
          ? 'A'
          : code >= 48 && code <= 57
            ? '9'
            : code > 127
              ? 'u'
              : cell[at]!
    if (kind !== last) shape += kind
    last = kind
  }
  return shape
}

/** Signs of ASCII that are neither letters, digits nor spaces, each once, in order of code; `u` for any beyond. */
export const signsOf = (cell: string): string => {
  let low = 0
  let high = 0
  let beyond = ''
  for (let at = 0; at < cell.length && at < MAX_CHARS; at++) {
    const code = cell.charCodeAt(at)
    if ((code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 32) continue
    if (code > 127) beyond = 'u'
    else if (code < 64) low |= 1 << (code - 33)
    else high |= 1 << ((code - 64) % 32)
  }
  return `${low},${high}${beyond}`
}

const lead = (cell: string): string => /^[^:/@ =.\d-]{0,40}/.exec(cell)![0]

const tail = (cell: string): string => {
  const at = Math.max(cell.lastIndexOf('.'), cell.lastIndexOf('@'), cell.lastIndexOf('/'))
  return at === -1 ? '' : cell.slice(at, at + 40).replace(/\d+/g, '9')
}

/** Aspects under which a text can be unlike the others. */
export const shapeOf: readonly ((cell: string) => string)[] = [kinds, signsOf, lead, tail]
