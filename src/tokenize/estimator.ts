// Answers where no table can be read: tokens guessed from the shape of the text alone.

const LETTER = 1
const DIGIT = 2
const SYMBOL = 3
const WHITE = 4
const WIDE = 5

/** Characters of a run that one token covers, about, by kind; white space counts one for any run. */
const COVERED: Readonly<Record<number, number>> = { [LETTER]: 8, [DIGIT]: 3, [SYMBOL]: 3, [WHITE]: Infinity, [WIDE]: 1 }

const kindOf = (unit: number): number => {
  if (unit > 127) return WIDE
  if ((unit >= 97 && unit <= 122) || (unit >= 65 && unit <= 90)) return LETTER
  if (unit >= 48 && unit <= 57) return DIGIT
  return unit <= 32 ? WHITE : SYMBOL
}

/**
 * One token for every 8 letters, 3 digits or 3 symbols begun, one for a run of white space other than a single space,
 * which goes with the word after it, and one for every UTF-16 unit beyond ASCII. Measured against o200k: within 15 % on
 * code, logs, JSON, HTML and prose in English, 30 % on search results, up to double on other scripts.
 */
export const estimateTokens = (text: string): number => {
  let tokens = 0
  for (let start = 0; start < text.length; ) {
    const kind = kindOf(text.charCodeAt(start))
    let end = start + 1
    while (end < text.length && kindOf(text.charCodeAt(end)) === kind) end++
    const joinsNext = kind === WHITE && end - start === 1 && text[start] === ' ' && end < text.length
    if (!joinsNext) tokens += Math.ceil((end - start) / COVERED[kind]!) || 1
    start = end
  }
  return tokens
}
