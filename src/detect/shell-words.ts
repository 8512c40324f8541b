// A shell command line as words and operators: quotes and escapes resolved, substitutions left as they stand in their word.
// Enough of POSIX.1-2017, "Shell Command Language", section 2.3, to know what runs; nothing is expanded.

/** `operator` holds `|`, `&&`, `>` and the like; a redirection of another descriptor names it: `2>`. */
export type Token =
  | { readonly word: string; readonly quoted: boolean }
  | { readonly operator: string }
  | { readonly hereDocument: true }

/** Longest first. */
const OPERATOR = /(?:&>>|<<<|<<-|&&|\|\||;;|\|&|&>|>>|>&|>\||<&|<<|<>|[|&;<>()\n])/y
const DESCRIPTOR = /\d{1,2}(?=[<>])/y
/** Characters of a command line that are read; agents write longer ones only around here-documents. */
const MAX_CHARS = 6000

export const shellTokens = (command: string): Token[] => {
  const source = command.slice(0, MAX_CHARS)
  const tokens: Token[] = []
  for (let at = 0; at < source.length; ) {
    const char = source[at]!
    if (char === ' ' || char === '\t' || char === '\r') at++
    else if (char === '\\' && source[at + 1] === '\n') at += 2
    else if (char === '#') {
      const newline = source.indexOf('\n', at)
      at = newline === -1 ? source.length : newline
    } else {
      const operator = operatorAt(source, at)
      if (operator !== undefined) {
        const isHere = /<<-?$/.test(operator)
        tokens.push(isHere ? { hereDocument: true } : { operator })
        at += operator.length
      } else {
        const { word, quoted, end } = wordAt(source, at)
        tokens.push({ word, quoted })
        at = end
      }
    }
  }
  return tokens
}

const operatorAt = (source: string, at: number): string | undefined => {
  DESCRIPTOR.lastIndex = at
  const descriptor = DESCRIPTOR.exec(source)?.[0] ?? ''
  OPERATOR.lastIndex = at + descriptor.length
  const operator = OPERATOR.exec(source)?.[0]
  return operator === undefined ? undefined : descriptor + operator
}

const wordAt = (source: string, start: number): { word: string; quoted: boolean; end: number } => {
  let word = ''
  let quoted = false
  let at = start
  while (at < source.length) {
    const char = source[at]!
    if (char === '\\') {
      if (source[at + 1] !== '\n') word += source[at + 1] ?? ''
      at += 2
    } else if (char === "'") {
      const close = endOr(source, source.indexOf("'", at + 1))
      word += source.slice(at + 1, close)
      quoted = true
      at = close + 1
    } else if (char === '"') {
      const { text, end } = doubleQuoted(source, at + 1)
      word += text
      quoted = true
      at = end
    } else if (char === '`' || (char === '$' && source[at + 1] === '(')) {
      const end = substitutionEnd(source, at)
      word += source.slice(at, end)
      at = end
    } else if (/[\s|&;<>()]/.test(char)) break
    else {
      word += char
      at++
    }
  }
  return { word, quoted, end: Math.max(at, start + 1) }
}

const endOr = (source: string, found: number): number => (found === -1 ? source.length : found)

const doubleQuoted = (source: string, start: number): { text: string; end: number } => {
  let text = ''
  let at = start
  while (at < source.length && source[at] !== '"') {
    if (source[at] === '\\' && /["\\$`\n]/.test(source[at + 1] ?? '')) {
      text += source[at + 1] === '\n' ? '' : source[at + 1]
      at += 2
    } else if (source[at] === '`' || (source[at] === '$' && source[at + 1] === '(')) {
      const end = substitutionEnd(source, at)
      text += source.slice(at, end)
      at = end
    } else text += source[at++]
  }
  return { text, end: at + 1 }
}

/** End of a backtick or `$(…)` substitution that opens at `start`; quotes inside are minded, nothing else. */
const substitutionEnd = (source: string, start: number): number => {
  if (source[start] === '`') return Math.min(source.length, endOr(source, source.indexOf('`', start + 1)) + 1)
  let depth = 0
  let quote = ''
  for (let at = start + 1; at < source.length; at++) {
    const char = source[at]!
    if (char === '\\' && quote !== "'") at++
    else if (quote !== '') quote = char === quote ? '' : quote
    else if (char === '"' || char === "'") quote = char
    else if (char === '(') depth++
    else if (char === ')' && --depth === 0) return at + 1
  }
  return source.length
}
