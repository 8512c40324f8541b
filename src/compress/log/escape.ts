// Terminal escape sequences inside log lines.
/** Length of the escape sequence at `at`, which holds ESC. */
export const escapeLength = (text: string, at: number, end: number): number => {
  const kind = text.charCodeAt(at + 1)
  let i = at + 2
  if (kind === 91) {
    while (i < end && i < at + 64) {
      const c = text.charCodeAt(i++)
      if (c >= 64 && c <= 126) break
    }
  } else if (kind === 93) {
    while (i < end && i < at + 4096) {
      const c = text.charCodeAt(i++)
      if (c === 7) break
      if (c === 27) {
        i++
        break
      }
    }
  }
  return Math.min(i, end) - at
}
