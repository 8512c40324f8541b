// Where the published split patterns end a piece, as hand-written scanners: one pass, no regex, no backtracking stack.
import { BLANK, LOWER, MARK, NEWLINE, NUMBER, OTHER_LETTER, SLASH_BYTE, SPACE_BYTE, SYMBOL, UPPER } from './classes.js'
import { contractionEnd, lowerContractionEnd } from './contraction.js'
import type { Source } from './source.js'

/** End of the piece that starts at `at`; `at` is below the end of the text. */
export type Split = (source: Source, at: number) => number

const LETTER = UPPER | LOWER | OTHER_LETTER
const CASELESS = OTHER_LETTER | MARK
const UPPER_RUN = UPPER | CASELESS
const LOWER_RUN = LOWER | CASELESS
const WHITE = BLANK | NEWLINE
/** [^\s\p{L}\p{N}] */
const OTHER = SYMBOL | MARK

/**
 * OpenAI o200k_base. In order: [^\r\n\p{L}\p{N}]? then upper* lower+ or upper+ lower* with a contraction,
 * where marks and caseless letters are both upper and lower; \p{N}{1,3}; ` ?[^\s\p{L}\p{N}]+[\r\n/]*`;
 * `\s*[\r\n]+`; `\s+(?!\S)`; `\s+`.
 */
export const splitO200k: Split = (source, at) => {
  const kind = source.classAt(at)
  if ((kind & LETTER) !== 0) return casedEnd(source, at, kind)
  if (kind === NUMBER) return numberEnd(source, at)
  if (kind === NEWLINE) return whiteEnd(source, at)
  const next = at + source.widthAt(at)
  const nextKind = source.classAt(next)
  if (kind === MARK) return markEnd(source, next, nextKind)
  if ((nextKind & (LETTER | MARK)) !== 0) return casedEnd(source, next, nextKind)
  if (kind === SYMBOL) return symbolEnd(source, next)
  if (nextKind === SYMBOL && source.bytes[at] === SPACE_BYTE) return symbolEnd(source, next)
  return whiteEnd(source, at)
}

/** Cased letters from `at`, whose class is `kind`, with a contraction. */
const casedEnd = (source: Source, at: number, kind: number): number => {
  if (kind === LOWER) return contractionEnd(source.bytes, source.skip(at, LOWER_RUN))
  const upperEnd = source.skip(at, UPPER)
  const then = source.classAt(upperEnd)
  if (then === LOWER) return contractionEnd(source.bytes, source.skip(upperEnd, LOWER_RUN))
  if ((then & CASELESS) === 0) return contractionEnd(source.bytes, upperEnd)
  const runEnd = source.skip(upperEnd, UPPER_RUN)
  if (source.classAt(runEnd) === LOWER) return contractionEnd(source.bytes, source.skip(runEnd, LOWER_RUN))
  return contractionEnd(source.bytes, lastCaseless(source, runEnd))
}

/** End of the last caseless character before `runEnd`: lower+ must match one, so upper* gives back the capitals after it. */
const lastCaseless = (source: Source, runEnd: number): number => {
  let end = runEnd
  for (;;) {
    const start = source.before(end)
    if ((source.classAt(start) & CASELESS) !== 0) return end
    end = start
  }
}

/** A mark before `next`: the optional first character of a word, else a word of its own. */
const markEnd = (source: Source, next: number, nextKind: number): number => {
  if (nextKind === UPPER) {
    const upperEnd = source.skip(next, UPPER)
    return (source.classAt(upperEnd) & LOWER_RUN) === 0 ? next : casedEnd(source, next, nextKind)
  }
  if ((nextKind & LOWER_RUN) !== 0) return casedEnd(source, next, nextKind)
  return contractionEnd(source.bytes, next)
}

const numberEnd = (source: Source, at: number): number => {
  let end = at + source.widthAt(at)
  if (source.classAt(end) !== NUMBER) return end
  end += source.widthAt(end)
  return source.classAt(end) === NUMBER ? end + source.widthAt(end) : end
}

/** [^\s\p{L}\p{N}]* then [\r\n/]* */
const symbolEnd = (source: Source, at: number): number => {
  const bytes = source.bytes
  let end = source.skip(at, OTHER)
  while (bytes[end] === 10 || bytes[end] === 13 || bytes[end] === SLASH_BYTE) end++
  return end
}

/** White space from `at`: up to its last newline, else all of it at the end of the text, else all but its last character. */
const whiteEnd = (source: Source, at: number): number => {
  const end = source.skip(at, WHITE)
  for (let last = end - 1; last >= at; last--) {
    if (source.bytes[last] === 10 || source.bytes[last] === 13) return last + 1
  }
  return blankEnd(source, at, end)
}

/** `\s+(?!\S)|\s+` over the white space from `at` to `end`. */
const blankEnd = (source: Source, at: number, end: number): number => {
  if (end === source.end) return end
  const last = source.before(end)
  return last === at ? end : last
}

/**
 * OpenAI cl100k_base. In order: a contraction; `[^\r\n\p{L}\p{N}]?\p{L}+`; `\p{N}{1,3}`; ` ?[^\s\p{L}\p{N}]+[\r\n]*`;
 * `\s+$`; `\s*[\r\n]`; `\s+(?!\S)`; `\s`.
 */
export const splitCl100k: Split = (source, at) => {
  const contraction = contractionEnd(source.bytes, at)
  if (contraction !== at) return contraction
  const kind = source.classAt(at)
  if ((kind & LETTER) !== 0) return source.skip(at, LETTER)
  if (kind === NUMBER) return numberEnd(source, at)
  if (kind !== NEWLINE) {
    const next = at + source.widthAt(at)
    const nextKind = source.classAt(next)
    if ((nextKind & LETTER) !== 0) return source.skip(next, LETTER)
    if ((kind & OTHER) !== 0) return source.skip(source.skip(next, OTHER), NEWLINE)
    if ((nextKind & OTHER) !== 0 && source.bytes[at] === SPACE_BYTE)
      return source.skip(source.skip(next, OTHER), NEWLINE)
  }
  const end = source.skip(at, WHITE)
  return end === source.end ? end : whiteEnd(source, at)
}

/**
 * Claude 2. In order: a lower-case contraction; ` ?\p{L}+`; ` ?\p{N}+`; ` ?[^\s\p{L}\p{N}]+`; `\s+(?!\S)`; `\s+`.
 */
export const splitClaude: Split = (source, at) => {
  const contraction = lowerContractionEnd(source.bytes, at)
  if (contraction !== at) return contraction
  const first = source.bytes[at] === SPACE_BYTE ? at + 1 : at
  const kind = source.classAt(first)
  if ((kind & LETTER) !== 0) return source.skip(first, LETTER)
  if (kind === NUMBER) return source.skip(first, NUMBER)
  if ((kind & OTHER) !== 0) return source.skip(first, OTHER)
  return blankEnd(source, at, source.skip(at, WHITE))
}
