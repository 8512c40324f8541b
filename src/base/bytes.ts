const WINDOW_BYTES = 64 * 1024
/** Below this, looking at bytes one by one is quicker than a native call. */
const BISECTED_BYTES = 128

/** Length of the longest common prefix. Native compares by window, then bisects inside the first unequal one. */
export const commonPrefixLength = (a: Uint8Array, b: Uint8Array): number => {
  const limit = Math.min(a.length, b.length)
  let at = 0
  while (at < limit) {
    const end = Math.min(limit, at + WINDOW_BYTES)
    if (Buffer.compare(a.subarray(at, end), b.subarray(at, end)) !== 0) break
    at = end
  }
  let end = Math.min(limit, at + WINDOW_BYTES)
  while (end - at > BISECTED_BYTES) {
    const middle = (at + end) >> 1
    if (Buffer.compare(a.subarray(at, middle), b.subarray(at, middle)) === 0) at = middle
    else end = middle
  }
  while (at < end && a[at] === b[at]) at++
  return at
}

export const utf8 = (text: string): Uint8Array => Buffer.from(text, 'utf8')
