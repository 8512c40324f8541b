/** Words inside a marker, made safe for a marker and for a JSON string. */

/** Chosen, not measured: about 30 tokens, what one clause needs. */
const MAX_NOTE_CHARS = 120

/** Brackets, quotes, backslashes and semicolons delimit; control characters and line separators break lines; the rest is text. */
const UNSAFE = /[[\]"'`\\;\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff]|\p{Surrogate}/gu
/** A note that would be read as the range of its marker, e.g. `200` or `4-40, ok`. */
const READS_AS_RANGE = /^[1-9]\d{0,14}(?:-[1-9]\d{0,14})?(?:$|, )/

/** Idempotent. Empty where nothing printable is left. */
export const plainNote = (note: string): string => {
  const words = tidy(note.slice(0, 10 * MAX_NOTE_CHARS).replace(UNSAFE, ' '))
  const plain = tidy(truncate(words))
  return READS_AS_RANGE.test(plain) ? tidy(truncate(`note ${plain}`)) : plain
}

const tidy = (text: string): string => text.replace(/\s+/g, ' ').trim()

const truncate = (text: string): string => {
  if (text.length <= MAX_NOTE_CHARS) return text
  const last = text.charCodeAt(MAX_NOTE_CHARS - 1)
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? MAX_NOTE_CHARS - 1 : MAX_NOTE_CHARS)
}
