// Sentence ends in many scripts. A doubtful end is no end: a sentence may come out too long, never cut in two.
import { isDigit, isSpace, KIND_OF_CHAR, TRIPLED, WORD } from './chars.js'

/** Words before a full stop that does not end a sentence; lower case, without dots inside. */
const ABBREVIATIONS: ReadonlySet<string> = new Set(
  (
    'mr mrs ms dr prof sr jr st mt ft gen col lt sgt capt cmdr rev hon gov sen rep pres vs etc eg ie cf viz al ca approx est no nos vol vols fig figs eq ' +
    'sec ch chap pp pg p ed eds trans dept univ inc ltd co corp bros jan feb mar apr jun jul aug sep sept oct nov dec min max incl resp ' +
    'bzw usw ca nr str abb evtl ggf inkl vgl zb dh u a o z sog mme mlle av apr boul ing sra srta ud uds pág art núm τ π κ χ μ т е д п г гг им тыс млн млрд руб ул'
  ).split(' '),
)
/** Shorter pieces go with the next sentence: `Why? Because …`. */
const SHORTEST_CHARS = 4
/** Longest run of a script without sentence marks; a space beyond it is taken for an end. */
const SPACED_RUN_CHARS = 90

/** Ends (exclusive, with the white space that follows) of the sentences of `text` in `start..end`; the last is `end`. */
export const sentenceEnds = (text: string, start: number, end: number): number[] => {
  const ends: number[] = []
  let from = start
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at)
    const kind = markOf(code)
    let cut = -1
    // Of a run of marks the first one is looked at; all of them would make a line of dots quadratic.
    if (kind !== NONE && at > start && markOf(text.charCodeAt(at - 1)) === kind) continue
    if (kind === FULL) cut = fullEnd(text, at, end)
    else if (kind === SPACED) cut = spacedEnd(text, { at, from, end })
    else if (code === 32 && at - from > SPACED_RUN_CHARS && isUnmarkedSpace(text, at)) cut = afterSpace(text, at, end)
    if (cut === -1 || cut >= end || cut - from < SHORTEST_CHARS) continue
    ends.push(cut)
    from = cut
    at = cut - 1
  }
  ends.push(end)
  return ends
}

const NONE = 0
/** Ends a sentence by itself. */
const FULL = 1
/** Ends one only where white space follows. */
const SPACED = 2

const markOf = (code: number): number => {
  if (code < 0x80) return code === 46 || code === 33 || code === 63 || code === 59 ? SPACED : NONE
  switch (code) {
    case 0x3002:
    case 0xff01:
    case 0xff1f:
    case 0xff61:
    case 0x0964:
    case 0x0965:
    case 0x104b:
    case 0x17d4:
    case 0x1362:
      return FULL
    case 0x61f:
    case 0x6d4:
    case 0x37e:
    case 0x589:
    case 0x2026:
    case 0xff0e:
      return SPACED
    default:
      return NONE
  }
}

/** A mark inside quotes ends its sentence only where a break follows: `「何？」と聞いた。` goes on. */
const fullEnd = (text: string, at: number, end: number): number => {
  let closed = at + 1
  while (closed < end && markOf(text.charCodeAt(closed)) === FULL) closed++
  const after = afterClosers(text, closed, end)
  if (after > closed && after < end && !isSpace(text.charCodeAt(after))) return -1
  return afterSpace(text, after, end)
}

const CLOSERS = '"\')]}*_`»”’」』）】〉》'

const afterClosers = (text: string, from: number, end: number): number => {
  let at = from
  while (at < end && (CLOSERS.includes(text[at]!) || markOf(text.charCodeAt(at)) === FULL)) at++
  return at
}

const afterSpace = (text: string, from: number, end: number): number => {
  let at = from
  while (at < end && isSpace(text.charCodeAt(at))) at++
  return at
}

const spacedEnd = (text: string, { at, from, end }: { at: number; from: number; end: number }): number => {
  const code = text.charCodeAt(at)
  let after = at + 1
  while (after < end && markOf(text.charCodeAt(after)) === SPACED) after++
  after = afterCitations(text, afterClosers(text, after, end), end)
  if (after >= end || !isSpace(text.charCodeAt(after))) return -1
  const next = afterSpace(text, after, end)
  if (next >= end) return -1
  if (code === 59 && !isGreek(text.charCodeAt(at - 1))) return -1
  const first = text.charCodeAt(next)
  if ((first >= 97 && first <= 122) || isLowerCase(first)) return -1
  if (code === 46 && isAbbreviation(text, from, at, first)) return -1
  return next
}

/** `[12]`, `[a]` stand behind the full stop in encyclopaedias. */
const afterCitations = (text: string, from: number, end: number): number => {
  let at = from
  while (at < end && text.charCodeAt(at) === 91) {
    const close = text.slice(at, at + 7).indexOf(']')
    if (close === -1) break
    at += close + 1
  }
  return at
}

const isGreek = (code: number): boolean => code >= 0x370 && code <= 0x3ff

const isLowerCase = (code: number): boolean => {
  if (code < 0xb5 || code > 0x52f) return false
  const char = String.fromCharCode(code)
  return char.toUpperCase() !== char
}

const isAbbreviation = (text: string, from: number, at: number, next: number): boolean => {
  let start = at
  while (start > from && (KIND_OF_CHAR[text.charCodeAt(start - 1)] === WORD || text.charCodeAt(start - 1) === 46))
    start--
  const word = text.slice(start, at)
  if (word === '') return false
  if (word.length === 1 && !isDigit(word.charCodeAt(0))) return true
  // A list number at the start: `1. First`.
  if (start === from && word.length <= 3 && isDigit(word.charCodeAt(0))) return true
  if (word.includes('.')) return /^(?:\p{L}\.)+\p{L}$/u.test(word)
  const lower = word.toLowerCase()
  return ABBREVIATIONS.has(lower) && (lower !== 'no' || isDigit(next))
}

/** A space within a run of Thai, Lao, Khmer or Burmese, with no number beside it. */
const isUnmarkedSpace = (text: string, at: number): boolean =>
  KIND_OF_CHAR[text.charCodeAt(at - 1)] === TRIPLED && KIND_OF_CHAR[text.charCodeAt(at + 1)] === TRIPLED
