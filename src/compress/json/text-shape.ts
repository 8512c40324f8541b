// A text with what varies taken out, as a number: equal numbers mean the same wording or the same make of code.

const HEAD_CHARS = 120
const mix = (hash: number, value: number): number => Math.imul(hash ^ value, 0x01000193)
const isDigit = (code: number): boolean => code >= 48 && code <= 57
const isLetter = (code: number): boolean => (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code > 127
/** `-`, `_` and `.` join the parts of one code. */
const isJoint = (code: number): boolean => code === 45 || code === 95 || code === 46

/** Prose: words with digits are alike. Codes: joined runs of letters and digits are alike. */
export const shapeOf = (text: string): number => {
  const end = Math.min(text.length, HEAD_CHARS)
  const space = text.indexOf(' ')
  return space !== -1 && space < end ? proseShape(text, end) : codeShape(text, end)
}

/** 0 lower case, 1 a capital first, 2 capitals, 3 no letter first. */
export const caseOf = (text: string): 0 | 1 | 2 | 3 => {
  const first = text.charCodeAt(0)
  const second = text.charCodeAt(1)
  if (first >= 97 && first <= 122) return 0
  if (!(first >= 65 && first <= 90)) return 3
  return second >= 65 && second <= 90 ? 2 : 1
}

/** What a text is made of: 0 neither letters nor digits, 1 digits, 2 letters, 3 both. */
export const makeOf = (text: string): 0 | 1 | 2 | 3 => {
  let digits = 0
  let letters = 0
  for (let at = 0, end = Math.min(text.length, HEAD_CHARS); at < end; at++) {
    const code = text.charCodeAt(at)
    if (isDigit(code)) digits = 1
    else if (isLetter(code)) letters = 2
  }
  return (digits | letters) as 0 | 1 | 2 | 3
}

/** What a text begins with, up to where its first part ends: `10` of an address, `2026` of a date, `https` of a link. */
export const leadOf = (text: string): string => /^[^./:@_\s-]{0,24}/.exec(text)![0]

const proseShape = (text: string, end: number): number => {
  let shape = 7
  let word = 0
  let digits = false
  for (let at = 0; at <= end; at++) {
    const code = at === end ? 32 : text.charCodeAt(at)
    if (code === 32) {
      shape = mix(shape, digits ? 35 : word)
      word = 0
      digits = false
    } else if (isDigit(code)) digits = true
    else word = mix(word, code)
  }
  return shape
}

const codeShape = (text: string, end: number): number => {
  let shape = 11
  let inRun = false
  let afterJoint = false
  for (let at = 0; at < end; at++) {
    const code = text.charCodeAt(at)
    if (isDigit(code) || isLetter(code)) {
      if (!inRun) shape = mix(shape, 120)
      inRun = true
      afterJoint = false
    } else if (inRun && isJoint(code) && !afterJoint) afterJoint = true
    else {
      shape = mix(shape, code)
      inRun = false
      afterJoint = false
    }
  }
  return shape
}
