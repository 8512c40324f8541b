const WINDOW_BYTES = 64 * 1024

/** Length of the longest common prefix. Native compares by window, then bisects inside the first unequal one. */
export const commonPrefixLength = (a: Uint8Array, b: Uint8Array): number => {
  const limit = Math.min(a.length, b.length)
  let at = 0
  while (at < limit) {
    const end = Math.min(limit, at + WINDOW_BYTES)
    if (Buffer.compare(a.subarray(at, end), b.subarray(at, end)) !== 0) break
    at = end
  }
  const end = Math.min(limit, at + WINDOW_BYTES)
  while (at < end && a[at] === b[at]) at++
  return at
}

export const utf8 = (text: string): Uint8Array => Buffer.from(text, 'utf8')
