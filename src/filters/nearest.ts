// The key that a wrong one was meant to be.

/** Most edits (insert, delete, replace) between a slip of the fingers and what was meant. */
const MOST_EDITS = 3

export const nearestKey = (wrong: string, valid: readonly string[]): string | undefined => {
  let best: string | undefined
  let least = MOST_EDITS + 1
  for (const key of valid) {
    const edits = editsBetween(wrong.toLowerCase().slice(0, 40), key.toLowerCase())
    if (edits < least) [best, least] = [key, edits]
  }
  return best
}

const editsBetween = (a: string, b: string): number => {
  let last = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (let row = 1; row <= a.length; row++) {
    const next = [row]
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1] ? 0 : 1
      next.push(Math.min(last[column]! + 1, next[column - 1]! + 1, last[column - 1]! + same))
    }
    last = next
  }
  return last[b.length]!
}
